"""Everything a file of the plan tells of each action, as columns: thousands are written in one go."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, func, select

from s11.actions.models import (
    Action,
    Impact,
    Milestone,
    Owner,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    answers,
)
from s11.actions.queries.listing import in_order
from s11.actions.queries.narrowing import Condition, narrowed
from s11.actions.queries.plan import is_visible_to, soonest
from s11.actions.rules import Arrangement, PlanFilter
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person

Told = TypeVar("Told")


class Step(NamedTuple):
    """A milestone."""

    text: str
    due_on: date | None
    done_on: date | None


class SheetLine(NamedTuple):
    """One action with all that stands in its own row of the database."""

    id: int
    ref: str
    holder: str
    source: str
    source_title: str
    recommendation: str
    theme: str
    priority: str
    text: str
    outcome: str
    evidence_expected: str
    mechanism: str
    resources: str
    contingency: str
    owner_name: str
    owner_role: str
    first_due_on: date | None
    due_on: date | None
    times_moved: int
    status: str
    last_said_at: datetime | None
    difference: str


class Sheet(NamedTuple):
    """The actions of a file in order, and by their ids what stands beside them."""

    lines: list[SheetLine]
    answered: dict[int, list[str]]
    themes: dict[int, list[str]]
    owners: dict[int, list[str]]
    steps: dict[int, list[Step]]
    impacts: dict[int, tuple[str, str]]


def sheet_of(person: Person, wanted: PlanFilter, arranged: Arrangement, *, today: date) -> Sheet:
    """All a filter finds of what this person sees, in the order asked for."""
    which = [is_visible_to(person), *narrowed(wanted, person, today=today)]
    return _sheet(in_order(_lines(which), arranged.sort, today), which)


def sheet_of_partnership(partnership_id: int) -> Sheet:
    """A partnership's whole plan, by organisation, soonest due first."""
    which = [Action.partnership_id == partnership_id]
    query = _lines(which).outerjoin(Organisation, Organisation.id == Action.organisation_id)
    return _sheet(query.order_by(Organisation.name, *soonest()), which)


def _lines(which: Iterable[Condition]) -> Select:
    return (
        select(
            Action.id, Action.ref, func.coalesce(Organisation.name, Partnership.name), Action.source,
            func.coalesce(PlanSource.title, Action.source_title), Action.recommendation, Action.theme,
            Action.priority, Action.text, Action.outcome, Action.evidence_expected, Action.mechanism,
            Action.resources, Action.contingency, Action.owner_name, Action.owner_role, Action.first_due_on,
            Action.due_on, Action.times_moved, Action.status, Action.last_said_at, Action.difference,
        )
        .select_from(Action)
        .join(Partnership, Partnership.id == Action.partnership_id)
        .outerjoin(PlanSource, PlanSource.id == Action.source_id)
        .where(*which)
    )  # fmt: skip


def _sheet(query: Select, which: Iterable[Condition]) -> Sheet:
    ids = select(Action.id).where(*which)
    answered = (
        select(answers.c.action_id, Recommendation.number, Recommendation.text)
        .join(Recommendation, Recommendation.id == answers.c.recommendation_id)
        .where(answers.c.action_id.in_(ids))
        .order_by(Recommendation.position, Recommendation.id)
    )
    themes = (
        select(answers.c.action_id, RecommendationTheme.theme)
        .join(RecommendationTheme, RecommendationTheme.recommendation_id == answers.c.recommendation_id)
        .where(answers.c.action_id.in_(ids))
        .distinct()
        .order_by(RecommendationTheme.theme)
    )
    owners = (
        select(Owner.action_id, Owner.name, Owner.role)
        .where(Owner.action_id.in_(ids))
        .order_by(Owner.position, Owner.id)
    )
    steps = (
        select(Milestone.action_id, Milestone.text, Milestone.due_on, Milestone.done_on)
        .where(Milestone.action_id.in_(ids))
        .order_by(Milestone.position, Milestone.id)
    )
    impacts = (
        select(Impact.action_id, Impact.what, Impact.known_by)
        .where(Impact.action_id.in_(ids))
        .order_by(Impact.at, Impact.id)
    )
    run = db.session.execute
    return Sheet(
        [SheetLine(*row) for row in run(query)],
        _by_action((id_, f"{number} {text}".strip()) for id_, number, text in run(answered)),
        _by_action((id_, theme) for id_, theme in run(themes)),
        _by_action((id_, ", ".join(filter(None, who))) for id_, *who in run(owners)),
        _by_action((id_, Step(*step)) for id_, *step in run(steps)),
        {id_: (what, known_by) for id_, what, known_by in run(impacts)},
    )


def _by_action(pairs: Iterable[tuple[int, Told]]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for id_, told in pairs:
        found[id_].append(told)
    return found
