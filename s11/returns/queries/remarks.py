"""What colleagues said to each other about criteria, and who is at work where."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.returns.models import AnswerVersion, Presence, Remark


def remarks(return_id: int, criterion_ids: Collection[int]) -> dict[int, list[Remark]]:
    """What was said about these criteria, by criterion, in the order it was said."""
    query = (
        select(Remark)
        .where(Remark.return_id == return_id, Remark.criterion_id.in_(criterion_ids))
        .order_by(Remark.id)
    )
    found: dict[int, list[Remark]] = defaultdict(list)
    for remark in db.session.scalars(query):
        found[remark.criterion_id].append(remark)
    return found


def remark_by_ref(return_id: int, ref: str) -> Remark | None:
    return db.session.scalar(select(Remark).where(Remark.return_id == return_id, Remark.ref == ref))


def open_questions(return_id: int) -> dict[int, int]:
    """How many questions wait for an answer, by criterion."""
    query = select(Remark.criterion_id).where(
        Remark.return_id == return_id, Remark.is_question.is_(True), Remark.settled_at.is_(None)
    )
    found: dict[int, int] = defaultdict(int)
    for criterion_id in db.session.scalars(query):
        found[criterion_id] += 1
    return found


def asked_at(return_id: int, criterion_id: int) -> list[datetime]:
    """When the questions of one thread were asked, oldest first."""
    query = (
        select(Remark.at)
        .where(
            Remark.return_id == return_id,
            Remark.criterion_id == criterion_id,
            Remark.is_question.is_(True),
        )
        .order_by(Remark.at, Remark.id)
    )
    return list(db.session.scalars(query))


def present(return_id: int, *, since: datetime, without: int) -> list[Presence]:
    """Who else was at work in a return since a moment, with their person."""
    query = (
        select(Presence)
        .where(Presence.return_id == return_id, Presence.at > since, Presence.person_id != without)
        .options(joinedload(Presence.person))
        .order_by(Presence.id)
    )
    return list(db.session.scalars(query))


def versions(answer_id: int) -> list[AnswerVersion]:
    """Every version of an answer, the first one first."""
    query = select(AnswerVersion).where(AnswerVersion.answer_id == answer_id).order_by(AnswerVersion.version)
    return list(db.session.scalars(query))
