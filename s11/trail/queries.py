"""Reading the trail."""

from sqlalchemy import select

from s11.core.database import db
from s11.trail.models import Entry


def of(subject: str, subject_id: int, *, at_most: int = 100) -> list[Entry]:
    """The entries about one thing, newest first."""
    query = (
        select(Entry)
        .where(Entry.subject == subject, Entry.subject_id == subject_id)
        .order_by(Entry.at.desc(), Entry.id.desc())
        .limit(at_most)
    )
    return list(db.session.scalars(query))
