"""Who builds a pack, and who reads one."""

from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.packs.models import Pack
from s11.people.models import Person
from s11.people.rules import OFFICE


def can_see_cycle(person: Person, cycle: Cycle) -> bool:
    """The packs of a cycle belong to the people of the Board who work with it."""
    return cycles.can_see(person, cycle)


def can_build(person: Person, cycle: Cycle) -> bool:
    """The business manager and the office build packs."""
    return bool(person.roles_for(cycle.partnership_id) & OFFICE)


def can_read(person: Person, pack: Pack) -> bool:
    """The Board's people read a pack; agencies get theirs from the office."""
    return cycles.can_see(person, pack.cycle)
