"""How an action stands on a day: overdue is computed, never claimed."""

from dataclasses import dataclass
from datetime import date

from s11.actions.rules.kinds import OPEN, STATUS_LABELS, Status

# So often moved, and it drifts: nobody believes the date any more.
MOVED_TOO_OFTEN = 2


@dataclass(frozen=True)
class Standing:
    """An action's state as the Board sees it on a day: its label and a kind for its colour."""

    label: str
    kind: str
    days_overdue: int = 0


KINDS = {
    Status.NOT_STARTED: "todo",
    Status.ON_TRACK: "doing",
    Status.AT_RISK: "at_risk",
    Status.COMPLETE: "claimed",
    Status.VERIFIED: "done",
    Status.CLOSED: "done",
    Status.SUPERSEDED: "gone",
}


def is_open(status: str) -> bool:
    """Whether it is still to be done."""
    return status in OPEN


def is_overdue(status: str, due_on: date | None, today: date) -> bool:
    """An open action is overdue once its day has ended; one without a date cannot be told to be."""
    return is_open(status) and due_on is not None and due_on < today


def is_drifting(status: str, times_moved: int) -> bool:
    """An open action drifts when its date was moved twice or more."""
    return is_open(status) and times_moved >= MOVED_TOO_OFTEN


def standing(status: str, due_on: date | None, today: date) -> Standing:
    """What to print for an action: overdue is computed, never claimed."""
    if due_on is not None and is_overdue(status, due_on, today):
        days = (today - due_on).days
        return Standing(f"Overdue by {days} day{'s' if days != 1 else ''}", "overdue", days)
    return Standing(STATUS_LABELS[Status(status)], KINDS[Status(status)])


def to_mend(owner_name: str, owner_role: str, due_on: date | None) -> tuple[str, ...]:
    """What an action that was brought in still lacks, as sentences that say what to write."""
    lacks = []
    if not owner_name:
        lacks.append("The owner’s full name is missing.")
    if not owner_role:
        lacks.append("The owner’s role is missing.")
    if due_on is None:
        lacks.append("There is no completion date.")
    return tuple(lacks)
