"""The organisations of a table as they are compared with each other, and one pair of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Seat
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.register.matching.rules import Found, Named, pairs
from s11.register.models import Contact, NotTheSame

NUMBERS = ("urn", "dfe_number", "ukprn", "ofsted_urn", "charity_number", "ods_code")


@dataclass(frozen=True)
class Pair:
    """Two organisations that may be one; `one` is the one entered first."""

    one: Organisation
    other: Organisation

    @property
    def ref(self) -> str:
        return f"{self.one.ref}-{self.other.ref}"


def here(partnership_id: int) -> list[Organisation]:
    """The open organisations of a table, by name."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
        .where(Organisation.closed_on.is_(None), Organisation.merged_into_id.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def found(partnership_id: int, kinds: Collection[str]) -> list[tuple[Pair, Found]]:
    """The pairs of a table that may be one organisation and nobody told apart, the surest first."""
    by_id = {one.id: one for one in here(partnership_id) if one.kind in kinds}
    apart = told_apart(by_id)
    return [
        (Pair(by_id[one.one], by_id[one.other]), one)
        for one in pairs([named(one) for one in by_id.values()])
        if (one.one, one.other) not in apart
    ]


def named(one: Organisation) -> Named:
    numbers = tuple(f"{name} {getattr(one, name)}" for name in NUMBERS if getattr(one, name))
    return Named(one.id, one.name, one.postcode, one.kind, one.phase, one.district, numbers)


def told_apart(ids: Collection[int]) -> set[tuple[int, int]]:
    query = select(NotTheSame.one_id, NotTheSame.other_id).where(NotTheSame.one_id.in_(ids))
    return {(one, other) for one, other in db.session.execute(query.order_by(NotTheSame.id))}


def pair_by_ref(ref: str) -> Pair | None:
    """Two organisations by their refs, in the order in which they were entered."""
    refs = ref.split("-")
    if len(refs) != 2 or refs[0] == refs[1]:
        return None
    query = (
        select(Organisation)
        .where(Organisation.ref.in_(refs))
        .options(selectinload(Organisation.seats), joinedload(Organisation.parent))
        .order_by(Organisation.id)
    )
    both = list(db.session.scalars(query))
    return Pair(*both) if len(both) == 2 else None


def contacts_of(ids: Collection[int], partnership_id: int) -> dict[int, list[Contact]]:
    """The contacts of today, by name."""
    query = (
        select(Contact)
        .where(
            Contact.organisation_id.in_(ids),
            Contact.partnership_id == partnership_id,
            or_(Contact.ended_on.is_(None), Contact.ended_on > clock.today()),
        )
        .order_by(Contact.name, Contact.id)
    )
    held: dict[int, list[Contact]] = defaultdict(list)
    for contact in db.session.scalars(query):
        held[contact.organisation_id].append(contact)
    return held


def members_of(ids: Collection[int]) -> dict[int, int]:
    """How many people have an account in each."""
    query = (
        select(Membership.organisation_id, func.count(Membership.id))
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(ids), in_force())
        .group_by(Membership.organisation_id)
        .order_by(Membership.organisation_id)
    )
    return {id_: count for id_, count in db.session.execute(query) if id_ is not None}


def beneath(organisation_id: int) -> list[Organisation]:
    """What belongs to an organisation."""
    query = select(Organisation).where(Organisation.parent_id == organisation_id)
    return list(db.session.scalars(query.order_by(Organisation.id)))


def taken_in(organisation_id: int) -> list[Organisation]:
    """What became part of an organisation before, the latest first."""
    query = select(Organisation).where(Organisation.merged_into_id == organisation_id)
    return list(db.session.scalars(query.order_by(Organisation.closed_on.desc(), Organisation.id)))


def is_told_apart(pair: Pair) -> bool:
    return (pair.one.id, pair.other.id) in told_apart([pair.one.id])


def values_of(organisation: Organisation, facts: Collection[str]) -> dict[str, Any]:
    return {fact: getattr(organisation, fact) for fact in facts}
