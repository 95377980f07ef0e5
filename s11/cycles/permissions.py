"""Who may look at a cycle, and who runs it."""

from s11.cycles.models import Cycle
from s11.cycles.queries import frameworks_seen
from s11.people.models import Membership, Person
from s11.people.rules import BOARD_ROLES, OFFICE, Role


def can_run(person: Person) -> bool:
    """Whether the pages of the year are for this person at all: anybody of the Board."""
    return any(Role(m.role) in BOARD_ROLES for m in person.current)


def runs(membership: Membership) -> bool:
    """Whether a membership is of the partnership's office."""
    return Role(membership.role) in OFFICE


def can_plan(person: Person) -> bool:
    """A new cycle is planned by the office."""
    return any(runs(membership) for membership in person.current)


def can_see(person: Person, cycle: Cycle) -> bool:
    """Whether a person of the Board works with this cycle."""
    frameworks = frameworks_seen(person, cycle.partnership_id)
    return frameworks is None or cycle.edition.framework.code in frameworks


def can_change(person: Person, cycle: Cycle) -> bool:
    """Dates, extensions and exemptions belong to the office, and to the adviser whose audit it is."""
    roles = person.roles_for(cycle.partnership_id)
    advisers = {Role.EDUCATION_ADVISER, Role.EARLY_YEARS_ADVISER}
    return bool(roles & OFFICE) or bool(roles & advisers and can_see(person, cycle))
