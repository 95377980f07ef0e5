"""Actions as lines of the plan."""

from dataclasses import dataclass
from datetime import date

from s11.actions.models import Action, Impact, Milestone
from s11.actions.pages.words import KINDS, answered_by, long_day, mechanism_of, source_of
from s11.actions.rules import (
    DIFFERENCE_LABELS,
    PRIORITY_LABELS,
    STATUS_LABELS,
    Difference,
    Priority,
    Standing,
    Status,
    days_silent,
    standing,
    to_mend,
)
from s11.core import clock


@dataclass(frozen=True)
class PlanRow:
    """One action of the plan as a line."""

    ref: str
    text: str
    organisation: str
    owner: str
    source: str
    due_on: date | None
    standing: Standing
    kind: str
    times_moved: int = 0
    said_on: date | None = None
    # For how many days nobody has said anything, where that is too long.
    silent: int = 0


def row_of(action: Action, today: date) -> PlanRow:
    """An action as a line of the plan on a day."""
    stands = standing(action.status, action.due_on, today)
    said_on = clock.local(action.last_said_at).date() if action.last_said_at else None
    return PlanRow(
        ref=action.ref,
        text=action.text,
        organisation=action.holder,
        owner=action.led_by,
        source=source_of(action),
        due_on=action.due_on,
        standing=stands,
        kind=KINDS[stands.kind],
        times_moved=action.times_moved,
        said_on=said_on,
        silent=days_silent(action.status, said_on or clock.local(action.created_at).date(), today),
    )


COLUMNS = (
    "Ref", "Organisation", "Source", "Recommendation", "Theme", "Priority", "Action", "Intended outcome",
    "Evidence expected", "Mechanism", "Resources", "Contingency", "Owner", "Owner's role", "Further owners",
    "Milestones", "First date", "Date", "Times moved", "Standing", "Status", "Days overdue", "Last word",
    "Difference made", "What difference", "How it is known", "To be mended",
)  # fmt: skip


def sheet_row(action: Action, today: date, impact: Impact | None = None) -> dict[str, object]:
    """An action as a row of a spreadsheet, with what was last answered about its difference."""
    stands = standing(action.status, action.due_on, today)
    return {
        "Ref": action.ref,
        "Organisation": action.holder,
        "Source": source_of(action),
        "Recommendation": answered_by(action),
        "Theme": "; ".join(themes_of(action)),
        "Priority": PRIORITY_LABELS[Priority(action.priority)] if action.priority else "",
        "Action": action.text,
        "Intended outcome": action.outcome,
        "Evidence expected": action.evidence_expected,
        "Mechanism": mechanism_of(action),
        "Resources": action.resources,
        "Contingency": action.contingency,
        "Owner": action.owner_name,
        "Owner's role": action.owner_role,
        "Further owners": "\n".join(_joined(owner.name, owner.role) for owner in action.owners),
        "Milestones": "\n".join(step_of(step) for step in action.milestones),
        "First date": action.first_due_on,
        "Date": action.due_on,
        "Times moved": action.times_moved,
        "Standing": stands.label,
        "Status": STATUS_LABELS[Status(action.status)],
        "Days overdue": stands.days_overdue,
        "Last word": clock.local(action.last_said_at).date() if action.last_said_at else None,
        "Difference made": DIFFERENCE_LABELS[Difference(action.difference)] if action.difference else "",
        "What difference": impact.what if impact else "",
        "How it is known": impact.known_by if impact else "",
        "To be mended": " ".join(to_mend(action.owner_name, action.owner_role, action.due_on)),
    }


def themes_of(action: Action) -> list[str]:
    """The themes an action stands under: those of the recommendations it answers, or its own."""
    answered = {one.theme for answer in action.recommendations for one in answer.themes}
    return sorted(answered) or ([action.theme] if action.theme else [])


def step_of(step: Milestone) -> str:
    """Policy drafted, by 31 March 2027, done 12 March 2027."""
    by = f"by {long_day(step.due_on)}" if step.due_on else ""
    done = f"done {long_day(step.done_on)}" if step.done_on else ""
    return _joined(step.text, by, done)


def _joined(*said: str) -> str:
    return ", ".join(part for part in said if part)
