"""Finding sign-ins."""

from datetime import datetime

from sqlalchemy import bindparam, select

from s11.access.models import SignIn
from s11.core.database import db
from s11.people.models import Person

# Made once: this is asked at every request.
_OPEN_BY_KEY = select(SignIn).where(SignIn.key_hash == bindparam("key_hash"), SignIn.ended_at.is_(None))


def sign_in_by_key(key_hash: str) -> SignIn | None:
    """The sign-in of this key, with its person; None for one that has ended."""
    return db.session.scalar(_OPEN_BY_KEY, {"key_hash": key_hash})


def sign_in_by_ref(ref: str) -> SignIn | None:
    return db.session.scalar(select(SignIn).where(SignIn.ref == ref))


def open_sign_ins(person: Person, *, seen_since: datetime, begun_since: datetime) -> list[SignIn]:
    """Where somebody is signed in: what has neither been ended nor run out, the last seen first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(
                SignIn.person_id == person.id,
                SignIn.ended_at.is_(None),
                SignIn.version == person.session_version,
                SignIn.seen_at > seen_since,
                SignIn.began_at > begun_since,
            )
            .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        )
    )
