"""The mail sent to somebody: given out, taken out, and removed when its time is over."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select

from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.notices.models import Notice
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """What was sent and when. The words themselves are with the person; here they go once sent."""
    sent = db.session.scalars(select(Notice).where(_to(person)).order_by(Notice.id))
    return {
        "mail to you": [
            {"subject": one.subject, "to": one.to_address, "written": one.queued_at, "sent": one.sent_at}
            for one in sent
        ]
    }


def forget(person: Person) -> None:
    """Remove every mail to somebody, sent or waiting, at whichever address it went to."""
    db.session.execute(delete(Notice).where(_to(person)))


def _to(person: Person) -> ColumnElement[bool]:
    """Mail that was theirs when it was written, or went to their address before they had an account."""
    return or_(Notice.person_id == person.id, func.lower(Notice.to_address) == person.email.lower())


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """Mail sent so long ago that nobody asks for it."""
    return [Stale("notes of mail that was sent", Notice, Notice.sent_at < now - periods.mail)]
