"""Submission groups: organisations of one cycle with dates of their own."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles import days, queries
from s11.cycles.audience import Audience
from s11.cycles.days import Dates, words_of
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.operations.planning import dates_of
from s11.people.models import Person
from s11.trail.operations import record


def add_group(cycle: Cycle, name: str, dates: Dates, *, by: Person | None = None) -> SubmissionGroup:
    """A group with its own dates; who stands in it is said by the audience."""
    _check(cycle, name, dates, None)
    group = SubmissionGroup(cycle=cycle, name=name.strip(), **_days(dates))
    db.session.add(group)
    db.session.flush()
    _note("cycle:group:added", group, by)
    return group


def change_group(group: SubmissionGroup, name: str, dates: Dates, *, by: Person | None = None) -> bool:
    """Change its name and dates; whether a date moved."""
    before, asked = dates_of(group), queries.group_sizes(group.cycle_id).get(group.id, 0)
    _check(group.cycle, name, dates, group)
    if asked and (fault := days.moved_fault(before, dates, clock.today())):
        raise Invalid(fault[0], field=fault[1])
    if (group.name, before) == (name.strip(), dates):
        return False
    group.name = name.strip()
    for column, day in _days(dates).items():
        setattr(group, column, day)
    _note("cycle:group:changed", group, by)
    return before != dates


def remove_group(group: SubmissionGroup, *, by: Person | None = None) -> None:
    """Take a group away before anybody is asked in it; its organisations go with the cycle's dates."""
    if queries.group_sizes(group.cycle_id).get(group.id) or queries.is_to_be_issued(group.id):
        raise Invalid(f"Organisations of {group.name} are asked already, so the group stays.")
    group.cycle.audience = Audience.of(group.cycle.audience).without_group(group.ref).kept()
    _note("cycle:group:removed", group, by)
    db.session.delete(group)


def _check(cycle: Cycle, name: str, dates: Dates, group: SubmissionGroup | None) -> None:
    if not name.strip():
        raise Invalid("Enter a name for the group, for example Autumn term.", field="name")
    if fault := days.fault(dates):
        raise Invalid(fault[0], field=fault[1])
    if dates.opens_on < cycle.opens_on:
        raise Invalid(
            f"The cycle opens on {words_of(cycle.opens_on)}. Choose that day or a later one.",
            field="opens_on",
        )
    known = [one for one in queries.groups(cycle.id) if group is None or one.id != group.id]
    if any(one.name.casefold() == name.strip().casefold() for one in known):
        raise Invalid("There is already a group of this name. Choose another name.", field="name")


def _days(dates: Dates) -> dict[str, object]:
    return {"opens_on": dates.opens_on, "due_on": dates.due_on, "closes_on": dates.closes_on}


def _note(tag: str, group: SubmissionGroup, by: Person | None) -> None:
    record(
        tag,
        group.cycle_id,
        by=by,
        partnership_id=group.cycle.partnership_id,
        after={"group": group.name, "due_on": group.due_on.isoformat()},
    )
