"""Finding actions: the composite plan, one action, the actions of an organisation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action, Owner, Update
from s11.actions.queries.narrowing import narrowed
from s11.actions.rules import DONE, OPEN, PlanCounts, PlanFilter, Status
from s11.core.database import db
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.people.rules import LEADS, Role

PAGE = 50
# What a line of the plan prints besides its own columns.
WITH_NAMES = (
    joinedload(Action.organisation), joinedload(Action.partnership), joinedload(Action.plan_source),
)  # fmt: skip


def by_ref(ref: str) -> Action | None:
    query = select(Action).where(Action.ref == ref)
    return db.session.scalar(
        query.options(
            joinedload(Action.organisation),
            joinedload(Action.partnership),
            joinedload(Action.cycle),
            joinedload(Action.plan_source),
        )
    )


def is_open() -> ColumnElement[bool]:
    """Still to be done."""
    return Action.status.in_(OPEN)


def lacks_something() -> ColumnElement[bool]:
    """Brought in without its owner or its date, and not mended yet."""
    return or_(Action.due_on.is_(None), Action.owner_name == "", Action.owner_role == "")


def soonest() -> tuple[ColumnElement[Any], ...]:
    """An order: the soonest due first, what has no date first of all, since it has to be mended."""
    return Action.due_on.is_not(None), Action.due_on, Action.id


def takes_part(person: Person) -> ColumnElement[bool]:
    """The actions somebody leads or has a part in."""
    having = select(Owner.action_id).where(Owner.person_id == person.id)
    return or_(Action.owner_id == person.id, Action.id.in_(having))


def is_visible_to(person: Person) -> ColumnElement[bool]:
    """The actions of a person's partnerships and organisations, and those the person owns; of somebody
    with several partnerships, those of the one they work in."""
    theirs = or_(
        Action.partnership_id.in_(person.partnership_ids),
        Action.organisation_id.in_(person.organisation_ids),
        takes_part(person),
    )
    return theirs if person.working_in is None else and_(theirs, Action.partnership_id == person.working_in)


def visible_to(
    person: Person, wanted: PlanFilter | None = None, *, today: date, page: int | None = None
) -> list[Action]:
    """The composite plan as this person sees it, soonest due first; `page` counts from 1, None gives all."""
    query = (
        _filtered(select(Action), person, wanted or PlanFilter(), today)
        .options(*WITH_NAMES)
        .order_by(is_open().desc(), *soonest())
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(query))


def to_verify(person: Person, partnership_ids: Iterable[int]) -> list[Action]:
    """What was said to be complete in these partnerships and is this person's to judge, the first said first:
    not their own organisation's, not what they have a part in, and not what they said themselves."""
    query = select(Action).where(
        Action.partnership_id.in_(list(partnership_ids)),
        Action.status == Status.COMPLETE,
        or_(Action.organisation_id.is_(None), Action.organisation_id.not_in(person.bound_to)),
        or_(Action.completed_by_id.is_(None), Action.completed_by_id != person.id),
        or_(Action.owner_id.is_(None), Action.owner_id != person.id),
        Action.id.not_in(select(Owner.action_id).where(Owner.person_id == person.id)),
    )
    return list(db.session.scalars(query.options(*WITH_NAMES).order_by(Action.completed_at, Action.id)))


def how_many(person: Person, wanted: PlanFilter, *, today: date) -> int:
    """How many actions a filter finds."""
    return db.session.scalar(_filtered(select(func.count(Action.id)), person, wanted, today)) or 0


def counts(person: Person, wanted: PlanFilter | None = None, *, today: date) -> PlanCounts:
    """Open, overdue and complete among what a filter finds, its status left aside."""
    query = _filtered(_count_columns(today), person, replace(wanted or PlanFilter(), status=""), today)
    return _counts(query)


def counts_of(organisation_id: int, *, today: date, partnership_id: int | None = None) -> PlanCounts:
    """The same for one organisation, in one partnership or in all it sits in."""
    query = _count_columns(today).where(Action.organisation_id == organisation_id)
    if partnership_id is not None:
        query = query.where(Action.partnership_id == partnership_id)
    return _counts(query)


def of_organisation(
    organisation_id: int, *, partnership_id: int | None = None, unfinished: bool = False
) -> list[Action]:
    """An organisation's actions, soonest due first."""
    query = select(Action).where(Action.organisation_id == organisation_id)
    if partnership_id is not None:
        query = query.where(Action.partnership_id == partnership_id)
    if unfinished:
        query = query.where(is_open())
    return list(db.session.scalars(query.order_by(*soonest())))


def of_partnership(partnership_id: int) -> list[Action]:
    """A partnership's whole plan, by organisation, soonest due first."""
    query = (
        select(Action)
        .outerjoin(Organisation, Organisation.id == Action.organisation_id)
        .where(Action.partnership_id == partnership_id)
        .options(*WITH_NAMES)
        .order_by(Organisation.name, *soonest())
    )
    return list(db.session.scalars(query))


def unfinished(partnership_id: int, organisation_ids: Iterable[int]) -> list[Action]:
    """What these organisations promised one partnership and have not completed, soonest due first."""
    query = (
        select(Action)
        .where(
            Action.partnership_id == partnership_id,
            Action.organisation_id.in_(list(organisation_ids)),
            is_open(),
        )
        .order_by(*soonest())
    )
    return list(db.session.scalars(query))


def organisations_in_plan(person: Person) -> list[Organisation]:
    """The organisations that have an action this person sees, by name."""
    having = select(Action.organisation_id).where(is_visible_to(person))
    query = select(Organisation).where(Organisation.id.in_(having)).order_by(Organisation.name)
    return list(db.session.scalars(query))


def updates(action_id: int) -> list[Update]:
    """What was said of an action's progress, newest first."""
    query = select(Update).where(Update.action_id == action_id)
    return list(db.session.scalars(query.order_by(Update.at.desc(), Update.id.desc())))


def _filtered(query: Select, person: Person, wanted: PlanFilter, today: date) -> Select:
    return query.where(is_visible_to(person), *narrowed(wanted, person, today=today))


def _count_columns(today: date) -> Select:
    open_ = is_open()
    return select(
        func.count(Action.id),
        func.sum(case((open_, 1), else_=0)),
        func.sum(case((open_ & (Action.due_on < today), 1), else_=0)),
        func.sum(case((Action.status.in_(DONE), 1), else_=0)),
    )


def _counts(query: Select) -> PlanCounts:
    total, open_, overdue, done = (int(number or 0) for number in db.session.execute(query).one())
    return PlanCounts(total=total, open=open_, overdue=overdue, complete=done)


def asked_of(person: Person, today: date) -> list[Action]:
    """Actions of which it is asked by today what difference they made, of somebody who has a part in them or
    leads in the organisation whose they are; the longest asked first."""
    leads = {m.organisation_id for m in person.current if m.organisation_id and Role(m.role) in LEADS}
    query = (
        select(Action)
        .where(
            is_visible_to(person),
            Action.status == Status.VERIFIED,
            Action.ask_on <= today,
            or_(takes_part(person), Action.organisation_id.in_(leads)),
        )
        .options(*WITH_NAMES)
        .order_by(Action.ask_on, Action.id)
    )
    return list(db.session.scalars(query))
