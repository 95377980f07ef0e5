"""What the office decides about a mail that did not go, or may have gone."""

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.notices import queries
from s11.notices.models import Notice
from s11.notices.operations.sending import mark_sent
from s11.notices.rules import State, state_of
from s11.people.models import Person
from s11.trail.operations import record

MOVED_ON = "This mail has moved on meanwhile. See how it stands now."


def send_again(notice: Notice, *, by: Person | None) -> None:
    """Put a mail back to be sent: it was given up, or may have gone and nobody got it."""
    _only_if(notice, State.NOT_SENT, State.UNSURE, State.WAITING, State.RETURNED)
    if not notice.body:
        raise DomainError("Its words are gone, so it cannot be sent again. Write a new one.")
    notice.given_up_at = notice.claimed_at = notice.handed_at = notice.next_try_at = None
    notice.bounced_at, notice.bounce, notice.bounce_said = None, "", ""
    notice.tries, notice.last_error = 0, ""
    _record("mail:outbox:retried", notice, by)


def leave(notice: Notice, *, by: Person | None) -> None:
    """It came: count it as sent."""
    _only_if(notice, State.UNSURE)
    with clock.pretend(notice.handed_at or clock.now()):
        mark_sent(notice)
    _record("mail:outbox:settled", notice, by)


def cancel(notice: Notice, *, by: Person) -> None:
    """Do not send a mail that is still waiting. Its words go, as they do when it is sent."""
    _only_if(notice, State.WAITING, State.FOLDED)
    notice.given_up_at, notice.last_error, notice.body = clock.now(), f"Cancelled by {by.name}", ""
    notice.next_try_at = None
    _record("mail:outbox:cancelled", notice, by)


def settle_all(*, again: bool, by: Person) -> int:
    """Decide about every mail of no partnership that may have been sent, such as invitations."""
    now = clock.now()
    query = select(Notice).where(queries.unsure(now), Notice.partnership_id.is_(None)).with_for_update()
    found = list(db.session.scalars(query.order_by(Notice.id)))
    for notice in found:
        if again:
            send_again(notice, by=by)
        else:
            leave(notice, by=by)
    return len(found)


def _only_if(notice: Notice, *states: State) -> None:
    """Look again under a lock: a run may have it in hand by now."""
    db.session.refresh(notice, with_for_update={"of": Notice})
    if state_of(notice, clock.now()) not in states:
        raise DomainError(MOVED_ON)


def _record(tag: str, notice: Notice, by: Person | None) -> None:
    record(
        tag,
        notice.id,
        by=by,
        organisation_id=notice.organisation_id,
        partnership_id=notice.partnership_id,
        after={"subject": notice.subject},
    )
