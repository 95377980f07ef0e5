"""Letters and reminders of a cycle: when the last went to whom, and what came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from s11.core import clock
from s11.core.database import db
from s11.notices.models import Notice
from s11.notices.rules import Kind, State, state_of

CHASING = (Kind.LETTER, Kind.REMINDER)


@dataclass(frozen=True)
class MailOf:
    """The mail of one organisation in a cycle: the last that went, and the last that did not arrive."""

    written_at: datetime | None = None
    arrived_at: datetime | None = None
    undelivered_at: datetime | None = None


def mail_of(cycle_ref: str) -> dict[int, MailOf]:
    """By organisation, in one query. What bounced, or was given up, did not arrive."""
    failed_at = func.coalesce(Notice.bounced_at, Notice.given_up_at)
    query = (
        select(
            Notice.organisation_id,
            func.max(func.coalesce(Notice.sent_at, Notice.queued_at)),
            func.max(case((failed_at.is_(None), Notice.sent_at))),
            func.max(failed_at),
        )
        .where(Notice.about == cycle_ref, Notice.kind.in_(CHASING), Notice.organisation_id.is_not(None))
        .group_by(Notice.organisation_id)
        .order_by(Notice.organisation_id)
    )
    return {
        organisation_id: MailOf(written, arrived, failed)
        for organisation_id, written, arrived, failed in db.session.execute(query)
        if organisation_id is not None
    }


def waiting_reminders(organisation_id: int, cycle_ref: str) -> list[Notice]:
    """Reminders to one organisation, and news of its date, that have not gone; letters to seniors apart."""
    query = (
        select(Notice)
        .where(
            Notice.organisation_id == organisation_id,
            Notice.about == cycle_ref,
            Notice.kind == Kind.REMINDER,
            Notice.template != "escalation",
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
        )
        .order_by(Notice.id)
    )
    now, waiting = clock.now(), (State.WAITING, State.FOLDED)
    return [notice for notice in db.session.scalars(query) if state_of(notice, now) in waiting]
