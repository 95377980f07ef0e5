"""The plan as rows of a spreadsheet."""

from collections.abc import Iterator
from datetime import date

from s11.actions.pages.words import long_day, titled
from s11.actions.queries import Sheet, SheetLine, Step
from s11.actions.rules import (
    DIFFERENCE_LABELS,
    MECHANISM_LABELS,
    PRIORITY_LABELS,
    STATUS_LABELS,
    Difference,
    Mechanism,
    Priority,
    Status,
    standing,
    to_mend,
)
from s11.core import clock

COLUMNS = (
    "Ref", "Organisation", "Source", "Recommendation", "Theme", "Priority", "Action", "Intended outcome",
    "Evidence expected", "Mechanism", "Resources", "Contingency", "Owner", "Owner's role", "Further owners",
    "Milestones", "First date", "Date", "Times moved", "Standing", "Status", "Days overdue", "Last word",
    "Difference made", "What difference", "How it is known", "To be mended",
)  # fmt: skip


def sheet_rows(sheet: Sheet, today: date) -> Iterator[dict[str, object]]:
    """Each action as a row by the names of COLUMNS."""
    for line in sheet.lines:
        yield _row(line, sheet, today)


def _row(line: SheetLine, sheet: Sheet, today: date) -> dict[str, object]:
    stands = standing(line.status, line.due_on, today)
    what, known_by = sheet.impacts.get(line.id, ("", ""))
    return {
        "Ref": line.ref,
        "Organisation": line.holder,
        "Source": titled(line.source, line.source_title),
        "Recommendation": "\n".join(sheet.answered.get(line.id, ())) or line.recommendation,
        "Theme": "; ".join(sheet.themes.get(line.id, ())) or line.theme,
        "Priority": PRIORITY_LABELS[Priority(line.priority)] if line.priority else "",
        "Action": line.text,
        "Intended outcome": line.outcome,
        "Evidence expected": line.evidence_expected,
        "Mechanism": MECHANISM_LABELS[Mechanism(line.mechanism)] if line.mechanism else "",
        "Resources": line.resources,
        "Contingency": line.contingency,
        "Owner": line.owner_name,
        "Owner's role": line.owner_role,
        "Further owners": "\n".join(sheet.owners.get(line.id, ())),
        "Milestones": "\n".join(step_of(step) for step in sheet.steps.get(line.id, ())),
        "First date": line.first_due_on,
        "Date": line.due_on,
        "Times moved": line.times_moved,
        "Standing": stands.label,
        "Status": STATUS_LABELS[Status(line.status)],
        "Days overdue": stands.days_overdue,
        "Last word": clock.local(line.last_said_at).date() if line.last_said_at else None,
        "Difference made": DIFFERENCE_LABELS[Difference(line.difference)] if line.difference else "",
        "What difference": what,
        "How it is known": known_by,
        "To be mended": " ".join(to_mend(line.owner_name, line.owner_role, line.due_on)),
    }


def step_of(step: Step) -> str:
    """Policy drafted, by 31 March 2027, done 12 March 2027."""
    said = step.text
    if step.due_on:
        said += f", by {long_day(step.due_on)}"
    if step.done_on:
        said += f", done {long_day(step.done_on)}"
    return said
