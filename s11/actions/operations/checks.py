"""What every change of an action needs: a turn of one's own, a sentence at the field, a known owner."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update as sql_update

from s11.actions.models import Action, PlanSource, Recommendation, Update
from s11.actions.rules import Mechanism, Priority, Saying
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.operations import record


def check(field: str, fault: str | None) -> None:
    """Refuse with a rule's sentence, where there is one. Raises Invalid with the field."""
    if fault:
        raise Invalid(fault, field=field)


def take_turn(action: Action, version: int) -> None:
    """Raise the version in one statement, so that of two people saving at once one is told.

    Raises Stale when somebody saved a newer state than `version`.
    """
    raised = db.session.execute(
        sql_update(Action)
        .where(Action.id == action.id, Action.version == version)
        .values(version=version + 1)
    )
    if raised.rowcount == 0:  # type: ignore[attr-defined]
        db.session.refresh(action)
        raise Stale(
            "This action was updated while you were writing, by somebody else or in another window. Read "
            "what was saved, which is shown with the form; what you typed is still in it. Change it if need "
            "be and save again."
        )
    db.session.refresh(action, ["version"])


def check_words(text: str, mechanism: str, priority: str, steps: Sequence[str]) -> None:
    """What every action must say, wherever it comes from. Raises Invalid with the field."""
    check("text", None if text.strip() else "Say what will be done.")
    known = mechanism in {"", *Mechanism}
    check("mechanism", None if known else "Choose how this action makes its change.")
    check("priority", None if priority in {"", *Priority} else "Choose how much hangs on this action.")
    for position, step in enumerate(steps):
        check(f"milestones-{position}-text", None if step.strip() else "Say what this step is.")


def take_turn_at(thing: PlanSource | Recommendation, version: int) -> None:
    """The same of a review or a recommendation."""
    table = type(thing)
    raised = db.session.execute(
        sql_update(table).where(table.id == thing.id, table.version == version).values(version=version + 1)
    )
    if raised.rowcount == 0:  # type: ignore[attr-defined]
        db.session.refresh(thing)
        raise Stale(
            "This was saved while you were writing, by somebody else or in another window. What you typed is "
            "still in the form: compare it with what is kept now, which is shown with it, and save again."
        )
    db.session.refresh(thing, ["version"])


def known_owner(organisation_id: int | None, name: str) -> int | None:
    """The member of the organisation with exactly this name, if there is exactly one."""
    if organisation_id is None:
        return None
    wanted = " ".join(name.split()).casefold()
    found = {person.id for _, person in people.members(organisation_id) if person.name.casefold() == wanted}
    return found.pop() if len(found) == 1 else None


def note(
    action: Action,
    kind: Saying,
    text: str,
    *,
    by: Person | None,
    at: datetime | None = None,
    status: str = "",
    due_on: date | None = None,
) -> Update:
    """Add an entry to an action's history; with `due_on`, the date it is moved to."""
    at = at or clock.now()
    said = Update(
        action_id=action.id,
        kind=kind,
        at=at,
        person_id=by.id if by else None,
        person_name=by.name if by else "System",
        status=status or action.status,
        text=text,
        due_before=action.due_on if due_on else None,
        due_after=due_on,
    )
    db.session.add(said)
    db.session.flush()
    return said


def shown(day: date | None) -> str | None:
    """A day as the trail writes it."""
    return day.isoformat() if day else None


def standing_of(action: Action) -> dict[str, Any]:
    """What the trail keeps of how an action stands."""
    return {"status": action.status, "due_on": shown(action.due_on)}


def write_down(
    action: Action, tag: str, *, by: Person | None, before: dict[str, Any] | None = None, **told: object
) -> None:
    """Put a change of an action into the trail, with how the action stands after it."""
    record(
        tag,
        action.id,
        by=by,
        organisation_id=action.organisation_id,
        partnership_id=action.partnership_id,
        before=before,
        after={**standing_of(action), **told},
    )
