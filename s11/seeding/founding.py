"""The partnership, its organisations and its people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask import current_app

from s11.organisations import operations as organisations
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.people import operations as people
from s11.people import passwords
from s11.people.models import Person
from s11.people.rules import Role
from s11.seeding import plan, registering
from s11.seeding.looking import dress
from s11.seeding.material import Body, Individual, Material
from s11.seeding.moments import at

# The inspector of the demonstration may look for this long from today.
INSPECTED_FOR = timedelta(days=180)


@dataclass
class Cast:
    """Everybody and everything the demonstration plays with, by the keys of its files."""

    partnership: Partnership
    password_hash: str
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    board: dict[Role, list[Person]] = field(default_factory=dict)

    def person(self, individual: Individual) -> Person:
        return self.people[individual.email]

    def on_board(self, role: Role, turn: int = 0) -> Person:
        """Somebody of the Board in this role; `turn` goes round those who share it."""
        held = self.board[role]
        return held[turn % len(held)]


def found(material: Material, *, today: date, now: datetime) -> Cast:
    """Enter the partnership, and everybody in it from the beginning."""
    told = material.partnership
    with at(plan.founded_on(today), of="founding", latest=now):
        partnership = organisations.found(
            code=material.code,
            name=told["partnership"]["name"],
            board_word=told["partnership"]["board_word"],
            office_email=told["partnership"]["office_email"],
        )
        cast = Cast(partnership, _password_hash())
        for individual in material.board:
            until = today + INSPECTED_FOR if individual.role is Role.INSPECTOR else None
            _enter(cast, individual, at=partnership, until=until)
            cast.board.setdefault(individual.role, []).append(cast.person(individual))
        _enter(cast, material.administrator, at=None)
        dress(partnership, material, by=cast.on_board(Role.BUSINESS_MANAGER))
        for trust in material.trusts:
            cast.organisations[trust.key] = organisations.add(
                partnership, name=trust.name, short_name=trust.short_name, kind=Kind.TRUST
            )
            for individual in trust.people:
                _enter(cast, individual, at=cast.organisations[trust.key])
        new = plan.newcomers(material)
        for body in material.bodies:
            if body.key not in new:
                seat(cast, body, material)
    return cast


def seat(cast: Cast, body: Body, material: Material) -> None:
    """An organisation, with its people."""
    organisation = organisations.add(
        cast.partnership,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        parent=cast.organisations.get(body.trust),
        **body.details,
        **registering.details_of(body, material.register),
    )
    cast.organisations[body.key] = organisation
    for individual in body.people:
        _enter(cast, individual, at=organisation)
    registering.contacts(cast.partnership, organisation, body, material.register)


def _enter(
    cast: Cast, individual: Individual, *, at: Partnership | Organisation | None, until: date | None = None
) -> None:
    """A person in a role. All of them have the same password, so it is hashed once and not 250 times."""
    person = people.add(name=individual.name, email=individual.email)
    person.password_hash = cast.password_hash
    people.give_role(
        person,
        individual.role,
        at=at,
        job_title=individual.job_title,
        signs_as=individual.signs_as,
        until=until,
    )
    cast.people[individual.email] = person


def _password_hash() -> str:
    return passwords.hash_of(current_app.config["S11"].demo_password.get_secret_value())
