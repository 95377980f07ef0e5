"""Telling two organisations apart, or putting them together with their history kept."""

from collections.abc import Collection

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.register.files.asked import asked_now
from s11.register.files.plan import said
from s11.register.files.rules import FACTS, IN_HISTORY
from s11.register.matching import queries
from s11.register.matching.queries import Pair
from s11.register.models import Contact, NotTheSame, OrganisationEvent
from s11.register.operations.contacts import stand_in_for_nobody
from s11.register.rules import Happening
from s11.trail.operations import record
from s11.web.filters import day

# Facts of which one can be chosen; the parent is a column of another name.
CHOSEN = (*(fact for fact in FACTS if fact != "parent"), "parent_id")
UNIQUE = frozenset({"urn", "ofsted_urn", "ods_code"})
NO_VALUE = (None, "")


def tell_apart(pair: Pair, partnership: Partnership, *, why: str = "", by: Person | None) -> None:
    """Two that look alike are two: they are not shown as a pair again."""
    if queries.is_told_apart(pair):
        return
    db.session.add(
        NotTheSame(
            one_id=pair.one.id,
            other_id=pair.other.id,
            said_at=clock.now(),
            said_by_name=by.name if by else "",
            why=why.strip(),
        )
    )
    for organisation, other in ((pair.one, pair.other), (pair.other, pair.one)):
        in_trail("told_apart", organisation, partnership, by, {"other": other.name})


def merge(
    pair: Pair,
    partnership: Partnership,
    *,
    stays: Organisation,
    taken: Collection[str] = (),
    note: str = "",
    by: Person | None,
) -> None:
    """Make one of two: `taken` are the facts that are taken from the one that goes.

    The one that goes closes, and what it was stays with it: its returns, its people, its documents and its
    actions. Its contacts of today, and what belonged to it, go over to the one that stays.
    """
    goes = pair.other if stays.id == pair.one.id else pair.one
    for one in (pair.one, pair.other):
        db.session.refresh(one, with_for_update=True)
    check(stays, goes, partnership)
    before, after = take_facts(stays, goes, [fact for fact in CHOSEN if fact in taken])
    take_contacts(stays, goes, partnership)
    for beneath in queries.beneath(goes.id):
        beneath.parent_id = stays.id if beneath.id != stays.id else goes.parent_id
    if stays.parent_id == stays.id:
        stays.parent_id = None
    for earlier in queries.taken_in(goes.id):
        earlier.merged_into_id = stays.id
    goes.merged_into_id, goes.closed_on = stays.id, goes.closed_on or clock.today()
    note = note.strip()[:300]
    happened(goes, Happening.MERGED, partnership, {}, {"into": stays.name}, note, by)
    happened(stays, Happening.TOOK_IN, partnership, before, {"took in": goes.name} | after, note, by)
    in_trail("merged", goes, partnership, by, {"into": stays.name})
    in_trail("took_in", stays, partnership, by, {"taken_in": goes.name})
    db.session.flush()


def check(stays: Organisation, goes: Organisation, partnership: Partnership) -> None:
    """Refuse what would leave work without an owner, or reach into another table. Raises DomainError."""
    if goes.merged_into_id is not None or stays.merged_into_id is not None:
        raise DomainError("These two were put together already.")
    if stays.closed_on is not None:
        raise Invalid(f"{stays.name} is closed. Keep the one that is open.", field="stays")
    if goes.seated_in - {partnership.id}:
        raise Invalid(
            f"{goes.name} sits at another partnership’s table too. Keep it, and let {stays.name} go.",
            field="stays",
        )
    asked = asked_now([stays.id, goes.id], partnership.id)
    both = {one.cycle_id for one in asked.get(stays.id, ())}
    for one in asked.get(goes.id, ()):
        if one.cycle_id in both:
            raise Invalid(
                f"Both are asked in {one.cycle}. Withdraw one of the two there, and put them together then.",
                field="stays",
            )
        due = "has returned" if one.is_in else f"is due {day(one.due_on)}"
        raise Invalid(
            f"{goes.name} is asked in {one.cycle} and {due}. Keep {goes.name}, or withdraw it there first.",
            field="stays",
        )


def take_facts(
    stays: Organisation, goes: Organisation, taken: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Take facts over; gives what they were and are. A number is one organisation's, so it goes over."""
    values = queries.values_of(goes, taken)
    before, after = {}, {}
    for fact in UNIQUE & set(taken):
        setattr(goes, fact, None)
    db.session.flush()
    for fact, value in values.items():
        if fact == "parent_id":
            if value != stays.id:
                before["belongs to"] = stays.parent.name if stays.parent else ""
                stays.parent_id = value
                after["belongs to"] = goes.parent.name if goes.parent else ""
            continue
        before[IN_HISTORY[fact]] = said(fact, getattr(stays, fact))
        setattr(stays, fact, value)
        after[IN_HISTORY[fact]] = said(fact, value)
    return before, after


def take_contacts(stays: Organisation, goes: Organisation, partnership: Partnership) -> None:
    """Contacts of today go over; somebody who is one at both ends at the one that goes."""
    held = queries.contacts_of([stays.id, goes.id], partnership.id)
    known = {mark for contact in held.get(stays.id, ()) for mark in marks_of(contact)}
    for contact in held.get(goes.id, ()):
        if known & marks_of(contact):
            contact.ended_on = clock.today()
            stand_in_for_nobody([contact.id])
        else:
            contact.organisation_id = stays.id


def marks_of(contact: Contact) -> set[tuple[str, str]]:
    """By what somebody is the same contact: the post, with the name or the address."""
    held = {(contact.role, contact.name.casefold()), (contact.role, contact.email)}
    return held - {(contact.role, "")}


def happened(
    organisation: Organisation,
    what: Happening,
    partnership: Partnership,
    before: dict[str, str],
    after: dict[str, str],
    note: str,
    by: Person | None,
) -> None:
    db.session.add(
        OrganisationEvent(
            organisation_id=organisation.id,
            partnership_id=partnership.id,
            what=what,
            on=clock.today(),
            before=before,
            after=after,
            note=note,
            at=clock.now(),
            by_name=by.name if by else "",
        )
    )


TAGS = {
    "told_apart": "organisation:duplicate:told_apart",
    "merged": "organisation:duplicate:merged",
    "took_in": "organisation:duplicate:took_in",
}


def in_trail(
    act: str, organisation: Organisation, partnership: Partnership, by: Person | None, told: dict[str, str]
) -> None:
    record(
        TAGS[act],
        organisation.id,
        by=by,
        organisation_id=organisation.id,
        partnership_id=partnership.id,
        after={"organisation": organisation.name} | told,
    )
