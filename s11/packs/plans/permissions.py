"""Who takes which paper of the plan away: its lines are those somebody sees; the Board's are the Board's."""

from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES, OFFICE, Role


def can_take_summary(person: Person) -> bool:
    """The one page is about the whole plan: it belongs to whoever serves a Board."""
    return any(Role(held.role) in BOARD_ROLES for held in person.current)


def can_publish_any(person: Person) -> bool:
    """The office answers for what is published, and nobody else."""
    return any(Role(held.role) in OFFICE for held in person.current)


def can_publish(person: Person, place: Partnership) -> bool:
    return bool(person.roles_for(place.id) & OFFICE)


def serves(person: Person, place: Partnership) -> bool:
    return bool(person.roles_for(place.id))
