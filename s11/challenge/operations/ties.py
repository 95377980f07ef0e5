"""Declaring who is not to question whom, and taking it back."""

from s11.challenge import planned
from s11.challenge.models import ChallengeDay, Tie
from s11.challenge.operations.checks import check, hold, note, seat_fault
from s11.challenge.rules import tie_fault
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations.models import Organisation
from s11.people.models import Person


def declare_tie(
    day: ChallengeDay, one: Organisation, other: Organisation, *, why: str, by: Person | None = None
) -> Tie:
    """Two organisations of a day's partnership do not question each other, in both directions and from now on
    at every day. Declared again, the reason is the new one."""
    check("one", seat_fault(day, one))
    check("other", seat_fault(day, other))
    if one.id == other.id:
        raise Invalid("Choose two organisations. Nobody questions itself in any case.", field="other")
    check("why", tie_fault(why))
    hold(day)
    partnership_id = day.cycle.partnership_id
    tie = planned.tie_between(partnership_id, one.id, other.id)
    if tie is None:
        tie = Tie(partnership_id=partnership_id, organisation_id=one.id, other_id=other.id)
        db.session.add(tie)
    elif tie.why == why.strip():
        return tie
    tie.why, tie.declared_at = why.strip(), clock.now()
    tie.declared_by_name = by.name if by else "System"
    db.session.flush()
    note("challenge_day:tie:declared", day, by, one, after={"with": other.name, "why": tie.why})
    return tie


def withdraw_tie(
    day: ChallengeDay, one: Organisation, other: Organisation, *, by: Person | None = None
) -> None:
    """The two may question each other again."""
    tie = planned.tie_between(day.cycle.partnership_id, one.id, other.id)
    if tie is None:
        return
    why = tie.why
    db.session.delete(tie)
    db.session.flush()
    note("challenge_day:tie:withdrawn", day, by, one, before={"with": other.name, "why": why})
