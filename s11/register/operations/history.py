"""Keeping what happens to an organisation: in its history, and in the trail."""

from datetime import date
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.register.models import OrganisationEvent
from s11.register.rules import Happening
from s11.trail.operations import record

# The tag of the trail for each thing that can happen.
TAGS = {
    Happening.ADDED: "organisation:register:added",
    Happening.CHANGED: "organisation:facts:changed",
    Happening.RENAMED: "organisation:name:changed",
    Happening.MOVED: "organisation:parent:changed",
    Happening.CLOSED: "organisation:standing:closed",
    Happening.REOPENED: "organisation:standing:reopened",
    Happening.MERGED: "organisation:standing:merged",
    Happening.TOOK_IN: "organisation:standing:took_in",
    Happening.LEFT: "organisation:seat:left",
}


def happened(
    organisation: Organisation,
    what: Happening,
    *,
    partnership: Partnership | None,
    on: date | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
    source: str = "",
    by: Person | None = None,
    tag: str = "",
) -> OrganisationEvent:
    """One thing that happened to an organisation, on a day: today where none is given.

    `before` and `after` are plain words, read on the organisation's page; `source` is the file they came
    from, if any. `tag` is that of the trail, where it is another than usual.
    """
    event = OrganisationEvent(
        organisation_id=organisation.id,
        partnership_id=partnership.id if partnership else None,
        what=what,
        on=on or clock.today(),
        before=before or {},
        after=after or {},
        note=note,
        source=source,
        at=clock.now(),
        by_name=by.name if by else "",
    )
    db.session.add(event)
    db.session.flush()
    record(
        tag or TAGS[what],
        organisation.id,
        by=by,
        organisation_id=organisation.id,
        partnership_id=partnership.id if partnership else None,
        before=before or None,
        after={"organisation": organisation.name} | (after or {}) | ({"source": source} if source else {}),
    )
    return event
