"""Who may look at figures: people of the Board, for the cycles they work with."""

from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES, Role


def can_see_any(person: Person) -> bool:
    """Whether there is anything here for this person at all."""
    return any(Role(membership.role) in BOARD_ROLES for membership in person.current)


def can_see(person: Person, cycle: Cycle) -> bool:
    """The figures of a cycle, and the submitted answers behind them."""
    return cycles.can_see(person, cycle)
