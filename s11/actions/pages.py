"""What the pages of the plan print."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from s11.actions import queries
from s11.actions.models import Action, Update
from s11.actions.rules import (
    MECHANISM_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    Mechanism,
    Source,
    Standing,
    Status,
    is_open,
    standing,
)
from s11.core import clock
from s11.cycles.queries import content_of
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.queries import ActionLine, of_standard

# What stands in `recommendation`, by where the action comes from.
RECOMMENDATION_LABELS = {
    Source.CHALLENGE: "What was asked",
    Source.SELF_ASSESSMENT: "What it answers",
}
# The kinds of rules.standing in the words of the status component.
KINDS = {
    "overdue": "alert", "at_risk": "warn", "todo": "todo", "doing": "doing", "claimed": "done",
    "done": "done", "gone": "todo",
}  # fmt: skip


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


@dataclass(frozen=True)
class Said:
    """One entry of an action's timeline."""

    when: datetime
    who: str
    what: str
    detail: str


def source_of(action: Action) -> str:
    """Practice review: Child Q, 2026."""
    label = SOURCE_LABELS[Source(action.source)]
    title = action.plan_source.title if action.plan_source else action.source_title
    return f"{label}: {title}" if title else label


def answered_by(action: Action) -> str:
    """What an action answers: recommendations with their numbers, or the words it came with."""
    if not action.recommendations:
        return action.recommendation
    return "\n".join(f"{one.number} {one.text}".strip() for one in action.recommendations)


def about(action: Action) -> str:
    """The standard an action is about, and the criterion where it has one: "1 Leadership, criterion 1.2"."""
    if action.cycle is None or not action.standard_key:
        return ""
    edition = content_of(action.cycle)
    standard = next((one for one in edition.standards if one.key == action.standard_key), None)
    if standard is None:
        return ""
    criterion = next((one for one in standard.criteria if one.key == action.criterion_key), None)
    title = f"{standard.number} {standard.title}"
    return f"{title}, criterion {criterion.number}" if criterion else title


def mechanism_of(action: Action) -> str:
    return MECHANISM_LABELS[Mechanism(action.mechanism)] if action.mechanism else ""


def facts(action: Action) -> list[tuple[str, str]]:
    """What was promised and why, as label and text, without what is empty."""
    listed = [
        ("Source", source_of(action)),
        ("About", about(action)),
        (RECOMMENDATION_LABELS.get(Source(action.source), "Recommendation"), answered_by(action)),
        ("Intended difference", action.outcome),
        ("What will show it", action.evidence_expected),
        ("Mechanism", mechanism_of(action)),
    ]
    return [(label, text) for label, text in listed if text]


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


def beside(return_: Return) -> dict[str, list[ActionLine]]:
    """An organisation's actions by the criterion of a return they belong to, or else by its standard."""
    edition, today = returns.edition_of(return_), clock.today()
    # Of the parts of a divided question the first asks about it: once is enough.
    follows = {key: c.key for c in reversed(edition.criteria) for key in c.change_from}
    criteria, standards = edition.by_key, {standard.key for standard in edition.standards}
    found: dict[str, list[ActionLine]] = defaultdict(list)
    for action in queries.beside(return_):
        key = action.criterion_key
        if key not in criteria:
            key = follows.get(key, "")
        if key:
            found[key].append(_line(action, return_, today))
        elif action.standard_key in standards:
            found[of_standard(action.standard_key)].append(_line(action, return_, today))
    return found


def _line(action: Action, return_: Return, today: date) -> ActionLine:
    stands = standing(action.status, action.due_on, today)
    return ActionLine(
        ref=action.ref,
        text=action.text,
        owner=action.led_by,
        due_on=action.due_on,
        standing=stands.label,
        kind=KINDS[stands.kind],
        is_open=is_open(action.status),
        earlier=action.cycle_id != return_.cycle_id,
    )


def timeline(action: Action, updates: list[Update]) -> list[Said]:
    """Everything said of an action, newest first, down to the day it was added."""
    entries = [Said(u.at, u.person_name, _what(u), u.text) for u in updates]
    added = f"Added to the plan, to be done by {_day(action.first_due_on)}"
    return [*entries, Said(action.created_at, action.created_by_name, added, "")]


def _what(update: Update) -> str:
    label = STATUS_LABELS[Status(update.status)]
    if update.due_after is None:
        return label
    return f"{label}, date moved from {_day(update.due_before)} to {_day(update.due_after)}"


def _day(value: date | None) -> str:
    return f"{value.day} {value:%B %Y}" if value else ""


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
