"""What time it is, where the Board is.

Everything is stored in UTC and shown in the time zone of the partnership in hand: Europe/London, unless it
chose another. A deadline is a day, and it lasts until that day ends where its partnership is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOME = "Europe/London"
LONDON = ZoneInfo(HOME)

_pretended: ContextVar[datetime | None] = ContextVar("s11_pretended", default=None)
_arrived: ContextVar[datetime | None] = ContextVar("s11_arrived", default=None)
_zone: ContextVar[ZoneInfo] = ContextVar("s11_zone", default=LONDON)


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


@cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; London where the name is none, so that no page ever fails for it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return LONDON


def zone() -> ZoneInfo:
    """The time zone of the partnership in hand."""
    return _zone.get()


def keep_time_of(name: str | None) -> None:
    """From here on it is this zone's time, until another is named; None: London's again.

    Called as a request finds out whose it is, and when it is over. Anything else: `in_zone`.
    """
    _zone.set(zone_of(name) if name else LONDON)


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Let it be this zone's time within the block: for commands that go from partnership to partnership."""
    token = _zone.set(zone_of(name))
    try:
        yield
    finally:
        _zone.reset(token)


def today(where: str | None = None) -> date:
    """The day it is: in the zone of this name, else in the one in hand."""
    return now().astimezone(_named(where)).date()


def start_of(day: date, where: str | None = None) -> datetime:
    """The moment in which a day begins, in the zone of this name, else in the one in hand.

    Where the clocks leap over midnight it is the moment they do so, and of two midnights the first.
    """
    return datetime.combine(day, time.min, _named(where)).astimezone(UTC)


def end_of(day: date, where: str | None = None) -> datetime:
    """The moment in which a day ends, in the zone of this name, else in the one in hand."""
    return start_of(day + timedelta(days=1), where)


def local(moment: datetime) -> datetime:
    """The same moment as a clock on the wall of the partnership in hand shows it."""
    return moment.astimezone(zone())


def zone_words() -> str:
    """What to say beside a time of day: "Stanley time"; nothing where it is London's."""
    here = zone().key
    return "" if here == HOME else f"{here.rpartition('/')[2].replace('_', ' ')} time"


def _named(where: str | None) -> ZoneInfo:
    return zone_of(where) if where else zone()
