"""The plan as a list: in an order, in groups, and what there is to choose from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, literal, select, true
from sqlalchemy.orm import selectinload

from s11.actions.models import (
    Action,
    PlanSource,
    RecommendationTheme,
    answers,
)
from s11.actions.queries.narrowing import narrowed
from s11.actions.queries.plan import PAGE, WITH_NAMES, is_open, is_visible_to, soonest
from s11.actions.rules import QUICK_VIEWS, Arrangement, Group, Line, PlanFilter, Sort, Status
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.questionnaires.models import Standard

# The most pressing first; overdue, which is computed, stands before all of them.
PRESSING = (
    Status.AT_RISK, Status.NOT_STARTED, Status.ON_TRACK, Status.COMPLETE, Status.VERIFIED, Status.CLOSED,
    Status.SUPERSEDED,
)  # fmt: skip


def listed(
    person: Person, wanted: PlanFilter, arranged: Arrangement, *, today: date, page: int
) -> list[Action]:
    """One page of the plan as this person sees it; `page` counts from 1."""
    query = in_order(_seen(select(Action), person, wanted, today), arranged.sort, today)
    query = query.options(*WITH_NAMES, selectinload(Action.owners)).limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(query))


def by_ids(ids: Iterable[int]) -> dict[int, Action]:
    """Actions as a line of the plan prints them, by id."""
    query = select(Action).where(Action.id.in_(list(ids))).options(*WITH_NAMES, selectinload(Action.owners))
    return {action.id: action for action in db.session.scalars(query)}


def by_refs(person: Person, refs: Iterable[str]) -> list[Action]:
    """Those of the actions named that this person sees, soonest due first."""
    query = select(Action).where(Action.ref.in_(list(refs)), is_visible_to(person))
    query = query.options(*WITH_NAMES, selectinload(Action.owners)).order_by(*soonest())
    return list(db.session.scalars(query))


def lines(person: Person, wanted: PlanFilter, sort: Sort, group: Group, *, today: date) -> list[Line]:
    """All a filter finds, with the keys of the groups each stands in, in order."""
    columns = select(Action.id, Action.status, Action.due_on, KEYS[group].label("key"))
    query = in_order(_seen(columns, person, wanted, today), sort, today)
    if group == Group.SOURCE:
        query = query.outerjoin(PlanSource, PlanSource.id == Action.source_id)
    if group == Group.ORGANISATION:
        query = query.join(Partnership, Partnership.id == Action.partnership_id)
    found = db.session.execute(query).all()
    if group != Group.THEME:
        return [Line(id_, status, due_on, (str(key or ""),)) for id_, status, due_on, key in found]
    themes = _themes_answered(person)
    return [
        Line(id_, status, due_on, _under(themes.get(id_, (own,)), wanted.theme))
        for id_, status, due_on, own in found
    ]


def quick_counts(person: Person, *, today: date) -> list[int]:
    """How many actions each of QUICK_VIEWS finds, in one query."""
    asked = [
        func.sum(case((and_(true(), *narrowed(view.wanted, person, today=today)), 1), else_=0))
        for view in QUICK_VIEWS
    ]
    found = db.session.execute(select(*asked).select_from(Action).where(is_visible_to(person))).one()
    return [int(number or 0) for number in found]


def sources_in_plan(person: Person) -> list[tuple[str, str]]:
    """The reviews, inspections and audits of actions this person sees: ref and title, by title."""
    having = select(Action.source_id).where(is_visible_to(person))
    query = select(PlanSource.ref, PlanSource.title).where(PlanSource.id.in_(having))
    return [
        (ref, title) for ref, title in db.session.execute(query.order_by(PlanSource.title, PlanSource.id))
    ]


def themes_in_plan(person: Person) -> list[str]:
    """The themes under which actions this person sees stand, by name."""
    own = select(Action.theme).where(is_visible_to(person), Action.theme != "")
    seen = select(Action.id).where(is_visible_to(person))
    answered = (
        select(RecommendationTheme.theme)
        .join(answers, answers.c.recommendation_id == RecommendationTheme.recommendation_id)
        .where(answers.c.action_id.in_(seen))
    )
    return sorted(db.session.scalars(own.union(answered)), key=str.casefold)


def standards_in_plan(person: Person) -> dict[str, tuple[str, str]]:
    """The standards actions this person sees are about: number and title in the latest cycle, by key."""
    query = (
        select(Standard.key, Standard.number, Standard.title)
        .join(Cycle, Cycle.edition_id == Standard.edition_id)
        .join(Action, and_(Action.cycle_id == Cycle.id, Action.standard_key == Standard.key))
        .where(is_visible_to(person))
        .group_by(Standard.key, Standard.number, Standard.title)
        .order_by(func.max(Cycle.due_on))
    )
    return {key: (number, title) for key, number, title in db.session.execute(query)}


def boards_own_in_plan(person: Person) -> bool:
    """Whether this person sees an action of the Board's own."""
    query = select(Action.id).where(is_visible_to(person), Action.organisation_id.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def _seen(query: Select, person: Person, wanted: PlanFilter, today: date) -> Select:
    return query.where(is_visible_to(person), *narrowed(wanted, person, today=today))


def in_order(query: Select, sort: Sort, today: date) -> Select:
    """A query about actions in the order asked for; organisations are joined for every order."""
    query = query.outerjoin(Organisation, Organisation.id == Action.organisation_id)
    return query.order_by(*_order(sort, today))


def _order(sort: Sort, today: date) -> tuple[ColumnElement[Any], ...]:
    open_first = is_open().desc()
    if sort == Sort.ORGANISATION:
        return (func.coalesce(Organisation.name, ""), open_first, *soonest())
    if sort == Sort.STANDING:
        overdue = is_open() & (Action.due_on < today)
        places = {str(status): place for place, status in enumerate(PRESSING, start=1)}
        return (case((overdue, 0), else_=case(places, value=Action.status)), *soonest())
    if sort == Sort.NEWEST_WORD:
        return Action.last_said_at.is_(None), Action.last_said_at.desc(), *soonest()
    if sort == Sort.SILENCE:
        return open_first, func.coalesce(Action.last_said_at, Action.created_at), Action.id
    return open_first, *soonest()


def _themes_answered(person: Person) -> dict[int, tuple[str, ...]]:
    """The themes of the recommendations each action answers, by the action's id."""
    query = (
        select(answers.c.action_id, RecommendationTheme.theme)
        .join(RecommendationTheme, RecommendationTheme.recommendation_id == answers.c.recommendation_id)
        .join(Action, Action.id == answers.c.action_id)
        .where(is_visible_to(person))
        .distinct()
        .order_by(answers.c.action_id, RecommendationTheme.theme)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for action_id, theme in db.session.execute(query):
        found[action_id].append(theme)
    return {action_id: tuple(themes) for action_id, themes in found.items()}


def _under(themes: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """The themes an action stands under; only the one that was asked for, where one was."""
    return (wanted,) if wanted else themes


# What the actions of a group have in common; a source is its kind and its title.
KEYS: dict[Group, ColumnElement[Any]] = {
    Group.SOURCE: Action.source + literal(":") + func.coalesce(PlanSource.title, Action.source_title),
    Group.THEME: Action.theme,
    Group.MECHANISM: Action.mechanism,
    Group.ORGANISATION: func.coalesce(Organisation.name, Partnership.name),
    Group.STANDARD: Action.standard_key,
    Group.OWNER: case((Action.owner_name != "", Action.owner_name), else_=Action.owner_role),
    Group.MONTH: extract("year", Action.due_on) * 12 + extract("month", Action.due_on) - 1,
}
