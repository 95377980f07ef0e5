"""Adding to the trail. Nothing here changes or removes an entry, and nothing else does."""

from typing import Any

from flask import g, has_request_context

from s11.core import clock
from s11.core.database import db
from s11.people.models import Person
from s11.trail.models import Entry


def record(
    tag: str,
    subject_id: int,
    *,
    by: Person | None,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Add an entry in the transaction in hand, so that act and entry are kept together or not at all.

    `tag` reads subject:part:act, for example "return:answers:saved".
    """
    entry = _entry(tag, subject_id, by, organisation_id, partnership_id, before, after)
    db.session.add(entry)
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


def _entry(
    tag: str,
    subject_id: int,
    by: Person | None,
    organisation_id: int | None,
    partnership_id: int | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> Entry:
    return Entry(
        at=clock.now(),
        tag=tag,
        subject=tag.split(":", 1)[0],
        subject_id=subject_id,
        person_id=by.id if by else None,
        person_name=by.name if by else "System",
        organisation_id=organisation_id,
        partnership_id=partnership_id,
        before=before,
        after=after,
    )
