"""Which standards of a return were given to whom, and to whom they can be given."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.joining import queries as joining
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.models import Assignment


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
    """Every standard given in a return, with its person, by name."""
    query = (
        select(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.return_id == return_id)
        .options(joinedload(Assignment.person))
        .order_by(Person.name, Assignment.id)
    )
    return list(db.session.scalars(query))


def given_to(person_id: int, return_id: int) -> dict[int, Assignment]:
    """What one person was given in a return, by id of the standard."""
    query = select(Assignment).where(Assignment.return_id == return_id, Assignment.person_id == person_id)
    return {assignment.standard_id: assignment for assignment in db.session.scalars(query)}
