"""Adding evidence to an organisation's library."""

from typing import Any, BinaryIO
from urllib.parse import urlsplit

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.core.storage import Stored, files, gone_unless_kept
from s11.evidence import queries, scanning
from s11.evidence.inspection import Inspected, glance
from s11.evidence.models import Document, Revision
from s11.evidence.rules import TO_SCAN, ScanState
from s11.evidence.scanning import Verdict
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.trail.operations import record


def add_file(
    organisation: Organisation,
    stream: BinaryIO,
    name: str,
    *,
    by: Person | None,
    title: str = "",
    most: int,
) -> Revision:
    """Keep a file of at most `most` bytes. The same content is kept once for an organisation.

    For files of our own making. What somebody sends is looked into first: see `receiving`.
    """
    checked = glance(stream, name, most=most)
    stored = files().save(stream)
    known = queries.same_content(organisation.id, stored.sha256)
    if known is not None:
        files().delete(stored.key)
        return known
    return new_file(organisation, checked, stored, title=title, by=by)


def new_file(
    organisation: Organisation,
    checked: Inspected,
    stored: Stored,
    *,
    verdict: Verdict | None = None,
    personal_data: str = "",
    title: str = "",
    by: Person | None,
) -> Revision:
    """A document for a stored file that the library does not have yet."""
    gone_unless_kept(stored.key)
    unseen = ScanState.WAITING if scanning.is_configured() else ScanState.NOT_SCANNED
    verdict = verdict or Verdict(unseen)
    document = _document(organisation, "file", title.strip() or checked.file_name, by=by)
    document.personal_data = personal_data
    return _revision(
        document,
        by=by,
        **known_of(checked, stored, verdict),
    )


def known_of(checked: Inspected, stored: Stored, verdict: Verdict) -> dict[str, Any]:
    """What a revision keeps of a stored file: its name and kind, its bytes, and what was found in it."""
    return {
        "file_name": checked.file_name,
        "media_type": checked.media_type,
        "size": stored.size,
        "sha256": stored.sha256,
        "storage_key": stored.key,
        "hidden": list(checked.hidden),
        "scan_state": verdict.state,
        "scan_note": verdict.note,
        "scanned_at": None if verdict.state in TO_SCAN else clock.now(),
    }


def add_link(organisation: Organisation, *, address: str, title: str, by: Person | None) -> Revision:
    """Point to something that is on the web or on an intranet."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Invalid("Enter an address that begins with https://, as in your browser.", field="target")
    return _revision(
        _document(organisation, "link", title.strip() or parts.netloc, target=address.strip(), by=by), by=by
    )


def add_reference(organisation: Organisation, *, words: str, title: str, by: Person | None) -> Revision:
    """Say where something can be seen that is not handed over: "in the HR system, ask Ann Bell"."""
    if len(words.strip()) < 5:
        raise Invalid("Say where it can be seen and whom to ask.", field="target")
    shown = title.strip() or words.strip().splitlines()[0][:80]
    return _revision(_document(organisation, "reference", shown, target=words.strip(), by=by), by=by)


def _document(
    organisation: Organisation, kind: str, title: str, *, by: Person | None, target: str = ""
) -> Document:
    document = Document(
        organisation=organisation,
        kind=kind,
        title=title[:250],
        target=target,
        added_by_id=by.id if by else None,
        added_by_name=by.name if by else "",
        added_at=clock.now(),
    )
    db.session.add(document)
    return document


def _revision(document: Document, *, by: Person | None, **details: object) -> Revision:
    revision = Revision(
        document=document,
        number=1,
        added_by_id=by.id if by else None,
        added_by_name=by.name if by else "",
        added_at=clock.now(),
        **details,
    )
    db.session.add(revision)
    db.session.flush()
    record(
        "document:revision:added",
        document.id,
        by=by,
        organisation_id=document.organisation.id,
        after={"kind": document.kind, "revision": revision.ref, "sha256": revision.sha256},
    )
    return revision
