"""Completion dates that name a month and no day, as plans print them."""

import calendar
import re
from datetime import date

MONTHS = [name.lower() for name in calendar.month_name[1:]]
MONTH = re.compile(
    r"^\s*(?:(?:by|end|the end|of|in|during)\s+)*([A-Za-z]{3,9})\.?\s*,?\s*(\d{4})?\s*$", re.IGNORECASE
)


def end_of_month(typed: str) -> date | None:
    """The last day of a month named with its year: "May 2027", "end of May 2027". None for anything else."""
    found = MONTH.match(typed)
    month = _month(found[1]) if found else 0
    if found is None or not month or not found[2] or int(found[2]) < 1:
        return None
    year = int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1])


def yearless_fault(typed: str) -> str | None:
    """The sentence for a month without its year, or None."""
    found = MONTH.match(typed)
    if found is None or found[2] or not _month(found[1]):
        return None
    return f"“{typed.strip()}” has no year. Enter the day by which this will be done, for example 31 3 2027."


def _month(word: str) -> int:
    """The number of a month by its name or the first letters of it; 0 where it is none."""
    starts = [name for name in MONTHS if name.startswith(word.lower())]
    return MONTHS.index(starts[0]) + 1 if len(starts) == 1 or word.lower() in MONTHS else 0
