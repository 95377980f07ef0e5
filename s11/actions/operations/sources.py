"""Reviews, inspections and audits in the plan, and what they recommend."""

from datetime import datetime

from sqlalchemy import func, select

from s11.actions.models import PlanSource, Recommendation
from s11.actions.rules import TITLE_LONGEST
from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.trail.operations import record


def source_titled(
    partnership: Partnership, *, kind: str, title: str, at: datetime | None = None, by: Person | None
) -> PlanSource:
    """The review, inspection or audit of this title: found in the plan, or put into it."""
    title = " ".join(title.split())[:TITLE_LONGEST]
    found = source_there(partnership, kind=kind, title=title)
    return found or add_source(partnership, kind=kind, title=title, at=at, by=by)


def source_there(partnership: Partnership, *, kind: str, title: str) -> PlanSource | None:
    """The review, inspection or audit of this title that stands in the plan already."""
    query = select(PlanSource).where(
        PlanSource.partnership_id == partnership.id,
        PlanSource.kind == kind,
        func.lower(PlanSource.title) == " ".join(title.split())[:TITLE_LONGEST].lower(),
    )
    return db.session.scalar(query.order_by(PlanSource.id).limit(1))


def add_source(
    partnership: Partnership, *, kind: str, title: str, at: datetime | None = None, by: Person | None
) -> PlanSource:
    """Put a review, an inspection or an audit into the plan."""
    source = PlanSource(
        partnership=partnership,
        kind=kind,
        title=title,
        created_at=at or clock.now(),
        created_by_name=by.name if by else "System",
    )
    db.session.add(source)
    db.session.flush()
    record(
        "plan_source:plan:added",
        source.id,
        by=by,
        partnership_id=partnership.id,
        after={"kind": str(kind), "title": source.title},
    )
    return source


def recommendation_saying(source: PlanSource, text: str) -> Recommendation:
    """The recommendation of a source with these words: found there, or added at its end."""
    text = text.strip()
    mine = select(Recommendation).where(Recommendation.source_id == source.id)
    same = mine.where(Recommendation.text == text).order_by(Recommendation.id).limit(1)
    found = db.session.scalar(same)
    if found is None:
        last = db.session.scalar(
            select(func.max(Recommendation.position)).where(Recommendation.source_id == source.id)
        )
        found = Recommendation(source=source, position=(last or 0) + 1, text=text)
        db.session.add(found)
        db.session.flush()
    return found
