"""What an action must say, and when it is overdue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from s11.core.open_ended import OPEN_ENDED


class Source(StrEnum):
    """Where an action came from."""

    CHALLENGE = "challenge"
    SELF_ASSESSMENT = "self_assessment"
    REVIEW = "review"
    INSPECTION = "inspection"
    AUDIT = "audit"


SOURCE_LABELS = {
    Source.CHALLENGE: "Challenge day",
    Source.SELF_ASSESSMENT: "Self-assessment",
    Source.REVIEW: "Practice review",
    Source.INSPECTION: "Inspection",
    Source.AUDIT: "Audit",
}


class Status(StrEnum):
    """What an owner can say of progress. Overdue is not among them: it is computed."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    COMPLETE = "complete"


STATUS_LABELS = {
    Status.NOT_STARTED: "Not started",
    Status.ON_TRACK: "On track",
    Status.AT_RISK: "At risk",
    Status.COMPLETE: "Complete",
}


class Mechanism(StrEnum):
    """How an action makes its change."""

    POLICY_AND_PROCEDURE = "policy_and_procedure"
    WORKFORCE_DEVELOPMENT = "workforce_development"
    LOCALITY_AND_SECTOR = "locality_and_sector"
    AUDIT_AND_MONITORING = "audit_and_monitoring"


MECHANISM_LABELS = {
    Mechanism.POLICY_AND_PROCEDURE: "Policy and procedure",
    Mechanism.WORKFORCE_DEVELOPMENT: "Workforce development and training",
    Mechanism.LOCALITY_AND_SECTOR: "Locality and sector working",
    Mechanism.AUDIT_AND_MONITORING: "Audit and monitoring",
}

TEXT_LONGEST = 4_000
NAME_LONGEST = 120
TITLE_LONGEST = 250
UNFINISHED = "open"
OVERDUE = "overdue"
# What a reader of the plan may ask for: every status, and two that are computed.
STATUS_FILTERS = {
    UNFINISHED: "Open",
    OVERDUE: "Overdue",
    **{str(s): label for s, label in STATUS_LABELS.items()},
}

YEARS_AHEAD_MOST = 10


@dataclass(frozen=True)
class Standing:
    """An action's state as the Board sees it on a day: its label and a kind for its colour."""

    label: str
    kind: str
    days_overdue: int = 0


def is_overdue(status: str, due_on: date, today: date) -> bool:
    """An action is overdue once its day has ended and it is not complete."""
    return status != Status.COMPLETE and due_on < today


def standing(status: str, due_on: date, today: date) -> Standing:
    """What to print for an action: overdue is computed, never claimed."""
    if is_overdue(status, due_on, today):
        days = (today - due_on).days
        return Standing(f"Overdue by {days} day{'s' if days != 1 else ''}", "overdue", days)
    kinds = {
        Status.NOT_STARTED: "todo",
        Status.ON_TRACK: "doing",
        Status.AT_RISK: "at_risk",
        Status.COMPLETE: "done",
    }
    return Standing(STATUS_LABELS[Status(status)], kinds[Status(status)])


def owner_name_fault(name: str) -> str | None:
    """The sentence that says why a name will not do, or None. Practice asks for a person, not a post."""
    words = name.split()
    if not words:
        return "Enter the full name of the person who will see this done."
    if OPEN_ENDED.search(name) or len(words) < 2:
        return "Enter a first name and a surname: an action belongs to a person, not only to a post."
    return None


def owner_role_fault(role: str) -> str | None:
    """The sentence that says why a role will not do, or None."""
    if not role.strip():
        return "Enter the role of the person who will see this done, for example “Head of Safeguarding”."
    return None


DUE_WANTED = "Enter the day by which this will be done, for example 31 3 2027."


def due_fault(due_on: date | None, *, since: date, typed: str = "") -> str | None:
    """The sentence that says why a completion date will not do, or None.

    `since` is the day the action is agreed; `typed` is what stood in the field, if it was no date.
    """
    if OPEN_ENDED.search(typed):
        return f"“{typed.strip()}” is not a date. {DUE_WANTED}"
    if due_on is None:
        return DUE_WANTED
    if due_on < since:
        return "The completion date lies in the past. Enter a day from today on."
    if due_on.year > since.year + YEARS_AHEAD_MOST:
        return f"The completion date lies more than {YEARS_AHEAD_MOST} years ahead. Check the year."
    return None


def update_fault(status: str, text: str) -> str | None:
    """The sentence that says what an update still lacks, or None. Complete has to be shown, not only said."""
    if not text.strip():
        return "Say what has been done, or what stands in the way."
    if status == Status.COMPLETE and len(text.split()) < 4:
        return "Say what shows that this is complete and what difference it made: one word is not enough."
    return None


@dataclass(frozen=True)
class PlanFilter:
    """What a reader asks of the plan; it stays in the address, so a view of the plan can be sent on."""

    status: str = ""
    source: str = ""
    organisation: str = ""
    search: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What goes into the address: only what was asked for."""
        named = {
            "status": self.status, "source": self.source,
            "organisation": self.organisation, "search": self.search,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class PlanCounts:
    """How many actions there are in all, still open, overdue (which are open too) and complete."""

    total: int = 0
    open: int = 0
    overdue: int = 0
    complete: int = 0

    @property
    def sentence(self) -> str:
        """12 open, 3 overdue."""
        return f"{self.open} open, {self.overdue} overdue"


@dataclass(frozen=True)
class ActionDraft:
    """An action as somebody typed it, not yet kept."""

    text: str
    owner_name: str
    owner_role: str
    due_on: date | None
    outcome: str = ""
    evidence_expected: str = ""
    mechanism: str = ""
