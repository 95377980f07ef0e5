"""Who may read questionnaires as such. What an organisation is asked, it reads in its return."""

from s11.people.models import Person
from s11.questionnaires.models import Edition


def can_read(person: Person) -> bool:
    """Anybody who serves a Board."""
    return any(membership.is_board for membership in person.current)


def can_read_edition(person: Person, edition: Edition) -> bool:
    """An edition holds no answers and belongs to no Board, so whoever reads one may read each."""
    return can_read(person)
