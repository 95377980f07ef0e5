"""What difference an action made for children, and how that is known."""

from s11.actions import queries, rules
from s11.actions.models import Action, Impact
from s11.actions.operations.checks import check, note, take_turn, write_down
from s11.actions.rules import Difference, Saying, Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person


def answer(
    action: Action, *, difference: str, what: str, known_by: str = "", by: Person, version: int
) -> Impact:
    """Say what difference an action made. Every answer is kept; when it is asked again depends on it."""
    today = clock.today()
    if action.status != Status.VERIFIED or action.ask_on is None or action.ask_on > today:
        raise DomainError("It is not asked now what difference this action made.")
    check("difference", None if difference in set(Difference) else "Choose what can be said by now.")
    check("what", rules.difference_fault(difference, what))
    check("known_by", rules.known_fault(difference, known_by))
    take_turn(action, version)
    now = clock.now()
    answered = Impact(
        action_id=action.id,
        asked_on=action.ask_on,
        at=now,
        person_id=by.id,
        person_name=by.name,
        difference=difference,
        what=what.strip(),
        known_by=known_by.strip(),
    )
    db.session.add(answered)
    label = rules.DIFFERENCE_LABELS[Difference(difference)]
    note(action, Saying.IMPACT, f"{label}.", by=by, at=now)
    action.difference = difference
    action.times_asked += 1
    action.ask_on = rules.next_asking(
        clock.local(action.verified_at or now).date(),
        queries.settings_of(action.partnership_id).ask_after_months,
        answered_on=today,
        difference=difference,
    )
    write_down(action, "action:impact:answered", by=by, difference=difference)
    return answered
