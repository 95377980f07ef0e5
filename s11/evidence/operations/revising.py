"""A newer state of a document: answers go on showing the revision they were given."""

from typing import BinaryIO

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.core.storage import Stored, files, gone_unless_kept
from s11.evidence import queries, scanning
from s11.evidence.inspection import Inspected, glance
from s11.evidence.models import Document, Revision, Upload
from s11.evidence.operations.adding import known_of
from s11.evidence.operations.keeping import check_kept
from s11.evidence.operations.receiving import Arrived, to_decide
from s11.evidence.rules import ScanState
from s11.evidence.scanning import Verdict
from s11.people.models import Person
from s11.trail.operations import record

ONLY_FILES = "Only a file has revisions. Add a new link or reference instead."
SAME = "This is the same file as revision {number}, so nothing was added. Choose the file as it is now."


def add_revision(document: Document, stream: BinaryIO, name: str, *, by: Person, most: int) -> Revision:
    """Keep a newer state of a file of our own making. What somebody sends is looked into first: `revise`."""
    checked = glance(stream, name, most=most)
    stored = files().save(stream)
    gone_unless_kept(stored.key)
    unseen = ScanState.WAITING if scanning.is_configured() else ScanState.NOT_SCANNED
    return _next(document, checked, stored, Verdict(unseen), by=by)


def revise(document: Document, arrived: Arrived, *, by: Person) -> Revision | Upload:
    """Keep a file that arrived as the newest revision; where something hides in it, ask first."""
    gone_unless_kept(arrived.stored.key)
    _check(document, arrived.stored)
    if arrived.checked.hidden:
        purpose = {"document": document.ref, "personal_data": document.personal_data}
        return to_decide(document.organisation, arrived, by=by, purpose=purpose)
    return _next(document, arrived.checked, arrived.stored, arrived.verdict, by=by)


def accept_revision(document: Document, upload: Upload, *, by: Person) -> Revision:
    """Make a revision of a file although something hides in it; what that is stays written beside it."""
    stored = Stored(upload.storage_key, upload.size, upload.sha256)
    state, note = upload.purpose.get("scan", (ScanState.NOT_SCANNED, ""))
    checked = Inspected(upload.file_name, upload.media_type, upload.size, tuple(upload.hidden))
    revision = _next(document, checked, stored, Verdict(ScanState(state), note), by=by)
    db.session.delete(upload)
    return revision


def _check(document: Document, stored: Stored) -> None:
    check_kept(document)
    if document.kind != "file":
        raise DomainError(ONLY_FILES)
    same = _same(document, stored)
    if same is not None:
        raise Invalid(SAME.format(number=same), field="file")


def _same(document: Document, stored: Stored) -> int | None:
    """The number of the revision with the same content."""
    revisions = queries.revisions_of(document.id)
    return next((one.number for one in revisions if one.sha256 == stored.sha256), None)


def _next(
    document: Document, checked: Inspected, stored: Stored, verdict: Verdict, *, by: Person
) -> Revision:
    _check(document, stored)
    revision = Revision(
        document=document,
        number=queries.newest_revision(document.id).number + 1,
        **known_of(checked, stored, verdict),
        added_by_id=by.id,
        added_by_name=by.name,
        added_at=clock.now(),
    )
    db.session.add(revision)
    db.session.flush()
    record(
        "document:revision:renewed",
        document.id,
        by=by,
        organisation_id=document.organisation_id,
        after={"number": revision.number, "revision": revision.ref, "sha256": revision.sha256},
    )
    return revision
