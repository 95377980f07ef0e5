"""Contacts of an organisation: added, changed, ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.people.rules import canonical_address
from s11.register import queries
from s11.register.addresses import address_fault, meant
from s11.register.models import Contact
from s11.register.numbers import telephone_fault
from s11.register.operations.facts import refuse
from s11.register.rules import CONTACT_ROLE_LABELS, ContactRole
from s11.trail.operations import record


@dataclass(frozen=True)
class Details:
    """What is said of a contact. `sure`: the address is right, whatever it looks like."""

    name: str
    role: str
    email: str = ""
    telephone: str = ""
    job_title: str = ""
    note: str = ""
    substitute_for: Contact | None = None
    sure: bool = False


def add_contact(
    organisation: Organisation, partnership: Partnership, details: Details, *, by: Person | None = None
) -> Contact:
    """Somebody to write to or to ring; they get no account and no right by it. Added twice, they are there
    once: a button is pressed twice sooner or later."""
    check(details, None)
    said = columns(details)
    for known in queries.contacts_of(organisation.id, partnership.id):
        if known.ended_on is None and all(getattr(known, name) == said[name] for name in said):
            return known
    contact = Contact(
        organisation_id=organisation.id, partnership_id=partnership.id, added_at=clock.now(), **said
    )
    db.session.add(contact)
    db.session.flush()
    note_in_trail("contact:person:added", contact, by)
    return contact


def change_contact(contact: Contact, details: Details, *, by: Person | None = None) -> bool:
    """Change what is said of a contact; gives whether anything did change."""
    check_in_force(contact)
    # An address that was kept once is not asked about again.
    check(details, contact)
    after = columns(details)
    changed = {name for name, value in after.items() if getattr(contact, name) != value}
    for name in changed:
        setattr(contact, name, after[name])
    if changed:
        db.session.flush()
        note_in_trail("contact:person:changed", contact, by)
    return bool(changed)


def end_contact(contact: Contact, *, on: date | None = None, by: Person | None = None) -> None:
    """Nobody writes to or rings them any more; whoever stood in for them stands in for nobody."""
    if contact.ended_on is not None:
        return
    contact.ended_on = on or clock.today()
    stand_in_for_nobody([contact.id])
    note_in_trail("contact:person:ended", contact, by)


def stand_in_for_nobody(ended: Collection[int]) -> None:
    """Whoever stood in for a contact that ended stands in for nobody: an ended one is removed some day."""
    stood_in = update(Contact).where(Contact.substitute_for_id.in_(ended))
    db.session.execute(stood_in.values(substitute_for_id=None))


def check_in_force(contact: Contact) -> None:
    if contact.ended_on is not None:
        raise DomainError(f"{contact.name} is a contact no longer. Add them again instead.")


def check(details: Details, contact: Contact | None) -> None:
    """Refuse what cannot be kept. Raises Invalid."""
    if not details.name.strip():
        raise Invalid("Enter their name.", field="name")
    if details.role not in set(ContactRole):
        raise Invalid("Choose what they are a contact for.", field="role")
    if not details.email.strip() and not details.telephone.strip():
        raise Invalid("Enter an e-mail address or a telephone number.", field="email")
    refuse(address_fault(details.email), "email")
    known = contact is not None and contact.email == canonical_address(details.email)
    right = meant(details.email)
    if right and not details.sure and not known:
        raise Invalid(f"Did you mean {right}? Correct it, or say below that it is right.", field="email")
    refuse(telephone_fault(details.telephone.strip()), "telephone")
    stands_for = details.substitute_for
    if stands_for is not None and contact is not None and stands_for.id == contact.id:
        raise Invalid("Nobody stands in for themselves. Choose somebody else.", field="substitute_for")


def columns(details: Details) -> dict[str, object]:
    """The columns of a contact. Only a substitute stands in for somebody."""
    stands_for = details.substitute_for if details.role == ContactRole.SUBSTITUTE else None
    return {
        "name": " ".join(details.name.split()),
        "role": details.role,
        "email": canonical_address(details.email),
        "telephone": " ".join(details.telephone.split()),
        "job_title": " ".join(details.job_title.split()),
        "note": details.note.strip(),
        "substitute_for_id": stands_for.id if stands_for else None,
    }


def note_in_trail(tag: str, contact: Contact, by: Person | None) -> None:
    """The trail says whose contact, and as what; it outlives the name, and so does not hold it."""
    record(
        tag,
        contact.id,
        by=by,
        organisation_id=contact.organisation_id,
        partnership_id=contact.partnership_id,
        after={"role": CONTACT_ROLE_LABELS[ContactRole(contact.role)].lower()},
    )
