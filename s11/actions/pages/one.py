"""One action: what was promised, how its dates moved, and its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.actions.models import Action, Milestone, ShownForAction, Update
from s11.actions.pages.words import RECOMMENDATION_LABELS, about, answered_by, mechanism_of, source_of
from s11.actions.rules import (
    PRIORITY_LABELS,
    SAYING_LABELS,
    STATUS_LABELS,
    Priority,
    Saying,
    Source,
    Status,
    why_moved,
)
from s11.evidence import scanning
from s11.evidence.rules import status_words


@dataclass(frozen=True)
class Said:
    """One entry of an action's timeline."""

    when: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True)
class Moved:
    """One time an action was given another date, and why; `before` is None where it had none."""

    when: datetime
    who: str
    before: date | None
    after: date | None
    why: str


@dataclass(frozen=True)
class Step:
    """A step on the way, and how it stands."""

    step: Milestone
    words: str
    kind: str


def facts(action: Action) -> list[tuple[str, str]]:
    """What was promised and why, as label and text, without what is empty."""
    listed = [
        ("Source", source_of(action)),
        ("About", about(action)),
        (RECOMMENDATION_LABELS.get(Source(action.source), "Recommendation"), answered_by(action)),
        ("Intended difference", action.outcome),
        ("What will show it", action.evidence_expected),
        ("Mechanism", mechanism_of(action)),
        ("Theme", action.theme),
        ("Resources", action.resources),
        ("If it does not work", action.contingency),
        ("Priority", PRIORITY_LABELS[Priority(action.priority)] if action.priority else ""),
    ]
    return [(label, text) for label, text in listed if text]


def owners(action: Action) -> str:
    """Who leads, and a line for whoever has a part in it."""
    others = (
        ", ".join(part for part in (one.name, one.role, one.organisation and one.organisation.name) if part)
        for one in action.owners
    )
    return "\n".join([action.led_by or "Nobody yet", *others])


def timeline(action: Action, updates: list[Update]) -> list[Said]:
    """Everything said of an action, newest first, down to the day it was added."""
    entries = [Said(u.at, u.person_name, _what(u), u.text) for u in updates]
    until = f", to be done by {_day(action.first_due_on)}" if action.first_due_on else ""
    return [*entries, Said(action.created_at, action.created_by_name, f"Added to the plan{until}", "")]


def moved(moves: Iterable[Update]) -> list[Moved]:
    """Every date an action was given after its first, and why."""
    return [
        Moved(one.at, one.person_name, one.due_before, one.due_after, why_moved(one.text)) for one in moves
    ]


def steps(action: Action, today: date) -> list[Step]:
    """The steps on the way, each with how it stands on a day."""
    return [Step(step, *_standing(step, today)) for step in action.milestones]


def _standing(step: Milestone, today: date) -> tuple[str, str]:
    if step.done_on is not None:
        return f"Reached on {_day(step.done_on)}", "done"
    if step.due_on is None:
        return "No date", "todo"
    late = (today - step.due_on).days
    if late > 0:
        return f"Overdue by {late} day{'s' if late != 1 else ''}", "alert"
    return f"By {_day(step.due_on)}", "todo"


def claimed(updates: Iterable[Update]) -> Update | None:
    """The entry, of a history that is newest first, with which an action was said to be complete."""
    return next(
        (one for one in updates if one.kind == Saying.PROGRESS and one.status == Status.COMPLETE), None
    )


def locked(shown: Sequence[ShownForAction]) -> dict[int, str]:
    """How each file that may not be opened stands, by the revision's id; empty where it may."""
    scans = scanning.is_configured()
    return {
        one.revision_id: one.revision.gone or status_words(one.revision, scans)
        for one in shown
        if one.revision.storage_key or one.revision.gone
    }


def in_a_list(action: Action) -> str:
    """An action as a choice among others."""
    text = action.text if len(action.text) <= 90 else f"{action.text[:89]}…"
    return f"{text} ({action.holder}, {STATUS_LABELS[Status(action.status)].lower()})"


def _what(update: Update) -> str:
    if update.kind == Saying.PROGRESS:
        label = STATUS_LABELS[Status(update.status)]
    else:
        label = SAYING_LABELS[Saying(update.kind)]
    if update.due_after is None:
        return label
    if update.due_before is None:
        return f"{label}, date set to {_day(update.due_after)}"
    return f"{label}, date moved from {_day(update.due_before)} to {_day(update.due_after)}"


def _day(value: date | None) -> str:
    return f"{value.day} {value:%B %Y}" if value else ""
