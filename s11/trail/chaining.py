"""Giving entries their number and their hash, as the last thing before a piece of work is kept.

Numbers without gaps and a hash of the entry before need one writer at a time. On SQLite
`BEGIN IMMEDIATE` sees to that. On PostgreSQL it is a lock, and it is taken last of all: who
waits for it holds everything else already, so that two people can never wait for each other,
and nobody waits longer than a commit takes. Until then the entries of a piece of work wait here.
"""

from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session, SessionTransaction

from s11.core.database import db
from s11.trail.models import Entry, TrailHead
from s11.trail.rules import HASHED, Head, digest

WAITING = "s11-trail"
LOCK = 1_111_000_003  # any number that nothing else in the database locks
THE_ONE = 1


def append(entry: Entry) -> None:
    """Add an entry to the work in hand; it is numbered, hashed and kept with it, or forgotten with it."""
    session = db.session()
    # A transaction from here on, even where nothing was read yet: its end then clears what waits.
    session.connection()
    session.info.setdefault(WAITING, []).append(entry)


def settle(session: Session | None = None) -> None:
    """Write the entries that wait into the database, in the order in which they were added."""
    session = session or db.session()
    waiting: list[Entry] = session.info.pop(WAITING, [])
    if not waiting:
        return
    # What they name must be there first; and a refusal of anything else must come before the lock.
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    noted = session.get(TrailHead, THE_ONE, populate_existing=True)
    head = Head(noted.number, noted.hash) if noted else last_entry(session)
    for entry in waiting:
        head = chain(entry, head)
    if noted is None:
        noted = TrailHead(id=THE_ONE)
        session.add(noted)
    noted.number, noted.hash = head.number, head.hash
    session.add_all(waiting)
    session.flush()


def chain(entry: Entry, head: Head) -> Head:
    """Give an entry its place after `head`; gives the new head."""
    entry.number, entry.previous_hash = head.number + 1, head.hash
    entry.hash = digest({name: getattr(entry, name) for name in HASHED})
    return Head(entry.number, entry.hash)


def last_entry(session: Session) -> Head:
    """The last entry as the table has it."""
    row = session.execute(select(Entry.number, Entry.hash).order_by(Entry.number.desc()).limit(1)).first()
    return Head(row.number, row.hash) if row else Head()


@event.listens_for(db.session, "before_commit")
def keep(session: Session) -> None:
    settle(session)


@event.listens_for(db.session, "after_soft_rollback")
def forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(WAITING, None)


@event.listens_for(db.session, "before_flush")
def refuse_changes(session: Session, _context: Any, _instances: Any) -> None:
    """An entry is changed by nobody. The database refuses it too; here it is found nearer its cause."""
    touched = [thing for thing in [*session.dirty, *session.deleted] if isinstance(thing, Entry)]
    if any(session.is_modified(entry) or entry in session.deleted for entry in touched):
        raise RuntimeError("an entry of the trail is never changed or removed")
