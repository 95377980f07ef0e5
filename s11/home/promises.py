"""Actions as tasks: to do, to say what difference they made, and for the Board to accept or return."""

from datetime import date

from flask import url_for

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.actions.rules import PlanFilter, Status, standing
from s11.home.tasks import Task, short
from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.web.filters import day, plural

JUDGES = OFFICE | {Role.CHAIR}


def action_tasks(person: Person, today: date) -> list[Task]:
    """What of the plan waits for this person."""
    return [*_unfinished(person, today), *_asked(person, today), *_claimed(person, today)]


def _asked(person: Person, today: date) -> list[Task]:
    """Actions of which the owner, or a lead in their place, is asked what difference they made."""
    return [
        Task(
            title=f"What difference did it make? {short(action.text, 80)}",
            hint=f"Accepted by the Board{f' on {day(action.verified_at)}' if action.verified_at else ''}.",
            href=url_for("actions.difference", ref=action.ref),
            status="Asked",
            status_kind="warn",
            action="Answer",
            due_on=action.ask_on or today,
            for_another=action.owner_id != person.id,
        )
        for action in actions.asked_of(person, today)
    ]


def _claimed(person: Person, today: date) -> list[Task]:
    """How many actions are said to be complete, for whoever accepts or returns them."""
    if not any(person.roles_for(id_) & JUDGES for id_ in person.partnership_ids):
        return []
    count = actions.how_many(person, PlanFilter(status=Status.COMPLETE), today=today)
    if not count:
        return []
    return [
        Task(
            title=f"{plural(count, 'action')} said to be complete",
            hint="Look at what shows it, and accept it or return it.",
            href=url_for("actions.plan", status=str(Status.COMPLETE)),
            status="To verify",
            status_kind="warn",
            action="Look at them",
        )
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
