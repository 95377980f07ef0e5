"""Whom to write to or ring in an organisation: contacts and people with accounts, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from s11.core import clock
from s11.people.models import Membership, Person
from s11.people.rules import Role, canonical_address
from s11.register.models import Contact
from s11.register.rules import CONTACT_ROLE_LABELS, ContactRole
from s11.web.filters import short_day

LEADS = (Role.LEAD, Role.TRUST_LEAD)


@dataclass(frozen=True)
class Somebody:
    """One person of an organisation. `ref` is a contact's, which can be changed here."""

    name: str
    role: str
    job_title: str
    email: str
    telephone: str
    note: str = ""
    has_account: bool = False
    ref: str = ""
    stands_in_for: str = ""
    substitutes: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True)
class People:
    """Those there are now, those who were, and whether anybody can be written to as lead."""

    now: list[Somebody]
    ended: list[Somebody]
    reached: bool


def people_of(contacts: list[Contact], members: list[tuple[Membership, Person]]) -> People:
    """Everybody of an organisation; who is a contact and has an account stands there once."""
    today = clock.today()
    current = [one for one in contacts if one.ended_on is None or one.ended_on > today]
    accounts = {canonical_address(person.email): membership for membership, person in members}
    listed = {one.email for one in current if one.email}
    others = [pair for pair in members if canonical_address(pair[1].email) not in listed]
    found = [contact_line(one, accounts.get(one.email), current) for one in in_order(current)]
    has_lead = any(Role(membership.role) in LEADS for membership, _ in members)
    return People(
        now=[*(member_line(*pair) for pair in sorted(others, key=by_role)), *found],
        ended=[
            replace(contact_line(one, None, []), until=short_day(one.ended_on))
            for one in contacts
            if one not in current
        ],
        reached=has_lead or any(one.role == ContactRole.LEAD and one.email for one in current),
    )


def in_order(contacts: Iterable[Contact]) -> list[Contact]:
    """By role, and who stands in for somebody right behind them."""
    order = [str(role) for role in ContactRole]
    known = {one.id: one for one in contacts}

    def place(one: Contact) -> tuple[int, str, int, str]:
        beside = known.get(one.substitute_for_id or 0, one)
        return order.index(beside.role), beside.name, int(beside is not one), one.name

    return sorted(known.values(), key=place)


def contact_line(one: Contact, membership: Membership | None, current: list[Contact]) -> Somebody:
    role = CONTACT_ROLE_LABELS[ContactRole(one.role)]
    if membership is not None and membership.role_label != role:
        role = f"{role}; {membership.role_label[0].lower()}{membership.role_label[1:]}"
    return Somebody(
        name=one.name,
        role=role,
        job_title=one.job_title or (membership.job_title if membership else ""),
        email=one.email,
        telephone=one.telephone,
        note=one.note,
        has_account=membership is not None,
        ref=one.ref,
        stands_in_for=one.substitute_for.name if one.substitute_for else "",
        substitutes=tuple(other.name for other in current if other.substitute_for_id == one.id),
    )


def member_line(membership: Membership, person: Person) -> Somebody:
    return Somebody(
        name=person.name,
        role=membership.role_label,
        job_title=membership.job_title,
        email=person.email,
        telephone="",
        has_account=True,
    )


def by_role(pair: tuple[Membership, Person]) -> tuple[int, str]:
    return list(Role).index(Role(pair[0].role)), pair[1].name
