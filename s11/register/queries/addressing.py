"""To whom letters and reminders to organisations go."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select

from s11.core import clock
from s11.core.database import db
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import Role, canonical_address
from s11.register.models import Contact
from s11.register.rules import WRITTEN_TO, Addressee, ContactRole

# Somebody with an account who answers for the organisation, and as what they are written to.
ANSWERS_AS = {
    Role.LEAD: ContactRole.LEAD,
    Role.TRUST_LEAD: ContactRole.LEAD,  # of the trust itself
    Role.DEPUTY: ContactRole.SUBSTITUTE,
}


def contact_in_force() -> ColumnElement[bool]:
    """Whether somebody is a contact today."""
    return or_(Contact.ended_on.is_(None), Contact.ended_on > clock.today())


def addressees(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[Addressee]]:
    """Whom a partnership writes to in each of these organisations, every one of them in the answer.

    Leads with an account come first; contacts who are leads stand in where there is none. Then deputies
    and substitutes (`role` says so), the senior officer for escalation, the head, and the chair. Each
    address stands once, under the first of these, and who has no address is left out. Two queries,
    however many organisations.
    """
    members = _members(organisation_ids)
    contacts = _contacts(organisation_ids, partnership_id)
    return {id_: _in_order(members[id_], contacts[id_]) for id_ in organisation_ids}


def _members(organisation_ids: Collection[int]) -> dict[int | None, list[tuple[str, Addressee]]]:
    """Everybody with an account in these organisations: the role held, and as they would be written to."""
    query = (
        select(
            Membership.organisation_id,
            Membership.role,
            Membership.job_title,
            Person.id,
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids), in_force())
        .order_by(Person.name, Membership.id)
    )
    found: dict[int | None, list[tuple[str, Addressee]]] = defaultdict(list)
    for organisation_id, role, job_title, person_id, name, email in db.session.execute(query):
        as_what = ANSWERS_AS.get(Role(role), ContactRole.OTHER)
        found[organisation_id].append(
            (role, Addressee(name, email, as_what, job_title, True, person_id, None))
        )
    return found


def _contacts(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[Contact]]:
    query = (
        select(Contact)
        .where(
            Contact.organisation_id.in_(organisation_ids),
            Contact.partnership_id == partnership_id,
            Contact.role.in_(WRITTEN_TO),
            Contact.email != "",
            contact_in_force(),
        )
        .order_by(Contact.name, Contact.id)
    )
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in db.session.scalars(query):
        found[contact.organisation_id].append(contact)
    return found


def _in_order(members: list[tuple[str, Addressee]], contacts: list[Contact]) -> list[Addressee]:
    accounts = {canonical_address(one.email): one for _, one in members}
    answering = [one for role, one in members if role in ANSWERS_AS]
    has_lead = any(one.role == ContactRole.LEAD for one in answering)
    candidates = answering + [
        _contact(contact, accounts.get(canonical_address(contact.email)))
        for contact in contacts
        if not (has_lead and contact.role == ContactRole.LEAD)
    ]
    candidates.sort(key=lambda one: (WRITTEN_TO.index(ContactRole(one.role)), not one.has_account))
    once: dict[str, Addressee] = {}
    for one in candidates:
        once.setdefault(canonical_address(one.email), one)
    return list(once.values())


def _contact(contact: Contact, account: Addressee | None) -> Addressee:
    """A contact; one who has an account in the organisation under the same address is known by it."""
    return Addressee(
        name=contact.name,
        email=contact.email,
        role=contact.role,
        job_title=contact.job_title,
        has_account=account is not None,
        person_id=account.person_id if account else None,
        contact_id=contact.id,
    )


def without_address(organisation_id: int, partnership_id: int, roles: Sequence[ContactRole]) -> list[Contact]:
    """Contacts of today whom no mail can reach, in the order of these roles: the national register names the
    head of every school, and no address."""
    query = select(Contact).where(
        Contact.organisation_id == organisation_id,
        Contact.partnership_id == partnership_id,
        Contact.role.in_(roles),
        Contact.email == "",
        contact_in_force(),
    )
    found = db.session.scalars(query.order_by(Contact.name, Contact.id))
    return sorted(found, key=lambda one: roles.index(ContactRole(one.role)))
