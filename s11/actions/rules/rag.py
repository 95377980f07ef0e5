"""Red, amber or green: how an action is marked on a paper of the plan, and why, in words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from s11.actions.rules.kinds import DONE, OPEN, STATUS_LABELS, Status
from s11.actions.rules.standing import MOVED_TOO_OFTEN, is_overdue

SOON_DAYS = 28


class Rag(StrEnum):
    """The mark of an action. What is not due soon and gives no cause for concern has a mark of its own."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    LATER = "later"
    GONE = "gone"


RAG_LABELS = {
    Rag.RED: "Red",
    Rag.AMBER: "Amber",
    Rag.GREEN: "Green",
    Rag.LATER: "Not due yet",
    Rag.GONE: "Superseded",
}
RAG_MEANINGS = {
    Rag.RED: "overdue, or without a completion date",
    Rag.AMBER: f"at risk, due within {SOON_DAYS} days, without a named owner, or its date moved "
    "twice or more",
    Rag.GREEN: "complete, verified or closed",
    Rag.LATER: f"not started or on track, and due in more than {SOON_DAYS} days",
}


@dataclass(frozen=True)
class Mark:
    """The mark of an action on a day, and why it has it: "Overdue by 12 days"."""

    rag: Rag
    why: str

    @property
    def label(self) -> str:
        return RAG_LABELS[self.rag]


def rag(status: str, due_on: date | None, today: date, *, times_moved: int = 0, named: bool = True) -> Mark:
    """How an action is marked on a day. `named`: it has the name of an owner.

    Of several reasons the first counts: what is overdue is red however well it is said to go.
    """
    label = STATUS_LABELS[Status(status)]
    if status in DONE:
        return Mark(Rag.GREEN, label)
    if status not in OPEN:
        return Mark(Rag.GONE, label)
    if due_on is None:
        return Mark(Rag.RED, "No completion date")
    if is_overdue(status, due_on, today):
        return Mark(Rag.RED, f"Overdue by {_days((today - due_on).days)}")
    if status == Status.AT_RISK:
        return Mark(Rag.AMBER, label)
    if times_moved >= MOVED_TOO_OFTEN:
        return Mark(Rag.AMBER, f"Drifting: date moved {times_moved} times")
    left = (due_on - today).days
    if left <= SOON_DAYS:
        return Mark(Rag.AMBER, f"Due in {_days(left)}" if left else "Due today")
    return Mark(Rag.AMBER, "No owner is named") if not named else Mark(Rag.LATER, label)


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"
