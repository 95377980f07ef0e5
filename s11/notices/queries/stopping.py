"""Which addresses get no more mail of a kind, and who wants theirs together."""

from sqlalchemy import ColumnElement, func, select

from s11.core.database import db
from s11.notices.models import MailChoice, Notice, Suppression
from s11.notices.rules import Digest, Kind


def stops_of(address: str) -> list[Suppression]:
    """What is stopped for an address, the latest first."""
    query = select(Suppression).where(
        func.lower(Suppression.address) == address.lower(), Suppression.lifted_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Suppression.at.desc(), Suppression.id.desc())))


def known_of(address: str) -> list[tuple[str, str]]:
    """The same as pairs of reason and kind."""
    return [(one.why, one.kind) for one in stops_of(address)]


def choice_of(person_id: int) -> MailChoice | None:
    """How somebody wants their news; without a row, at once."""
    return db.session.scalar(select(MailChoice).where(MailChoice.person_id == person_id))


def choice_by_id(choice_id: int) -> MailChoice:
    return db.session.scalars(select(MailChoice).where(MailChoice.id == choice_id)).one()


def wanting_digests() -> list[MailChoice]:
    """Everybody who wants news together and has some waiting."""
    has_news = select(Notice.id).where(Notice.person_id == MailChoice.person_id, *_news()).exists()
    query = select(MailChoice).where(MailChoice.digest != Digest.AT_ONCE.value, has_news)
    return list(db.session.scalars(query.order_by(MailChoice.id)))


def words_for_digest(person_id: int, at_most: int) -> list[Notice]:
    """The news that waits for somebody, the oldest first."""
    query = select(Notice).where(Notice.person_id == person_id, *_news())
    return list(db.session.scalars(query.order_by(Notice.queued_at, Notice.id).limit(at_most)))


def _news() -> tuple[ColumnElement[bool], ...]:
    return (
        Notice.kind == Kind.NEWS.value,
        Notice.sent_at.is_(None),
        Notice.given_up_at.is_(None),
        Notice.digest_id.is_(None),
        Notice.claimed_at.is_(None),
        Notice.handed_at.is_(None),
    )
