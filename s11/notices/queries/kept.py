"""One mail, or one partnership's words."""

from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.notices.models import BounceReport, Notice, NoticeTemplate
from s11.organisations.models import Partnership


def by_id(notice_id: int) -> Notice:
    return db.session.scalars(select(Notice).where(Notice.id == notice_id)).one()


def by_key(once: str) -> Notice | None:
    """The mail that was queued under this key, if any."""
    return db.session.scalar(select(Notice).where(Notice.once == once))


def keys_among(keys: Collection[str]) -> set[str]:
    """Those of these keys under which a mail is queued already."""
    found = db.session.scalars(select(Notice.once).where(Notice.once.in_(keys))) if keys else ()
    return {key for key in found if key is not None}


def by_message_id(message_id: str) -> Notice | None:
    """The mail that mail servers know by this name."""
    query = select(Notice).where(Notice.message_id == message_id, Notice.message_id != "")
    return db.session.scalars(query.order_by(Notice.id).limit(1)).first()


def last_to(address: str) -> Notice | None:
    """The last mail that left for an address."""
    query = (
        select(Notice)
        .where(func.lower(Notice.to_address) == address.lower(), Notice.sent_at.is_not(None))
        .order_by(Notice.sent_at.desc(), Notice.id.desc())
    )
    return db.session.scalars(query.limit(1)).first()


def report_known(key: str) -> bool:
    """Whether a report was read before."""
    return db.session.scalar(select(BounceReport.id).where(BounceReport.report_key == key[:200])) is not None


def partnership_of(notice: Notice) -> Partnership | None:
    """Whose mail it is."""
    return db.session.get(Partnership, notice.partnership_id) if notice.partnership_id else None


def template(partnership_id: int, key: str) -> NoticeTemplate | None:
    """A partnership's own words for one kind of mail."""
    return db.session.scalar(
        select(NoticeTemplate).where(
            NoticeTemplate.partnership_id == partnership_id, NoticeTemplate.key == key
        )
    )
