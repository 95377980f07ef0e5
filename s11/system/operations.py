"""Founding a partnership, and letting a person in or keeping them out."""

import re

from s11.access import operations as access
from s11.core.errors import DomainError, Invalid
from s11.joining import operations as joining
from s11.joining.operations import Wanted
from s11.organisations import operations as organisations
from s11.organisations import queries
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.operations import record

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def found(
    *, code: str, name: str, board_word: str, office_email: str, manager: str, manager_email: str, by: Person
) -> Partnership:
    """A new partnership, and an invitation to its first business manager."""
    if not CODE.fullmatch(code):
        raise Invalid("Use small letters, digits and single dashes, such as “northshire”.", field="code")
    if queries.partnership_by_code(code) is not None:
        raise Invalid("Another partnership has this code. Choose a different one.", field="code")
    partnership = organisations.found(
        code=code, name=name, board_word=board_word or "the Board", office_email=office_email, by=by
    )
    invite_manager(partnership, name=manager, email=manager_email, by=by)
    return partnership


def invite_manager(partnership: Partnership, *, name: str, email: str, by: Person) -> None:
    """Invite somebody who will run a partnership: the only role an administrator gives."""
    try:
        joining.invite(partnership, Wanted(name, email, Role.BUSINESS_MANAGER), by=by)
    except Invalid as refusal:
        fields = {"name": "manager", "email": "manager_email"}
        raise Invalid(refusal.sentence, field=fields.get(refusal.field or "", "manager_email")) from None


def switch_off(person: Person, *, by: Person) -> None:
    """Keep somebody out of the whole service, at once. Their roles and words stay as they are."""
    if person.id == by.id:
        raise DomainError("You cannot switch yourself off. Another system administrator can.")
    if not person.active:
        return
    access.end_all_of(person, by=by)
    person.active = False
    record("person:account:switched_off", person.id, by=by, after={"name": person.name})


def switch_on(person: Person, *, by: Person) -> None:
    """Let somebody who was kept out sign in again."""
    if person.active:
        return
    person.active = True
    record("person:account:switched_on", person.id, by=by, after={"name": person.name})
