"""Giving returns to moderators, taking them away, and going on without somebody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.core.database import db, put_all
from s11.core.errors import DomainError, Invalid
from s11.core.refs import new_ref
from s11.cycles.models import Cycle
from s11.moderation import queries
from s11.moderation.models import Assignment
from s11.moderation.operations.holding import note
from s11.moderation.permissions import ADVISERS, MODERATORS, moderates_in
from s11.moderation.rules import TAKEN_AWAY, WHY_LONGEST, WITHOUT, why_fault
from s11.moderation.sharing import Candidate, ToModerate, why_not
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.people.models import Person
from s11.returns import operations as returns
from s11.returns.models import Return
from s11.returns.rules import Stage
from s11.trail.operations import record


@dataclass(frozen=True)
class Assigned:
    """How many returns were given out, to how many moderators, and the sentences of what was refused."""

    returns: int
    moderators: int
    refused: tuple[str, ...]


def candidates(cycle: Cycle, returns_in: Iterable[ToModerate]) -> list[Candidate]:
    """Everybody with a role in which they moderate this cycle, by name, with how many they hold."""
    found = [
        person
        for person in queries.can_moderate_in(cycle.partnership_id, *MODERATORS, *ADVISERS)
        if moderates_in(person, cycle)
    ]
    near = queries.interests_among([person.id for person in found])
    held = [person_id for one in returns_in for person_id in one.given]
    return [
        Candidate(
            person.id, person.ref, person.name, moderates=True, bound_to=person.bound_to,
            too_near=near.get(person.id, frozenset()), holds=held.count(person.id),
        )
        for person in found
    ]  # fmt: skip


def assign(
    cycle: Cycle, pairs: Sequence[tuple[str, str]], *, due_on: date, by: Person, tell: bool = True
) -> Assigned:
    """Give returns to moderators: pairs of the ref of a return and the ref of a person.

    What cannot be given is refused with a sentence, and the rest is given all the same. Who rated some of
    a return before it was taken away finds it as it was. Raises Invalid (field "due_on") for a day that is
    over, DomainError where nothing that was named is in.
    """
    if due_on < clock.today(cycle.partnership.time_zone):
        raise Invalid("Choose a day that is still to come.", field="due_on")
    db.session.refresh(cycle, ["id"], with_for_update=True)  # of two who give out at once, one waits
    to_give = queries.to_give(cycle.id)
    people = {one.ref: one for one in candidates(cycle, to_give.values())}
    given: dict[str, list[Candidate]] = defaultdict(list)
    refused = []
    for return_ref, person_ref in dict.fromkeys(pairs):
        one, who = to_give.get(return_ref), people.get(person_ref)
        if one is None:
            continue
        if who is None:
            refused.append(f"One of those you chose has no role in which they moderate {one.organisation}.")
        elif sentence := why_not(one, who) or _own(one, by):
            refused.append(sentence)
        else:
            given[one.ref].append(who)
    if not given and not refused:
        raise DomainError("None of the returns you chose is in any more. Look at the list again.")
    _keep(given, to_give, due_on=due_on, by=by)
    _note_given(cycle, given, to_give, by=by)
    told = _by_person(given)
    if tell:
        _tell(cycle, told, due_on=due_on)
    return Assigned(len(given), len(told), tuple(dict.fromkeys(refused)))


def _own(one: ToModerate, by: Person) -> str:
    own = one.organisation_id in by.bound_to or (one.parent_id or 0) in by.bound_to
    return f"You belong to {one.organisation}, so somebody else gives it out." if own else ""


def _keep(
    given: dict[str, list[Candidate]], to_give: dict[str, ToModerate], *, due_on: date, by: Person
) -> None:
    known = queries.assignments_of([to_give[ref].return_id for ref in given])
    about = {"due_on": due_on, "assigned_at": clock.now(), "assigned_by_name": by.name}
    new = []
    for ref, chosen in given.items():
        one = to_give[ref]
        for who in chosen:
            before = known.get((one.return_id, one.round, who.person_id))
            if before is None:
                key = {"return_id": one.return_id, "round": one.round, "person_id": who.person_id}
                new.append({"ref": new_ref(), "declined_reason": "", **key, **about})
                continue
            # Taken up again after it was taken away: they declare anew, and what they rated is there.
            before.declined_at, before.declined_reason, before.declared_at = None, "", None
            before.due_on, before.assigned_at, before.assigned_by_name = due_on, clock.now(), by.name
    db.session.flush()
    put_all(Assignment, new)


def _note_given(
    cycle: Cycle, given: dict[str, list[Candidate]], to_give: dict[str, ToModerate], *, by: Person
) -> None:
    for ref, chosen in given.items():
        record(
            "return:moderation:assigned",
            to_give[ref].return_id,
            by=by,
            organisation_id=to_give[ref].organisation_id,
            partnership_id=cycle.partnership_id,
            after={"count": len(chosen)},
        )


def _by_person(given: dict[str, list[Candidate]]) -> dict[int, int]:
    """How many returns each person was given, by the person's id."""
    told: dict[int, int] = defaultdict(int)
    for chosen in given.values():
        for who in chosen:
            told[who.person_id] += 1
    return told


