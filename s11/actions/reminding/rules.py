"""On which days somebody is written to about an action, and what a partnership may choose of it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

# A day on which nothing ran is made up for, so long: after that it would be news of last week.
LATE_AT_MOST = 3
# What a weekly list looks ahead.
WEEKLY_AHEAD = timedelta(days=28)
DAYS_MOST, MONTHS_MOST, HOW_MANY_MOST = 365, 60, 6
LINES_MOST = 40


def reminder_day(
    due_on: date, today: date, *, before: Iterable[int], after: Iterable[int], since: date
) -> date | None:
    """The latest day for a reminder of this due date that has come and is not long past, or None.

    `since` is the day the action was agreed: nobody is reminded of what they were told that day.
    """
    days = [due_on - timedelta(days=count) for count in before]
    days += [due_on, *(due_on + timedelta(days=count) for count in after)]
    come = [day for day in days if since < day <= today <= day + timedelta(days=LATE_AT_MOST)]
    return max(come, default=None)


def escalation_day(due_on: date, today: date, after: int | None) -> date | None:
    """The day on which somebody above is told, once it has come; None before, or where nobody is told."""
    if after is None:
        return None
    day = due_on + timedelta(days=after)
    return day if day <= today else None


def monday_of(today: date) -> date:
    """The day for which a weekly list is sent."""
    return today - timedelta(days=today.weekday())


def is_time_for_the_week(today: date) -> bool:
    """Whether the list of the week still goes: on Monday, or soon after where nothing ran on Monday."""
    return today.weekday() <= LATE_AT_MOST


def numbers_in(typed: str) -> tuple[int, ...] | None:
    """The whole numbers of "14, 3", each once and in order; None where something else stands there."""
    parts = [part for part in re.split(r"[,;\s]+", typed.strip()) if part]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    return tuple(sorted({int(part) for part in parts}))


def numbers_fault(typed: str, *, what: str, most: int) -> str | None:
    """The sentence that says why a list of numbers will not do, or None."""
    found = numbers_in(typed)
    if found is None:
        return f"Enter whole numbers of {what} with commas between them, for example 3, 14."
    if len(found) > HOW_MANY_MOST:
        return f"Enter at most {HOW_MANY_MOST} numbers."
    if any(not 1 <= one <= most for one in found):
        return f"Enter numbers of {what} from 1 to {most}."
    return None
