"""What is to be sent now, what may have gone, what was given up."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from s11.core import clock
from s11.core.database import db
from s11.notices.models import MailChoice, Notice
from s11.notices.rules import CLAIM_LASTS, ORDER, Digest, Kind


def is_open() -> ColumnElement[bool]:
    """Neither sent, nor given up, nor put into a digest."""
    return and_(Notice.sent_at.is_(None), Notice.given_up_at.is_(None), Notice.digest_id.is_(None))


def is_due(now: datetime) -> ColumnElement[bool]:
    """It may be handed over now: nobody has it in hand, and nobody can have sent it already."""
    return and_(
        is_open(),
        Notice.handed_at.is_(None),
        or_(Notice.next_try_at.is_(None), Notice.next_try_at <= now),
        or_(Notice.claimed_at.is_(None), Notice.claimed_at < now - CLAIM_LASTS),
        ~_kept_for_a_digest(),
    )


def _kept_for_a_digest() -> ColumnElement[bool]:
    wants_one = exists().where(
        MailChoice.person_id == Notice.person_id, MailChoice.digest != Digest.AT_ONCE.value
    )
    return and_(Notice.kind == Kind.NEWS.value, wants_one)


def unsure(now: datetime) -> ColumnElement[bool]:
    """It was handed over, and whoever did so never said how that ended."""
    in_hand = or_(Notice.claimed_at.is_(None), Notice.claimed_at < now - CLAIM_LASTS)
    return and_(is_open(), Notice.handed_at.is_not(None), in_hand)


def waiting(at_most: int = 200) -> list[Notice]:
    """Mail to be sent now: the kinds in their order, and within each every partnership in turn."""
    rank = case(*[(Notice.kind == kind.value, place) for place, kind in enumerate(ORDER)], else_=len(ORDER))
    turn = func.row_number().over(
        partition_by=(rank, Notice.partnership_id), order_by=(Notice.queued_at, Notice.id)
    )
    query = select(Notice).where(is_due(clock.now())).order_by(rank, turn, Notice.queued_at, Notice.id)
    return list(db.session.scalars(query.limit(at_most)))


def given_up(at_most: int = 200) -> list[Notice]:
    """Mail that was given up and stays in the outbox for somebody to look at, the latest first."""
    query = select(Notice).where(Notice.sent_at.is_(None), Notice.given_up_at.is_not(None))
    return list(db.session.scalars(query.order_by(Notice.given_up_at.desc(), Notice.id).limit(at_most)))


def numbers() -> tuple[int, int, int]:
    """Of the whole installation: how many wait, how many may have been sent, how many were given up."""
    uncertain = unsure(clock.now())
    query = select(
        func.count(case((and_(is_open(), ~uncertain), 1))),
        func.count(case((uncertain, 1))),
        func.count(case((and_(Notice.sent_at.is_(None), Notice.given_up_at.is_not(None)), 1))),
    )
    waiting_, unsure_, lost = db.session.execute(query).one()
    return waiting_, unsure_, lost


def oldest_waiting(partnership_id: int | None, since: datetime) -> datetime | None:
    """When the oldest mail was written that could have gone before `since` and is still here."""
    ready = func.coalesce(Notice.next_try_at, Notice.queued_at)
    query = select(func.min(ready)).where(is_due(clock.now()), ready < since)
    if partnership_id is not None:
        query = query.where(or_(Notice.partnership_id == partnership_id, Notice.partnership_id.is_(None)))
    return db.session.scalar(query)
