"""How the time of a day runs: what is left of a session, and when the rest is to be expected.

Minutes are counted from the midnight before the day began; they may have fractions.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from s11.challenge.rules.times import DAY_ENDS, clock_of

# Less than this behind the plan is on time: nobody's watch is better.
TOLERANCE = 2


class State(StrEnum):
    """Where a session stands."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"


STATE_LABELS = {State.DONE: "Done", State.NOW: "Now", State.WAITING: "To come"}


@dataclass(frozen=True)
class Planned:
    """A session as planned, and when it really began and ended, as far as it did."""

    starts: float
    minutes: int
    began: float | None = None
    ended: float | None = None

    @property
    def state(self) -> State:
        if self.began is None:
            return State.WAITING
        return State.NOW if self.ended is None else State.DONE


@dataclass(frozen=True)
class Expected:
    """When a session starts and ends: really where that is known, else as it looks now."""

    starts: float
    ends: float
    state: State
    late: float

    @property
    def starts_at(self) -> str:
        return time_of_day(self.starts)

    @property
    def ends_at(self) -> str:
        return time_of_day(self.ends)


def expected(planned: Sequence[Planned], now: float, *, running: bool) -> list[Expected]:
    """Every session with its real or expected times.

    None starts before its time on the agenda, as people come by that. `running`: the day is open, so that
    what has not begun cannot begin earlier than now.
    """
    found: list[Expected] = []
    free = 0.0
    for one in planned:
        if one.began is None:
            starts = max(one.starts, free, now if running else 0)
            ends = starts + one.minutes
        else:
            starts = one.began
            ends = one.ended if one.ended is not None else max(starts + one.minutes, now)
        found.append(Expected(starts, ends, one.state, starts - one.starts))
        free = max(free, ends)
    return found


def left(one: Planned, now: float) -> float:
    """Minutes left of a session that has begun; below nought it is over its time."""
    assert one.began is not None
    return one.began + one.minutes - now


def lateness(planned: Sequence[Planned], times: Sequence[Expected]) -> int:
    """How many minutes the day is behind: by the next start, and in the last session by its end."""
    for one in times:
        if one.state == State.WAITING:
            return max(0, math.floor(one.late))
    if not times:
        return 0
    return max(0, math.floor(times[-1].ends - planned[-1].starts - planned[-1].minutes))


def left_words(minutes: float) -> str:
    """7 minutes left; Time is up; Over time by 12 minutes."""
    if minutes > 1:
        return f"{in_minutes(math.ceil(minutes))} left"
    if minutes > 0:
        return "Less than 1 minute left"
    over = math.floor(-minutes)
    return f"Over time by {in_minutes(over)}" if over else "Time is up"


def late_words(minutes: int) -> str:
    """Running 12 minutes late; On time."""
    return f"Running {in_minutes(minutes)} late" if minutes >= TOLERANCE else "On time"


def in_minutes(count: int) -> str:
    """1 minute, 12 minutes, 1 hour 5 minutes."""
    hours, minutes = divmod(count, 60)
    told = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((hours, "hour"), (minutes, "minute"))
        if number
    ]
    return " ".join(told) or "0 minutes"


def time_of_day(minutes: float) -> str:
    """747.4 as 12:27; what lies past midnight as the time it then is."""
    return clock_of(math.floor(minutes) % DAY_ENDS)
