"""How a part that was given comes to its end: finished, taken up again, asked for again, reminded of."""

from collections.abc import Sequence
from datetime import timedelta

from s11.core import clock
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.returns import queries
from s11.returns.models import Assignment, Return
from s11.returns.operations.sharing import (
    contributor_of,
    hold_shareable,
    long_day,
    name_of,
    note_in_trail,
    thing_of,
    write_to,
)
from s11.returns.rules import progress
from s11.returns.shares import only

BETWEEN_REMINDERS = timedelta(hours=20)


def finish(return_: Return, person: Person) -> None:
    """A contributor says that their part is done, whatever is still missing in it: the lead sees both."""
    hold_shareable(return_)
    open_ones = [one for one in queries.given_to(person.id, return_.id) if one.finished_at is None]
    if not open_ones:
        raise DomainError("You have said already that your part is finished.")
    for one in open_ones:
        one.finished_at = clock.now()
    things = [thing_of(return_, one) for one in open_ones]
    note_in_trail("return:part:finished", return_, things, person.name, by=person)


def take_up_again(return_: Return, person: Person) -> None:
    """A contributor says that their part is not finished after all."""
    hold_shareable(return_)
    done = [one for one in queries.given_to(person.id, return_.id) if one.finished_at is not None]
    if not done:
        return
    for one in done:
        one.finished_at = None
    things = [thing_of(return_, one) for one in done]
    note_in_trail("return:part:taken_up", return_, things, person.name, by=person)


def ask_again(return_: Return, assignment: Assignment, *, by: Person) -> None:
    """The lead asks for more where a contributor said that they had finished."""
    hold_shareable(return_)
    if assignment.finished_at is None:
        return
    assignment.finished_at = None
    thing = thing_of(return_, assignment)
    name = name_of(return_, assignment.person)
    note_in_trail("return:standards:asked_again", return_, [thing], name, by=by)
    write_to(
        return_,
        assignment.person,
        subject=f"Please look again at your part of {return_.cycle.title}",
        text=f"{by.name} asks you to look again at this part of the return of "
        f"{return_.organisation.name} to {return_.cycle.title}:\n\n{thing.title}",
    )


def remind(return_: Return, person: Person, *, by: Person, late_only: bool = False) -> None:
    """Write to a contributor about what they were given and have not finished; at most once a day."""
    hold_shareable(return_)
    contributor = contributor_of(return_, person)
    if contributor is None or not contributor.has_joined:
        raise DomainError(f"{name_of(return_, person)} cannot sign in as a contributor here just now.")
    given = queries.given_to(person.id, return_.id)
    complete = complete_among(return_, given)
    waiting = [one for one in given if one.id not in complete]
    if late_only:
        waiting = [one for one in waiting if is_late(one)]
    if not waiting:
        raise DomainError(f"{person.name} has finished everything they were given.")
    reminded = [one.reminded_at for one in given if one.reminded_at is not None]
    if reminded and clock.now() - max(reminded) < BETWEEN_REMINDERS:
        raise DomainError(f"{person.name} was reminded today already. Try again tomorrow, or ring them.")
    lines = []
    for one in waiting:
        # Asked again, whatever they said before.
        one.reminded_at, one.finished_at = clock.now(), None
        due = f", by {long_day(one.due_on)}" if one.due_on else ""
        lines.append(f"{thing_of(return_, one).title}{due}")
    write_to(
        return_,
        person,
        subject=f"Reminder: your part of {return_.cycle.title}",
        text=f"{by.name} reminds you that this part of the return of {return_.organisation.name} to "
        f"{return_.cycle.title} waits for your answers:\n\n" + "\n".join(lines),
    )
    things = [thing_of(return_, one) for one in waiting]
    note_in_trail("return:standards:reminded", return_, things, person.name, by=by)


def remind_late(return_: Return, *, by: Person) -> tuple[list[str], list[str]]:
    """Remind everybody who is over their day: who was written to, and the reasons why others were not."""
    hold_shareable(return_)
    over = [one for one in queries.assignments(return_.id) if is_late(one)]
    complete = complete_among(return_, over)
    late = {one.person_id: one.person for one in over if one.id not in complete}
    if not late:
        raise DomainError("Nobody is late just now.")
    told, refused = [], []
    for person in late.values():
        try:
            remind(return_, person, by=by, late_only=True)
            told.append(person.name)
        except DomainError as refusal:
            refused.append(refusal.sentence)
    return told, refused


def is_late(assignment: Assignment) -> bool:
    """Whether the day of something given is over and its contributor has not said that it is finished."""
    due_on = assignment.due_on
    return due_on is not None and due_on < clock.today() and assignment.finished_at is None


def complete_among(return_: Return, given: Sequence[Assignment]) -> set[int]:
    """The ids of those in which nothing is missing; what is not asked any more misses nothing."""
    asked = {standard.id: standard for standard in queries.standards_of(return_)}
    facts, values = queries.answer_facts(return_.id), queries.values_in(return_)
    found = set()
    for one in given:
        standard = asked.get(one.standard_id)
        if standard is not None and one.criterion_id is not None:
            standard = only(standard, {one.criterion_id})
        parts = progress([standard] if standard else [], facts, values)
        if all(part.kind == "done" for part in parts):
            found.add(one.id)
    return found
