"""What a challenge day is told of its packs and letters, and a return of what was released."""

from flask import url_for

from s11.challenge import queries as challenge
from s11.challenge.models import ChallengeDay
from s11.challenge.permissions import can_record
from s11.challenge.readiness import Step
from s11.challenge.rules import was_held
from s11.core import clock
from s11.packs import pages, queries
from s11.people.models import Person
from s11.returns.models import Return
from s11.returns.queries import FromTheBoard
from s11.web.filters import day as in_words
from s11.web.filters import plural


def packs(day: ChallengeDay, person: Person) -> Step | None:
    """How many packs are built for a day's cycle, and when the last one was."""
    if not can_record(person, day):
        return None
    built, href = queries.of_cycle(day.cycle_id), url_for("packs.cycle", ref=day.cycle.ref)
    if not built:
        return Step("Packs", "Missing", "todo", "None is built yet.", href)
    words = f"{plural(len(built), 'pack')}, the last of {in_words(built[0].built_at)}."
    return Step("Packs", "Ready", "done", words, href)


def letters(day: ChallengeDay, person: Person) -> Step | None:
    """How many feedback letters went, once the day is over or its record is closed."""
    if not can_record(person, day) or not was_held(day.held_on, day.finished_at, clock.today()):
        return None
    turns = [one for one in challenge.sessions(day.id) if one.organisation_id is not None]
    released = queries.letters_released(day.id)
    kind = "done" if turns and released >= len(turns) else "todo"
    href = url_for("letters.of_day", ref=day.ref)
    return Step("Feedback letters", f"{released} of {len(turns)} released", kind, "", href)


def released(return_: Return, person: Person) -> list[FromTheBoard]:
    """What the Board said of a return and gave its organisation to read."""
    return pages.of_return(return_, person)
