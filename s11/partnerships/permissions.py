"""Who sees a partnership's settings, who changes them, and who only belongs to it."""

from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.people.rules import OFFICE, Role

SEES = OFFICE | {Role.CHAIR}
# Beside whoever asked for it, one of these agrees that files are kept for less time.
AGREES = frozenset({Role.BUSINESS_MANAGER, Role.CHAIR})


def can_see_any(person: Person) -> bool:
    return any(person.roles_for(id_) & SEES for id_ in person.partnership_ids)


def can_see(person: Person, partnership: Partnership) -> bool:
    return bool(person.roles_for(partnership.id) & SEES)


def can_change(person: Person, partnership: Partnership) -> bool:
    """The office; the chair reads."""
    return bool(person.roles_for(partnership.id) & OFFICE)


def can_agree(person: Person, partnership: Partnership) -> bool:
    """A business manager or the chair, to what another person asked for."""
    return bool(person.roles_for(partnership.id) & AGREES)


def belongs(person: Person, partnership: Partnership) -> bool:
    """Whether somebody holds a role here, at the partnership or in an organisation at its table.

    Wherever they work just now: a page opened before they switched still shows its own logo.
    """
    return any(m.in_force and partnership.id in m.partnership_ids for m in person.memberships)
