"""Saying how an action goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update as sql_update

from s11.actions import permissions, queries, rules
from s11.actions.models import Action, ShownForAction, Update
from s11.actions.operations.checks import check, note, standing_of, take_turn, write_down
from s11.actions.rules import NEW_DATE, NOTHING_SHOWN, SAID_BY_OWNER, WHERE_SEEN, Saying, Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person


def update(
    action: Action,
    *,
    status: str,
    text: str,
    due_on: date | None = None,
    reason: str = "",
    seen_at: str = "",
    by: Person | None,
    version: int,
    at: datetime | None = None,
) -> Update:
    """Say how an action goes; a new date needs a reason, and complete needs a document that shows it or,
    where nothing can be filed, the place where it can be seen.

    `at` is given where old updates are brought in: what they called complete is taken as it was said.

    Raises Stale when somebody saved a newer state than `version`, and Invalid with the field.
    """
    brought_in, at = at is not None, at or clock.now()
    if fault := rules.progress_fault(action.status):
        raise DomainError(fault)
    check("status", None if status in SAID_BY_OWNER else "Choose how this action stands.")
    check("text", rules.update_fault(status, text))
    is_complete = status == Status.COMPLETE
    if is_complete and not brought_in:
        check("seen_at", rules.seen_fault(seen_at))
        check("seen_at", None if seen_at.strip() or queries.shown_for(action.id) else NOTHING_SHOWN)
    moved = due_on is not None and due_on != action.due_on
    if moved:
        check("due_on", "What is complete needs no new date. Leave it empty." if is_complete else None)
        check("due_on", rules.due_fault(due_on, since=clock.local(at).date()))
        check("reason", None if reason.strip() else "Say why the completion date moves.")
    take_turn(action, version)
    before = standing_of(action)
    words = text.strip()
    if is_complete and seen_at.strip():
        words += WHERE_SEEN + seen_at.strip()
    if moved:
        words += NEW_DATE + reason.strip()
    said = note(action, Saying.PROGRESS, words, by=by, at=at, status=status, due_on=due_on if moved else None)
    if is_complete and action.status != Status.COMPLETE:
        action.completed_at, action.completed_by_id = at, by.id if by else None
    elif not is_complete:
        action.completed_at = action.completed_by_id = None
    action.status, action.last_said_at = status, at
    if moved:
        move(action, due_on)
    if is_complete:
        _stays(action, said)
    write_down(action, "action:progress:updated", by=by, before=before)
    return said


def move(action: Action, due_on: date | None) -> None:
    """Give an action another date: what it was first promised for stays, and the moves are counted."""
    if action.first_due_on is None:
        action.first_due_on = due_on
    else:
        action.times_moved += 1
    action.due_on = due_on


def _stays(action: Action, said: Update) -> None:
    """What an action was said to be complete with stays with it."""
    db.session.execute(
        sql_update(ShownForAction)
        .where(ShownForAction.action_id == action.id, ShownForAction.update_id.is_(None))
        .values(update_id=said.id)
    )


@dataclass(frozen=True)
class Many:
    """What came of updating several actions at once: what was saved, and what was not and why."""

    saved: tuple[Action, ...]
    # The action as far as this person may know of it, its ref, and the sentence that says why.
    refused: tuple[tuple[Action | None, str, str], ...]


def update_many(
    person: Person,
    chosen: Sequence[tuple[str, int]],
    *,
    status: str,
    text: str,
    due_on: date | None = None,
    reason: str = "",
) -> Many:
    """Say the same of several actions, each by itself: `chosen` are refs with the version each was read in.

    An empty `status` leaves each as it stands. One that is refused does not stop the others.
    """
    saved: list[Action] = []
    refused: list[tuple[Action | None, str, str]] = []
    for ref, version in dict(chosen).items():
        action = queries.by_ref(ref)
        if action is None or not permissions.can_see(person, action):
            refused.append((None, ref, "This action is not in the plan, or not for you."))
        elif not permissions.can_update(person, action):
            refused.append((action, ref, "Only its owner and its organisation say how it goes."))
        else:
            try:
                update(
                    action,
                    status=status or action.status,
                    text=text,
                    due_on=due_on,
                    reason=reason,
                    by=person,
                    version=version,
                )
                saved.append(action)
            except DomainError as refusal:
                refused.append((action, ref, refusal.sentence))
    return Many(tuple(saved), tuple(refused))
