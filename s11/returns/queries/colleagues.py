"""Which parts of a return were given to whom, to whom they can be given, and when who saved in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.joining import queries as joining
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.models import Answer, AnswerVersion, Assignment, FieldAnswer


@dataclass(frozen=True)
class Contributor:
    """Somebody who answers parts of an organisation's returns, or was invited to.

    Until they have joined they are called as the inviter called them: whether an account of theirs
    was known before is nobody's business, and neither is what it calls them.
    """

    person: Person
    name: str
    has_joined: bool


def contributors(organisation_id: int) -> list[Contributor]:
    """The contributors of an organisation and those invited, each once, by name."""
    found: dict[int, Contributor] = {}
    for membership, person in people.members_and_invited(organisation_id, Role.CONTRIBUTOR):
        if membership.in_force:
            found[person.id] = Contributor(person, person.name, has_joined=True)
        elif person.id not in found:
            offer = joining.last_link(membership.id)
            found[person.id] = Contributor(person, offer.name if offer else person.name, has_joined=False)
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.person.id))


def assignments(return_id: int) -> list[Assignment]:
    """Everything given in a return, with its person, by name."""
    query = (
        select(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.return_id == return_id)
        .options(joinedload(Assignment.person))
        .order_by(Person.name, Assignment.id)
    )
    return list(db.session.scalars(query))


def given_to(person_id: int, return_id: int) -> list[Assignment]:
    """What one person was given in a return: standards, and single criteria."""
    query = (
        select(Assignment)
        .where(Assignment.return_id == return_id, Assignment.person_id == person_id)
        .order_by(Assignment.id)
    )
    return list(db.session.scalars(query))


# Where somebody saved something: an answer by (0, criterion), an entry by (field, standard or criterion).
Place = tuple[int, int]


def last_saves(return_id: int) -> dict[int, dict[Place, datetime]]:
    """When each person saved last in each place of a return, by person, in two queries."""
    answers = (
        select(AnswerVersion.person_id, Answer.criterion_id, func.max(AnswerVersion.at))
        .join(Answer, Answer.id == AnswerVersion.answer_id)
        .where(Answer.return_id == return_id, AnswerVersion.person_id.is_not(None))
        .group_by(AnswerVersion.person_id, Answer.criterion_id)
    )
    entries = select(
        FieldAnswer.updated_by_id, FieldAnswer.field_id, FieldAnswer.subject_id, FieldAnswer.updated_at
    ).where(FieldAnswer.return_id == return_id, FieldAnswer.updated_by_id.is_not(None))
    found: dict[int, dict[Place, datetime]] = {}
    for person_id, criterion_id, at in db.session.execute(answers):
        found.setdefault(person_id or 0, {})[0, criterion_id] = at
    for person_id, field_id, subject_id, at in db.session.execute(entries):
        found.setdefault(person_id or 0, {})[field_id, subject_id] = at
    return found
