"""When it is asked what difference an action made."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from s11.actions.rules.kinds import Difference

# Whoever found it too early to know is asked again after so many months, or at an interval before that.
AGAIN_AFTER_MONTHS = 3


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_asking(verified_on: date, months: Sequence[int]) -> date | None:
    """The day on which it is asked first; None where a partnership does not ask."""
    return months_later(verified_on, min(months)) if months else None


def next_asking(
    verified_on: date, months: Sequence[int], *, answered_on: date, difference: str
) -> date | None:
    """The day on which it is asked again after an answer, or None where the answer ends it.

    What made a difference is asked at the intervals that are left, to hear whether it lasted; what made
    none is the Board's to decide about.
    """
    if difference == Difference.NONE:
        return None
    days = (months_later(verified_on, count) for count in sorted(months))
    left = next((day for day in days if day > answered_on), None)
    if difference == Difference.TOO_EARLY:
        again = months_later(answered_on, AGAIN_AFTER_MONTHS)
        return min(again, left) if left else again
    return left
