"""What a moderator declares: that nothing stands in the way, or that they are too near."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle
from s11.moderation import queries
from s11.moderation.models import Assignment, Interest
from s11.moderation.operations.holding import note
from s11.moderation.rules import why_fault
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import FRAMEWORKS_OF_ROLE, OFFICE, Role
from s11.returns import operations as returns
from s11.returns.rules import Stage
from s11.trail.operations import record

TOO_NEAR = "Say in what way you are too near."


def declare(assignment: Assignment, *, by: Person) -> None:
    """Nothing stands in the way: they can begin."""
    check_rating(assignment)
    if assignment.declared_at is None:
        assignment.declared_at = clock.now()
        note("return:moderation:declared", assignment.return_, by=by)


def decline(assignment: Assignment, reason: str, *, for_good: bool, by: Person) -> None:
    """They are too near to this organisation: the office is told, and with `for_good` nobody gives them
    another return of it until they take that back."""
    check_rating(assignment)
    fault = why_fault(reason, empty=TOO_NEAR)
    if fault:
        raise Invalid(fault, field="reason")
    return_ = assignment.return_
    assignment.declined_at, assignment.declined_reason = clock.now(), reason.strip()
    note("return:moderation:declined", return_, by=by)
    if for_good:
        _keep_interest(return_.organisation, reason, by=by)
    _tell_office(return_.cycle, return_.organisation, by=by)


def check_rating(assignment: Assignment) -> None:
    """Refuse work on an assignment that is over; waits for whoever else is at this return."""
    returns.hold(assignment.return_)
    db.session.refresh(assignment, ["declined_at", "finished_at", "declared_at"])
    if assignment.declined_at is not None:
        raise DomainError("This return is not yours to moderate any more.")
    if Stage(assignment.return_.stage) is not Stage.SUBMITTED:
        raise DomainError("Moderation of this return is over, so your ratings stay as they are.")
    if assignment.finished_at is not None:
        raise DomainError("You have finished this return. Take that back first to change a rating.")


def declare_interest(organisation: Organisation, why: str, *, by: Person) -> Interest:
    """Somebody is too near to an organisation until they take it back. What they were given of it and have
    not finished is declined with the same reason."""
    fault = why_fault(why, empty=TOO_NEAR)
    if fault:
        raise Invalid(fault, field="why")
    interest = _keep_interest(organisation, why, by=by)
    for assignment in queries.open_with(by.id, organisation.id):
        assignment.declined_at, assignment.declined_reason = clock.now(), why.strip()
        note("return:moderation:declined", assignment.return_, by=by)
        _tell_office(assignment.return_.cycle, organisation, by=by)
    return interest


def take_back_interest(organisation: Organisation, *, by: Person) -> None:
    """They are near to it no more."""
    known = queries.too_near(by.id, organisation.id)
    if known is not None:
        db.session.delete(known)
        record("person:interest:taken_back", by.id, by=by, organisation_id=organisation.id)


def _keep_interest(organisation: Organisation, why: str, *, by: Person) -> Interest:
    known = queries.too_near(by.id, organisation.id)
    interest = known or Interest(person_id=by.id, organisation_id=organisation.id)
    interest.why, interest.declared_at = why.strip(), clock.now()
    if known is None:
        db.session.add(interest)
        record("person:interest:declared", by.id, by=by, organisation_id=organisation.id)
    db.session.flush()
    return interest


def _tell_office(cycle: Cycle, organisation: Organisation, *, by: Person) -> None:
    """Whoever gives out the returns of this audit hears that one wants somebody else. Not why: that stands
    on the page."""
    framework = cycle.edition.framework.code
    advisers = [role for role, codes in FRAMEWORKS_OF_ROLE.items() if codes and framework in codes]
    queue_all(
        Draft(
            to_address=person.email,
            to_name=person.name,
            subject=f"A return wants another moderator: {cycle.title}",
            body=f"Dear {person.name},\n\n{by.name} cannot moderate the return of {organisation.name} to "
            f"{cycle.title}. Sign in to read why, and to give it to somebody else.",
            kind=Kind.TASK,
            organisation_id=organisation.id,
            partnership_id=cycle.partnership_id,
            about=cycle.ref,
        )
        for person in people.of_partnership(cycle.partnership_id, *_told(advisers))
        if person.id != by.id
    )


def _told(advisers: list[Role]) -> list[Role]:
    return sorted({*OFFICE, *advisers})
