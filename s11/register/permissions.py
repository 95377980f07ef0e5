"""Who reads the register of a partnership, and who keeps it."""

from s11.organisations.models import Organisation
from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.register.models import Contact

ALL_KINDS = frozenset(Kind)
# Which organisations an adviser keeps the register of: those that answer their audit.
KINDS_OF_ADVISER = {
    Role.EDUCATION_ADVISER: frozenset({Kind.SCHOOL, Kind.COLLEGE, Kind.TRUST}),
    Role.EARLY_YEARS_ADVISER: frozenset({Kind.EARLY_YEARS, Kind.CHILDMINDER}),
}
READS_ALL = OFFICE | {Role.CHAIR, Role.QUALITY, Role.INSPECTOR}


def kinds_read(person: Person, partnership_id: int) -> frozenset[Kind]:
    """The kinds of organisation of a partnership that somebody finds in its register."""
    roles = person.roles_for(partnership_id)
    return ALL_KINDS if roles & READS_ALL else kinds_kept(person, partnership_id)


def kinds_kept(person: Person, partnership_id: int) -> frozenset[Kind]:
    """The kinds of organisation of a partnership whose entries somebody keeps."""
    roles = person.roles_for(partnership_id)
    if roles & OFFICE:
        return ALL_KINDS
    return frozenset().union(*(KINDS_OF_ADVISER.get(role, frozenset()) for role in roles))


def home_of(person: Person) -> int | None:
    """The partnership whose register somebody reads now: the one they work in."""
    return next((id_ for id_ in person.partnership_ids if kinds_read(person, id_)), None)


def can_read_any(person: Person) -> bool:
    return home_of(person) is not None


def can_keep_any(person: Person) -> bool:
    """Whether somebody adds organisations: the office, and an adviser those of their own audit."""
    home = home_of(person)
    return home is not None and bool(kinds_kept(person, home))


def sits_at(organisation: Organisation, partnership_id: int) -> bool:
    """Whether it has, or had, a seat at this table: one that left is still in the register."""
    return any(seat.partnership_id == partnership_id for seat in organisation.seats)


def can_see(person: Person, organisation: Organisation) -> bool:
    home = home_of(person)
    return (
        home is not None
        and sits_at(organisation, home)
        and Kind(organisation.kind) in kinds_read(person, home)
    )


def can_keep(person: Person, organisation: Organisation) -> bool:
    """Whether somebody keeps what is their own table's of it: its seat, and whom to write to."""
    home = home_of(person)
    return can_see(person, organisation) and Kind(organisation.kind) in kinds_kept(person, home or 0)


def can_change(person: Person, organisation: Organisation) -> bool:
    """Its facts are kept where it sits; at the table it left only while it sits at no other."""
    seats = organisation.seated_in
    return can_keep(person, organisation) and (not seats or home_of(person) in seats)


def can_see_contact(person: Person, contact: Contact) -> bool:
    """A contact is the partnership's whose office entered it, and no other's."""
    return contact.partnership_id == home_of(person) and can_see(person, contact.organisation)


def can_change_contact(person: Person, contact: Contact) -> bool:
    return can_see_contact(person, contact) and can_keep(person, contact.organisation)
