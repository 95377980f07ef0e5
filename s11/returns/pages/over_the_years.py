"""The returns of an organisation over the years, for its page in the register: stages and dates only."""

from flask import url_for

from s11.cycles import permissions as cycles
from s11.cycles.rules import LET_OFF_LABELS, LetOff
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.register.told import Line, Section
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.rules import RETURNED, STAGE_KINDS, STAGE_LABELS, Stage
from s11.web.filters import short_day


def returns_told(organisation: Organisation, partnership_id: int, person: Person) -> Section | None:
    """Where each return of an organisation to a partnership stands, in the cycles this person works with."""
    found = queries.of_organisations([organisation.id], partnership_id=partnership_id)
    seen = [one for one in found if cycles.can_see(person, one.cycle)]
    seen.sort(key=lambda one: (one.due_on, one.id), reverse=True)
    return Section("Returns over the years", tuple(_line(one, person) for one in seen))


def _line(return_: Return, person: Person) -> Line:
    cycle, stage = return_.cycle, Stage(return_.stage)
    let_off = return_.invitation.exempted_at is not None
    may_change = cycles.can_change(person, cycle)
    return Line(
        what=cycle.title,
        when=f"Submitted {short_day(return_.submitted_at)}"
        if return_.submitted_at
        else f"Due {short_day(return_.due_on)}",
        status=LET_OFF_LABELS[LetOff(return_.invitation.exempted_as)] if let_off else STAGE_LABELS[stage],
        status_kind="todo" if let_off else STAGE_KINDS[stage],
        href=url_for("desk.organisation", ref=cycle.ref, organisation=return_.organisation.ref)
        if may_change
        else None,
        waits=not let_off and stage not in RETURNED and stage != Stage.CLOSED and cycle.closed_at is None,
    )
