"""What a paper of the plan prints beside its actions: each kind in one query, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, union

from s11.actions.models import (
    Action,
    Impact,
    Milestone,
    Owner,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    Update,
    answers,
)
from s11.actions.rules import Saying, Status
from s11.core.database import db
from s11.organisations.models import Organisation, Seat
from s11.people.models import Membership, Person
from s11.register.models import Contact

# What is said of progress. How an action was mended or handed on is no news of it.
PROGRESS = (
    Saying.PROGRESS, Saying.VERIFIED, Saying.RETURNED, Saying.IMPACT, Saying.CLOSED, Saying.REOPENED,
    Saying.SUPERSEDED,
)  # fmt: skip


class RecommendationRow(NamedTuple):
    """A recommendation with the source it stands in."""

    id: int
    source_id: int
    number: str
    text: str
    not_accepted: str


class SourceRow(NamedTuple):
    """A review, an inspection or an audit."""

    id: int
    ref: str
    kind: str
    title: str
    public_title: str
    dated_on: date | None


class OwnerRow(NamedTuple):
    """Somebody who has a part in an action."""

    action_id: int
    name: str
    role: str
    organisation: str | None


class MilestoneRow(NamedTuple):
    """A step of an action."""

    action_id: int
    text: str
    due_on: date | None
    done_on: date | None


class SaidRow(NamedTuple):
    """What was said of an action last."""

    action_id: int
    at: datetime
    by: str
    text: str


def recommendations(*, partnership_id: int | None, action_ids: Sequence[int]) -> list[RecommendationRow]:
    """Every recommendation of a partnership, as printed; without one, those that these actions answer."""
    query = (
        select(
            Recommendation.id, Recommendation.source_id, Recommendation.number, Recommendation.text,
            Recommendation.not_accepted,
        )
        .join(PlanSource, PlanSource.id == Recommendation.source_id)
        .order_by(Recommendation.source_id, Recommendation.position, Recommendation.id)
    )  # fmt: skip
    if partnership_id is not None:
        query = query.where(PlanSource.partnership_id == partnership_id)
    else:
        answering = select(answers.c.recommendation_id).where(answers.c.action_id.in_(action_ids))
        query = query.where(Recommendation.id.in_(answering))
    return [RecommendationRow(*row) for row in db.session.execute(query)]


def sources(ids: Sequence[int]) -> list[SourceRow]:
    """These sources, the latest first."""
    query = (
        select(
            PlanSource.id, PlanSource.ref, PlanSource.kind, PlanSource.title, PlanSource.public_title,
            PlanSource.dated_on,
        )
        .where(PlanSource.id.in_(ids))
        .order_by(PlanSource.dated_on.is_(None), PlanSource.dated_on.desc(), PlanSource.title, PlanSource.id)
    )  # fmt: skip
    return [SourceRow(*row) for row in db.session.execute(query)]


def themes(recommendation_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The themes of each recommendation."""
    query = (
        select(RecommendationTheme.recommendation_id, RecommendationTheme.theme)
        .where(RecommendationTheme.recommendation_id.in_(recommendation_ids))
        .order_by(RecommendationTheme.recommendation_id, RecommendationTheme.position, RecommendationTheme.id)
    )
    found = _by_first(query)
    return {id_: tuple(theme for (theme,) in rows) for id_, rows in found.items()}


