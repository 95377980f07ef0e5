"""The steps of one attempt. Each stands in a transaction of its own, so that a killed run leaves the truth.

claimed_at   somebody has it in hand; after CLAIM_LASTS it is free again
handed_at    said just before its words leave: from here on it may have arrived
sent_at      the server took it
"""

from datetime import datetime

from sqlalchemy import update

from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db
from s11.notices import queries
from s11.notices.composing import new_message_id
from s11.notices.models import Notice
from s11.notices.rules import Bounce, Kind, pause_after


def claim(notice_id: int) -> datetime | None:
    """Take a mail in hand for one attempt; None when it is not, or no longer, to be sent now.

    The moment given is the claim's name: whoever comes with another one has lost it.
    """
    now = clock.now()
    claimed = db.session.scalar(
        update(Notice)
        .where(Notice.id == notice_id, queries.is_due(now))
        .values(claimed_at=now, tries=Notice.tries + 1)
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return now if claimed is not None else None


def name_for_servers(notice: Notice, settings: Settings) -> None:
    """Give the name under which mail servers know it: at the first attempt, and the same ever after."""
    notice.message_id = notice.message_id or new_message_id(notice, settings.mail_from)


def hand(notice_id: int, claimed_at: datetime) -> bool:
    """Say that it is about to leave; False when the claim was too slow and somebody else has it."""
    handed = db.session.scalar(
        update(Notice)
        .where(Notice.id == notice_id, Notice.claimed_at == claimed_at, Notice.handed_at.is_(None))
        .values(handed_at=clock.now())
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    )
    return handed is not None


def mark_sent(notice: Notice) -> None:
    """It is sent; its words go, as a link in them may still open something."""
    notice.sent_at, notice.last_error, notice.body = clock.now(), "", ""
    notice.claimed_at = None
    if notice.kind == Kind.DIGEST:
        news = update(Notice).where(Notice.digest_id == notice.id)
        db.session.execute(news.values(sent_at=notice.sent_at))


def release(notice: Notice) -> None:
    """Lay it back as it was: there was no server to hand it to."""
    notice.claimed_at, notice.tries = None, max(0, notice.tries - 1)


def put_off(notice: Notice, why: str) -> None:
    """It was not taken. Try again after a while, and at the end of all pauses no more."""
    pause = pause_after(notice.tries)
    if pause is None:
        give_up(notice, why)
        return
    notice.next_try_at = clock.now() + pause
    notice.claimed_at = notice.handed_at = None
    notice.last_error = why[:300]


def give_up(notice: Notice, why: str, *, bounce: Bounce | None = None) -> None:
    """It is not sent, and nobody tries again by itself."""
    notice.given_up_at, notice.last_error = clock.now(), why[:300]
    notice.claimed_at = notice.handed_at = notice.next_try_at = None
    if bounce is not None:
        notice.bounced_at, notice.bounce, notice.bounce_said = clock.now(), bounce, why[:300]


def lose(notice: Notice, why: str) -> None:
    """The connection broke on the way: it may have arrived, so somebody has to say what to do."""
    notice.claimed_at, notice.last_error = None, why[:300]
