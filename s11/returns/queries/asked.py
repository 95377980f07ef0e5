"""Personal links: one standard for a colleague without an account."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.returns.models import PersonalLink


def links(return_id: int) -> list[PersonalLink]:
    """Every link of a return, the latest first."""
    query = select(PersonalLink).where(PersonalLink.return_id == return_id).order_by(PersonalLink.id.desc())
    return list(db.session.scalars(query))


def link_by_key(key_hash: str) -> PersonalLink | None:
    """The link of a token's digest, with its return, whether it is still good or not."""
    query = (
        select(PersonalLink)
        .where(PersonalLink.token_hash == key_hash)
        .options(joinedload(PersonalLink.return_))
    )
    return db.session.scalar(query)
