"""Reading who was given which return, what each rated alone, and who is too near to whom."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, func, not_, or_, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.moderation.models import Assignment, Interest, SecondRating
from s11.moderation.queries.agreed import progress
from s11.moderation.rules import TAKEN_AWAY, WITHOUT, SecondLook, Verdict, stood_aside
from s11.moderation.sharing import ToModerate
from s11.organisations.models import Organisation, Seat
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.models import Return
from s11.returns.rules import RETURNED
from s11.trail.models import Entry

COMPARED = "return:moderation:compared"


class Given(NamedTuple):
    """A return somebody was given, as their list shows it."""

    ref: str
    return_ref: str
    stage: str
    organisation: str
    cycle: str
    partnership_id: int
    due_on: date | None
    declared_at: datetime | None
    finished_at: datetime | None
    rated: int


def assignment_by_ref(ref: str) -> Assignment | None:
    query = select(Assignment).where(Assignment.ref == ref).options(joinedload(Assignment.return_))
    return db.session.scalar(query)


def assignment_of(return_: Return, person_id: int) -> Assignment | None:
    """What somebody was given of a return in its present round, whether they declined it or not."""
    query = select(Assignment).where(
        Assignment.return_id == return_.id,
        Assignment.round == return_.round,
        Assignment.person_id == person_id,
    )
    return db.session.scalar(query)


def assignments_of(return_ids: Collection[int]) -> dict[tuple[int, int, int], Assignment]:
    """Every assignment of some returns, by id of the return, round and id of the person."""
    query = select(Assignment).where(Assignment.return_id.in_(return_ids)).order_by(Assignment.id)
    return {(one.return_id, one.round, one.person_id): one for one in db.session.scalars(query)}


def given_of(return_: Return) -> list[Assignment]:
    """Who moderates a return in its present round, by name; without whoever stood aside."""
    return [one for one in _of(return_) if one.declined_at is None]


def aside_of(return_: Return) -> list[Assignment]:
    """Who was given a return in its present round and moderates it no more, by name."""
    return [one for one in _of(return_) if one.declined_at is not None]


def _of(return_: Return) -> list[Assignment]:
    query = (
        select(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.return_id == return_.id, Assignment.round == return_.round)
        .options(joinedload(Assignment.person))
        .order_by(Person.name, Assignment.id)
    )
    return list(db.session.scalars(query))


def still_rating(return_: Return) -> list[str]:
    """The names of those who were given a return and have not finished, in order."""
    return [one.person.name for one in given_of(return_) if one.finished_at is None]


def is_unfinished(person_id: int, return_: Return) -> bool:
    """Whether somebody was given a return and has not finished rating it by themselves."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Assignment.return_id == return_.id,
                    Assignment.round == return_.round,
                    Assignment.person_id == person_id,
                    Assignment.declined_at.is_(None),
                    Assignment.finished_at.is_(None),
                )
            )
        )
    )


def stands_aside(person_id: int, return_: Return) -> bool:
    """Whether somebody said that they are too near to an organisation, for good or for this return."""
    near = exists().where(
        Interest.person_id == person_id, Interest.organisation_id == return_.organisation_id
    )
    declined = exists().where(
        Assignment.return_id == return_.id,
        Assignment.round == return_.round,
        Assignment.person_id == person_id,
        Assignment.declined_at.is_not(None),
        Assignment.declined_reason != TAKEN_AWAY,
        not_(Assignment.declined_reason.startswith(WITHOUT)),
    )
    return bool(db.session.scalar(select(or_(near, declined))))


