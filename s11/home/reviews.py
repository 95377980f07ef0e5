"""What a questionnaire in review asks of people: of some their comments, of the office its answers."""

from datetime import date

from flask import url_for

from s11.home.tasks import Task
from s11.people.models import Person
from s11.questionnaires.in_review import Asking, asking
from s11.questionnaires.permissions import can_change, is_asked
from s11.questionnaires.stages import COMMENTED, Stage
from s11.web.filters import day, plural


def review_tasks(person: Person, today: date) -> list[Task]:
    """A line for each edition that waits for this person."""
    tasks = []
    for one in asking(person.partnership_ids):
        if Stage(one.edition.stage) in COMMENTED and is_asked(person, one.edition):
            tasks.append(_wanted(one, today))
        if one.unanswered and can_change(person, one.edition):
            tasks.append(_to_answer(one))
    return tasks


def _wanted(one: Asking, today: date) -> Task:
    by = f" by {day(one.until)}" if one.until else ""
    late = one.until is not None and one.until < today
    return Task(
        title=f"Comments wanted on {one.edition.title}{by}",
        hint="Read what would change in the questionnaire, and say what you think of it.",
        href=_review(one),
        status="Late" if late else "In review",
        status_kind="alert" if late else "doing",
        action="Read and comment",
        due_on=one.until or date.max,
    )


def _to_answer(one: Asking) -> Task:
    return Task(
        title=f"{plural(one.unanswered, 'comment')} to answer on {one.edition.title}",
        hint="Answer each, or resolve it.",
        href=_review(one),
        status="Waiting for you",
        status_kind="warn",
        action="Read and answer",
    )


def _review(one: Asking) -> str:
    return url_for("questionnaires.review", ref=one.edition.code)
