"""Finding evidence."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from s11.core.database import db
from s11.evidence.models import Document, Revision, Upload
from s11.evidence.rules import TO_SCAN


def revision_by_ref(ref: str) -> Revision | None:
    return db.session.scalar(select(Revision).where(Revision.ref == ref))


def revisions_by_ref(refs: Iterable[str]) -> dict[str, Revision]:
    """Several revisions at once, by their refs."""
    query = select(Revision).where(Revision.ref.in_(sorted(set(refs)))).order_by(Revision.id)
    return {revision.ref: revision for revision in db.session.scalars(query)}


def library(organisation_id: int) -> list[Revision]:
    """The newest revision of each of an organisation's documents, the latest added first."""
    query = (
        select(Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.organisation_id == organisation_id)
        .order_by(Revision.added_at.desc(), Revision.id.desc())
    )
    newest: dict[int, Revision] = {}
    for revision in db.session.scalars(query):
        known = newest.get(revision.document_id)
        if known is None or revision.number > known.number:
            newest[revision.document_id] = revision
    return list(newest.values())


def same_content(organisation_id: int, sha256: str) -> Revision | None:
    """A file of the same organisation with the same content, so that it is kept once."""
    query = (
        select(Revision)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.organisation_id == organisation_id, Revision.sha256 == sha256)
        .order_by(Revision.id)
        .limit(1)
    )
    return db.session.scalar(query)


def revision_by_id(revision_id: int) -> Revision:
    return db.session.scalars(select(Revision).where(Revision.id == revision_id)).one()


def to_scan() -> list[tuple[int, str]]:
    """Every stored file that waits for the scanner: its id and its storage key, the oldest first."""
    query = select(Revision.id, Revision.storage_key).where(
        Revision.scan_state.in_(TO_SCAN), Revision.storage_key != ""
    )
    return [(found, key) for found, key in db.session.execute(query.order_by(Revision.id))]


def upload_by_ref(ref: str) -> Upload | None:
    return db.session.scalar(select(Upload).where(Upload.ref == ref))


def uploads(organisation_id: int) -> list[Upload]:
    """Files of an organisation that wait for somebody's decision, the oldest first."""
    query = select(Upload).where(Upload.organisation_id == organisation_id).order_by(Upload.id)
    return list(db.session.scalars(query))


def uploads_before(moment: datetime) -> list[Upload]:
    """Files that have waited for a decision since before a moment."""
    return list(db.session.scalars(select(Upload).where(Upload.at < moment).order_by(Upload.id)))
