"""One organisation: who and what belongs to it."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.organisations.models import Organisation, Partnership, Seat
from s11.organisations.rules import Kind
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.register.models import Contact, OrganisationEvent

NUMBER_COLUMNS = {
    "urn": Organisation.urn,
    "dfe_number": Organisation.dfe_number,
    "ukprn": Organisation.ukprn,
    "ofsted_urn": Organisation.ofsted_urn,
    "charity_number": Organisation.charity_number,
    "ods_code": Organisation.ods_code,
}

NO_PARENTS = (Kind.SCHOOL, Kind.COLLEGE, Kind.EARLY_YEARS, Kind.CHILDMINDER)


def by_ref(ref: str) -> Organisation | None:
    """An organisation with its parent and its seats."""
    query = select(Organisation).where(Organisation.ref == ref)
    query = query.options(joinedload(Organisation.parent), joinedload(Organisation.seats))
    return db.session.scalars(query).unique().one_or_none()


def partnership(partnership_id: int) -> Partnership:
    return db.session.scalars(select(Partnership).where(Partnership.id == partnership_id)).one()


def contact_by_ref(ref: str) -> Contact | None:
    query = select(Contact).where(Contact.ref == ref)
    return db.session.scalar(query.options(joinedload(Contact.organisation).joinedload(Organisation.seats)))


def contacts_of(organisation_id: int, partnership_id: int) -> list[Contact]:
    """Every contact a partnership has or had in an organisation, by name."""
    query = (
        select(Contact)
        .where(Contact.organisation_id == organisation_id, Contact.partnership_id == partnership_id)
        .options(joinedload(Contact.substitute_for))
        .order_by(Contact.name, Contact.id)
    )
    return list(db.session.scalars(query))


def members_of(organisation_id: int) -> list[tuple[Membership, Person]]:
    """Everybody with an account in an organisation, by name."""
    query = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, in_force())
        .order_by(Person.name, Membership.id)
    )
    return [(membership, person) for membership, person in db.session.execute(query)]


def events_of(organisation_id: int) -> list[OrganisationEvent]:
    """What happened to an organisation, the latest first."""
    query = select(OrganisationEvent).where(OrganisationEvent.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(OrganisationEvent.on.desc(), OrganisationEvent.id.desc())))


def under(organisation_id: int, partnership_id: int) -> list[Organisation]:
    """Those of a partnership's organisations that belong to this one, by name."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Organisation.parent_id == organisation_id, Seat.partnership_id == partnership_id)
        .where(Seat.left_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def took_in(organisation_id: int, partnership_id: int) -> list[Organisation]:
    """Those of a partnership's organisations that became part of this one, by name."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Organisation.merged_into_id == organisation_id, Seat.partnership_id == partnership_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def successor_of(organisation: Organisation) -> Organisation | None:
    """What an organisation became part of, with its seats."""
    query = select(Organisation).where(Organisation.id == organisation.merged_into_id)
    return db.session.scalars(query.options(joinedload(Organisation.seats))).unique().one_or_none()


def holding_number(name: str, value: str, *, but: int | None) -> Organisation | None:
    """Which other organisation of the installation has this register number, if any."""
    query = select(Organisation).where(NUMBER_COLUMNS[name] == value)
    if but is not None:
        query = query.where(Organisation.id != but)
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).first()


def namesake(name: str, partnership_id: int, *, but: int | None) -> Organisation | None:
    """Another organisation at this table under the same name."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id)
        .where(func.lower(Organisation.name) == name.strip().lower())
    )
    if but is not None:
        query = query.where(Organisation.id != but)
    return db.session.scalars(query.order_by(Organisation.id).limit(1)).first()


def known_as(typed: str, partnership_id: int) -> list[Organisation]:
    """The organisations at this table of this name, short name or register number; two at most."""
    wanted = typed.strip().lower()
    names = (Organisation.name, Organisation.short_name, *NUMBER_COLUMNS.values())
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
        .where(or_(*(func.lower(column) == wanted for column in names)))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query.limit(2)))


def parents_offered(partnership_id: int, *, but: int | None) -> list[Organisation]:
    """What others at this table can belong to: everything but schools, settings and childminders."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
        .where(Organisation.closed_on.is_(None), Organisation.kind.not_in(NO_PARENTS))
        .order_by(Organisation.name, Organisation.id)
    )
    return [one for one in db.session.scalars(query) if one.id != but]


def lines_above(organisation: Organisation) -> list[int]:
    """The ids of everything an organisation belongs to, itself first; a ring ends where it closes."""
    found: list[int] = []
    above: Organisation | None = organisation
    while above is not None and above.id not in found:
        found.append(above.id)
        above = above.parent
    return found
