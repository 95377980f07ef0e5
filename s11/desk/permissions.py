"""Who chases: reminds, rings, escalates, gives longer and lets off."""

from s11.cycles import permissions as cycles
from s11.cycles.models import Cycle
from s11.people.models import Person


def can_chase(person: Person, cycle: Cycle) -> bool:
    """The office, and the adviser whose audit it is."""
    return cycles.can_change(person, cycle)
