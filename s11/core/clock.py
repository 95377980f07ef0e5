"""What time it is, where the Board is.

Everything is stored in UTC and shown in Europe/London. A deadline is a day, and it
lasts until that day ends in London.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_pretended: ContextVar[datetime | None] = ContextVar("s11_pretended", default=None)
_arrived: ContextVar[datetime | None] = ContextVar("s11_arrived", default=None)


def now() -> datetime:
    """This moment, in UTC, aware."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be another moment within the block: for seeding a past, and for tests, and for nothing else.

    Only this thread's work is told so; blocks may stand within each other.
    """
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def note_arrival(moment: datetime | None) -> None:
    """Remember when the request in hand came in, or (None) that there is none any more."""
    _arrived.set(moment)


def asked_at() -> datetime:
    """When what is being done was asked for: the start of the request in hand, else this moment.

    A deadline is measured by it, so that nobody is late because others were before them in the queue.
    """
    return _pretended.get() or _arrived.get() or now()


def today() -> date:
    """The day it is in London."""
    return now().astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The moment in which a day ends in London."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as a clock in London shows it."""
    return moment.astimezone(LONDON)
