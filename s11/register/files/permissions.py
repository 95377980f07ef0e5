"""Who brings registers: whoever keeps the register, and of the kinds of organisation they keep."""

from s11.people.models import Person
from s11.people.rules import OFFICE
from s11.register.models import RegisterFile
from s11.register.permissions import kinds_kept


def home_of(person: Person) -> int | None:
    """The partnership whose register somebody keeps now: the one they work in."""
    return next((id_ for id_ in person.partnership_ids if kinds_kept(person, id_)), None)


def can_bring_any(person: Person) -> bool:
    return home_of(person) is not None


def can_see(person: Person, file: RegisterFile) -> bool:
    """A file is the office's, and that of the adviser who brought it."""
    roles = person.roles_for(file.partnership_id)
    own = file.brought_by_id == person.id and bool(kinds_kept(person, file.partnership_id))
    return bool(roles & OFFICE) or own
