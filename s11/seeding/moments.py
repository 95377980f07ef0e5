"""Days and working hours, chosen by chance that falls the same way each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random

from s11.core import clock

FIRST_HOUR, LAST_HOUR = 8, 17
SATURDAY = 5
CHRISTMAS = frozenset({(12, day) for day in range(24, 32)} | {(1, 1)})


def working_day(day: date) -> date:
    """The day itself, or the nearest before it that is no weekend and not in the week of Christmas."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in CHRISTMAS:
        day -= timedelta(days=1)
    return day


def some_day(first: date, last: date, *, of: str) -> date:
    """A working day from `first` to `last`, the same one every time for the same `of`."""
    days = max(0, (last - first).days)
    return max(first, working_day(first + timedelta(days=Random(of).randint(0, days))))


def years_before(day: date, years: int) -> date:
    """The same day of the week `years` ago, to the day or three of the same date."""
    return day - timedelta(weeks=52 * years)


def months_after(day: date, months: int) -> date:
    """The same day of the month, later; the 28th where a month may have no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28))


@contextmanager
def at(day: date, *, of: str, latest: datetime) -> Iterator[datetime]:
    """Work at an hour of that day in London, but never after `latest`."""
    chance = Random(f"hour of {of}")
    hour = time(chance.randint(FIRST_HOUR, LAST_HOUR), chance.randint(0, 59), chance.randint(0, 59))
    moment = min(datetime.combine(day, hour, clock.LONDON), latest)
    with clock.pretend(moment):
        yield moment
