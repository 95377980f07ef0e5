"""Finding partnerships and organisations."""

from sqlalchemy import func, select

from s11.core.database import db
from s11.organisations.models import Organisation, Partnership, Seat


def partnerships() -> list[Partnership]:
    return list(db.session.scalars(select(Partnership).order_by(Partnership.name)))


def partnership_by_code(code: str) -> Partnership | None:
    return db.session.scalar(select(Partnership).where(Partnership.code == code))


def by_ref(ref: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.ref == ref))


def by_name(name: str) -> Organisation | None:
    """The one organisation of this name or short name, letter case apart; None if none or several."""
    wanted = name.strip().lower()
    query = select(Organisation).where(
        (func.lower(Organisation.name) == wanted) | (func.lower(Organisation.short_name) == wanted)
    )
    found = list(db.session.scalars(query.order_by(Organisation.id).limit(2)))
    return found[0] if len(found) == 1 else None


def seated(partnership_id: int) -> list[Organisation]:
    """Every organisation that sits in a partnership today, by name."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))


def seat(partnership_id: int, organisation_id: int) -> Seat | None:
    return db.session.scalar(
        select(Seat).where(Seat.partnership_id == partnership_id, Seat.organisation_id == organisation_id)
    )


def partnerships_of(organisation_ids: list[int]) -> list[Partnership]:
    """The partnerships these organisations sit in, by name."""
    query = (
        select(Partnership)
        .where(
            Partnership.id.in_(
                select(Seat.partnership_id).where(
                    Seat.organisation_id.in_(organisation_ids), Seat.left_on.is_(None)
                )
            )
        )
        .order_by(Partnership.name)
    )
    return list(db.session.scalars(query))
