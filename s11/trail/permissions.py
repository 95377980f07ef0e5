"""Who reads the trail of a partnership. A return's own is read by whoever may read the return."""

from s11.people.models import Person
from s11.people.rules import Role

READERS = frozenset({Role.BUSINESS_MANAGER, Role.CHAIR, Role.INSPECTOR})


def can_read_any(person: Person) -> bool:
    """Whether the trail of some partnership is for this person."""
    return bool(partnerships_read(person))


def partnerships_read(person: Person) -> list[int]:
    """The partnerships whose trail this person reads."""
    return [id_ for id_ in person.partnership_ids if person.roles_for(id_) & READERS]
