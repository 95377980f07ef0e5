"""The Board's part: whether what is said to be complete is, what becomes of it, what takes its place."""

from datetime import date

from s11.actions import queries, rules
from s11.actions.models import Action, Update
from s11.actions.operations.checks import check, note, standing_of, take_turn, write_down
from s11.actions.operations.following import move
from s11.actions.reminding.telling import tell_owner
from s11.actions.rules import BECAUSE_LABELS, OPEN, Because, Difference, Saying, Status
from s11.core import clock
from s11.core.errors import DomainError
from s11.people.models import Person

NOT_CLAIMED = "Nobody says any more that this action is complete. Open it again to see how it stands."


def accept(action: Action, *, reason: str, by: Person, version: int) -> Update:
    """The Board accepts that an action is complete; from then on it is asked what difference it made."""
    _is_claimed(action)
    check("reason", None if reason.strip() else "Say what shows that it is complete.")
    take_turn(action, version)
    before = standing_of(action)
    now = clock.now()
    months = queries.settings_of(action.partnership_id).ask_after_months
    action.status, action.verified_at = Status.VERIFIED, now
    action.ask_on = rules.first_asking(clock.local(now).date(), months)
    action.difference, action.times_asked = "", 0
    said = note(action, Saying.VERIFIED, reason.strip(), by=by)
    write_down(action, "action:verification:accepted", by=by, before=before)
    return said


def give_back(
    action: Action, *, missing: str, due_on: date | None = None, by: Person, version: int
) -> Update:
    """The Board says what is missing: the action is open again, with a new date where the old one is past."""
    _is_claimed(action)
    today = clock.today()
    check("reason", None if missing.strip() else "Say what is missing, so that it can be added.")
    if due_on is None and (action.due_on is None or action.due_on < today):
        check("due_on", "The date it was to be done by is past. Enter the day by which it will be.")
    moved = due_on is not None and due_on != action.due_on
    if moved:
        check("due_on", rules.due_fault(due_on, since=today))
    take_turn(action, version)
    before = standing_of(action)
    said = note(
        action,
        Saying.RETURNED,
        missing.strip(),
        by=by,
        status=Status.ON_TRACK,
        due_on=due_on if moved else None,
    )
    _open(action)
    if moved:
        move(action, due_on)
    write_down(action, "action:verification:returned", by=by, before=before)
    tell_owner(action, "action_returned", by=by)
    return said


def close(action: Action, *, reason: str, by: Person, version: int) -> Update:
    """The Board closes an action that was verified: nothing more is asked about it."""
    if action.status != Status.VERIFIED:
        raise DomainError("Only an action that the Board has accepted as complete can be closed.")
    unknown = "Nobody has said that it made a difference. Say why you close it all the same."
    known = action.difference == Difference.MADE
    wanted = "Say why it can be closed." if known else unknown
    check("reason", None if reason.strip() else wanted)
    take_turn(action, version)
    before = standing_of(action)
    action.status, action.ask_on = Status.CLOSED, None
    said = note(action, Saying.CLOSED, reason.strip(), by=by)
    write_down(action, "action:closing:closed", by=by, before=before)
    return said


def reopen(
    action: Action, *, because: str, why: str, due_on: date | None, by: Person, version: int
) -> Update:
    """The Board opens an action again, since it did not last: with a new date; what was said of it stays."""
    if action.status not in (Status.VERIFIED, Status.CLOSED, Status.SUPERSEDED):
        raise DomainError("This action is open, or nobody has looked yet whether it is complete.")
    check("because", None if because in set(Because) else "Choose what showed that it did not last.")
    check("reason", None if why.strip() else "Say what showed that it did not last.")
    check("due_on", rules.due_fault(due_on, since=clock.today()))
    take_turn(action, version)
    before = standing_of(action)
    said = note(
        action,
        Saying.REOPENED,
        f"{BECAUSE_LABELS[Because(because)]}: {why.strip()}",
        by=by,
        status=Status.ON_TRACK,
        due_on=due_on,
    )
    _open(action)
    # It was kept to its last date, so this is a new promise and no slip.
    action.due_on = due_on
    action.first_due_on = action.first_due_on or due_on
    write_down(action, "action:closing:opened_again", by=by, before=before, because=because)
    return said


def supersede(action: Action, other: Action | None, *, reason: str, by: Person, version: int) -> Update:
    """Another action of the same plan takes the place of this one."""
    if action.status not in (*OPEN, Status.COMPLETE):
        raise DomainError("Only an action that is not verified yet can be superseded.")
    fits = other is not None and other.partnership_id == action.partnership_id and other.id != action.id
    check("by", None if fits else "Choose the action that takes the place of this one.")
    assert other is not None
    check("by", _chain_fault(other))
    check("reason", None if reason.strip() else "Say why the other action takes the place of this one.")
    take_turn(action, version)
    before = standing_of(action)
    action.status, action.superseded_by, action.ask_on = Status.SUPERSEDED, other, None
    said = note(action, Saying.SUPERSEDED, reason.strip(), by=by)
    write_down(action, "action:closing:superseded", by=by, before=before, superseded_by=other.ref)
    return said


def _chain_fault(other: Action) -> str | None:
    if other.status != Status.SUPERSEDED:
        return None
    return "That action was superseded itself. Choose the one that took its place."


def _is_claimed(action: Action) -> None:
    if action.status != Status.COMPLETE:
        raise DomainError(NOT_CLAIMED)


def _open(action: Action) -> None:
    action.status = Status.ON_TRACK
    action.completed_at = action.completed_by_id = action.verified_at = None
    action.ask_on, action.times_asked, action.difference = None, 0, ""
    action.superseded_by = None