def answering(recommendation_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Which action answers which recommendation, superseded ones left out: (action, recommendation)."""
    query = (
        select(answers.c.action_id, answers.c.recommendation_id)
        .join(Action, Action.id == answers.c.action_id)
        .where(answers.c.recommendation_id.in_(recommendation_ids), Action.status != Status.SUPERSEDED)
        .order_by(answers.c.action_id, answers.c.recommendation_id)
    )
    return [(action_id, recommendation_id) for action_id, recommendation_id in db.session.execute(query)]


def answered_by(action_ids: Sequence[int]) -> dict[int, list[int]]:
    """The recommendations each of these actions answers, as printed."""
    query = (
        select(answers.c.action_id, answers.c.recommendation_id)
        .join(Recommendation, Recommendation.id == answers.c.recommendation_id)
        .where(answers.c.action_id.in_(action_ids))
        .order_by(answers.c.action_id, Recommendation.source_id, Recommendation.position, Recommendation.id)
    )
    found = _by_first(query)
    return {action_id: [id_ for (id_,) in rows] for action_id, rows in found.items()}


def owners(action_ids: Sequence[int]) -> list[OwnerRow]:
    """Whoever has a part in these actions besides the one who leads."""
    query = (
        select(Owner.action_id, Owner.name, Owner.role, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Owner.organisation_id)
        .where(Owner.action_id.in_(action_ids))
        .order_by(Owner.action_id, Owner.position, Owner.id)
    )
    return [OwnerRow(*row) for row in db.session.execute(query)]


def milestones(action_ids: Sequence[int]) -> list[MilestoneRow]:
    query = (
        select(Milestone.action_id, Milestone.text, Milestone.due_on, Milestone.done_on)
        .where(Milestone.action_id.in_(action_ids))
        .order_by(Milestone.action_id, Milestone.position, Milestone.id)
    )
    return [MilestoneRow(*row) for row in db.session.execute(query)]


def said_last(action_ids: Sequence[int]) -> list[SaidRow]:
    """The last word on each of these actions."""
    last = (
        select(func.max(Update.id))
        .where(Update.action_id.in_(action_ids), Update.kind.in_(PROGRESS))
        .group_by(Update.action_id)
    )
    query = (
        select(Update.action_id, Update.at, Update.person_name, Update.text)
        .where(Update.id.in_(last))
        .order_by(Update.action_id)
    )
    return [SaidRow(*row) for row in db.session.execute(query)]


def earlier_dates(action_ids: Sequence[int]) -> dict[int, list[date]]:
    """The dates each of these actions had before, the earliest agreed first."""
    query = (
        select(Update.action_id, Update.due_before)
        .where(
            Update.action_id.in_(action_ids), Update.due_before.is_not(None), Update.due_after.is_not(None)
        )
        .order_by(Update.action_id, Update.at, Update.id)
    )
    return {action_id: [day for (day,) in rows] for action_id, rows in _by_first(query).items()}


class Known(NamedTuple):
    """Somebody who is named somewhere, and their role, if any is known."""

    name: str
    role: str


def people_of(partnership_id: int) -> list[Known]:
    """Everybody of whom a partnership knows the name, with the role under which it stands there: who serves
    it or an organisation at its table, or once did; contacts of these; and whoever has a part in its plan or
    said something of it."""
    seats = select(Seat.organisation_id).where(Seat.partnership_id == partnership_id)
    its_actions = select(Action.id).where(Action.partnership_id == partnership_id)
    # The trusts of schools at the table, and the schools of trusts.
    parents = select(Organisation.parent_id).where(
        Organisation.id.in_(seats), Organisation.parent_id.is_not(None)
    )
    near = union(seats, parents).subquery()
    serves = (Membership.partnership_id == partnership_id) | Membership.organisation_id.in_(select(near))
    queries: list[Select[Any]] = [
        select(Action.owner_name, Action.owner_role).where(Action.partnership_id == partnership_id),
        select(Owner.name, Owner.role).where(Owner.action_id.in_(its_actions)),
        select(Person.name, Membership.job_title)
        .join(Membership, Membership.person_id == Person.id)
        .where(serves, Person.pseudonymised_at.is_(None)),
        select(Contact.name, Contact.job_title).where(Contact.partnership_id == partnership_id),
        _unposted(Update.person_name).where(Update.action_id.in_(its_actions)),
        _unposted(Impact.person_name).where(Impact.action_id.in_(its_actions)),
        _unposted(Milestone.done_by_name).where(Milestone.action_id.in_(its_actions)),
        _unposted(Action.created_by_name).where(Action.partnership_id == partnership_id),
        _unposted(PlanSource.created_by_name).where(PlanSource.partnership_id == partnership_id),
    ]
    found = {Known(name, role) for query in queries for name, role in db.session.execute(query.distinct())}
    return sorted(one for one in found if one.name.strip())


def _unposted(column: Any) -> Select[Any]:
    """Names of which no role is kept."""
    return select(column, literal(""))


def organisation_names(partnership_id: int) -> list[str]:
    """The names of every organisation that sits or sat at a partnership's table, long and short."""
    query = (
        select(Organisation.name, Organisation.short_name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id)
        .order_by(Organisation.id)
    )
    return [name for row in db.session.execute(query) for name in row if name]


def _by_first(query: Select[Any]) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of a query by their first column, which they then lack."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in db.session.execute(query):
        found[first].append(tuple(rest))
    return found
