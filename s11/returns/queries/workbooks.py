"""What the workbook of a return is made from and compared with."""

from collections.abc import Iterable

from sqlalchemy import select, tuple_

from s11.core.database import db
from s11.evidence.models import Document, Revision, Upload
from s11.people.models import Person
from s11.returns.models import Answer, AnswerEvidence, AnswerVersion, Return

WORKBOOK = "workbook"


def versions_at(return_id: int, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], AnswerVersion]:
    """What answers said at earlier versions of them, by criterion and version; what never was is left out."""
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    rows = db.session.execute(
        select(Answer.criterion_id, AnswerVersion)
        .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
        .where(
            Answer.return_id == return_id,
            tuple_(Answer.criterion_id, AnswerVersion.version).in_(pairs),
        )
        .order_by(Answer.criterion_id, AnswerVersion.version)
    )
    return {(criterion_id, version.version): version for criterion_id, version in rows}


def evidence_titles(return_id: int) -> dict[int, list[str]]:
    """The titles of what is shown for each criterion, with where in it to look."""
    rows = db.session.execute(
        select(AnswerEvidence.criterion_id, Document.title, AnswerEvidence.note)
        .join(Revision, Revision.id == AnswerEvidence.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(AnswerEvidence.return_id == return_id)
        .order_by(AnswerEvidence.id)
    )
    found: dict[int, list[str]] = {}
    for criterion_id, title, note in rows:
        found.setdefault(criterion_id, []).append(f"{title} ({note})" if note else title)
    return found


def meant_for(return_: Return) -> dict[str, str]:
    """The purpose of an upload that is a workbook. It names the return by a word of its own, so that nobody
    who looks for evidence on its way into the return finds it."""
    return {"kind": WORKBOOK, "of": return_.ref}


def workbooks_of(return_: Return, person: Person) -> list[Upload]:
    """The workbooks somebody has sent for a return and that are still kept, the newest first."""
    query = (
        select(Upload)
        .where(Upload.organisation_id == return_.organisation_id, Upload.person_id == person.id)
        .order_by(Upload.at.desc(), Upload.id.desc())
    )
    meant = meant_for(return_).items()
    return [upload for upload in db.session.scalars(query) if meant <= upload.purpose.items()]
