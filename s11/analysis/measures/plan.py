"""What the composite plan adds up to: rows of `queries.of_plan` in, figures out.

What was superseded is in no figure but the one that says how many were: it was neither done nor left
undone. `plan_rules` has the sentence for each figure.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from s11.actions.rules import (
    DONE,
    Difference,
    Saying,
    Status,
    is_drifting,
    is_open,
    is_overdue,
)
from s11.analysis.plan_rules import AGES, LATE, MOVES, NO_DATE, NOT_DUE
from s11.analysis.queries import Moved, Tracked


@dataclass(frozen=True)
class PlanStanding:
    """How a plan stands on a day. `counted` = open + to verify + verified + closed; overdue and drifting are
    open too, and one action may be both."""

    counted: int = 0
    open: int = 0
    overdue: int = 0
    drifting: int = 0
    to_verify: int = 0
    verified: int = 0
    closed: int = 0
    superseded: int = 0
    without_date: int = 0

    @property
    def done(self) -> int:
        return self.to_verify + self.verified + self.closed


def counted(rows: Iterable[Tracked]) -> list[Tracked]:
    """Those that count: all but what was superseded."""
    return [one for one in rows if one.status != Status.SUPERSEDED]


def standing(rows: Iterable[Tracked], today: date) -> PlanStanding:
    """How these actions stand on a day."""
    every = list(rows)
    kept = counted(every)
    statuses = Counter(one.status for one in kept)
    still = [one for one in kept if is_open(one.status)]
    return PlanStanding(
        counted=len(kept),
        open=len(still),
        overdue=sum(is_overdue(one.status, one.due_on, today) for one in still),
        drifting=sum(is_drifting(one.status, one.times_moved) for one in still),
        to_verify=statuses[Status.COMPLETE],
        verified=statuses[Status.VERIFIED],
        closed=statuses[Status.CLOSED],
        superseded=len(every) - len(kept),
        without_date=sum(one.due_on is None for one in still),
    )


def ages(rows: Iterable[Tracked], today: date) -> dict[str, int]:
    """Open actions by how long they have been in the plan."""
    days = [(today - one.came_on).days for one in counted(rows) if is_open(one.status)]
    return _banded(days, AGES)


def lateness(rows: Iterable[Tracked], today: date) -> dict[str, int]:
    """Open actions by how many days they are overdue; what is not due and what has no date apart."""
    still = [one for one in counted(rows) if is_open(one.status)]
    late = [(today - one.due_on).days for one in still if one.due_on is not None and one.due_on < today]
    undated = sum(one.due_on is None for one in still)
    return {NOT_DUE: len(still) - len(late) - undated, **_banded(late, LATE), NO_DATE: undated}


def _banded(days: Iterable[int], bands: Sequence[tuple[int, str]]) -> dict[str, int]:
    """How many fall into each band; a band is said by the last day in it."""
    lasts = [last for last, _ in bands]
    found = Counter(min(sum(last < count for last in lasts), len(bands) - 1) for count in days)
    return {words: found[place] for place, (_, words) in enumerate(bands)}


@dataclass(frozen=True)
class Month:
    """How many had been agreed, were complete and were verified by the end of a month, or by today."""

    ends: date
    agreed: int
    complete: int
    verified: int


def over_time(rows: Iterable[Tracked], today: date, *, months: int) -> list[Month]:
    """The last so many months, the one in hand last."""
    kept = counted(rows)
    came = sorted(one.came_on for one in kept)
    done = sorted(one.completed_on or one.came_on for one in kept if one.status in DONE)
    proven = sorted(
        one.verified_on or one.completed_on or one.came_on
        for one in kept
        if one.status in (Status.VERIFIED, Status.CLOSED)
    )
    ends = [_end_of_month(today, back) for back in reversed(range(months))]
    return [
        Month(min(end, today), *(bisect_right(days, end) for days in (came, done, proven))) for end in ends
    ]


def _end_of_month(day: date, back: int) -> date:
    """The last day of the month that lies so many months before this one."""
    months = day.year * 12 + day.month - back
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def on_first_date(rows: Iterable[Tracked], today: date) -> tuple[int, int]:
    """Of the actions whose first date has passed, how many were complete by it: (part, whole)."""
    due = [one for one in counted(rows) if one.first_due_on is not None and one.first_due_on < today]
    kept = sum(
        one.status in DONE and (one.completed_on or today) <= one.first_due_on  # type: ignore[operator]
        for one in due
    )
    return kept, len(due)


def moved(rows: Iterable[Tracked]) -> dict[str, int]:
    """Actions by how often their date was moved."""
    found = Counter(min(one.times_moved, len(MOVES) - 1) for one in counted(rows))
    return {words: found[times] for times, words in enumerate(MOVES)}


def days_to_complete(rows: Iterable[Tracked]) -> tuple[float | None, int]:
    """The median of the days from agreeing an action to its completion, and of how many it is taken."""
    days = [
        (one.completed_on - one.came_on).days
        for one in counted(rows)
        if one.status in DONE and one.completed_on is not None and not one.brought
    ]
    return (float(median(days)) if days else None), len(days)


@dataclass(frozen=True)
class ImpactSaid:
    """What was answered about the difference that verified and closed actions made."""

    of: int
    made: int
    too_early: int
    none: int

    @property
    def said(self) -> int:
        return self.made + self.too_early + self.none


def impact(rows: Iterable[Tracked]) -> ImpactSaid:
    """Of the verified and closed actions, how many say what difference they made, and what they say."""
    proven = [one for one in counted(rows) if one.status in (Status.VERIFIED, Status.CLOSED)]
    said = Counter(one.difference for one in proven)
    return ImpactSaid(len(proven), said[Difference.MADE], said[Difference.TOO_EARLY], said[Difference.NONE])


def grouped(
    rows: Iterable[Tracked], keys: Callable[[Tracked], Sequence[str]], today: date
) -> dict[str, PlanStanding]:
    """How each group stands, by key. An action with several keys counts in each of them."""
    found: dict[str, list[Tracked]] = defaultdict(list)
    for one in rows:
        for key in keys(one):
            found[key].append(one)
    return {key: standing(some, today) for key, some in found.items()}


def as_of(rows: Iterable[Tracked], history: Iterable[Moved], day: date) -> list[Tracked]:
    """The plan as it stood at the end of an earlier day: what has come since is not in it."""
    said: dict[int, list[Moved]] = defaultdict(list)
    for entry in history:
        said[entry.action_id].append(entry)
    return [_as_of(one, said[one.id], day) for one in rows if one.came_on <= day]


def _as_of(one: Tracked, said: Sequence[Moved], day: date) -> Tracked:
    before, since = [e for e in said if e.on <= day], [e for e in said if e.on > day]
    if not since:
        return one
    shifted = [entry for entry in since if entry.due_after is not None]
    return one._replace(
        status=before[-1].status if before else str(Status.NOT_STARTED),
        due_on=shifted[0].due_before if shifted else one.due_on,
        times_moved=max(one.times_moved - len(shifted), 0),
    )


@dataclass(frozen=True)
class Since:
    """What happened between a day and today. An action counts once in each, however often it happened."""

    came: int
    complete: int
    verified: int
    closed: int
    reopened: int
    moved: int
    superseded: int


def since(rows: Iterable[Tracked], history: Iterable[Moved], day: date) -> Since:
    """What happened to these actions after the end of a day."""
    every = list(rows)
    known = {one.id for one in every}
    news = [entry for entry in history if entry.on > day and entry.action_id in known]

    def how_many(holds: Callable[[Moved], bool]) -> int:
        return len({entry.action_id for entry in news if holds(entry)})

    return Since(
        came=sum(one.came_on > day for one in every),
        complete=how_many(lambda e: e.kind == Saying.PROGRESS and e.status == Status.COMPLETE),
        verified=how_many(lambda e: e.kind == Saying.VERIFIED),
        closed=how_many(lambda e: e.kind == Saying.CLOSED),
        reopened=how_many(lambda e: e.kind in (Saying.REOPENED, Saying.RETURNED)),
        moved=how_many(lambda e: e.due_after is not None),
        superseded=how_many(lambda e: e.kind == Saying.SUPERSEDED),
    )


def longest_overdue(rows: Iterable[Tracked], today: date) -> list[Tracked]:
    """What is overdue, the longest first."""
    late = [one for one in counted(rows) if is_overdue(one.status, one.due_on, today)]
    return sorted(late, key=lambda one: (one.due_on or today, one.id))


def drifting(rows: Iterable[Tracked]) -> list[Tracked]:
    """Open actions whose date was moved too often, the most often moved first."""
    found = [one for one in counted(rows) if is_drifting(one.status, one.times_moved)]
    return sorted(found, key=lambda one: (-one.times_moved, one.due_on or date.max, one.id))
