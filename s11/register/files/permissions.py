"""Who brings registers: the office everything, an adviser what answers their own audit."""

from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.register.models import RegisterFile

KINDS_OF_ADVISER = {
    Role.EDUCATION_ADVISER: frozenset({Kind.SCHOOL, Kind.COLLEGE, Kind.TRUST}),
    Role.EARLY_YEARS_ADVISER: frozenset({Kind.EARLY_YEARS, Kind.CHILDMINDER}),
}


def kinds_brought(person: Person, partnership_id: int) -> frozenset[Kind]:
    """The kinds of organisation whose register somebody brings."""
    roles = person.roles_for(partnership_id)
    if roles & OFFICE:
        return frozenset(Kind)
    return frozenset().union(*(KINDS_OF_ADVISER.get(role, frozenset()) for role in roles))


def home_of(person: Person) -> int | None:
    """The partnership whose register somebody brings: the one they work in."""
    return next((id_ for id_ in person.partnership_ids if kinds_brought(person, id_)), None)


def can_bring_any(person: Person) -> bool:
    return home_of(person) is not None


def can_see(person: Person, file: RegisterFile) -> bool:
    """A file is the office's, and that of the adviser who brought it."""
    roles = person.roles_for(file.partnership_id)
    own = file.brought_by_id == person.id and bool(kinds_brought(person, file.partnership_id))
    return bool(roles & OFFICE) or own
