"""Finding people."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, or_, select

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership, Seat
from s11.people.models import Membership, Person
from s11.people.rules import Role, canonical_address


def in_force(today: ColumnElement[date] | None = None) -> ColumnElement[bool]:
    """Whether a membership can be acted in today, by somebody who may sign in."""
    return and_(
        Membership.ended_on.is_(None),
        Membership.pending.is_(False),
        or_(Membership.until.is_(None), Membership.until >= (clock.today() if today is None else today)),
        Person.active,
    )


def by_ref(ref: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.ref == ref))


def by_id(id_: int) -> Person | None:
    return db.session.get(Person, id_)


def anybody() -> Person | None:
    """Some person who may sign in, for work that is done in nobody's name and thrown away."""
    return db.session.scalar(select(Person).where(Person.active, Person.password_hash.is_not(None)).limit(1))


@cache
def _places() -> Select[Partnership]:
    """The query of `places_of`, put together once: every page asks it."""
    held = select(Membership.partnership_id, Membership.organisation_id).join(
        Person, Person.id == Membership.person_id
    )
    today = bindparam("today", type_=Date)
    mine = held.where(Membership.person_id == bindparam("person"), in_force(today)).subquery()
    seats = select(Seat.partnership_id).where(
        Seat.organisation_id.in_(select(mine.c.organisation_id)), Seat.left_on.is_(None)
    )
    direct = select(mine.c.partnership_id).where(mine.c.partnership_id.is_not(None))
    query = select(Partnership).where(or_(Partnership.id.in_(direct), Partnership.id.in_(seats)))
    return query.order_by(Partnership.name, Partnership.id)


def places_of(person: Person) -> list[Partnership]:
    """The partnerships in which somebody's roles count, whichever they work in now, by name."""
    return list(db.session.scalars(_places(), {"person": person.id, "today": clock.today()}))


def by_address(address: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == canonical_address(address)))


def ids_by_address(addresses: Collection[str]) -> dict[str, int]:
    """Whose each of these addresses is, by the address in its canonical form; one query."""
    wanted = {canonical_address(address) for address in addresses}
    if not wanted:
        return {}
    query = select(Person.email, Person.id).where(Person.email.in_(wanted)).order_by(Person.id)
    return {address: id_ for address, id_ in db.session.execute(query)}


def members(organisation_id: int, *roles: Role) -> list[tuple[Membership, Person]]:
    """People who hold one of these roles (any, if none is named) in an organisation, by name."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, in_force())
        .order_by(Person.name, Membership.id)
    )
    if roles:
        query = query.where(Membership.role.in_(roles))
    return [(membership, person) for membership, person in db.session.execute(query)]


def of_partnership(partnership_id: int, *roles: Role) -> list[Person]:
    """People who hold one of these roles at a partnership, each once, by name."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.partnership_id == partnership_id, Membership.role.in_(roles), in_force())
        .order_by(Person.name, Person.id)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def members_and_invited(organisation_id: int, role: Role) -> list[tuple[Membership, Person]]:
    """People who hold a role in an organisation or have been offered it, by name."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            or_(in_force(), and_(Membership.pending, Membership.ended_on.is_(None), Person.active)),
        )
        .order_by(Person.name, Membership.id)
    )
    return [(membership, person) for membership, person in db.session.execute(query)]


def signatories(organisation_ids: list[int], step: str) -> list[tuple[int, Person]]:
    """Who can give one step of a sign-off chain, as (organisation id, person), by name."""
    query = (
        select(Organisation.id, Person)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Organisation.id.in_(organisation_ids),
            Membership.signs_as == step,
            in_force(),
        )
        .order_by(Person.name)
    )
    return [(organisation_id, person) for organisation_id, person in db.session.execute(query)]


def by_organisation(organisation_refs: list[str], role: Role) -> dict[str, list[tuple[str, str]]]:
    """Name and address of who holds a role in each of these organisations, by the organisation's ref."""
    query = (
        select(Organisation.ref, Person.name, Person.email)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Organisation.ref.in_(organisation_refs),
            Membership.role == role,
            in_force(),
        )
        .order_by(Person.name)
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for ref, name, email in db.session.execute(query):
        found[ref].append((name, email))
    return found
