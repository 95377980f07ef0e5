"""Finding links that were sent by mail."""

from sqlalchemy import select

from s11.access.models import Link
from s11.access.rules import Purpose
from s11.core import clock
from s11.core.database import db
from s11.people.models import Person


def good_link(token_hash: str, purpose: Purpose) -> Link | None:
    """The link of this token, if it is still good: unused, not withdrawn, in time, its person active."""
    return db.session.scalar(
        select(Link)
        .join(Person, Person.id == Link.person_id)
        .where(
            Link.token_hash == token_hash,
            Link.purpose == purpose,
            Link.used_at.is_(None),
            Link.withdrawn_at.is_(None),
            Link.expires_at > clock.now(),
            Person.active,
        )
    )
