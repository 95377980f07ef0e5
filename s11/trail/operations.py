"""Adding to the trail. Nothing here changes or removes an entry, and nothing else does."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import g, has_request_context, request

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation
from s11.people.models import Membership, Person
from s11.trail import chaining, queries
from s11.trail.models import Entry
from s11.trail.rules import REFUSED, Guest, plain_address

ROLE_LONGEST = 200
REFUSALS_APART = timedelta(minutes=1)


def record(
    tag: str,
    subject_id: int,
    *,
    by: Person | Guest | None,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Add an entry to the work in hand, so that act and entry are kept together or not at all.

    `tag` reads subject:part:act, for example "return:answers:saved". Its words are in `s11.trail.words`.
    `by` is None for what the system does by itself.
    """
    entry = _entry(tag, subject_id, by, organisation_id, partnership_id, before, after)
    chaining.append(entry)
    return entry


def look(
    tag: str,
    subject_id: int,
    *,
    by: Person,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
) -> None:
    """Note that somebody opened something.

    A page that is only read must not write, so the entry waits until the page is made
    and is then kept by itself: see `s11.web.transactions`.
    """
    if has_request_context():
        g.setdefault("looks", []).append(
            _entry(tag, subject_id, by, organisation_id, partnership_id, None, None)
        )


def refuse(
    page: str,
    ref: str,
    status: int,
    *,
    by: Person,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
) -> None:
    """Note that somebody signed in was refused a page, once a minute for each page, so that the trail
    cannot be flooded. It waits and is kept like a look."""
    told = {"page": page, "ref": ref, "answer": status}
    if queries.was_refused(by.id, told, since=clock.now() - REFUSALS_APART):
        return
    entry = _entry(REFUSED, by.id, by, organisation_id, partnership_id, None, told)
    g.setdefault("looks", []).append(entry)


def keep(looks: Iterable[Entry]) -> None:
    """Add entries made earlier to the work in hand."""
    for entry in looks:
        chaining.append(entry)


def role_in_force(person: Person, organisation_id: int | None, partnership_id: int | None) -> str:
    """What somebody is, in words, where an act belongs.

    The roles in the organisation itself come first, then those in its trust, then those at the
    partnership. An act that belongs to no place, such as signing in, names every role held.
    """
    held = person.current
    if organisation_id is None and partnership_id is None:
        return _labels(held)
    at_home = [m for m in held if organisation_id is not None and m.organisation_id == organisation_id]
    if at_home:
        return _labels(at_home)
    elsewhere = {m.organisation_id for m in held if m.organisation_id is not None}
    if organisation_id is not None and elsewhere:
        organisation = db.session.get(Organisation, organisation_id)
        trust = organisation.parent_id if organisation else None
        if trust in elsewhere:
            return _labels(m for m in held if m.organisation_id == trust)
    at_board = [m for m in held if m.partnership_id is not None]
    if partnership_id is not None:
        at_board = [m for m in at_board if m.partnership_id == partnership_id]
    return _labels(at_board)


def _labels(memberships: Iterable[Membership]) -> str:
    """The roles, each once, in the order in which they were given."""
    return ", ".join(dict.fromkeys(m.role_label for m in memberships))[:ROLE_LONGEST]


def _entry(
    tag: str,
    subject_id: int,
    by: Person | Guest | None,
    organisation_id: int | None,
    partnership_id: int | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> Entry:
    if isinstance(by, Guest):
        person_id, role = None, by.role[:ROLE_LONGEST]
    else:
        person_id = by.id if by else None
        role = role_in_force(by, organisation_id, partnership_id) if by else ""
    return Entry(
        at=clock.now(),
        tag=tag,
        subject=tag.split(":", 1)[0],
        subject_id=subject_id,
        person_id=person_id,
        person_name=by.name if by else "System",
        role=role,
        address=plain_address(request.remote_addr) if has_request_context() else "",
        organisation_id=organisation_id,
        partnership_id=partnership_id,
        before=before,
        after=after,
    )
