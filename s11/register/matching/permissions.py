"""Who puts organisations together, or tells them apart: whoever keeps the register of both."""

from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.register.files.permissions import home_of
from s11.register.matching.queries import Pair
from s11.register.permissions import kinds_kept


def can_see(person: Person, pair: Pair) -> bool:
    return all(keeps(person, one) for one in (pair.one, pair.other))


def keeps(person: Person, organisation: Organisation) -> bool:
    """Whether an organisation sits at the table somebody works for, and is of a kind they look after."""
    home = home_of(person)
    return home in organisation.seated_in and organisation.kind in kinds_kept(person, home or 0)
