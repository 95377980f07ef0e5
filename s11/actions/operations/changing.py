"""Correcting what an action promises, and mending what an existing plan left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions import rules
from s11.actions.models import Action, Milestone, Owner, Recommendation, Update
from s11.actions.operations.adding import count_anew
from s11.actions.operations.checks import check, check_words, known_owner, take_turn
from s11.actions.rules import (
    MECHANISM_LABELS,
    NAME_LONGEST,
    PRIORITY_LABELS,
    Mechanism,
    OwnerDraft,
    Priority,
    Saying,
)
from s11.core import clock
from s11.core.database import db
from s11.people.models import Person
from s11.trail.operations import record


@dataclass(frozen=True)
class StepDetails:
    """A milestone as it is to be; `ref` names one that there is, empty makes a new one."""

    text: str
    due_on: date | None
    ref: str = ""


@dataclass(frozen=True)
class ActionDetails:
    """What an action promises. `due_on` counts only where it has no date: one it has moves in an update."""

    text: str
    owner_name: str
    owner_role: str
    due_on: date | None = None
    outcome: str = ""
    evidence_expected: str = ""
    mechanism: str = ""
    resources: str = ""
    contingency: str = ""
    priority: str = ""
    theme: str = ""
    owners: Sequence[OwnerDraft] = ()
    milestones: Sequence[StepDetails] = ()
    answers: Sequence[Recommendation] = ()


Said = dict[str, str]
# What is told of a change, with its words.
SHOWN = {
    "text": "Action", "outcome": "Intended difference", "evidence": "What will show it",
    "mechanism": "Mechanism", "resources": "Resources", "contingency": "If it does not work",
    "priority": "Priority", "theme": "Theme", "owner": "Owner", "due_on": "To be done by",
    "owners": "Others with a part", "steps": "Steps", "answers": "Recommendations it answers",
}  # fmt: skip
SAID_LONGEST = 1_000


def change(action: Action, details: ActionDetails, *, version: int, by: Person | None) -> Update | None:
    """Correct an action, and say in its history what was changed from what to what. None: nothing was.

    An action that was brought in may keep lacking what it lacks. Raises Stale when somebody saved a newer
    state than `version`, and Invalid with the field.
    """
    _check(action, details)
    before = _told(action)
    lacked = rules.to_mend(action.owner_name, action.owner_role, action.due_on)
    take_turn(action, version)
    _take(action, details)
    db.session.flush()
    after = _told(action)
    changed = [name for name in SHOWN if before[name] != after[name]]
    if not changed:
        return None
    lacks = rules.to_mend(action.owner_name, action.owner_role, action.due_on)
    said = Update(
        action_id=action.id,
        kind=Saying.MENDED if len(lacks) < len(lacked) else Saying.CHANGED,
        at=clock.now(),
        person_id=by.id if by else None,
        person_name=by.name if by else "System",
        status=action.status,
        text="\n".join(_sentence(name, before[name], after[name]) for name in changed),
    )
    db.session.add(said)
    db.session.flush()
    count_anew(action)
    record(
        "action:plan:mended" if said.kind == Saying.MENDED else "action:plan:changed",
        action.id,
        by=by,
        organisation_id=action.organisation_id,
        partnership_id=action.partnership_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return said


def _check(action: Action, details: ActionDetails) -> None:
    since = clock.local(action.created_at).date()
    check_words(details.text, details.mechanism, details.priority, [step.text for step in details.milestones])
    brought = action.import_id is not None
    name, role = _plain(details.owner_name), details.owner_role.strip()
    if name != action.owner_name and (name or not brought or action.owner_name):
        check("owner_name", rules.owner_name_fault(name))
    if role != action.owner_role and (role or not brought or action.owner_role):
        check("owner_role", rules.owner_role_fault(role))
    if action.due_on is None and (details.due_on is not None or not brought):
        check("due_on", rules.due_fault(details.due_on, since=since))
    there = {(one.name, one.role) for one in action.owners}
    for position, owner in enumerate(details.owners):
        if (_plain(owner.name), owner.role.strip()) not in there:
            check(f"owners-{position}-name", rules.owner_name_fault(owner.name))
            check(f"owners-{position}-role", rules.owner_role_fault(owner.role))
    dates = {one.ref: one.due_on for one in action.milestones}
    for position, step in enumerate(details.milestones):
        if step.ref not in dates or step.due_on != dates[step.ref]:
            check(f"milestones-{position}-due_on", rules.due_fault(step.due_on, since=since))
    strangers = [one for one in details.answers if one.source_id != action.source_id]
    check("answers", "Tick recommendations of the review this action comes from." if strangers else None)


def _take(action: Action, details: ActionDetails) -> None:
    action.text, action.outcome = details.text.strip(), details.outcome.strip()
    action.evidence_expected = details.evidence_expected.strip()
    action.mechanism, action.priority = details.mechanism, details.priority
    action.resources, action.contingency = details.resources.strip(), details.contingency.strip()
    action.theme = details.theme.strip()[:NAME_LONGEST]
    name = _plain(details.owner_name)
    if name != action.owner_name:
        action.owner_id = known_owner(action.organisation_id, name)
    action.owner_name, action.owner_role = name, details.owner_role.strip()[:NAME_LONGEST]
    if action.due_on is None and details.due_on is not None:
        action.due_on = details.due_on
        action.first_due_on = action.first_due_on or details.due_on
    action.recommendations = list(details.answers)
    _put_owners(action, details.owners)
    _put_steps(action, details.milestones)


def _put_owners(action: Action, wanted: Sequence[OwnerDraft]) -> None:
    """Leave who stays as they are, so that nobody who is known becomes a mere name."""
    there = {(one.name, one.role, one.organisation_id): one for one in action.owners}
    action.owners = [
        there.pop((_plain(one.name), one.role.strip(), one.organisation_id), None)
        or Owner(
            name=_plain(one.name),
            role=one.role.strip()[:NAME_LONGEST],
            organisation_id=one.organisation_id,
            person_id=known_owner(one.organisation_id, one.name),
        )
        for one in wanted
    ]
    for position, owner in enumerate(action.owners):
        owner.position = position


def _put_steps(action: Action, wanted: Sequence[StepDetails]) -> None:
    """Keep the steps that are named by ref, with whether they are done; others are new or gone."""
    there = {one.ref: one for one in action.milestones}
    steps = []
    for position, one in enumerate(wanted):
        step = there.pop(one.ref, None) or Milestone()
        step.position, step.text, step.due_on = position, one.text.strip(), one.due_on
        steps.append(step)
    action.milestones = steps


def _told(action: Action) -> Said:
    """What an action promises, in words that can be compared."""
    return {
        "text": action.text,
        "outcome": action.outcome,
        "evidence": action.evidence_expected,
        "mechanism": MECHANISM_LABELS[Mechanism(action.mechanism)] if action.mechanism else "",
        "resources": action.resources,
        "contingency": action.contingency,
        "priority": PRIORITY_LABELS[Priority(action.priority)] if action.priority else "",
        "theme": action.theme,
        "owner": action.led_by,
        "due_on": _day(action.due_on),
        "owners": "; ".join(_owner(one) for one in action.owners),
        "steps": "; ".join(_step(one) for one in action.milestones),
        "answers": ", ".join(one.number or f"“{one.text[:60]}”" for one in action.recommendations),
    }


def _owner(owner: Owner) -> str:
    place = owner.organisation.short_name if owner.organisation else ""
    return ", ".join(part for part in (owner.name, owner.role, place) if part)


def _step(step: Milestone) -> str:
    return f"{step.text} ({_day(step.due_on)})" if step.due_on else step.text


def _sentence(name: str, before: str, after: str) -> str:
    return f"{SHOWN[name]}: from {_quoted(before)} to {_quoted(after)}."


def _quoted(words: str) -> str:
    if not words:
        return "nothing"
    return f"“{words[:SAID_LONGEST]}{'…' if len(words) > SAID_LONGEST else ''}”"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _plain(name: str) -> str:
    return " ".join(name.split())[:NAME_LONGEST]
