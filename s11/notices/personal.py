"""The mail sent to somebody: given out, taken out, and removed when its time is over."""

from datetime import datetime

from sqlalchemy import delete, func, select

from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.notices.models import Notice
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """What was sent and when. The words themselves are with the person; here they go once sent."""
    sent = db.session.scalars(select(Notice).where(_to(person.email)).order_by(Notice.id))
    return {
        "mail to you": [
            {"subject": one.subject, "to": one.to_address, "written": one.queued_at, "sent": one.sent_at}
            for one in sent
        ]
    }


def forget(address: str) -> None:
    """Remove every mail to an address, sent or waiting."""
    db.session.execute(delete(Notice).where(_to(address)))


def _to(address: str):  # type: ignore[no-untyped-def]
    return func.lower(Notice.to_address) == address.lower()


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """Mail sent so long ago that nobody asks for it."""
    return [Stale("notes of mail that was sent", Notice, Notice.sent_at < now - periods.mail)]