def _tell(cycle: Cycle, told: dict[int, int], *, due_on: date) -> None:
    """One mail each: how many, of which cycle, by when; no organisation and no content."""
    queue_all(
        Draft(
            to_address=person.email,
            to_name=person.name,
            subject=f"Returns to moderate: {cycle.title}",
            body=f"Dear {person.name},\n\nYou have been given "
            f"{'one return' if told[person.id] == 1 else f'{told[person.id]} returns'} to moderate in "
            f"{cycle.title}, by {due_on.day} {due_on:%B %Y}. Sign in and open “Returns to moderate”. Before "
            "your first rating you say whether anything stands in the way. What others rate you see when you "
            "have finished.",
            kind=Kind.TASK,
            partnership_id=cycle.partnership_id,
            about=cycle.ref,
        )
        for person in queries.can_moderate_in(cycle.partnership_id, *MODERATORS, *ADVISERS)
        if person.id in told
    )


def take_away(return_: Return, person_ref: str, *, by: Person) -> str:
    """Take a return away from a moderator; what they rated is kept. Gives the name."""
    returns.hold(return_)
    _check_submitted(return_)
    assignment = next((one for one in queries.given_of(return_) if one.person.ref == person_ref), None)
    if assignment is None:
        raise DomainError("This return is not with them any more. Look at the list again.")
    if assignment.finished_at is not None:
        raise DomainError(f"{assignment.person.name} has finished, so what they rated stands.")
    assignment.declined_at, assignment.declined_reason = clock.now(), TAKEN_AWAY
    note("return:moderation:taken_away", return_, by=by)
    return assignment.person.name


def go_on_without(return_: Return, reason: str, *, by: Person) -> list[str]:
    """Let the agreed ratings be chosen without those who have not finished. Gives their names."""
    returns.hold(return_)
    _check_submitted(return_)
    fault = why_fault(reason, empty="Say why you go on without them.", most=WHY_LONGEST - len(WITHOUT))
    if fault:
        raise Invalid(fault, field="reason")
    given = queries.given_of(return_)
    missing = [one for one in given if one.finished_at is None]
    if not missing:
        raise DomainError("Nobody is waited for: every moderator has finished.")
    for assignment in missing:
        assignment.declined_at, assignment.declined_reason = clock.now(), WITHOUT + reason.strip()
    note("return:moderation:gone_on", return_, by=by, after={"count": len(missing)})
    return [one.person.name for one in missing]


def _check_submitted(return_: Return) -> None:
    if Stage(return_.stage) is not Stage.SUBMITTED:
        raise DomainError("This return is not waiting to be moderated, so its moderators stay as they were.")
