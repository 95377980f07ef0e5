"""Who needs a second factor, and whose sign-ins, devices and outside identities are whose."""

from collections.abc import Iterable

from flask import Flask, current_app

from s11.access.factor_rules import RolesUnknown, roles_required
from s11.access.models import Device, Identity, SignIn
from s11.core.config import Settings, UnsafeSettings
from s11.organisations.models import Partnership
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role


def init(app: Flask, settings: Settings) -> None:
    """Read from the settings which roles need a second factor."""
    try:
        required = roles_required(settings.second_factor_roles, https=settings.is_https)
    except RolesUnknown as error:
        raise UnsafeSettings([str(error)]) from None
    app.extensions["s11-second-factor-roles"] = required


def demanded_everywhere() -> frozenset[Role]:
    """The roles of which this installation demands a second factor, wherever they are held."""
    required: frozenset[Role] = current_app.extensions["s11-second-factor-roles"]
    return required


def demanded_of(person: Person) -> bool:
    """Whether the installation demands a second factor of somebody, for one of their roles at any place."""
    required = demanded_everywhere()
    return any(membership.in_force and Role(membership.role) in required for membership in person.memberships)


def asked_by_partnership(person: Person, places: Iterable[Partnership]) -> bool:
    """Whether one of these partnerships, beyond that, asks it of a role somebody holds there."""
    return any(
        membership.role in place.second_factor_roles
        and membership.in_force
        and place.id in membership.partnership_ids
        for place in places
        if place.second_factor_roles
        for membership in person.memberships
    )


def needs_second_factor(person: Person) -> bool:
    """Whether somebody signs in with a second factor only: by the installation's rule or a partnership's."""
    return demanded_of(person) or asked_by_partnership(person, people.places_of(person))


def is_own(person: Person, thing: SignIn | Device | Identity) -> bool:
    """Everybody sees and ends what is their own, and nobody else's."""
    return thing.person_id == person.id
