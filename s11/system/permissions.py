"""Who runs the installation."""

from s11.people.models import Person
from s11.people.rules import INSTALLATION_ROLES, Role


def can_run(person: Person, _thing: object = None) -> bool:
    """The system administrator, whatever it is about: nothing here belongs to one partnership."""
    return any(Role(membership.role) in INSTALLATION_ROLES for membership in person.current)
