"""Giving the standards of a return to colleagues, who then answer those and no others."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import current_app

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.joining import operations as joining
from s11.joining.operations import Wanted
from s11.notices.operations import queue
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import StandardContent
from s11.returns import queries
from s11.returns.models import Assignment, Return
from s11.returns.operations.staging import check_open, hold
from s11.returns.queries import Contributor
from s11.returns.rules import NOTE_TO_COLLEAGUE_LONGEST, Act, Stage, next_stage, progress
from s11.trail.operations import record

BETWEEN_REMINDERS = timedelta(hours=20)


def give(
    return_: Return,
    standards: Sequence[StandardContent],
    person: Person,
    *,
    due_on: date | None = None,
    note: str = "",
    by: Person | None,
    tell: bool = True,
) -> list[Assignment]:
    """Give standards to a contributor, present or invited; gives those that are new to them.

    What they were given before stays as it is. `tell` writes to those who can sign in already.
    """
    hold_shareable(return_)
    if not standards:
        raise Invalid("Tick at least one standard to give.", field="standards")
    contributor = contributor_of(return_, person)
    if contributor is None:
        raise Invalid("Choose one of your contributors.", field="person")
    check_due(return_, due_on)
    check_note(note)
    known = queries.given_to(person.id, return_.id)
    new = [
        Assignment(
            return_id=return_.id,
            standard_id=standard.id,
            person=person,
            person_id=person.id,
            due_on=due_on,
            note=note.strip(),
            given_at=clock.now(),
            given_by_name=by.name if by else "",
        )
        for standard in standards
        if standard.id not in known
    ]
    if not new:
        return []
    db.session.add_all(new)
    db.session.flush()
    given = [s for s in standards if s.id not in known]
    note_in_trail("return:standards:given", return_, given, contributor.name, by=by, due_on=due_on)
    if tell and contributor.has_joined:
        what = "\n".join(titles(given))
        until = f"\n\nPlease answer by {long_day(due_on)}." if due_on else ""
        write_to(
            return_,
            person,
            subject=f"You are asked to answer part of {return_.cycle.title}",
            text=f"{by.name if by else 'Your safeguarding lead'} has given you this part of the return of "
            f"{return_.organisation.name} to {return_.cycle.title}:\n\n{what}{until}",
        )
    return new


def invite(
    return_: Return,
    standards: Sequence[StandardContent],
    *,
    name: str,
    email: str,
    job_title: str = "",
    due_on: date | None = None,
    note: str = "",
    by: Person,
) -> str:
    """Invite somebody as a contributor with standards of their own; gives the name they were invited by.

    What they were given counts once they have joined.
    """
    hold_shareable(return_)
    if not standards:
        raise Invalid("Tick at least one standard to give.", field="standards")
    check_due(return_, due_on)
    check_note(note)
    wanted = Wanted(name=name, email=email, role=Role.CONTRIBUTOR, job_title=job_title.strip())
    membership = joining.invite(return_.organisation, wanted, by=by)
    give(return_, standards, membership.person, due_on=due_on, note=note, by=by, tell=False)
    return name.strip()


def change(return_: Return, assignment: Assignment, *, due_on: date | None, note: str, by: Person) -> None:
    """Another day or another note for a standard that is given already."""
    hold_shareable(return_)
    if due_on != assignment.due_on:
        check_due(return_, due_on)
    check_note(note)
    if (due_on, note.strip()) == (assignment.due_on, assignment.note):
        return
    before = assignment.due_on
    assignment.due_on, assignment.note = due_on, note.strip()
    note_in_trail(
        "return:standards:changed",
        return_,
        [standard_of(return_, assignment)],
        name_of(return_, assignment.person),
        by=by,
        due_on=due_on,
        before=before,
    )


def take_back(return_: Return, assignment: Assignment, *, by: Person) -> None:
    """Take a standard back: from the next request on it is not theirs to answer. Their words stay."""
    hold_shareable(return_)
    note_in_trail(
        "return:standards:taken_back",
        return_,
        [standard_of(return_, assignment)],
        name_of(return_, assignment.person),
        by=by,
    )
    db.session.delete(assignment)
    db.session.flush()


def remind(return_: Return, person: Person, *, by: Person) -> None:
    """Write to a contributor about what they were given and have not finished; at most once a day."""
    hold_shareable(return_)
    contributor = contributor_of(return_, person)
    if contributor is None or not contributor.has_joined:
        raise DomainError(f"{name_of(return_, person)} cannot sign in as a contributor here just now.")
    given = queries.given_to(person.id, return_.id)
    standards = [s for s in queries.standards_of(return_) if s.id in given]
    waiting = [
        part.standard
        for part in progress(standards, queries.answer_facts(return_.id))
        if part.done < part.asked
    ]
    if not waiting:
        raise DomainError(f"{person.name} has finished everything they were given.")
    reminded = [a.reminded_at for a in given.values() if a.reminded_at is not None]
    if reminded and clock.now() - max(reminded) < BETWEEN_REMINDERS:
        raise DomainError(f"{person.name} was reminded today already. Try again tomorrow, or ring them.")
    lines = []
    for standard in waiting:
        assignment = given[standard.id]
        assignment.reminded_at = clock.now()
        due = f", by {long_day(assignment.due_on)}" if assignment.due_on else ""
        lines.append(f"{standard.number}. {standard.title}{due}")
    write_to(
        return_,
        person,
        subject=f"Reminder: your part of {return_.cycle.title}",
        text=f"{by.name} reminds you that this part of the return of {return_.organisation.name} to "
        f"{return_.cycle.title} waits for your answers:\n\n" + "\n".join(lines),
    )
    note_in_trail("return:standards:reminded", return_, waiting, person.name, by=by)


def check_shareable(return_: Return) -> None:
    """Refuse to change who answers what in a return that is not open for answers."""
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SHARE)


def hold_shareable(return_: Return) -> None:
    """The same of a return as it stands this moment, kept so until the work is over."""
    hold(return_)
    check_shareable(return_)


def contributor_of(return_: Return, person: Person) -> Contributor | None:
    """A person as a contributor of the organisation, present or invited."""
    found = queries.contributors(return_.organisation_id)
    return next((one for one in found if one.person.id == person.id), None)


def name_of(return_: Return, person: Person) -> str:
    """What somebody is called here: as they were invited until they have joined."""
    contributor = contributor_of(return_, person)
    return contributor.name if contributor else person.name


def check_due(return_: Return, due_on: date | None) -> None:
    """Refuse a day that is over, and one after the return itself is due."""
    if due_on is None:
        return
    if due_on < clock.today():
        raise Invalid("That day is over. Enter a day from today on.", field="due_on")
    if clock.today() <= return_.due_on < due_on:
        raise Invalid(
            f"The return itself is due on {long_day(return_.due_on)}. Choose that day or an earlier one.",
            field="due_on",
        )


def check_note(note: str) -> None:
    if len(note) > NOTE_TO_COLLEAGUE_LONGEST:
        raise Invalid(f"Shorten the note to {NOTE_TO_COLLEAGUE_LONGEST:,} characters.", field="note")


def standard_of(return_: Return, assignment: Assignment) -> StandardContent:
    """The standard of an assignment as the organisation is asked it."""
    return next(s for s in queries.edition_of(return_).standards if s.id == assignment.standard_id)


def titles(standards: Sequence[StandardContent]) -> list[str]:
    return [f"{standard.number}. {standard.title}" for standard in standards]


def long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def write_to(return_: Return, person: Person, *, subject: str, text: str) -> None:
    """Queue a mail that leads to the return. It holds titles of standards, never an answer or a note."""
    address = current_app.config["S11"].address
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=subject,
        body=f"Dear {person.name},\n\n{text}\n\nSign in to answer: {address}/returns/{return_.ref}\n",
        organisation_id=return_.organisation_id,
    )


def note_in_trail(
    tag: str,
    return_: Return,
    standards: Sequence[StandardContent],
    name: str,
    *,
    by: Person | None,
    due_on: date | None = None,
    before: date | None = None,
) -> None:
    after = {
        "standards": [standard.number for standard in standards],
        "name": name,
        **({"until": due_on.isoformat()} if due_on else {}),
    }
    record(
        tag,
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before={"until": before.isoformat()} if before else None,
        after=after,
    )
