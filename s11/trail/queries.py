"""Reading the trail."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.exc import DBAPIError

from s11.core.database import db
from s11.organisations.models import Organisation, Seat
from s11.people.models import Membership, Person
from s11.trail import chaining
from s11.trail.models import Entry, TrailHead
from s11.trail.rules import REFUSED, Head

BATCH = 1000
PAGE = 50
# What an organisation does with its own working copy and its own files is not the Board's to read.
WITHIN = (
    "return:answers:saved",
    "return:evidence:attached",
    "return:evidence:removed",
    "return:standards:given",
    "return:standards:changed",
    "return:standards:taken_back",
    "return:standards:reminded",
    "return:link:sent",
    "return:link:sent_anew",
    "return:link:withdrawn",
    "return:link:opened",
    "document:revision:added",
)


@dataclass(frozen=True)
class Wanted:
    """What the trail is narrowed to; moments in UTC, `until` excluded."""

    person: str = ""
    act: str = ""
    organisation: str = ""  # ref
    since: datetime | None = None
    until: datetime | None = None


def of(
    subject: str, subject_id: int, *, at_most: int = 100, page: int = 1, without: Collection[str] = ()
) -> list[Entry]:
    """The entries about one thing, newest first; `without` names tags to leave out."""
    chaining.settle()
    query = (
        _about(select(Entry), subject, subject_id, without)
        .order_by(Entry.at.desc(), Entry.number.desc())
        .limit(at_most)
        .offset((page - 1) * at_most)
    )
    return list(db.session.scalars(query))


def was_refused(person_id: int, told: Mapping[str, Any], *, since: datetime) -> bool:
    """Whether somebody was refused the very same since a moment."""
    query = select(Entry.after).where(Entry.at >= since, Entry.tag == REFUSED, Entry.person_id == person_id)
    return any(after == told for after in db.session.scalars(query))


def how_many_of(subject: str, subject_id: int, *, without: Collection[str] = ()) -> int:
    """How many entries there are about one thing."""
    return db.session.scalar(_about(select(func.count(Entry.id)), subject, subject_id, without)) or 0


def _about(query: Select, subject: str, subject_id: int, without: Collection[str]) -> Select:
    query = query.where(Entry.subject == subject, Entry.subject_id == subject_id)
    return query.where(Entry.tag.not_in(without)) if without else query


def of_partnerships(
    partnership_ids: Collection[int], wanted: Wanted, *, page: int | None = None
) -> list[tuple[Entry, str]]:
    """The entries of these partnerships with the organisation each is about, newest first."""
    query = (
        _filtered(select(Entry, func.coalesce(Organisation.name, "")), partnership_ids, wanted)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .order_by(Entry.number.desc())
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return [(entry, name) for entry, name in db.session.execute(query)]


def how_many(partnership_ids: Collection[int], wanted: Wanted) -> int:
    """How many entries a filter finds."""
    return db.session.scalar(_filtered(select(func.count(Entry.id)), partnership_ids, wanted)) or 0


def _filtered(query: Select, partnership_ids: Collection[int], wanted: Wanted) -> Select:
    seated = select(Seat.organisation_id).where(
        Seat.partnership_id.in_(partnership_ids), Seat.left_on.is_(None)
    )
    query = query.where(
        or_(
            Entry.partnership_id.in_(partnership_ids),
            # Such as a role given in an organisation, which is the same in whichever partnership.
            and_(Entry.partnership_id.is_(None), Entry.organisation_id.in_(seated)),
            # Such as signing in, which belongs to no place but to a person who was one of theirs then.
            and_(
                Entry.partnership_id.is_(None),
                Entry.organisation_id.is_(None),
                Entry.subject == "person",
                was_a_member(partnership_ids, seated),
            ),
        ),
        Entry.tag.not_in(WITHIN),
    )
    if wanted.person:
        # Who left is found by the name they go under now, and by no other.
        renamed = select(Person.id).where(Person.pseudonymised_at.is_not(None))
        as_known = renamed.where(Person.name.icontains(wanted.person, autoescape=True))
        query = query.where(
            or_(
                and_(
                    Entry.person_name.icontains(wanted.person, autoescape=True),
                    or_(Entry.person_id.is_(None), Entry.person_id.not_in(renamed)),
                ),
                Entry.person_id.in_(as_known),
            )
        )
    if wanted.act:
        query = query.where(Entry.tag == wanted.act)
    if wanted.organisation:
        query = query.where(
            Entry.organisation_id.in_(select(Organisation.id).where(Organisation.ref == wanted.organisation))
        )
    if wanted.since is not None:
        query = query.where(Entry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Entry.at < wanted.until)
    return query


def was_a_member(partnership_ids: Collection[int], seated: Select) -> ColumnElement[bool]:
    """Whether the person an entry is about had a role with these partnerships on that day."""
    day = func.date(Entry.at)
    return exists().where(
        Membership.person_id == Entry.subject_id,
        or_(Membership.partnership_id.in_(partnership_ids), Membership.organisation_id.in_(seated)),
        Membership.pending.is_(False),
        Membership.started_on <= day,
        or_(Membership.ended_on.is_(None), Membership.ended_on >= day),
        or_(Membership.until.is_(None), Membership.until >= day),
    )


def pseudonyms() -> dict[int, str]:
    """The names under which people who left go now, by person: pages show these for what they did."""
    left = select(Person.id, Person.name).where(Person.pseudonymised_at.is_not(None))
    return {id_: name for id_, name in db.session.execute(left)}


def batches(*, partnership_id: int | None = None) -> Iterator[list[dict[str, Any]]]:
    """All entries as plain rows, in the order of their numbers, a thousand at a time."""
    after = -(2**31)
    columns = list(Entry.__table__.c)
    while True:
        query = select(*columns).where(Entry.number > after).order_by(Entry.number).limit(BATCH)
        if partnership_id is not None:
            query = query.where(Entry.partnership_id == partnership_id)
        rows = [dict(row) for row in db.session.execute(query).mappings()]
        if not rows:
            return
        yield rows
        after = rows[-1]["number"]


def unreadable() -> int | None:
    """The number of the first entry whose columns cannot be read any more; SQLite takes anything."""
    numbers = list(db.session.scalars(select(Entry.number).order_by(Entry.number)))
    for number in numbers:
        try:
            db.session.execute(select(*Entry.__table__.c).where(Entry.number == number)).all()
        except (ValueError, TypeError, DBAPIError):
            return number
    return None


def head() -> Head | None:
    """The end of the trail as it is noted now."""
    row = db.session.execute(select(TrailHead.number, TrailHead.hash)).first()
    return Head(row.number, row.hash) if row else None


def older_than(moment: datetime) -> tuple[int, datetime | None]:
    """How many entries are from before a moment, and when the oldest was made."""
    count, oldest = db.session.execute(
        select(func.count(Entry.id), func.min(Entry.at)).where(Entry.at < moment)
    ).one()
    return count, oldest
