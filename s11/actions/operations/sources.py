"""Reviews, inspections and audits in the plan."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from s11.actions.models import PlanSource, Recommendation
from s11.actions.operations.checks import check, take_turn_at
from s11.actions.rules import TITLE_LONGEST, WITH_RECOMMENDATIONS
from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.trail.operations import record

MOST_RECOMMENDATIONS = 999


@dataclass(frozen=True)
class SourceDetails:
    """What is said of a review, an inspection or an audit."""

    kind: str
    title: str
    public_title: str = ""
    dated_on: date | None = None
    organisation: Organisation | None = None
    summary: str = ""
    how_many: int | None = None


def source_titled(
    partnership: Partnership, *, kind: str, title: str, at: datetime | None = None, by: Person | None
) -> PlanSource:
    """The review, inspection or audit of this title: found in the plan, or put into it."""
    title = _one_line(title)
    return source_there(partnership, kind=kind, title=title) or add_source(
        partnership, kind=kind, title=title, at=at, by=by
    )


def source_there(partnership: Partnership, *, kind: str, title: str) -> PlanSource | None:
    """The review, inspection or audit of this title that stands in the plan already."""
    query = select(PlanSource).where(
        PlanSource.partnership_id == partnership.id,
        PlanSource.kind == kind,
        func.lower(PlanSource.title) == _one_line(title).lower(),
    )
    return db.session.scalar(query.order_by(PlanSource.id).limit(1))


def add_source(
    partnership: Partnership,
    *,
    kind: str,
    title: str,
    public_title: str = "",
    dated_on: date | None = None,
    organisation: Organisation | None = None,
    summary: str = "",
    how_many: int | None = None,
    at: datetime | None = None,
    by: Person | None,
) -> PlanSource:
    """Put a review, an inspection or an audit into the plan. Raises Invalid with the field."""
    details = SourceDetails(kind, title, public_title, dated_on, organisation, summary, how_many)
    _check(details, partnership, None)
    source = PlanSource(
        partnership=partnership, created_at=at or clock.now(), created_by_name=by.name if by else "System"
    )
    _take(source, details)
    db.session.add(source)
    db.session.flush()
    record(
        "plan_source:plan:added",
        source.id,
        by=by,
        partnership_id=partnership.id,
        after={"kind": source.kind, "title": source.title},
    )
    return source


def change_source(source: PlanSource, details: SourceDetails, *, version: int, by: Person | None) -> None:
    """Correct what is said of a review. Raises Stale, and Invalid with the field."""
    _check(details, source.partnership, source)
    take_turn_at(source, version)
    before = {"kind": source.kind, "title": source.title}
    _take(source, details)
    db.session.flush()
    record(
        "plan_source:plan:changed",
        source.id,
        by=by,
        partnership_id=source.partnership_id,
        before=before,
        after={"kind": source.kind, "title": source.title},
    )


def recommendation_saying(source: PlanSource, text: str) -> Recommendation:
    """The recommendation of a source with these words: found there, or added at its end."""
    text = text.strip()
    mine = select(Recommendation).where(Recommendation.source_id == source.id)
    same = mine.where(Recommendation.text == text).order_by(Recommendation.id).limit(1)
    found = db.session.scalar(same)
    if found is None:
        found = Recommendation(source=source, position=last_position(source) + 1, text=text)
        db.session.add(found)
        db.session.flush()
    return found


def last_position(source: PlanSource) -> int:
    """The place of a source's last recommendation; 0 where it has none."""
    query = select(func.max(Recommendation.position)).where(Recommendation.source_id == source.id)
    return db.session.scalar(query) or 0


def _one_line(title: str) -> str:
    return " ".join(title.split())[:TITLE_LONGEST]


def _check(details: SourceDetails, partnership: Partnership, source: PlanSource | None) -> None:
    title = _one_line(details.title)
    check("kind", None if details.kind in set(WITH_RECOMMENDATIONS) else "Choose what it is.")
    check("title", None if title else "Enter its title.")
    found = source_there(partnership, kind=details.kind, title=title)
    twice = "There is one of this title already. Give this one a title that tells them apart."
    check("title", twice if found is not None and found is not source else None)
    many = details.how_many
    counted = many is None or 1 <= many <= MOST_RECOMMENDATIONS
    check("how_many", None if counted else f"Enter a number from 1 to {MOST_RECOMMENDATIONS}.")


def _take(source: PlanSource, details: SourceDetails) -> None:
    source.kind, source.title = str(details.kind), _one_line(details.title)
    source.public_title = _one_line(details.public_title)
    source.dated_on, source.how_many = details.dated_on, details.how_many
    source.organisation, source.summary = details.organisation, details.summary.strip()
