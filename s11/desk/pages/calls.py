"""The calls with an organisation, for its page in the register."""

from flask import url_for

from s11.core import clock
from s11.desk.models import Call
from s11.desk.permissions import can_chase
from s11.desk.queries.history import calls
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.register.told import Line, Section
from s11.web.filters import short_day

LONGEST = 160


def calls_told(organisation: Organisation, partnership_id: int, person: Person) -> Section | None:
    """What was said on the telephone, in the cycles in which this person may ring."""
    found = [
        one
        for one in calls(organisation.id, partnership_id)
        if one.cycle is not None and can_chase(person, one.cycle)
    ]
    last = found[0] if found else None
    return Section("Calls", tuple(_line(one, is_last=one is last) for one in found))


def _line(one: Call, *, is_last: bool) -> Line:
    said = one.said if len(one.said) <= LONGEST else f"{one.said[: LONGEST - 1].rstrip()}…"
    back = one.call_back_on if is_last else None
    by = f", {one.by_name}" if one.by_name else ""
    return Line(
        what=f"{one.spoke_to}: {said}" if one.spoke_to else said,
        when=f"{short_day(one.at)}{by}",
        status=f"Call back on {short_day(back)}" if back else "",
        status_kind="alert" if back and back <= clock.today() else "doing",
        href=url_for("desk.organisation", ref=one.cycle.ref, organisation=one.organisation.ref)
        if one.cycle
        else None,
    )
