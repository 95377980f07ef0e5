"""Founding a partnership and seating organisations at its table."""

from datetime import date

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations import queries
from s11.organisations.models import Organisation, Partnership, Seat
from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.trail.operations import record


def found(
    *,
    code: str,
    name: str,
    board_word: str = "the Board",
    office_email: str = "",
    by: Person | None = None,
) -> Partnership:
    """A new partnership, or the one that already has this code."""
    known = queries.partnership_by_code(code)
    if known is not None:
        return known
    partnership = Partnership(code=code, name=name, board_word=board_word, office_email=office_email)
    db.session.add(partnership)
    db.session.flush()
    record("partnership:table:founded", partnership.id, by=by, partnership_id=partnership.id)
    return partnership


def add(
    partnership: Partnership,
    *,
    name: str,
    kind: str,
    short_name: str = "",
    joined_on: date | None = None,
    by: Person | None = None,
    **details: object,
) -> Organisation:
    """A new organisation with a seat at the partnership. `details` are further columns of Organisation."""
    if kind not in set(Kind):
        raise Invalid(f"“{kind}” is no kind of organisation. Use one of: {', '.join(Kind)}.", field="kind")
    if not name.strip():
        raise Invalid("Enter the name of the organisation.", field="name")
    organisation = Organisation(
        name=name.strip(), short_name=(short_name or name).strip()[:60], kind=kind, **details
    )
    db.session.add(organisation)
    db.session.flush()
    take_seat(partnership, organisation, joined_on=joined_on, by=by)
    return organisation


def take_seat(
    partnership: Partnership,
    organisation: Organisation,
    *,
    joined_on: date | None = None,
    by: Person | None = None,
) -> Seat:
    """Seat an organisation at a partnership; it may sit at several."""
    known = queries.seat(partnership.id, organisation.id)
    if known is not None:
        return known
    seat = Seat(
        partnership_id=partnership.id, organisation_id=organisation.id, joined_on=joined_on or clock.today()
    )
    db.session.add(seat)
    db.session.flush()
    record(
        "organisation:seat:taken",
        organisation.id,
        by=by,
        organisation_id=organisation.id,
        partnership_id=partnership.id,
        after={"organisation": organisation.name},
    )
    return seat
