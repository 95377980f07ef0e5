"""The composite plan of one partnership as its figures need it: plain rows, in a fixed number of queries."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from s11.actions.models import (
    Action,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    Update,
    answers,
)
from s11.actions.rules import Saying, Status
from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership


class Tracked(NamedTuple):
    """One action of the plan. Days are those of the partnership; `came_on` is the day it came into the plan.

    `brought`: it was brought in from an existing plan, so that nobody knows when it was agreed.
    """

    id: int
    ref: str
    text: str
    holder: str
    organisation: str  # its ref; empty where the action is the Board's own
    led_by: str
    source: str
    source_title: str
    mechanism: str
    themes: tuple[str, ...]
    status: str
    came_on: date
    first_due_on: date | None
    due_on: date | None
    times_moved: int
    completed_on: date | None
    verified_on: date | None
    difference: str
    brought: bool


def of_plan(partnership: Partnership) -> list[Tracked]:
    """Every action of a partnership's plan, in the order in which they came into it; two queries."""
    themes = _themes(partnership.id)
    query = (
        select(
            Action.id, Action.ref, Action.text, Organisation.name, Organisation.ref, Action.owner_name,
            Action.owner_role, Action.source, PlanSource.title, Action.source_title, Action.mechanism,
            Action.theme, Action.status, Action.created_at, Action.first_due_on, Action.due_on,
            Action.times_moved, Action.completed_at, Action.verified_at, Action.difference, Action.import_id,
        )
        .outerjoin(Organisation, Organisation.id == Action.organisation_id)
        .outerjoin(PlanSource, PlanSource.id == Action.source_id)
        .where(Action.partnership_id == partnership.id)
        .order_by(Action.created_at, Action.id)
    )  # fmt: skip
    return [
        Tracked(
            id=one.id, ref=one.ref, text=one.text, holder=one.name or partnership.name,
            organisation=one[4] or "",
            led_by=", ".join(part for part in (one.owner_name, one.owner_role) if part),
            source=one.source, source_title=one.title or one.source_title, mechanism=one.mechanism,
            themes=themes.get(one.id) or ((one.theme,) if one.theme else ()),
            status=one.status, came_on=_day(one.created_at) or date.min, first_due_on=one.first_due_on,
            due_on=one.due_on, times_moved=one.times_moved, completed_on=_day(one.completed_at),
            verified_on=_day(one.verified_at), difference=one.difference, brought=one.import_id is not None,
        )
        for one in db.session.execute(query)
    ]  # fmt: skip


def _themes(partnership_id: int) -> dict[int, tuple[str, ...]]:
    """The themes of the recommendations that actions answer, each once, by the id of the action."""
    query = (
        select(answers.c.action_id, RecommendationTheme.theme)
        .join(RecommendationTheme, RecommendationTheme.recommendation_id == answers.c.recommendation_id)
        .join(Action, Action.id == answers.c.action_id)
        .where(Action.partnership_id == partnership_id)
        .order_by(answers.c.action_id, RecommendationTheme.position, RecommendationTheme.id)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for action_id, theme in db.session.execute(query):
        found[action_id][theme] = None
    return {action_id: tuple(themes) for action_id, themes in found.items()}


class Moved(NamedTuple):
    """One entry in the history of an action: the day, how it stood then, and its date where that moved."""

    action_id: int
    on: date
    kind: Saying
    status: str
    due_before: date | None
    due_after: date | None


def moves(partnership_id: int) -> list[Moved]:
    """The history of every action of a plan, the earliest first."""
    query = (
        select(
            Update.action_id, Update.at, Update.kind, Update.status, Update.due_before, Update.due_after
        )
        .join(Action, Action.id == Update.action_id)
        .where(Action.partnership_id == partnership_id)
        .order_by(Update.at, Update.id)
    )  # fmt: skip
    return [
        Moved(action_id, clock.local(at).date(), Saying(kind), status, before, after)
        for action_id, at, kind, status, before, after in db.session.execute(query)
    ]


class Unanswered(NamedTuple):
    """A recommendation that the Board accepts and no action answers."""

    source: str
    source_ref: str
    number: str
    text: str


def unanswered(partnership_id: int) -> list[Unanswered]:
    """Recommendations without an action, by source and as printed. What was superseded answers nothing."""
    answered = (
        select(answers.c.recommendation_id)
        .join(Action, Action.id == answers.c.action_id)
        .where(Action.status != Status.SUPERSEDED)
    )
    query = (
        select(PlanSource.title, PlanSource.ref, Recommendation.number, Recommendation.text)
        .join(PlanSource, PlanSource.id == Recommendation.source_id)
        .where(
            PlanSource.partnership_id == partnership_id,
            Recommendation.not_accepted == "",
            Recommendation.id.not_in(answered),
        )
        .order_by(PlanSource.dated_on.desc(), PlanSource.title, PlanSource.id, Recommendation.position)
    )
    return [Unanswered(*row) for row in db.session.execute(query)]


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment is not None else None
