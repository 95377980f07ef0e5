"""Queueing mail. Any room queues in its own transaction; only the command sends."""

from sqlalchemy import update

from s11.core import clock
from s11.core.database import db
from s11.notices import queries
from s11.notices.models import Notice
from s11.notices.rules import Kind
from s11.people import queries as people


def queue(
    *,
    to_address: str,
    to_name: str,
    subject: str,
    body: str,
    kind: Kind = Kind.ACCOUNT,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
    about: str = "",
    template: str = "",
    once: str | None = None,
) -> Notice:
    """Put a mail into the outbox. It holds no answer text and no rating, by rule of the house.

    `about` is the ref of the cycle or request it is about. Of two mails with the same `once` there is one:
    the second call gives the first's.
    """
    if once is not None and (queued := queries.by_key(once)) is not None:
        return queued
    known = people.by_address(to_address)
    notice = Notice(
        person_id=known.id if known else None,
        to_address=to_address,
        to_name=to_name,
        # A header is one line, whatever a title was made of.
        subject=" ".join(subject.split())[:200],
        body=body,
        organisation_id=organisation_id,
        partnership_id=partnership_id,
        kind=kind,
        about=about,
        template=template,
        once=once,
        queued_at=clock.now(),
    )
    db.session.add(notice)
    return notice


def claim(notice_id: int, tries: int) -> bool:
    """Take a mail for one attempt; False when another run has taken it since it was read."""
    claimed = db.session.scalar(
        update(Notice)
        .where(Notice.id == notice_id, Notice.tries == tries, Notice.sent_at.is_(None))
        .values(tries=tries + 1, last_error="on its way")
        .returning(Notice.id)
    )
    return claimed is not None


def mark_sent(notice: Notice) -> None:
    """It is sent; its words go, as a link in them may still open something."""
    notice.sent_at, notice.last_error, notice.body = clock.now(), "", ""


def mark_failed(notice: Notice, why: str) -> None:
    notice.last_error = why[:300]
