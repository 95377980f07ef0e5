"""One action: what was promised, and its history."""

from dataclasses import dataclass
from datetime import date, datetime

from s11.actions.models import Action, Update
from s11.actions.pages.words import RECOMMENDATION_LABELS, about, answered_by, mechanism_of, source_of
from s11.actions.rules import (
    STATUS_LABELS,
    Source,
    Status,
)


@dataclass(frozen=True)
class Said:
    """One entry of an action's timeline."""

    when: datetime
    who: str
    what: str
    detail: str


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
