"""Finding letters."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.challenge.models import ChallengeDay, Outcome, Session
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.packs.models import Letter


def by_ref(ref: str) -> Letter | None:
    query = select(Letter).where(Letter.ref == ref)
    day = joinedload(Letter.day).joinedload(ChallengeDay.cycle).joinedload(Cycle.partnership)
    return db.session.scalar(query.options(day, joinedload(Letter.organisation)))


def of_day(day_id: int) -> list[Letter]:
    """The letters of a day, by name of organisation."""
    query = (
        select(Letter)
        .join(Organisation, Organisation.id == Letter.organisation_id)
        .where(Letter.day_id == day_id)
        .options(joinedload(Letter.organisation), joinedload(Letter.day))
        .order_by(Organisation.name, Letter.id)
    )
    return list(db.session.scalars(query))


def to_be_written(day_id: int) -> list[Organisation]:
    """Who was at a day, by its agenda or by what was recorded, and has no letter yet; by name."""
    turns = select(Session.organisation_id).where(
        Session.day_id == day_id, Session.organisation_id.is_not(None)
    )
    recorded = select(Outcome.organisation_id).where(Outcome.day_id == day_id)
    known = select(Letter.organisation_id).where(Letter.day_id == day_id)
    query = (
        select(Organisation)
        .where(Organisation.id.in_(turns.union(recorded)), Organisation.id.not_in(known))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def released_to(organisation_ids: Collection[int]) -> list[Letter]:
    """The released letters to these organisations, the latest first."""
    query = (
        select(Letter)
        .where(Letter.organisation_id.in_(list(organisation_ids)), Letter.released_at.is_not(None))
        .options(joinedload(Letter.organisation), joinedload(Letter.day).joinedload(ChallengeDay.cycle))
        .order_by(Letter.released_at.desc(), Letter.id.desc())
    )
    return list(db.session.scalars(query))
