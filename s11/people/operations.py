"""Adding people, giving them roles, signing them in."""

from email_validator import EmailNotValidError, validate_email

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations.models import Organisation, Partnership
from s11.people import passwords, queries
from s11.people.models import Membership, Person
from s11.people.rules import BOARD_ROLES, Role, canonical_address, password_fault
from s11.trail.operations import record


def add(*, name: str, email: str, password: str | None = None) -> Person:
    """A new person, or the one who already has this address."""
    address = canonical_address(email)
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Invalid(
            f"“{email}” is not an e-mail address. Write it like name@council.gov.uk.", field="email"
        ) from None
    known = queries.by_address(address)
    if known is not None:
        return known
    person = Person(name=name.strip(), email=address, created_at=clock.now(), memberships=[])
    db.session.add(person)
    if password is not None:
        set_password(person, password)
    db.session.flush()
    return person


def set_password(person: Person, password: str) -> None:
    """Give a person a new password, which ends every session they had."""
    fault = password_fault(password)
    if fault:
        raise Invalid(fault, field="password")
    person.password_hash = passwords.hash_of(password)
    person.session_version = (person.session_version or 0) + 1


def end_sessions(person: Person) -> None:
    """End every session of a person: a cookie copied earlier opens nothing any more."""
    person.session_version += 1
    record("person:session:ended", person.id, by=person)


def change_password(person: Person, *, old: str, new: str) -> None:
    """Change one's own password, knowing the old one."""
    if not passwords.fits(old, person.password_hash):
        raise Invalid("That is not your present password. Type it again.", field="old")
    set_password(person, new)
    record("person:password:changed", person.id, by=person)


def give_role(
    person: Person,
    role: Role,
    *,
    at: Partnership | Organisation,
    job_title: str = "",
    signs_as: str = "",
    by: Person | None = None,
) -> Membership:
    """Let a person act in a role at a partnership or in an organisation. Giving it twice changes nothing."""
    at_partnership = isinstance(at, Partnership)
    if (role in BOARD_ROLES) != at_partnership:
        place = "a partnership" if role in BOARD_ROLES else "an organisation"
        raise Invalid(f"The role “{role}” is held at {place}.", field="role")
    for held in person.current:
        same_place = (held.partnership_id if at_partnership else held.organisation_id) == at.id
        if same_place and held.role == role and held.signs_as == signs_as:
            return held
    membership = Membership(
        role=role,
        job_title=job_title,
        signs_as=signs_as,
        partnership_id=at.id if at_partnership else None,
        organisation_id=None if at_partnership else at.id,
        started_on=clock.today(),
    )
    person.memberships.append(membership)
    db.session.flush()
    record(
        "person:role:given",
        person.id,
        by=by,
        partnership_id=membership.partnership_id,
        organisation_id=membership.organisation_id,
        after={"role": str(role), "signs_as": signs_as},
    )
    return membership


def check_sign_in(*, email: str, password: str) -> Person:
    """The person with this address and password; the same refusal whichever of the two is wrong."""
    person = queries.by_address(email)
    known_hash = person.password_hash if person and person.active else None
    if not passwords.fits(password, known_hash) or person is None:
        raise Invalid("The e-mail address or the password is not right. Check both and try again.")
    if passwords.wants_rehash(known_hash or ""):
        person.password_hash = passwords.hash_of(password)
    person.last_signed_in_at = clock.now()
    record("person:session:signed_in", person.id, by=person)
    return person
