"""Requests for evidence as tasks: to answer for whoever is asked, to judge for whoever asked."""

from datetime import date

from flask import url_for

from s11.evidence.requests import permissions, queries
from s11.evidence.requests.queries import Line
from s11.evidence.requests.rules import Turn
from s11.home.tasks import Task
from s11.people.models import Person


def request_tasks(person: Person, today: date) -> list[Task]:
    """What waits for this person, as one of the organisation or of the partnership."""
    own = queries.of_organisations(person.organisation_ids, partnership_id=person.working_in, today=today)
    tasks = [
        task(line, f"For {line.request.organisation.name}", "Answer")
        for line in own
        if line.standing.turn is Turn.ORGANISATION and permissions.can_answer(person, line.request)
    ]
    for place in person.partnership_ids:
        kinds = permissions.kinds_asked(person, place)
        for line in queries.of_partnership(place, kinds=kinds, today=today):
            if line.standing.turn is Turn.OFFICE and permissions.can_judge(person, line.request):
                tasks.append(task(line, f"{line.request.organisation.name} has answered", "Read and judge"))
    return tasks


def task(line: Line, whose: str, action: str) -> Task:
    due = line.request.due_on
    return Task(
        title=f"Evidence: {line.request.title}",
        hint=f"{whose}. Due {due.day} {due:%B %Y}.",
        href=url_for("evidence_requests.one", ref=line.request.ref),
        status="Late" if line.standing.is_late else line.standing.words,
        status_kind=line.standing.kind,
        action=action,
        due_on=due,
    )
