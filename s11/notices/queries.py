"""Reading the outbox."""

from sqlalchemy import select

from s11.core.database import db
from s11.notices.models import Notice


def waiting(at_most: int = 200) -> list[Notice]:
    """Mail not sent yet, oldest first."""
    query = select(Notice).where(Notice.sent_at.is_(None)).order_by(Notice.queued_at, Notice.id)
    return list(db.session.scalars(query.limit(at_most)))
