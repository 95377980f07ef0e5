"""Who needs a second factor, and whose sign-ins, devices and outside identities are whose."""

from flask import Flask, current_app

from s11.access.factor_rules import RolesUnknown, roles_required
from s11.access.models import Device, Identity, SignIn
from s11.core.config import Settings, UnsafeSettings
from s11.people.models import Person
from s11.people.rules import Role


def init(app: Flask, settings: Settings) -> None:
    """Read from the settings which roles need a second factor."""
    try:
        required = roles_required(settings.second_factor_roles, https=settings.is_https)
    except RolesUnknown as error:
        raise UnsafeSettings([str(error)]) from None
    app.extensions["s11-second-factor-roles"] = required


def needs_second_factor(person: Person) -> bool:
    """Whether one of somebody's roles, at any place, needs a second factor in this installation."""
    required: frozenset[Role] = current_app.extensions["s11-second-factor-roles"]
    return any(membership.in_force and Role(membership.role) in required for membership in person.memberships)


def is_own(person: Person, thing: SignIn | Device | Identity) -> bool:
    """Everybody sees and ends what is their own, and nobody else's."""
    return thing.person_id == person.id
