"""Who sees the people of a place, who invites them, and who may do what to whom."""

from s11.joining import queries
from s11.joining.rules import SEES_ORGANISATIONS, Table, given_by
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.people.models import Membership, Person
from s11.people.rules import INSTALLATION_ROLES, OFFICE, Role

Place = Partnership | Organisation


def can_see_any(person: Person) -> bool:
    """Anybody who holds a role somewhere finds the people there."""
    return bool(person.partnership_ids or person.organisation_ids)


def can_see_of_organisation(person: Person, organisation: Organisation) -> bool:
    """Its own people, its trust's lead, and the office and inspectors of a table it sits at."""
    return bool(person.roles_at(organisation.id)) or bool(
        board_roles(person, organisation) & SEES_ORGANISATIONS
    )


def can_see_of_partnership(person: Person, partnership: Partnership) -> bool:
    return bool(person.roles_for(partnership.id))


def board_roles(person: Person, organisation: Organisation) -> frozenset[Role]:
    """The roles somebody holds at the partnerships an organisation sits in."""
    return frozenset().union(*(person.roles_for(id_) for id_ in organisation.seated_in))


def given_at(person: Person, place: Place) -> frozenset[Role]:
    """The roles somebody may give at a place."""
    if isinstance(place, Partnership):
        return given_by(person.roles_for(place.id) | of_installation(person), Table.PARTNERSHIP)
    table = Table.TRUST if place.kind == Kind.TRUST else Table.ORGANISATION
    return given_by(person.roles_at(place.id) | (board_roles(person, place) & OFFICE), table)


def of_installation(person: Person) -> frozenset[Role]:
    """The roles somebody holds in the installation as a whole."""
    return frozenset(Role(m.role) for m in person.current) & INSTALLATION_ROLES


def can_invite(person: Person, place: Place) -> bool:
    return bool(given_at(person, place))


def can_invite_many(person: Person, partnership: Partnership) -> bool:
    """A whole list at once is the office's."""
    return bool(person.roles_for(partnership.id) & OFFICE)


def can_see(person: Person, membership: Membership) -> bool:
    """One person at one place: for whoever changes the people there, and for themselves."""
    place = place_of(membership)
    if isinstance(place, Organisation):
        return can_see_of_organisation(person, place)
    return place is not None and can_see_of_partnership(person, place)


def can_change(person: Person, membership: Membership) -> bool:
    """Who may give a role may change it, end it, and take an offer of it back."""
    place = place_of(membership)
    return place is not None and Role(membership.role) in given_at(person, place)


def can_change_another(person: Person, membership: Membership) -> bool:
    """The same, of somebody else: nobody gives a role to themselves."""
    return membership.person_id != person.id and can_change(person, membership)


def can_help_in(person: Person, membership: Membership) -> bool:
    """Whether somebody may end sign-ins of the person and take off their second factor.

    An account is one, whatever roles it holds: so they have to be set over every one of these.
    """
    held = [m for m in membership.person.memberships if m.in_force]
    return can_change_another(person, membership) and all(can_change(person, other) for other in held)


def is_offered_to(person: Person, membership: Membership) -> bool:
    """Whether a role has been offered to this person and can still be taken up."""
    return membership.person_id == person.id and queries.open_offer(membership.id) is not None


def place_of(membership: Membership) -> Place | None:
    return membership.organisation or membership.partnership
