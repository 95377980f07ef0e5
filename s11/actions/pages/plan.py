"""Actions as lines of the plan."""

from dataclasses import dataclass
from datetime import date

from s11.actions.models import Action
from s11.actions.pages.words import KINDS, answered_by, mechanism_of, source_of
from s11.actions.rules import (
    STATUS_LABELS,
    Standing,
    Status,
    standing,
)


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


def row_of(action: Action, today: date) -> PlanRow:
    """An action as a line of the plan on a day."""
    stands = standing(action.status, action.due_on, today)
    return PlanRow(
        ref=action.ref,
        text=action.text,
        organisation=action.holder,
        owner=action.led_by,
        source=source_of(action),
        due_on=action.due_on,
        standing=stands,
        kind=KINDS[stands.kind],
    )


COLUMNS = (
    "Ref", "Organisation", "Source", "Recommendation", "Action", "Intended outcome", "Evidence expected",
    "Mechanism", "Owner", "Owner's role", "First date", "Date", "Standing", "Status", "Days overdue",
)  # fmt: skip


def sheet_row(action: Action, today: date) -> dict[str, object]:
    """An action as a row of a spreadsheet."""
    stands = standing(action.status, action.due_on, today)
    return {
        "Ref": action.ref,
        "Organisation": action.holder,
        "Source": source_of(action),
        "Recommendation": answered_by(action),
        "Action": action.text,
        "Intended outcome": action.outcome,
        "Evidence expected": action.evidence_expected,
        "Mechanism": mechanism_of(action),
        "Owner": action.owner_name,
        "Owner's role": action.owner_role,
        "First date": action.first_due_on,
        "Date": action.due_on,
        "Standing": stands.label,
        "Status": STATUS_LABELS[Status(action.status)],
        "Days overdue": stands.days_overdue,
    }
