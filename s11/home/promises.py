"""Actions as tasks: what is to be done, and what is to be said of the difference it made."""

from datetime import date

from flask import url_for

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.actions.rules import standing
from s11.home.tasks import Task, short
from s11.people.models import Person
from s11.web.filters import day


def action_tasks(person: Person, today: date) -> list[Task]:
    """What of the plan waits for this person."""
    return [*_unfinished(person, today), *_asked(person, today)]


def _asked(person: Person, today: date) -> list[Task]:
    """Actions of which the owner, or a lead in their place, is asked what difference they made."""
    return [
        Task(
            title=short(action.text),
            hint=f"What difference did it make for children? Asked since {day(action.ask_on)}.",
            href=url_for("actions.difference", ref=action.ref),
            status="To say",
            status_kind="warn",
            action="Answer",
            due_on=action.ask_on or today,
            for_another=action.owner_id != person.id,
        )
        for action in actions.asked_of(person, today)
    ]


def _unfinished(person: Person, today: date) -> list[Task]:
    """Unfinished actions of the person's own organisations, the oldest date first.

    Those of a trust's schools wait for the schools' own leads, and are in the plan.
    """
    found = [
        action
        for organisation_id in sorted({m.organisation_id for m in person.current if m.organisation_id})
        for action in actions.of_organisation(
            organisation_id, partnership_id=person.working_in, unfinished=True
        )
    ]
    tasks = []
    for action in sorted(found, key=lambda action: (action.due_on or today, action.id)):
        shown = standing(action.status, action.due_on, today)
        tasks.append(
            Task(
                title=short(action.text),
                hint=f"{whose(action, person)}, {_due(action)}.",
                href=url_for("actions.action", ref=action.ref),
                status=shown.label,
                status_kind={"overdue": "alert", "at_risk": "warn"}.get(shown.kind, shown.kind),
                action="Update",
                due_on=action.due_on or today,
                for_another=action.owner_id != person.id,
            )
        )
    return tasks


def _due(action: Action) -> str:
    return f"due {action.due_on.day} {action.due_on:%B %Y}" if action.due_on else "without a date yet"


def whose(action: Action, person: Person) -> str:
    return (
        "Your action"
        if action.owner_id == person.id
        else f"Your organisation's action, for {action.owner_name}"
    )
