"""Showing documents: the newer revision instead, where to look in it, one document for many criteria."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.evidence import queries as documents
from s11.evidence.models import Document
from s11.evidence.rules import check_no_virus
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.models import AnswerEvidence, Return
from s11.returns.operations.answering import attach, check_note, detach, note_changed
from s11.returns.operations.proving import check_shown_again
from s11.returns.operations.staging import check_came_back, check_open, hold
from s11.returns.rules import Act, Stage, next_stage
from s11.trail.operations import record

GONE = "This document is no longer shown here. Open the page again."


def show_newest(return_: Return, criterion: CriterionContent, revision_ref: str, *, by: Person) -> int:
    """Show the newest revision of a document instead of the one pinned; gives its number. The note stays."""
    stage = _stage(return_, criterion)
    shown = _shown(return_, criterion, revision_ref)
    newest = documents.newest_revision(shown.revision.document_id)
    if newest.id == shown.revision_id:
        return newest.number
    check_no_virus(newest, newest.file_name)
    check_shown_again(return_, [newest])
    already = [one for one in _all(return_, criterion) if one.revision_id == newest.id]
    if already:
        already[0].note = already[0].note or shown.note
        db.session.delete(shown)
    else:
        shown.revision = newest
    _changed(
        "return:evidence:renewed",
        return_,
        criterion,
        stage,
        by=by,
        before={"revision": revision_ref},
        after={"criterion": criterion.number, "revision": newest.ref},
    )
    return newest.number


def note_where(
    return_: Return, criterion: CriterionContent, revision_ref: str, note: str, *, by: Person
) -> None:
    """Say where in a document to look, or no longer."""
    stage = _stage(return_, criterion)
    shown = _shown(return_, criterion, revision_ref)
    check_note(note)
    if shown.note == note.strip():
        return
    shown.note = note.strip()
    _changed(
        "return:evidence:noted",
        return_,
        criterion,
        stage,
        by=by,
        before=None,
        after={"criterion": criterion.number, "revision": revision_ref},
    )


def show_for(
    return_: Return, document: Document, criterion: CriterionContent, *, note: str, by: Person
) -> None:
    """Show a document for a criterion: its newest revision, or the one shown there already."""
    if document.removed_at is not None:
        raise DomainError(f"“{document.title}” was removed from the library. Add it anew to show it.")
    check_note(note)
    for shown in _all(return_, criterion):
        if shown.revision.document_id == document.id:
            note_where(return_, criterion, shown.revision.ref, note, by=by)
            return
    newest = documents.newest_revision(document.id)
    check_shown_again(return_, [newest])
    attach(return_, criterion, newest, note=note, by=by)


def take_off(return_: Return, document: Document, criterion: CriterionContent, *, by: Person) -> None:
    """Take every revision of a document off a criterion."""
    for shown in _all(return_, criterion):
        if shown.revision.document_id == document.id:
            detach(return_, criterion, shown.revision.ref, by=by)


def _all(return_: Return, criterion: CriterionContent) -> list[AnswerEvidence]:
    return queries.evidence(return_.id, criterion.id).get(criterion.id, [])


def _shown(return_: Return, criterion: CriterionContent, revision_ref: str) -> AnswerEvidence:
    for shown in _all(return_, criterion):
        if shown.revision.ref == revision_ref:
            return shown
    raise DomainError(GONE)


def _stage(return_: Return, criterion: CriterionContent) -> Stage:
    """The stage after the change; refused where the return is not open, or this did not come back."""
    hold(return_)
    check_open(return_)
    check_came_back(return_, [criterion])
    return next_stage(Stage(return_.stage), Act.SAVE)


def _changed(
    tag: str,
    return_: Return,
    criterion: CriterionContent,
    stage: Stage,
    *,
    by: Person,
    before: dict[str, str] | None,
    after: dict[str, str],
) -> None:
    return_.stage = stage
    return_.last_saved_at = clock.now()
    record(
        tag,
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before=before,
        after=after,
    )
    note_changed(return_, [criterion], by=by)
