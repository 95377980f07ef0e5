"""Noting what was said on the telephone."""

from datetime import date, datetime, time

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles.models import Cycle
from s11.desk.models import Call
from s11.desk.queries.history import call_by_ref
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.trail.operations import record

NOON = time(12)


def note_call(
    organisation: Organisation,
    cycle: Cycle,
    *,
    on: date,
    said: str,
    spoke_to: str = "",
    call_back_on: date | None = None,
    ref: str | None = None,
    by: Person | None = None,
) -> Call:
    """Keep that somebody rang, or was rung. `ref` comes with the form: a second click adds nothing."""
    known = call_by_ref(ref) if ref else None
    if known is not None and known.organisation_id == organisation.id:
        return known
    _check(on, said, call_back_on)
    call = Call(
        **({"ref": ref} if ref and known is None else {}),
        organisation_id=organisation.id,
        partnership_id=cycle.partnership_id,
        cycle_id=cycle.id,
        at=_moment(on),
        spoke_to=spoke_to.strip(),
        said=said.strip(),
        call_back_on=call_back_on,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
    )
    db.session.add(call)
    record(
        "cycle:call:noted",
        cycle.id,
        by=by,
        organisation_id=organisation.id,
        partnership_id=cycle.partnership_id,
    )
    return call


def _check(on: date, said: str, call_back_on: date | None) -> None:
    if on > clock.today():
        raise Invalid("The day of the call is still to come. Enter the day on which you spoke.", field="on")
    if not said.strip():
        raise Invalid("Say in a few words what was said, or that nobody answered.", field="said")
    if call_back_on is not None and call_back_on < clock.today():
        raise Invalid("That day has passed. Choose today or a later day.", field="call_back_on")


def _moment(on: date) -> datetime:
    """Now for a call of today; of another day only the day is known."""
    return clock.now() if on == clock.today() else datetime.combine(on, NOON, clock.zone())
