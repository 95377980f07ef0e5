"""Keeping a library up to date: what is said of a document, whether it is current, taking it out."""

from datetime import date, timedelta
from typing import Any

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.evidence.keeping_rules import CONFIRMED_DAYS, TITLE_LONGEST
from s11.evidence.models import Document, Revision
from s11.evidence.rules import PERSONAL_DATA
from s11.evidence.uses import uses_of
from s11.people.models import Person
from s11.trail.operations import record


def describe(
    document: Document, *, title: str, current_until: date | None, personal_data: str, by: Person
) -> None:
    """Change what is said of a document: its title, until when it is current, personal data in it."""
    check_kept(document)
    if not title.strip():
        raise Invalid("Enter a title, so that others recognise the document.", field="title")
    if len(title.strip()) > TITLE_LONGEST:
        raise Invalid(f"Shorten the title to {TITLE_LONGEST} characters.", field="title")
    if personal_data not in ("", *PERSONAL_DATA):
        raise Invalid("Choose one of the answers about personal data.", field="personal_data")
    before = _said_of(document)
    document.title = title.strip()
    document.current_until = current_until
    document.personal_data = personal_data
    after = _said_of(document)
    if before != after:
        _record("document:library:described", document, by=by, before=before, after=after)


def _said_of(document: Document) -> dict[str, Any]:
    until = document.current_until.isoformat() if document.current_until else None
    return {"title": document.title, "until": until, "personal_data": document.personal_data}


def confirm(document: Document, *, until: date | None, by: Person) -> date:
    """Note that somebody looked and found a document still current: until a day, else for a year."""
    check_kept(document)
    today = clock.today()
    if until is not None and until < today:
        raise Invalid("Enter a day from today on, or leave it empty for a year.", field="until")
    document.current_until = until or today + timedelta(days=CONFIRMED_DAYS)
    document.confirmed_at = clock.now()
    document.confirmed_by_name = by.name
    after = {"until": document.current_until.isoformat()}
    _record("document:library:confirmed", document, by=by, after=after)
    return document.current_until


def remove(document: Document, *, by: Person) -> None:
    """Take a document out of the library. What was submitted with it keeps it, and it can be opened there."""
    if document.removed_at is not None:
        return
    open_uses = [use for use in uses_of(document.organisation_id).get(document.id, []) if use.is_open]
    if open_uses:
        places = ", ".join(f"{use.number or use.what} ({use.cycle})" for use in open_uses)
        raise DomainError(
            f"“{document.title}” is still shown in a return that is not submitted, or for an action that is "
            f"not complete: {places}. Take it off there first, then remove it."
        )
    document.removed_at = clock.now()
    _record("document:library:removed", document, by=by)


def check_kept(document: Document) -> None:
    if document.removed_at is not None:
        raise DomainError(
            f"“{document.title}” was removed from the library, so it can no longer be changed. "
            "Add it anew if you need it."
        )


def _record(
    tag: str,
    document: Document,
    *,
    by: Person | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(tag, document.id, by=by, organisation_id=document.organisation_id, before=before, after=after)


def note_fault(revision: Revision, sentence: str) -> None:
    """Put into the trail that a stored file is not what was added, as found by the nightly check."""
    told = {"revision": revision.number, "found": sentence}
    _record("document:revision:altered", revision.document, by=None, after=told)
