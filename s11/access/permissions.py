"""Who may do what with sign-ins."""

from s11.access.models import SignIn
from s11.people.models import Person


def is_own(person: Person, sign_in: SignIn) -> bool:
    """Everybody sees and ends their own sign-ins, and nobody else's."""
    return sign_in.person_id == person.id
