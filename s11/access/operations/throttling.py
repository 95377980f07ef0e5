"""Counting tries, and refusing more than are allowed.

A try is counted before it is looked at, in a transaction of its own: a hundred that arrive at once are
counted one after the other, and only as many are looked at as are allowed. What turned out to be right is
given back, so that a building full of people who know their passwords is never refused.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from s11.access.models import Guess
from s11.access.rules import Allowance
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import TooMany
from s11.core.hashing import digest_of

SWEPT_AT_ONCE = 100
log = logging.getLogger("s11.throttling")


@dataclass(frozen=True)
class Count:
    """One thing that is counted: what kind of try, whose, and how many are allowed."""

    kind: str
    whose: str
    allowance: Allowance

    @property
    def key(self) -> str:
        return digest_of(f"{self.kind} {self.whose}")


def take(
    counts: Sequence[Count], refusal: Callable[[timedelta], str], *, field: str | None = None
) -> datetime:
    """Count one try on each of these, or raise TooMany where one allows no more; then none is counted.

    Commits by itself, so it stands before anything else a request does. Gives the moment that was
    counted, which `give_back` wants.
    """
    now = clock.now()
    with unit_of_work():
        wait = count_one(counts, now)
    if wait:
        log.warning("too many tries: %s", ", ".join(count.kind for count in counts))
        raise TooMany(refusal(wait), seconds=ceil(wait.total_seconds()), field=field)
    return now


def count_one(counts: Sequence[Count], now: datetime) -> timedelta:
    """Count one try as part of the work in hand. Gives the time to wait where one allows no more, and then
    counts on none."""
    held = [(count, _hold(count, now)) for count in _in_order(counts)]
    wait = max(count.allowance.wait(moments, now) for count, moments in held)
    if not wait:
        for count, moments in held:
            _note(count, [*count.allowance.recent(moments, now), now.timestamp()], now)
    _sweep(now)
    return wait


def give_back(counts: Sequence[Count], counted: datetime) -> None:
    """Count a try no longer, since it was right: part of the work in hand."""
    for count in _in_order(counts):
        moments = _hold(count, counted)
        if counted.timestamp() in moments:
            moments.remove(counted.timestamp())
            _note(count, moments, counted)


def _in_order(counts: Sequence[Count]) -> list[Count]:
    """Always the same order, so that two who count the same never wait for each other."""
    return sorted(counts, key=lambda count: count.key)


def _hold(count: Count, now: datetime) -> list[float]:
    """The moments counted so far; nobody else counts on the same until this work is over."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Guess).values(key=count.key, moments=[], over_at=now + count.allowance.within)
    statement = row.on_conflict_do_update(index_elements=[Guess.key], set_={"key": row.excluded.key})
    return list(db.session.execute(statement.returning(Guess.moments)).scalar_one())


def _note(count: Count, moments: list[float], now: datetime) -> None:
    db.session.execute(
        update(Guess)
        .where(Guess.key == count.key)
        .values(moments=moments, over_at=now + count.allowance.within)
        .execution_options(synchronize_session=False)
    )


def _sweep(now: datetime) -> None:
    """Remove what says nothing any more, a little at a time; what others hold is left to them."""
    old = select(Guess.key).where(Guess.over_at < now).limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    db.session.execute(delete(Guess).where(Guess.key.in_(old)).execution_options(synchronize_session=False))