def given_to(person_id: int) -> list[Given]:
    """The returns somebody was given, of each the present round, without those they moderate no more:
    what is due first stands first."""
    rated = (
        select(func.count(SecondRating.id)).where(SecondRating.assignment_id == Assignment.id)
    ).scalar_subquery()
    query = (
        select(
            Assignment.ref,
            Return.ref,
            Return.stage,
            Organisation.name,
            Cycle.title,
            Cycle.partnership_id,
            Assignment.due_on,
            Assignment.declared_at,
            Assignment.finished_at,
            rated,
        )
        .join(Return, (Return.id == Assignment.return_id) & (Return.round == Assignment.round))
        .join(Organisation, Organisation.id == Return.organisation_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(
            Assignment.person_id == person_id,
            Assignment.declined_at.is_(None),
            Return.stage.in_(RETURNED),
        )
        .order_by(Assignment.due_on, Organisation.name, Assignment.id)
    )
    return [Given(*row) for row in db.session.execute(query)]


def open_with(person_id: int, organisation_id: int) -> list[Assignment]:
    """What somebody was given of one organisation and has not finished."""
    query = (
        select(Assignment)
        .join(Return, (Return.id == Assignment.return_id) & (Return.round == Assignment.round))
        .where(
            Assignment.person_id == person_id,
            Return.organisation_id == organisation_id,
            Assignment.declined_at.is_(None),
            Assignment.finished_at.is_(None),
        )
        .order_by(Assignment.id)
    )
    return list(db.session.scalars(query))


def ratings_of(assignment_id: int) -> dict[int, SecondRating]:
    """What somebody rated by themselves, by criterion id."""
    query = (
        select(SecondRating)
        .where(SecondRating.assignment_id == assignment_id)
        .options(joinedload(SecondRating.level))
        .order_by(SecondRating.criterion_id)
    )
    return {one.criterion_id: one for one in db.session.scalars(query)}


def looks_of(return_: Return) -> dict[int, list[tuple[str, SecondLook]]]:
    """What everybody who has finished made of a return, by criterion id: name and look, by name."""
    query = (
        select(
            Person.name,
            SecondRating.criterion_id,
            SecondRating.level_id,
            SecondRating.not_applicable,
            SecondRating.reason,
            SecondRating.mark,
        )
        .join(Assignment, Assignment.id == SecondRating.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Assignment.return_id == return_.id,
            Assignment.round == return_.round,
            Assignment.declined_at.is_(None),
            Assignment.finished_at.is_not(None),
        )
        .order_by(Person.name, Assignment.id, SecondRating.criterion_id)
    )
    found: dict[int, list[tuple[str, SecondLook]]] = defaultdict(list)
    for name, criterion_id, level_id, away, reason, mark in db.session.execute(query):
        found[criterion_id].append((name, SecondLook(Verdict(level_id, away), reason, mark)))
    return found


def has_compared(person_id: int, return_id: int, since: datetime) -> bool:
    """Whether somebody has opened what others rated since a moment, as the trail has it."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Entry.tag == COMPARED,
                    Entry.subject == "return",
                    Entry.subject_id == return_id,
                    Entry.person_id == person_id,
                    Entry.at >= since,
                )
            )
        )
    )


def to_give(cycle_id: int) -> dict[str, ToModerate]:
    """Every return of a cycle that is in, by its ref, with what decides who may be given it."""
    agreed = progress(cycle_id)
    given: dict[int, set[int]] = defaultdict(set)
    declined: dict[int, set[int]] = defaultdict(set)
    held = (
        select(Assignment.return_id, Assignment.person_id, Assignment.declined_at, Assignment.declined_reason)
        .join(Return, (Return.id == Assignment.return_id) & (Return.round == Assignment.round))
        .where(Return.cycle_id == cycle_id)
        .order_by(Assignment.id)
    )
    for return_id, person_id, declined_at, reason in db.session.execute(held):
        if declined_at is None:
            given[return_id].add(person_id)
        elif stood_aside(reason):
            declined[return_id].add(person_id)
    query = (
        select(
            Return.id,
            Return.ref,
            Return.round,
            Organisation.short_name,
            Organisation.id,
            Organisation.parent_id,
            Return.stage,
        )
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED))
        .order_by(Organisation.name, Return.id)
    )
    return {
        row[1]: ToModerate(
            *row,
            agreed=agreed.get(row[0], 0),
            given=frozenset(given.get(row[0], ())),
            declined=frozenset(declined.get(row[0], ())),
        )
        for row in db.session.execute(query)
    }


def can_moderate_in(partnership_id: int, *roles: Role) -> list[Person]:
    """Whoever holds one of these roles at a partnership, by name."""
    return people.of_partnership(partnership_id, *roles)


def too_near(person_id: int, organisation_id: int) -> Interest | None:
    query = select(Interest).where(
        Interest.person_id == person_id, Interest.organisation_id == organisation_id
    )
    return db.session.scalar(query)


def interests_of(person_id: int) -> list[Interest]:
    """Whom somebody said they are too near to, by name."""
    query = (
        select(Interest)
        .join(Organisation, Organisation.id == Interest.organisation_id)
        .where(Interest.person_id == person_id)
        .options(joinedload(Interest.organisation))
        .order_by(Organisation.name, Interest.id)
    )
    return list(db.session.scalars(query))


def interests_among(person_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The organisations, by id, that each of these people is too near to."""
    query = (
        select(Interest.person_id, Interest.organisation_id)
        .where(Interest.person_id.in_(person_ids))
        .order_by(Interest.id)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, organisation_id in db.session.execute(query):
        found[person_id].add(organisation_id)
    return {person_id: frozenset(ids) for person_id, ids in found.items()}


def organisations_of(partnership_ids: Collection[int]) -> list[tuple[str, str]]:
    """Ref and name of the organisations with a seat in these partnerships, by name."""
    query = (
        select(Organisation.ref, Organisation.name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id.in_(partnership_ids), Seat.left_on.is_(None))
        .group_by(Organisation.id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [(ref, name) for ref, name in db.session.execute(query)]
