"""Giving parts of a return to colleagues, who then answer those and no others."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.joining import operations as joining
from s11.joining.operations import Wanted
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import queries
from s11.returns.models import Assignment, Return
from s11.returns.operations.staging import check_open, hold
from s11.returns.queries import Contributor
from s11.returns.rules import NOTE_TO_COLLEAGUE_LONGEST, Act, Stage, next_stage
from s11.returns.shares import Thing
from s11.trail.operations import record


def give(
    return_: Return,
    standards: Sequence[StandardContent],
    person: Person,
    *,
    criteria: Sequence[CriterionContent] = (),
    due_on: date | None = None,
    note: str = "",
    by: Person | None,
    tell: bool = True,
) -> list[Assignment]:
    """Give standards and single criteria to a contributor, present or invited; gives what is new to them.

    What they were given before stays as it is, except that a standard takes the place of single criteria of
    it. `tell` writes to those who can sign in already.
    """
    hold_shareable(return_)
    things = things_among(return_, standards, criteria)
    check_chosen(things)
    contributor = contributor_of(return_, person)
    if contributor is None:
        raise Invalid("Choose one of your contributors.", field="person")
    check_due(return_, due_on)
    check_note(note)
    known = queries.given_to(person.id, return_.id)
    whole = {one.standard_id for one in known if one.criterion_id is None}
    single = {one.criterion_id for one in known}
    given = [
        t for t in things if t.standard.id not in whole and not (t.criterion and t.criterion.id in single)
    ]
    if not given:
        return []
    taken = {thing.standard.id for thing in given if thing.criterion is None}
    for one in known:
        if one.standard_id in taken:
            db.session.delete(one)
    db.session.flush()
    new = [_assignment(return_, thing, person, due_on=due_on, note=note, by=by) for thing in given]
    db.session.add_all(new)
    db.session.flush()
    note_in_trail("return:standards:given", return_, given, contributor.name, by=by, due_on=due_on)
    if tell and contributor.has_joined:
        what = "\n".join(thing.title for thing in given)
        until = f"\n\nPlease answer by {long_day(due_on)}." if due_on else ""
        write_to(
            return_,
            person,
            subject=f"You are asked to answer part of {return_.cycle.title}",
            text=f"{by.name if by else 'Your safeguarding lead'} has given you this part of the return of "
            f"{return_.organisation.name} to {return_.cycle.title}:\n\n{what}{until}",
        )
    return new


def _assignment(
    return_: Return, thing: Thing, person: Person, *, due_on: date | None, note: str, by: Person | None
) -> Assignment:
    return Assignment(
        return_id=return_.id,
        standard_id=thing.standard.id,
        criterion_id=thing.criterion.id if thing.criterion else None,
        person=person,
        person_id=person.id,
        due_on=due_on,
        note=note.strip(),
        given_at=clock.now(),
        given_by_name=by.name if by else "",
    )


def things_among(
    return_: Return, standards: Sequence[StandardContent], criteria: Sequence[CriterionContent]
) -> list[Thing]:
    """What was ticked, in the order printed; a criterion of a standard that was ticked is in it already."""
    whole, single = {one.id for one in standards}, {one.id for one in criteria}
    found = []
    for standard in queries.edition_of(return_).standards:
        if standard.id in whole:
            found.append(Thing(standard))
            continue
        found += [Thing(standard, criterion) for criterion in standard.criteria if criterion.id in single]
    return found


def check_chosen(things: Sequence[Thing]) -> None:
    if not things:
        raise Invalid(
            "Tick at least one standard to give. A single criterion of it will do.", field="standards"
        )


def invite(
    return_: Return,
    standards: Sequence[StandardContent],
    *,
    criteria: Sequence[CriterionContent] = (),
    name: str,
    email: str,
    job_title: str = "",
    due_on: date | None = None,
    note: str = "",
    by: Person,
) -> str:
    """Invite somebody as a contributor with a part of their own; gives the name they were invited by.

    What they were given counts once they have joined.
    """
    hold_shareable(return_)
    check_chosen(things_among(return_, standards, criteria))
    check_due(return_, due_on)
    check_note(note)
    wanted = Wanted(name=name, email=email, role=Role.CONTRIBUTOR, job_title=job_title.strip())
    membership = joining.invite(return_.organisation, wanted, by=by)
    give(
        return_,
        standards,
        membership.person,
        criteria=criteria,
        due_on=due_on,
        note=note,
        by=by,
        tell=False,
    )
    return name.strip()


def change(return_: Return, assignment: Assignment, *, due_on: date | None, note: str, by: Person) -> None:
    """Another day or another note for what is given already. It is asked again: it is not finished then."""
    hold_shareable(return_)
    if due_on != assignment.due_on:
        check_due(return_, due_on)
    check_note(note)
    if (due_on, note.strip()) == (assignment.due_on, assignment.note):
        return
    before = assignment.due_on
    assignment.due_on, assignment.note, assignment.finished_at = due_on, note.strip(), None
    note_in_trail(
        "return:standards:changed",
        return_,
        [thing_of(return_, assignment)],
        name_of(return_, assignment.person),
        by=by,
        due_on=due_on,
        before=before,
    )


def take_back(return_: Return, assignment: Assignment, *, by: Person) -> None:
    """Take it back: from the next request on it is not theirs to answer. Their words stay."""
    hold_shareable(return_)
    note_in_trail(
        "return:standards:taken_back",
        return_,
        [thing_of(return_, assignment)],
        name_of(return_, assignment.person),
        by=by,
    )
    db.session.delete(assignment)
    db.session.flush()


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


def thing_of(return_: Return, assignment: Assignment) -> Thing:
    """What an assignment is about, with everything the edition asks there."""
    edition = queries.edition_of(return_)
    standard = next(one for one in edition.standards if one.id == assignment.standard_id)
    return Thing(standard, edition.by_id[assignment.criterion_id] if assignment.criterion_id else None)


def long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def write_to(return_: Return, person: Person, *, subject: str, text: str, place: str = "") -> None:
    """Queue a mail that leads to the return, or a place in it. It holds titles, never an answer or a note."""
    address = current_app.config["S11"].address
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=subject,
        body=f"Dear {person.name},\n\n{text}\n\nSign in to answer: {address}/returns/{return_.ref}{place}\n",
        kind=Kind.TASK,
        organisation_id=return_.organisation_id,
    )


def note_in_trail(
    tag: str,
    return_: Return,
    things: Sequence[Thing],
    name: str,
    *,
    by: Person | None,
    due_on: date | None = None,
    before: date | None = None,
) -> None:
    after = {
        "standards": [thing.number for thing in things if thing.criterion is None],
        "criteria": [thing.number for thing in things if thing.criterion],
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
