"""The chase curve: what share had returned by which day, and where this round is heading. Plain Python.

Days are counted from the due day of the cycle: 0 is that day, -7 a week before it. Only the first submission
of each organisation counts, and only of those that are due.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# With fewer asked the time before, a single return moves the projection by more than ten in a hundred.
ENOUGH = 10


@dataclass(frozen=True)
class Curve:
    """How many are due, and on which days, in order, they came."""

    due: int
    days: tuple[int, ...]

    @classmethod
    def of(cls, due: int, days: Iterable[int]) -> "Curve":
        return cls(due, tuple(sorted(days)))

    def returned(self, day: int) -> int:
        """How many were in when that day ended."""
        return bisect_right(self.days, day)

    def share(self, day: int) -> float:
        return self.returned(day) / self.due if self.due else 0.0


@dataclass(frozen=True)
class Projection:
    """Where a day will find this round, if those still missing now behave as those missing then.

    `missing_then` were missing at this point the time before; `came_then` of them had come by that day.
    """

    day: int
    share: float
    missing_then: int
    came_then: int


def project(now: Curve, before: Curve | None, today: int, day: int) -> Projection | None:
    """The share that will be in at the end of a day to come; None where there is nothing to learn it from.

    Of those still missing at this point the time before, a share came by then. The same share of those
    missing now is added to what is in: so it never exceeds the whole, and never falls below today.
    """
    if before is None or before.due < ENOUGH or not now.due or day <= today:
        return None
    missing_then = before.due - before.returned(today)
    if missing_then <= 0:
        return None
    came = before.returned(day) - before.returned(today)
    share = now.share(today) + (1 - now.share(today)) * came / missing_then
    return Projection(day, share, missing_then, came)


@dataclass(frozen=True)
class Frame:
    """The drawing: days from left to right, shares from the bottom up, in the units of the picture."""

    first: int
    last: int
    left: float = 44
    right: float = 448
    top: float = 16
    bottom: float = 232

    def x(self, day: int) -> float:
        span = max(self.last - self.first, 1)
        inside = min(max(day, self.first), self.last)
        return round(self.left + (self.right - self.left) * (inside - self.first) / span, 1)

    def y(self, share: float) -> float:
        return round(self.bottom - (self.bottom - self.top) * share, 1)

    def line(self, shares: Iterable[tuple[int, float]]) -> str:
        """The points of a line, as an SVG polyline has them."""
        return " ".join(f"{self.x(day)},{self.y(share)}" for day, share in shares)


def frame_of(curves: Iterable[Curve], opens: int, today: int, closes: int) -> Frame:
    """From the opening, or the first return if that was earlier, to the close."""
    firsts = [curve.days[0] for curve in curves if curve.days]
    return Frame(min([opens, *firsts]), max(closes, today, 7))
