"""Where an action comes from and what it answers, in words."""

from calendar import month_name
from datetime import date

from s11.actions.models import Action
from s11.actions.rules import (
    MECHANISM_LABELS,
    SOURCE_LABELS,
    Mechanism,
    Source,
)
from s11.cycles.queries import content_of

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


def source_of(action: Action) -> str:
    """Practice review: Child Q, 2026."""
    title = action.plan_source.title if action.plan_source else action.source_title
    return titled(action.source, title)


def titled(source: str, title: str) -> str:
    """A source by its kind, and its title where it has one."""
    label = SOURCE_LABELS[Source(source)]
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


def long_day(value: date | None) -> str:
    """21 March 2027."""
    return f"{value.day} {month_name[value.month]} {value.year}" if value else ""
