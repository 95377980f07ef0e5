"""Adding people, giving them roles, signing them in."""

from datetime import date

from email_validator import EmailNotValidError, validate_email

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.people import passwords, queries, strength
from s11.people.models import Membership, Person
from s11.people.rules import (
    BOARD_ROLES,
    INSTALLATION_ROLES,
    ROLE_LABELS,
    TRUST_ROLES,
    Role,
    canonical_address,
)
from s11.trail.operations import record

NAME_LONGEST = 120


def add(*, name: str, email: str, password: str | None = None, by: Person | None = None) -> Person:
    """A new person, or the one who already has this address."""
    address = valid_address(email)
    known = queries.by_address(address)
    if known is not None:
        return known
    person = Person(name=name.strip(), email=address, created_at=clock.now(), memberships=[])
    db.session.add(person)
    if password is not None:
        set_password(person, password)
    db.session.flush()
    record("person:account:made", person.id, by=by, after={"name": person.name})
    return person


def valid_address(email: str) -> str:
    """An e-mail address in its one form; refused when it is none."""
    address = canonical_address(email)
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid(
            f"“{email}” is not an e-mail address. Write it like name@council.gov.uk.", field="email"
        ) from None
    return address


def set_password(person: Person, password: str) -> None:
    """Give a person a new password, which ends every session they had."""
    check_strength(person, password)
    person.password_hash = passwords.hash_of(password)
    person.session_version = (person.session_version or 0) + 1


def check_strength(person: Person, password: str) -> None:
    """Refuse what cannot be this person's password."""
    fault = strength.fault(password, near(person))
    if fault:
        raise Invalid(fault, field="password")


def near(person: Person) -> frozenset[str]:
    """The words that somebody who knows a person would try first: their name, address and where they work."""
    held = person.memberships
    places = [place.name for m in held for place in (m.organisation, m.partnership) if place is not None]
    short = [m.organisation.short_name for m in held if m.organisation is not None]
    return strength.words_in([person.name, person.email, *places, *short])


def end_sessions(person: Person) -> None:
    """End every session of a person: a cookie copied earlier opens nothing any more."""
    person.session_version += 1


def rename(person: Person, name: str) -> None:
    """Correct one's own name. What was done under the old one keeps it in the trail."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("Enter your name.", field="name")
    if len(name) > NAME_LONGEST:
        raise Invalid(f"Shorten your name to {NAME_LONGEST} characters.", field="name")
    if name == person.name:
        return
    before, person.name = person.name, name
    record("person:name:corrected", person.id, by=person, before={"name": before}, after={"name": name})


def give_role(
    person: Person,
    role: Role,
    *,
    at: Partnership | Organisation | None,
    job_title: str = "",
    signs_as: str = "",
    until: date | None = None,
    pending: bool = False,
    by: Person | None = None,
) -> Membership:
    """Let a person act in a role at a partnership, in an organisation, or (None) of the installation.

    Giving it twice changes nothing. `until` is its last day; `pending` offers it for the person to take up.
    """
    check_place(role, at)
    partnership_id = at.id if isinstance(at, Partnership) else None
    organisation_id = at.id if isinstance(at, Organisation) else None
    for held in person.memberships:
        same_place = (held.partnership_id, held.organisation_id) == (partnership_id, organisation_id)
        if held.in_force and same_place and held.role == role and held.signs_as == signs_as:
            return held
    if until is not None and until < clock.today():
        raise Invalid("That day is over. Enter the last day on which they may look.", field="until")
    membership = Membership(
        role=role,
        job_title=job_title,
        signs_as=signs_as,
        partnership_id=partnership_id,
        organisation_id=organisation_id,
        started_on=clock.today(),
        until=until,
        pending=pending,
    )
    person.memberships.append(membership)
    db.session.flush()
    if not pending:
        record_role(membership, by=by)
    return membership


def check_place(role: Role, at: Partnership | Organisation | None) -> None:
    """Refuse a role where it does not belong."""
    if role in INSTALLATION_ROLES:
        fits, place = at is None, "the installation, at no partnership or organisation"
    elif role in BOARD_ROLES:
        fits, place = isinstance(at, Partnership), "a partnership"
    elif role in TRUST_ROLES:
        fits, place = isinstance(at, Organisation) and at.kind == Kind.TRUST, "a multi-academy trust"
    else:
        fits, place = isinstance(at, Organisation), "an organisation"
    if not fits:
        raise Invalid(f"The role “{ROLE_LABELS[role]}” is held at {place}.", field="role")


def record_role(membership: Membership, *, by: Person | None, tag: str = "person:role:given") -> None:
    """Write down that a role is in force from now on, and whose it is."""
    person = membership.person
    record(
        tag,
        person.id,
        by=by,
        partnership_id=membership.partnership_id,
        organisation_id=membership.organisation_id,
        after={"role": membership.role, "signs_as": membership.signs_as, "name": person.name},
    )


def take_up(membership: Membership) -> None:
    """Take up a role that was offered."""
    membership.pending = False
    membership.started_on = clock.today()
    db.session.flush()
    record_role(membership, by=membership.person, tag="person:role:taken_up")


def end_role(membership: Membership, *, by: Person | None) -> None:
    """End a role: whoever held it has no right from it any more, from their next request on.

    What they wrote keeps their name. Ending it twice changes nothing.
    """
    if membership.ended_on is not None:
        return
    membership.ended_on = clock.today()
    person = membership.person
    record(
        "person:role:ended",
        person.id,
        by=by,
        partnership_id=membership.partnership_id,
        organisation_id=membership.organisation_id,
        before={"role": membership.role, "signs_as": membership.signs_as, "name": person.name},
    )
