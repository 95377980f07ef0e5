"""Finding actions: the composite plan, one action, the actions of an organisation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action, Update
from s11.actions.rules import OVERDUE, UNFINISHED, PlanCounts, PlanFilter, Status
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Criterion
from s11.returns.models import Return

PAGE = 50


def by_ref(ref: str) -> Action | None:
    query = select(Action).where(Action.ref == ref)
    return db.session.scalar(query.options(joinedload(Action.organisation), joinedload(Action.cycle)))


def is_visible_to(person: Person) -> ColumnElement[bool]:
    """The actions of a person's partnerships and organisations, and those the person owns; of somebody
    with several partnerships, those of the one they work in."""
    theirs = or_(
        Action.partnership_id.in_(person.partnership_ids),
        Action.organisation_id.in_(person.organisation_ids),
        Action.owner_id == person.id,
    )
    return theirs if person.working_in is None else and_(theirs, Action.partnership_id == person.working_in)


def visible_to(
    person: Person, wanted: PlanFilter | None = None, *, today: date, page: int | None = None
) -> list[Action]:
    """The composite plan as this person sees it, soonest due first; `page` counts from 1, None gives all."""
    query = (
        _filtered(select(Action), person, wanted or PlanFilter(), today)
        .options(joinedload(Action.organisation))
        .order_by(Action.status == Status.COMPLETE, Action.due_on, Action.id)
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(query))


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
        query = query.where(Action.status != Status.COMPLETE)
    return list(db.session.scalars(query.order_by(Action.due_on, Action.id)))


def of_partnership(partnership_id: int) -> list[Action]:
    """A partnership's whole plan, by organisation, soonest due first."""
    query = (
        select(Action)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .where(Action.partnership_id == partnership_id)
        .options(joinedload(Action.organisation))
        .order_by(Organisation.name, Action.due_on, Action.id)
    )
    return list(db.session.scalars(query))


def unfinished(partnership_id: int, organisation_ids: Iterable[int]) -> list[Action]:
    """What these organisations promised one partnership and have not completed, soonest due first."""
    query = (
        select(Action)
        .where(
            Action.partnership_id == partnership_id,
            Action.organisation_id.in_(list(organisation_ids)),
            Action.status != Status.COMPLETE,
        )
        .order_by(Action.due_on, Action.id)
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
    query = query.where(is_visible_to(person))
    if wanted.status == OVERDUE:
        query = query.where(Action.status != Status.COMPLETE, Action.due_on < today)
    elif wanted.status == UNFINISHED:
        query = query.where(Action.status != Status.COMPLETE)
    elif wanted.status:
        query = query.where(Action.status == wanted.status)
    if wanted.source:
        query = query.where(Action.source == wanted.source)
    if wanted.organisation:
        mine = select(Organisation.id).where(Organisation.ref == wanted.organisation)
        query = query.where(Action.organisation_id.in_(mine))
    if wanted.search:
        columns = (
            Action.text,
            Action.owner_name,
            Action.owner_role,
            Action.source_title,
            Action.recommendation,
        )
        query = query.where(or_(*(column.icontains(wanted.search, autoescape=True) for column in columns)))
    return query


def _count_columns(today: date) -> Select:
    open_ = Action.status != Status.COMPLETE
    return select(
        func.count(Action.id),
        func.sum(case((open_, 1), else_=0)),
        func.sum(case((open_ & (Action.due_on < today), 1), else_=0)),
    )


def _counts(query: Select) -> PlanCounts:
    total, open_, overdue = (int(number or 0) for number in db.session.execute(query).one())
    return PlanCounts(total=total, open=open_, overdue=overdue, complete=total - open_)


def beside(return_: Return) -> list[Action]:
    """What belongs beside a return: what was promised in it, and what was promised to the same partnership
    in earlier cycles about a standard or criterion and is not complete. Soonest due first."""
    query = (
        select(Action)
        .outerjoin(Cycle, Cycle.id == Action.cycle_id)
        .where(
            Action.organisation_id == return_.organisation_id,
            Action.partnership_id == return_.cycle.partnership_id,
            or_(Action.standard_key != "", Action.criterion_key != ""),
            or_(
                Action.cycle_id == return_.cycle_id,
                and_(Action.status != Status.COMPLETE, Cycle.due_on < return_.cycle.due_on),
            ),
        )
        .options(joinedload(Action.cycle))
        .order_by(Action.due_on, Action.id)
    )
    return list(db.session.scalars(query))


def by_criterion(return_id: int) -> dict[int, int]:
    """How many actions an organisation recorded for each criterion of a return, by the criterion's id."""
    query = (
        select(Criterion.id, func.count())
        .join(Cycle, Cycle.edition_id == Criterion.edition_id)
        .join(Return, Return.cycle_id == Cycle.id)
        .join(
            Action,
            (Action.cycle_id == Return.cycle_id)
            & (Action.organisation_id == Return.organisation_id)
            & (Action.criterion_key == Criterion.key),
        )
        .where(Return.id == return_id)
        .group_by(Criterion.id)
        .order_by(Criterion.id)
    )
    return {criterion_id: count for criterion_id, count in db.session.execute(query)}
