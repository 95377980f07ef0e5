"""Saying how an action goes."""

from datetime import date, datetime

from s11.actions import rules
from s11.actions.models import Action, Update
from s11.actions.operations.checks import check, take_turn
from s11.actions.rules import SAID_BY_OWNER, Status
from s11.core import clock
from s11.core.database import db
from s11.people.models import Person
from s11.trail.operations import record


def shown(day: date | None) -> str | None:
    """A day as the trail writes it."""
    return day.isoformat() if day else None


def update(
    action: Action,
    *,
    status: str,
    text: str,
    due_on: date | None = None,
    reason: str = "",
    by: Person | None,
    version: int,
    at: datetime | None = None,
) -> Update:
    """Say how an action goes; a new date needs a reason. `at` is given where old updates are brought in.

    Raises Stale when somebody saved a newer state than `version`, and Invalid with the field.
    """
    at = at or clock.now()
    check("status", None if status in SAID_BY_OWNER else "Choose how this action stands.")
    check("text", rules.update_fault(status, text))
    moved = due_on is not None and due_on != action.due_on
    if moved:
        check("due_on", rules.due_fault(due_on, since=clock.local(at).date()))
        check("reason", None if reason.strip() else "Say why the completion date moves.")
    take_turn(action, version)
    before = {"status": action.status, "due_on": shown(action.due_on)}
    said = Update(
        action_id=action.id,
        at=at,
        person_id=by.id if by else None,
        person_name=by.name if by else "System",
        status=status,
        text=text.strip() + (f"\nNew date: {reason.strip()}" if moved else ""),
        due_before=action.due_on if moved else None,
        due_after=due_on if moved else None,
    )
    if status == Status.COMPLETE and action.status != Status.COMPLETE:
        action.completed_at, action.completed_by_id = at, by.id if by else None
    action.status = status
    action.last_said_at = at
    if moved:
        action.due_on = due_on
        action.first_due_on = action.first_due_on or due_on
        action.times_moved += 1
    db.session.add(said)
    db.session.flush()
    record(
        "action:progress:updated",
        action.id,
        by=by,
        organisation_id=action.organisation_id,
        partnership_id=action.partnership_id,
        before=before,
        after={"status": action.status, "due_on": shown(action.due_on)},
    )
    return said
