"""What happened to the practice an action was about: how it was rated since, and by whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from s11.actions.models import Action
from s11.actions.rules import Status
from s11.actions.rules.lasting import is_low
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.moderation.marks import Mark
from s11.moderation.models import Moderation
from s11.questionnaires.models import Criterion, Level
from s11.returns.models import Answer, Return
from s11.returns.rules import RETURNED, Stage


@dataclass(frozen=True)
class RatedSince:
    """What moderation found of the same criterion after an action was verified."""

    action_id: int
    action_ref: str
    cycle: str
    number: str
    level: str  # empty where it was not rated but marked
    reason: str
    moderated_at: datetime
    to_improve: bool


@dataclass(frozen=True)
class RatingsGiven:
    """How one level of a criterion was given in one cycle: by organisations, and as moderated."""

    key: str  # of the criterion
    cycle: str
    due_on: date
    number: str
    level: str
    colour: str
    order: int
    selves: int
    moderated: int


def rated_low_since(partnership_id: int, action_ids: Collection[int] | None = None) -> list[RatedSince]:
    """Verified or closed actions about a criterion that moderation has found weak since then: perhaps what
    they changed did not last. The latest finding of each; two queries."""
    query = (
        select(Action.id, Action.ref, Action.verified_at, Cycle.title, Criterion, Level, Moderation)
        .join(Criterion, Criterion.key == Action.criterion_key)
        .join(Moderation, Moderation.criterion_id == Criterion.id)
        .join(Return, Return.id == Moderation.return_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .outerjoin(Level, Level.id == Moderation.level_id)
        .where(
            Action.partnership_id == partnership_id,
            Cycle.partnership_id == partnership_id,
            Return.organisation_id == Action.organisation_id,
            Return.stage.in_([Stage.MODERATED, Stage.CLOSED]),
            Moderation.round == Return.round,
            Action.criterion_key != "",
            Action.status.in_([Status.VERIFIED, Status.CLOSED]),
            Moderation.moderated_at > Action.verified_at,
        )
        .order_by(Moderation.moderated_at.desc(), Moderation.id.desc())
    )
    if action_ids is not None:
        query = query.where(Action.id.in_(action_ids))
    rows = db.session.execute(query).all()
    levels = _levels({row.Level.scale_id for row in rows if row.Level is not None})
    latest: dict[int, RatedSince | None] = {}
    for id_, ref, _, cycle, criterion, level, found in rows:
        if id_ in latest:
            continue
        marked = found.mark == Mark.TO_IMPROVE
        low = level is not None and is_low(level.order, levels[level.scale_id])
        latest[id_] = (
            RatedSince(
                id_, ref, cycle, criterion.number, level.label if level else "", found.reason,
                found.moderated_at, marked,
            )
            if low or marked
            else None
        )  # fmt: skip
    return [one for one in latest.values() if one is not None]


def _levels(scale_ids: Collection[int]) -> dict[int, Sequence[int]]:
    """The orders of the levels of each scale that count."""
    found: dict[int, list[int]] = defaultdict(list)
    query = select(Level.scale_id, Level.order).where(Level.scale_id.in_(scale_ids), Level.counts)
    for scale_id, order in db.session.execute(query.order_by(Level.scale_id, Level.order)):
        found[scale_id].append(order)
    return found


OF_CRITERION = (Criterion.key, Cycle.title, Cycle.due_on, Criterion.number)


def ratings_given(partnership_id: int, criterion_keys: Collection[str]) -> list[RatingsGiven]:
    """How these criteria were rated in the cycles of a partnership, the latest cycle first and the best
    level first: how many organisations gave a level, and how many were given it by moderation. Counted are
    returns that came in. Two queries."""
    agreed = aliased(Level)
    came = (Return.stage.in_(RETURNED), Cycle.partnership_id == partnership_id)
    selves = (
        select(Cycle.id, *OF_CRITERION, Level.id, func.count(Return.id))
        .join(Return, Return.cycle_id == Cycle.id)
        .join(Answer, Answer.return_id == Return.id)
        .join(Criterion, Criterion.id == Answer.criterion_id)
        .join(Level, Level.id == Answer.level_id)
        .where(Criterion.key.in_(criterion_keys), *came)
        .group_by(Cycle.id, *OF_CRITERION, Level.id)
    )
    moderated = (
        select(Cycle.id, *OF_CRITERION, agreed.id, func.count(Return.id))
        .join(Return, Return.cycle_id == Cycle.id)
        .join(Moderation, (Moderation.return_id == Return.id) & (Moderation.round == Return.round))
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .join(agreed, agreed.id == Moderation.level_id)
        .where(
            Criterion.key.in_(criterion_keys),
            Return.stage.in_([Stage.MODERATED, Stage.CLOSED]),
            Cycle.partnership_id == partnership_id,
        )
        .group_by(Cycle.id, *OF_CRITERION, agreed.id)
    )
    counts: dict[tuple[int, str, str, date, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for at, query in enumerate((selves, moderated)):
        for *of, count in db.session.execute(query):
            counts[tuple(of)][at] = count  # type: ignore[index]
    levels = {
        one.id: one
        for one in db.session.scalars(select(Level).where(Level.id.in_({of[-1] for of in counts})))
    }
    found = [
        RatingsGiven(
            key, title, due_on, number, levels[id_].label, levels[id_].colour, levels[id_].order, *count
        )
        for (_, key, title, due_on, number, id_), count in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.due_on.toordinal(), one.cycle, one.number, -one.order))
