"""The register as a file is compared with it, and the files that were brought."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, selectinload

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Seat
from s11.register.files.asked import Asked, asked_now
from s11.register.files.known import Held, HeldContact
from s11.register.files.rules import FACTS, IN_HISTORY, NUMBERS, Row
from s11.register.models import Contact, OrganisationEvent, RegisterFile
from s11.register.rules import Happening
from s11.web.filters import day

PAGE = 100
RECENT = 10
COLUMN_OF = {
    "urn": Organisation.urn,
    "ofsted_urn": Organisation.ofsted_urn,
    "ods_code": Organisation.ods_code,
}
STANDING = frozenset({Happening.CLOSED, Happening.REOPENED, Happening.MERGED})


def by_ref(ref: str) -> RegisterFile | None:
    return db.session.scalar(select(RegisterFile).where(RegisterFile.ref == ref))


def recent(partnership_id: int) -> list[RegisterFile]:
    """The files last brought to a partnership, the latest first."""
    query = select(RegisterFile).where(RegisterFile.partnership_id == partnership_id)
    return list(db.session.scalars(query.order_by(RegisterFile.id.desc()).limit(RECENT)))


def waiting(partnership_id: int) -> list[RegisterFile]:
    """The files that were neither applied nor put aside."""
    query = select(RegisterFile).where(
        RegisterFile.partnership_id == partnership_id,
        RegisterFile.applied_at.is_(None),
        RegisterFile.put_aside_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(RegisterFile.id)))


def waiting_since_before(moment: datetime) -> list[RegisterFile]:
    """The files nobody decided about, brought before a moment."""
    query = select(RegisterFile).where(
        RegisterFile.brought_at < moment,
        RegisterFile.applied_at.is_(None),
        RegisterFile.put_aside_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(RegisterFile.id)))


def authorities_last_time(partnership_id: int, layout: str) -> list[str]:
    """The local authorities of the last register of this layout that was applied here."""
    query = select(RegisterFile.choices).where(
        RegisterFile.partnership_id == partnership_id,
        RegisterFile.layout == layout,
        RegisterFile.applied_at.is_not(None),
    )
    choices = db.session.scalar(query.order_by(RegisterFile.id.desc()).limit(1))
    return list((choices or {}).get("authorities", []))


def register_for(partnership_id: int, rows: Iterable[Row] = ()) -> list[Held]:
    """Every organisation that has or had a seat here, by name, and those elsewhere that hold a number of the
    rows. Five queries, however many there are."""
    numbers = defaultdict(set)
    for row in rows:
        for key in NUMBERS:
            if row.facts.get(key):
                numbers[key].add(str(row.facts[key]))
    seats = {
        organisation_id: left_on
        for organisation_id, left_on in db.session.execute(
            select(Seat.organisation_id, Seat.left_on).where(Seat.partnership_id == partnership_id)
        )
    }
    organisations = list(db.session.scalars(_here_or_numbered(partnership_id, numbers)))
    ids = [one.id for one in organisations if one.id in seats]
    above = _names([one.parent_id for one in organisations] + [one.merged_into_id for one in organisations])
    by_hand, contacts = changed_by_hand(ids), contacts_now(ids, partnership_id)
    asked = asked_now(ids, partnership_id)
    return [
        Held(
            one.id,
            one.ref,
            facts_of(one, above.get(one.parent_id or 0, "")),
            one.closed_on.isoformat() if one.closed_on else "",
            above.get(one.merged_into_id or 0, ""),
            seated=one.id in seats and seats[one.id] is None,
            elsewhere=one.id not in seats,
            by_hand=by_hand.get(one.id, frozenset()),
            contacts=tuple(contacts.get(one.id, ())),
            asked=tuple(asked_said(asked.get(one.id, ()))),
        )
        for one in organisations
    ]


def _here_or_numbered(partnership_id: int, numbers: dict[str, set[str]]) -> Any:
    here = select(Seat.organisation_id).where(Seat.partnership_id == partnership_id)
    wanted = [COLUMN_OF[key].in_(sorted(held)) for key, held in numbers.items()]
    query = select(Organisation).where(or_(Organisation.id.in_(here), *wanted))
    return query.order_by(Organisation.name, Organisation.id)


def _names(ids: Collection[int | None]) -> dict[int, str]:
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_({id_ for id_ in ids if id_}))
    return {id_: name for id_, name in db.session.execute(query)}


def facts_of(one: Organisation, parent: str) -> dict[str, Any]:
    """What the register says of an organisation, as a row of a file would."""
    facts = {fact: getattr(one, fact) for fact in FACTS if fact not in ("parent", "opened_on")}
    return facts | {"parent": parent, "opened_on": one.opened_on.isoformat() if one.opened_on else None}


def asked_said(asked: Sequence[Asked]) -> list[str]:
    return [
        f"Asked in {one.cycle}, {'returned' if one.is_in else f'due {day(one.due_on)}'}: withdraw it there "
        "afterwards."
        for one in asked
    ]


def changed_by_hand(ids: Collection[int]) -> dict[int, frozenset[str]]:
    """For each organisation the facts whose last change was typed here and not read from a file."""
    query = (
        select(
            OrganisationEvent.organisation_id,
            OrganisationEvent.what,
            OrganisationEvent.source,
            OrganisationEvent.after,
        )
        .where(OrganisationEvent.organisation_id.in_(ids), OrganisationEvent.what != Happening.ADDED)
        .order_by(OrganisationEvent.organisation_id, OrganisationEvent.id)
    )
    fact_of = {said: fact for fact, said in IN_HISTORY.items()}
    last: dict[int, dict[str, bool]] = defaultdict(dict)
    for organisation_id, what, source, after in db.session.execute(query):
        touched = {fact_of[said] for said in after if said in fact_of}
        if what in STANDING:
            touched.add("closed_on")
        for fact in touched:
            last[organisation_id][fact] = not source
    return {id_: frozenset(fact for fact, typed in facts.items() if typed) for id_, facts in last.items()}


def contacts_now(ids: Collection[int], partnership_id: int) -> dict[int, list[HeldContact]]:
    """The contacts of today, in the order in which they were added."""
    query = (
        select(Contact)
        .where(
            Contact.organisation_id.in_(ids),
            Contact.partnership_id == partnership_id,
            or_(Contact.ended_on.is_(None), Contact.ended_on > clock.today()),
        )
        .order_by(Contact.organisation_id, Contact.id)
    )
    found: dict[int, list[HeldContact]] = defaultdict(list)
    for one in db.session.scalars(query):
        found[one.organisation_id].append(HeldContact(one.id, one.role, one.name, one.email, one.telephone))
    return found


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    """Organisations to change, locked where the database can, with their seats."""
    query = (
        select(Organisation)
        .where(Organisation.id.in_(ids))
        .options(selectinload(Organisation.seats))
        .order_by(Organisation.id)
        .with_for_update()
    )
    return {one.id: one for one in db.session.scalars(query)}


def contacts_by_id(ids: Collection[int]) -> dict[int, Contact]:
    query = select(Contact).where(Contact.id.in_(ids)).order_by(Contact.id)
    return {one.id: one for one in db.session.scalars(query)}


def seated_by_name(partnership_id: int) -> list[tuple[int, str]]:
    """Those at the table by id and name, for finding parents: of one name, the last is to be taken."""
    organisation = aliased(Organisation)
    query = (
        select(organisation.id, organisation.name)
        .join(Seat, Seat.organisation_id == organisation.id)
        .where(Seat.partnership_id == partnership_id, Seat.left_on.is_(None))
        .order_by(organisation.closed_on.is_(None), organisation.id.desc())
    )
    return [(id_, name) for id_, name in db.session.execute(query)]
