"""How much evidence a return shows, and which files of it wait for a decision."""

from sqlalchemy import select

from s11.core.database import db
from s11.evidence import queries as documents
from s11.evidence.models import Revision, Upload
from s11.returns.evidence_rules import Held, Limits
from s11.returns.models import AnswerEvidence, Return


def limits_of(return_: Return) -> Limits:
    cycle = return_.cycle
    return Limits.of(cycle.takes_files, cycle.files_at_most, cycle.megabytes_at_most)


def held_in(return_: Return) -> Held:
    """The files a return shows, each counted once wherever it is shown, and those that wait."""
    shown = select(AnswerEvidence.revision_id).where(AnswerEvidence.return_id == return_.id)
    query = select(Revision.size).where(Revision.id.in_(shown), Revision.storage_key != "")
    sizes = [*db.session.scalars(query), *(upload.size for upload in waiting_in(return_))]
    return Held(len(sizes), sum(sizes))


def is_shown(return_: Return, revision: Revision) -> bool:
    """Whether a return shows a revision somewhere already."""
    query = select(AnswerEvidence.id).where(
        AnswerEvidence.return_id == return_.id, AnswerEvidence.revision_id == revision.id
    )
    return db.session.scalar(query.limit(1)) is not None


def waiting_in(return_: Return, **place: object) -> list[Upload]:
    """Files that arrived for a return, or for one place in it, and wait for somebody's decision."""
    return [
        upload
        for upload in documents.uploads(return_.organisation_id)
        if upload.purpose.get("return") == return_.ref
        and all(upload.purpose.get(name) == value for name, value in place.items())
    ]
