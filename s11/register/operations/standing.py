"""Closing an organisation, opening it again, and its leaving the partnership."""

from datetime import date, timedelta

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.organisations.models import Organisation, Partnership, Seat
from s11.people.models import Person
from s11.register.operations.history import happened
from s11.register.rules import Happening

# A closure is often known at the start of a school year, never longer ahead.
KNOWN_AHEAD = timedelta(days=366)


def close(
    organisation: Organisation,
    partnership: Partnership,
    *,
    on: date,
    successor: Organisation | None = None,
    note: str = "",
    source: str = "",
    by: Person | None = None,
) -> None:
    """Closed from a day on; with a successor it became part of that one, and both say so."""
    db.session.refresh(organisation, attribute_names=["closed_on", "merged_into_id"], with_for_update=True)
    if organisation.closed_on is not None:
        raise DomainError(f"{organisation.name} is closed already. Open it again first to correct the day.")
    if on > clock.today() + KNOWN_AHEAD:
        raise Invalid("Enter a day within the next year.", field="on")
    if organisation.opened_on is not None and on < organisation.opened_on:
        raise Invalid("It opened after that day. Enter a later one.", field="on")
    if successor is not None and successor.id == organisation.id:
        raise Invalid("It cannot become part of itself. Enter another organisation.", field="successor")
    if successor is not None and organisation.seated_in - {partnership.id}:
        raise Invalid(
            "It sits at another partnership’s table too, and its successor would read what it returned "
            "there. Leave this empty, or ask whoever runs this service.",
            field="successor",
        )
    organisation.closed_on = on
    told = {"partnership": partnership, "on": on, "note": note, "source": source, "by": by}
    if successor is None:
        happened(organisation, Happening.CLOSED, after={"closed": on.isoformat()}, **told)  # type: ignore[arg-type]
        return
    organisation.merged_into_id = successor.id
    happened(organisation, Happening.MERGED, after={"into": successor.name}, **told)  # type: ignore[arg-type]
    happened(successor, Happening.TOOK_IN, after={"took in": organisation.name}, **told)  # type: ignore[arg-type]


def reopen(organisation: Organisation, partnership: Partnership, *, by: Person | None = None) -> None:
    """Take a closure back: it was wrong, or did not come about."""
    db.session.refresh(organisation, attribute_names=["closed_on", "merged_into_id"], with_for_update=True)
    if organisation.closed_on is None:
        return
    before = {"closed": organisation.closed_on.isoformat()}
    organisation.closed_on, organisation.merged_into_id = None, None
    happened(organisation, Happening.REOPENED, partnership=partnership, before=before, by=by)


def leave(
    organisation: Organisation,
    partnership: Partnership,
    seat: Seat,
    *,
    on: date,
    note: str = "",
    by: Person | None = None,
) -> None:
    """It sits at the partnership's table no longer. What it returned stays; its people see it no more."""
    db.session.refresh(seat, attribute_names=["left_on"], with_for_update=True)
    if seat.left_on is not None:
        return
    if on > clock.today():
        raise Invalid("Enter the day once it has come: until then it sits at the table.", field="on")
    if seat.joined_on is not None and on < seat.joined_on:
        raise Invalid("It joined after that day. Enter a later one.", field="on")
    seat.left_on = on
    happened(organisation, Happening.LEFT, partnership=partnership, on=on, note=note, by=by)


def come_back(
    organisation: Organisation, partnership: Partnership, seat: Seat, *, by: Person | None = None
) -> None:
    """It sits at the table again."""
    db.session.refresh(seat, attribute_names=["left_on"], with_for_update=True)
    if seat.left_on is None:
        return
    before = {"left": seat.left_on.isoformat()}
    seat.left_on = None
    happened(
        organisation,
        Happening.REOPENED,
        partnership=partnership,
        before=before,
        after={"at the table": "again"},
        by=by,
        tag="organisation:seat:taken_again",
    )
