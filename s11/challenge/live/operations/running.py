"""Opening a day, its sessions one after another, and finishing it."""

from s11.challenge import queries
from s11.challenge.live.operations.entering import enter_all
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.operations.checks import note
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person

FINISHED = "This day is finished, so nothing more is recorded. The office or the chair can open it again."
NOT_OPEN = "This day is not open yet. The office or the chair opens it, or begins the first session."


def check_may_write(day: ChallengeDay, *, once_open: bool = False) -> None:
    """Refuse to write to a day that is finished; `once_open`: also to one that is not open yet."""
    if day.finished_at is not None:
        raise DomainError(FINISHED)
    if once_open and day.opened_at is None:
        raise DomainError(NOT_OPEN)


def open_day(day: ChallengeDay, *, by: Person | None) -> None:
    """Begin the day. The first session that begins does so too."""
    check_may_write(day)
    if day.opened_at is None:
        day.opened_at = clock.now()
        db.session.flush()
        note("challenge_day:day:opened", day, by)


def begin(day: ChallengeDay, session: Session, *, by: Person | None) -> None:
    """Let a session begin, or go on where it was ended too early. Another that still runs ends with it."""
    open_day(day, by=by)
    if session.began_at is not None and session.ended_at is None:
        return
    for other in queries.sessions(day.id):
        if other.id != session.id:
            _end(day, other, by)
    session.began_at = session.began_at or clock.now()
    session.ended_at = None
    db.session.flush()
    note("challenge_day:session:begun", day, by, session.organisation, after={"session": session.name})


def end(day: ChallengeDay, session: Session, *, go_on: bool = False, by: Person | None) -> Session | None:
    """Let a session end and, where wanted, the next begin; the session that is at hand then.

    Ending what has ended already changes nothing, so that two who press at once do not skip a session.
    """
    check_may_write(day)
    if session.began_at is None:
        raise DomainError("This session has not begun, so it cannot end.")
    agenda = queries.sessions(day.id)
    later = next((one for one in agenda if one.position > session.position and one.ended_at is None), None)
    if session.ended_at is not None:
        return later
    _end(day, session, by)
    db.session.flush()
    if go_on and later is not None:
        begin(day, later, by=by)
    return later


def _end(day: ChallengeDay, session: Session, by: Person | None) -> None:
    if session.began_at is None or session.ended_at is not None:
        return
    session.ended_at = clock.now()
    note("challenge_day:session:ended", day, by, session.organisation, after={"session": session.name})


def finish(day: ChallengeDay, *, by: Person | None) -> None:
    """The day is over: what runs ends, and the record is closed. Raises DomainError before it has begun."""
    if day.finished_at is not None:
        return
    check_may_write(day, once_open=True)
    for session in queries.sessions(day.id):
        _end(day, session, by)
    enter_all(day, by=by)
    day.finished_at = clock.now()
    db.session.flush()
    note("challenge_day:day:finished", day, by)


def reopen(day: ChallengeDay, *, by: Person | None) -> None:
    """Open the record of a finished day again; the trail says who did."""
    if day.finished_at is None:
        return
    day.finished_at = None
    db.session.flush()
    note("challenge_day:day:reopened", day, by)
