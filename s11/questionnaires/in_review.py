"""Editions that people of a Board are asked to comment on, and the comments that wait for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from s11.core.database import db
from s11.questionnaires.models import Edition, EditionComment
from s11.questionnaires.stages import TAGS, WORDED, Act
from s11.trail.models import Entry


@dataclass(frozen=True)
class Asking:
    """An edition with how many comments nobody answered yet, and the day by which they are wanted."""

    edition: Edition
    unanswered: int
    until: date | None


def asking(partnership_ids: Collection[int]) -> list[Asking]:
    """The editions of these partnerships that are still worded, in one query whatever their number."""
    if not partnership_ids:
        return []
    unanswered = (
        select(func.count(EditionComment.id))
        .where(
            EditionComment.edition_id == Edition.id,
            EditionComment.resolved_at.is_(None),
            EditionComment.answer == "",
        )
        .scalar_subquery()
    )
    begun = (
        select(Entry.after)
        .where(
            Entry.subject == "questionnaire",
            Entry.subject_id == Edition.id,
            Entry.tag == TAGS[Act.REVIEW],
        )
        .order_by(Entry.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Edition, unanswered, begun)
        .where(Edition.partnership_id.in_(partnership_ids), Edition.stage.in_(WORDED))
        .order_by(Edition.year.desc(), Edition.id.desc())
    )
    return [Asking(edition, count, _until(told or {})) for edition, count, told in rows]


def _until(told: dict[str, str]) -> date | None:
    day = told.get("until")
    return date.fromisoformat(day) if day else None
