"""Finding plans that are being brought in, and what became of them."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from s11.actions.models import Action, PlanImport, PlanSource, Recommendation
from s11.core.database import db

LISTED = 20


def by_ref(ref: str) -> PlanImport | None:
    query = select(PlanImport).where(PlanImport.ref == ref)
    return db.session.scalar(query.options(joinedload(PlanImport.partnership), joinedload(PlanImport.source)))


def in_progress(partnership_id: int) -> list[PlanImport]:
    """Plans begun and not yet brought in, the newest first."""
    return _listed(partnership_id, PlanImport.stage != "done")


def brought_in(partnership_id: int) -> list[PlanImport]:
    """Plans whose rows are in the plan, the newest first."""
    return _listed(partnership_id, PlanImport.stage == "done")


def _listed(partnership_id: int, condition: object) -> list[PlanImport]:
    query = (
        select(PlanImport)
        .where(PlanImport.partnership_id == partnership_id, condition)  # type: ignore[arg-type]
        # What was read of a plan can be large, and no list prints it.
        .options(defer(PlanImport.tables), defer(PlanImport.mended), defer(PlanImport.chosen))
        .order_by(PlanImport.begun_at.desc(), PlanImport.id.desc())
        .limit(LISTED)
    )
    return list(db.session.scalars(query))


def titles_of(partnership_id: int) -> list[str]:
    """The reviews, inspections and audits of a partnership's plan, by title."""
    query = select(PlanSource.title).where(PlanSource.partnership_id == partnership_id)
    return list(db.session.scalars(query.distinct().order_by(PlanSource.title)))


def source_named(partnership_id: int, *, kind: str, title: str) -> PlanSource | None:
    """The review, inspection or audit of this title that is in the plan already."""
    query = select(PlanSource).where(
        PlanSource.partnership_id == partnership_id,
        PlanSource.kind == kind,
        func.lower(PlanSource.title) == " ".join(title.split()).lower(),
    )
    return db.session.scalar(query.order_by(PlanSource.id).limit(1))


def how_many_of(source: PlanSource) -> tuple[int, int]:
    """How many recommendations and how many actions a source has in the plan."""
    recommendations = select(func.count(Recommendation.id)).where(Recommendation.source_id == source.id)
    actions = select(func.count(Action.id)).where(Action.source_id == source.id)
    return db.session.scalar(recommendations) or 0, db.session.scalar(actions) or 0


def actions_of(import_id: int) -> dict[int, list[tuple[str, str]]]:
    """The actions that came from an import, as ref and text, by the printed row they came from."""
    query = select(Action.import_row, Action.ref, Action.text).where(Action.import_id == import_id)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row, ref, text in db.session.execute(query.order_by(Action.import_row, Action.id)):
        found[row].append((ref, text))
    return dict(found)
