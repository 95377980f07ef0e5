"""A partnership's organisations: found, narrowed down, counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Seat
from s11.organisations.rules import Kind
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import Role
from s11.register.models import Contact
from s11.register.queries.addressing import contact_in_force
from s11.register.rules import ContactRole, Standing

PAGE = 50
# What a search looks into, beside the name: every number others know an organisation by.
NUMBERS = (
    Organisation.urn,
    Organisation.dfe_number,
    Organisation.ukprn,
    Organisation.ofsted_urn,
    Organisation.charity_number,
    Organisation.ods_code,
)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed down to. Empty: no narrowing, but for `standing`."""

    search: str = ""
    kind: str = ""
    phase: str = ""
    district: str = ""
    parent: str = ""  # the ref of a trust, council or group
    bound: str = ""  # "statutory" or "asked"
    standing: str = Standing.HERE
    unreached: bool = False  # neither a lead with an account nor a lead as contact


@dataclass(frozen=True)
class Listed:
    """An organisation of the list, its seat here, and who answers for it."""

    organisation: Organisation
    left_on: date | None
    leads: int
    lead_contacts: int


def closed() -> ColumnElement[bool]:
    return and_(Organisation.closed_on.is_not(None), Organisation.closed_on <= clock.today())


def leads() -> Any:
    """How many leads with an account an organisation has, in a query on Organisation."""
    return (
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == Organisation.id,
            Membership.role.in_([Role.LEAD, Role.TRUST_LEAD]),
            in_force(),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )


def lead_contacts(partnership_id: int) -> Any:
    """How many contacts who are leads, and can be written to, a partnership has in an organisation."""
    return (
        select(func.count())
        .select_from(Contact)
        .where(
            Contact.organisation_id == Organisation.id,
            Contact.partnership_id == partnership_id,
            Contact.role == ContactRole.LEAD,
            Contact.email != "",
            contact_in_force(),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )


def how_many(partnership_id: int, kinds: Collection[Kind], wanted: Wanted) -> int:
    query = _narrowed(select(func.count(Organisation.id)), partnership_id, kinds, wanted)
    return db.session.scalar(query) or 0


def listed(
    partnership_id: int, kinds: Collection[Kind], wanted: Wanted, *, page: int | None = None
) -> list[Listed]:
    """Organisations by name, one page of them or all: one query."""
    query = select(Organisation, Seat.left_on, leads(), lead_contacts(partnership_id))
    query = _narrowed(query, partnership_id, kinds, wanted)
    query = query.options(joinedload(Organisation.parent)).order_by(Organisation.name, Organisation.id)
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return [Listed(*row) for row in db.session.execute(query)]


def counts(partnership_id: int, kinds: Collection[Kind]) -> dict[str, int]:
    """How many are here, of these bound by statute and without a contact, and how many closed or left."""
    each = (
        select(
            _standing().label("standing"),
            Organisation.bound_by_statute.label("bound"),
            and_(leads() == 0, lead_contacts(partnership_id) == 0).label("unreached"),
        )
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Organisation.kind.in_(kinds))
        .subquery()
    )
    apart = (each.c.standing, each.c.bound, each.c.unreached)
    query = select(*apart, func.count()).group_by(*apart).order_by(each.c.standing)
    found = {"here": 0, "closed": 0, "left": 0, "statutory": 0, "unreached": 0}
    for standing, bound, nobody, count in db.session.execute(query):
        found[standing] += count
        found["statutory"] += count if bound and standing == Standing.HERE else 0
        found["unreached"] += count if nobody and standing == Standing.HERE else 0
    return found


def districts(partnership_id: int, kinds: Collection[Kind]) -> list[str]:
    """The districts of a partnership's organisations, by name."""
    query = (
        select(Organisation.district)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Organisation.kind.in_(kinds))
        .where(Organisation.district != "")
        .distinct()
        .order_by(Organisation.district)
    )
    return list(db.session.scalars(query))


def parents(partnership_id: int, kinds: Collection[Kind]) -> list[Organisation]:
    """The trusts, councils and groups to which these organisations of a partnership belong, by name."""
    here = select(Seat.organisation_id).where(Seat.partnership_id == partnership_id)
    used = select(Organisation.parent_id).where(Organisation.id.in_(here), Organisation.kind.in_(kinds))
    query = select(Organisation).where(Organisation.id.in_(used), Organisation.id.in_(here))
    return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id)))


def _standing() -> Any:
    """Left goes before closed: an organisation that left and closed later is another table's matter."""
    return case(
        (Seat.left_on.is_not(None), literal(Standing.LEFT.value)),
        (closed(), literal(Standing.CLOSED.value)),
        else_=literal(Standing.HERE.value),
    )


def _narrowed(
    query: Select[Any], partnership_id: int, kinds: Collection[Kind], wanted: Wanted
) -> Select[Any]:
    query = query.join(Seat, Seat.organisation_id == Organisation.id).where(
        Seat.partnership_id == partnership_id, Organisation.kind.in_(kinds), *_facts(wanted)
    )
    if wanted.parent:
        parent = select(Organisation.id).where(Organisation.ref == wanted.parent).scalar_subquery()
        query = query.where(Organisation.parent_id == parent)
    if wanted.unreached:
        query = query.where(leads() == 0, lead_contacts(partnership_id) == 0)
    return query.where(*_stands(wanted.standing))


def _facts(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = []
    for column, value in (
        (Organisation.kind, wanted.kind),
        (Organisation.phase, wanted.phase),
        (Organisation.district, wanted.district),
    ):
        if value:
            found.append(column == value)
    if wanted.bound:
        found.append(Organisation.bound_by_statute.is_(wanted.bound == "statutory"))
    if wanted.search:
        found.append(_said(wanted.search))
    return found


def _said(search: str) -> ColumnElement[bool]:
    """Whether a search fits: part of a name or an address, the beginning of a number or a postcode."""
    words = search.casefold()
    plain = "".join(words.split())
    names = (Organisation.name, Organisation.short_name, Organisation.district)
    return or_(
        *(func.lower(column).contains(words, autoescape=True) for column in names),
        *(func.lower(column).startswith(plain, autoescape=True) for column in NUMBERS),
        func.lower(func.replace(Organisation.postcode, " ", "")).startswith(plain, autoescape=True),
        func.replace(Organisation.dfe_number, "/", "") == plain,
    )


def _stands(standing: str) -> list[ColumnElement[bool]]:
    if standing == Standing.LEFT:
        return [Seat.left_on.is_not(None)]
    if standing == Standing.CLOSED:
        return [Seat.left_on.is_(None), closed()]
    if standing == Standing.HERE:
        return [Seat.left_on.is_(None), ~func.coalesce(closed(), False)]
    return []
