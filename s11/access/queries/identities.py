"""Finding outside identities."""

from sqlalchemy import select

from s11.access.models import Identity
from s11.core.database import db
from s11.people.models import Person


def identity_of(issuer: str, subject: str) -> Identity | None:
    """Whom a provider means by this number of its own."""
    return db.session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))


def identities_of(person: Person) -> list[Identity]:
    """The outside identities linked to somebody, the oldest first."""
    query = select(Identity).where(Identity.person_id == person.id)
    return list(db.session.scalars(query.order_by(Identity.linked_at, Identity.id)))


def identity_by_ref(ref: str) -> Identity | None:
    return db.session.scalar(select(Identity).where(Identity.ref == ref))
