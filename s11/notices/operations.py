"""Queueing mail. Any room queues in its own transaction; only the command sends."""

from s11.core import clock
from s11.core.database import db
from s11.notices.models import Notice


def queue(
    *, to_address: str, to_name: str, subject: str, body: str, organisation_id: int | None = None
) -> Notice:
    """Put a mail into the outbox. It holds no answer text and no rating, by rule of the house."""
    notice = Notice(
        to_address=to_address,
        to_name=to_name,
        subject=subject,
        body=body,
        organisation_id=organisation_id,
        queued_at=clock.now(),
    )
    db.session.add(notice)
    return notice


def mark_sent(notice: Notice) -> None:
    notice.sent_at = clock.now()
    notice.tries += 1
    notice.last_error = ""


def mark_failed(notice: Notice, why: str) -> None:
    notice.tries += 1
    notice.last_error = why[:300]
