"""Reading the outbox."""

from sqlalchemy import select

from s11.core.database import db
from s11.notices.models import Notice, NoticeTemplate

GIVEN_UP_AFTER = 10


def waiting(at_most: int = 200) -> list[Notice]:
    """Mail to be sent: what was tried least first, then the oldest; not what was tried too often."""
    query = (
        select(Notice)
        .where(Notice.sent_at.is_(None), Notice.tries < GIVEN_UP_AFTER)
        .order_by(Notice.tries, Notice.queued_at, Notice.id)
    )
    return list(db.session.scalars(query.limit(at_most)))


def given_up() -> list[Notice]:
    """Mail that was tried too often and stays in the outbox for somebody to look at."""
    query = select(Notice).where(Notice.sent_at.is_(None), Notice.tries >= GIVEN_UP_AFTER)
    return list(db.session.scalars(query.order_by(Notice.queued_at, Notice.id)))


def by_id(notice_id: int) -> Notice:
    return db.session.scalars(select(Notice).where(Notice.id == notice_id)).one()


def by_key(once: str) -> Notice | None:
    """The mail that was queued under this key, if any."""
    return db.session.scalar(select(Notice).where(Notice.once == once))


def template(partnership_id: int, key: str) -> NoticeTemplate | None:
    """A partnership's own words for one kind of mail."""
    return db.session.scalar(
        select(NoticeTemplate).where(
            NoticeTemplate.partnership_id == partnership_id, NoticeTemplate.key == key
        )
    )


def sent_to_organisation(organisation_id: int, partnership_id: int, at_most: int = 50) -> list[Notice]:
    """What a partnership wrote to an organisation, waiting or sent, the newest first."""
    query = (
        select(Notice)
        .where(Notice.organisation_id == organisation_id, Notice.partnership_id == partnership_id)
        .order_by(Notice.queued_at.desc(), Notice.id.desc())
    )
    return list(db.session.scalars(query.limit(at_most)))
