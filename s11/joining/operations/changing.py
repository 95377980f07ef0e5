"""Changing what somebody is here for, and ending it."""

from datetime import date

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.joining import permissions, queries
from s11.joining.operations.inviting import only_partnership_of, tell_the_chair
from s11.joining.rules import until_fault
from s11.notices import operations as notices
from s11.people import operations as people
from s11.people.models import Membership, Person
from s11.people.rules import ROLE_LABELS, Role
from s11.trail.operations import record


def change(
    membership: Membership,
    *,
    role: Role,
    job_title: str = "",
    signs_as: str = "",
    until: date | None = None,
    by: Person,
) -> Membership:
    """Give somebody another role at the same place, or put right what is said about the one they hold.

    Another role is a membership of its own, so that what they were before stays on record.
    """
    place = permissions.place_of(membership)
    queries.hold(membership.person_id)
    if not membership.in_force or place is None:
        raise DomainError("This role has ended meanwhile. Invite them again to give them another one.")
    if role not in permissions.given_at(by, place):
        raise Invalid("Choose one of the roles you may give here.", field="role")
    if signs_as and role is not Role.SIGNATORY:
        raise Invalid(
            "Only a signatory signs as somebody: choose that role, or no signature.", field="signs_as"
        )
    fault = until_fault(role, until, clock.today())
    if fault:
        raise Invalid(fault, field="until")
    if (role, signs_as) == (membership.role, membership.signs_as):
        put_right(membership, job_title=job_title, until=until, by=by)
        return membership
    keep_one_manager(membership)
    people.end_role(membership, by=by)
    given = people.give_role(
        membership.person, role, at=place, job_title=job_title, signs_as=signs_as, until=until, by=by
    )
    tell_the_person(
        given,
        "Your role has changed",
        f"Your role at {given.full_place} is now “{ROLE_LABELS[role]}”. It was “{membership.role_label}”.",
    )
    tell_the_chair(given, by=by)
    return given


def put_right(membership: Membership, *, job_title: str, until: date | None, by: Person) -> None:
    """The job title and the last day of a role, which change nothing about what it allows today."""
    before = {"job_title": membership.job_title, "until": _day(membership.until)}
    membership.job_title, membership.until = job_title, until
    after = {"job_title": job_title, "until": _day(until)}
    if before == after:
        return
    record(
        "person:role:changed",
        membership.person_id,
        by=by,
        partnership_id=membership.partnership_id,
        organisation_id=membership.organisation_id,
        before=before,
        after={**after, "name": membership.person.name, "role": membership.role},
    )


def end(membership: Membership, *, by: Person) -> None:
    """End a role: from their next request on it opens nothing. What they wrote keeps their name."""
    if membership.ended_on is not None:
        return
    keep_one_manager(membership)
    people.end_role(membership, by=by)
    tell_the_person(
        membership,
        "Your role has ended",
        f"Your role “{membership.role_label}” at {membership.full_place} has ended, and with it your access "
        "there. What you wrote is kept under your name.",
    )


def keep_one_manager(membership: Membership) -> None:
    """A partnership without a business manager could not be run by anybody any more."""
    if membership.partnership_id is None or membership.role != Role.BUSINESS_MANAGER:
        return
    if len(queries.holding(Role.BUSINESS_MANAGER, membership.partnership_id)) < 2:
        raise DomainError(
            "This is the only business manager. Invite another, and end this role once they have accepted."
        )


def tell_the_person(membership: Membership, subject: str, sentence: str) -> None:
    notices.queue(
        to_address=membership.person.email,
        to_name=membership.person.name,
        subject=subject,
        body=(
            f"Dear {membership.person.name},\n\n{sentence}\n\n"
            "If this surprises you, ask the partnership office.\n"
        ),
        organisation_id=membership.organisation_id,
        partnership_id=only_partnership_of(membership),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
