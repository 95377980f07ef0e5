"""Finding sign-ins."""

from sqlalchemy import select

from s11.access.models import SignIn
from s11.core.database import db


def sign_in_by_key(key_hash: str) -> SignIn | None:
    """The sign-in of this key, with its person; None for one that has ended."""
    return db.session.scalar(select(SignIn).where(SignIn.key_hash == key_hash, SignIn.ended_at.is_(None)))
