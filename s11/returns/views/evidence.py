"""Showing evidence for an answer, and opening what is shown."""

from collections.abc import Sequence

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.evidence.operations import Turned
from s11.evidence.serving import send
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries
from s11.returns.models import Return
from s11.returns.operations import (
    attach,
    check_note,
    check_shown_again,
    check_takes_files,
    detach,
    show_files,
)
from s11.returns.views.blueprint import blueprint
from s11.returns.views.files import note_look, shown_or_404
from s11.returns.views.part import refuse_unless_answers
from s11.returns.views.uploads import (
    personal_data_said,
    received,
    status_of,
    tell,
    told_as_data,
    upload_words,
    waiting_words,
)
from s11.web.guards import guard, wants_json
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import takes_files


def criterion_or_404(return_: Return, number: str) -> tuple[StandardContent, CriterionContent]:
    """The criterion of a number, with its standard."""
    for standard in queries.standards_of(return_):
        for criterion in standard.criteria:
            if criterion.number == number:
                return standard, criterion
    abort(404)


@blueprint.get("/<ref>/evidence/<number>")
@guard(queries.by_ref, see=permissions.can_open)
def show_evidence(return_: Return, number: str) -> ResponseReturnValue:
    """What is shown for one criterion, and the forms that add to it."""
    return evidence_page(return_, *criterion_or_404(return_, number))


def evidence_page(
    return_: Return,
    standard: StandardContent,
    criterion: CriterionContent,
    *,
    errors: dict[str, str] | None = None,
    turned: Sequence[Turned] = (),
    status: int = 200,
) -> ResponseReturnValue:
    faults = {what: (errors or {}).get(what) for what in FIELDS}
    shown = queries.evidence(return_.id, criterion.id).get(criterion.id, [])
    used = {item.revision.document_id for item in shown}
    words = upload_words(return_)
    editable = permissions.may_answer_now(current_user, return_, standard, criterion)
    files_taken = queries.limits_of(return_).takes_files
    page = render_template(
        "returns/evidence.html",
        return_=return_,
        criterion=criterion,
        standard=standard,
        shown=shown,
        newer=documents.newer_than(item.revision for item in shown),
        statuses={item.revision_id: status_of(item.revision) for item in shown},
        waiting=waiting_words(queries.waiting_in(return_, criterion=criterion.number)) if editable else [],
        library=[
            revision
            for revision in documents.library(return_.organisation_id)
            if revision.document_id not in used and (files_taken or not revision.storage_key)
        ],
        errors=faults,
        turned=turned,
        mistakes=[
            *((one.sentence, FIELDS["file"]) for one in turned),
            *((sentence, FIELDS[what]) for what, sentence in faults.items() if sentence),
        ],
        typed={name: request.form.get(name, "") for name in ("note", "target", "title", "personal_data")},
        editable=editable,
        **words,
    )
    return make_response(page, status)


@blueprint.post("/<ref>/evidence/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@limited("upload")
@takes_files
@resumable
def add_evidence(return_: Return, number: str) -> ResponseReturnValue:
    """Add files, a link, a reference, or documents the organisation has already."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    what = request.form.get("what", "file")
    try:
        if what == "file":
            return add_files(return_, standard, criterion)
        if what not in ADDING:
            abort(400)
        revisions = ADDING[what](return_)
        check_shown_again(return_, revisions)
        for revision in revisions:
            attach(return_, criterion, revision, note=request.form.get("note", ""), by=current_user)
    except Invalid as refusal:
        if wants_json():
            raise
        where = refusal.field if refusal.field in FIELDS else what
        errors = {str(where): refusal.sentence}
        return evidence_page(return_, standard, criterion, errors=errors, status=422)
    flash(f"Evidence added to {criterion.number}.", "success")
    return redirect(url_for("returns.show_evidence", ref=return_.ref, number=number), 303)


def add_files(return_: Return, standard: StandardContent, criterion: CriterionContent) -> ResponseReturnValue:
    """Add the files of the form in hand; those that cannot be are named, and the others added."""
    personal_data, note = personal_data_said(), request.form.get("note", "")
    check_note(note)
    check_takes_files(return_)
    taken = show_files(
        return_, criterion, received(), note=note, personal_data=personal_data, by=current_user
    )
    keep_what_was_saved()
    if wants_json():
        return told_as_data(taken)
    tell(taken, criterion.number)
    if taken.turned:
        return evidence_page(return_, standard, criterion, turned=taken.turned, status=422)
    return redirect(url_for("returns.show_evidence", ref=return_.ref, number=criterion.number), 303)


def linked(return_: Return) -> list[Revision]:
    return [
        library.add_link(
            return_.organisation,
            address=request.form.get("target", ""),
            title=request.form.get("title", ""),
            by=current_user,
        )
    ]


def referred(return_: Return) -> list[Revision]:
    return [
        library.add_reference(
            return_.organisation,
            words=request.form.get("target", ""),
            title=request.form.get("title", ""),
            by=current_user,
        )
    ]


def chosen_again(return_: Return) -> list[Revision]:
    wanted = set(request.form.getlist("revision"))
    found = [r for r in documents.library(return_.organisation_id) if r.ref in wanted]
    if not found:
        raise Invalid("Tick at least one document to add.")
    return found


FIELDS = {
    "file": "#file",
    "personal_data": "#personal_data",
    "link": "#link-target",
    "reference": "#reference-target",
    "library": "#revision",
}
ADDING = {"link": linked, "reference": referred, "library": chosen_again}


@blueprint.post("/<ref>/evidence/<number>/remove/<revision>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def remove_evidence(return_: Return, number: str, revision: str) -> ResponseReturnValue:
    """Take a document off a criterion; it stays in the library."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    title = detach(return_, criterion, revision, by=current_user)
    if title:
        flash(f"“{title}” is no longer shown for {number}. It is still in your library.", "success")
    return redirect(url_for("returns.show_evidence", ref=return_.ref, number=number), 303)


@blueprint.get("/<ref>/files/<revision>")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def file(return_: Return, revision: str) -> ResponseReturnValue:
    """Open a file shown in a return: the organisation its own, the Board what was submitted with it."""
    answer = send(shown_or_404(return_, revision))
    if permissions.reads_for_board(current_user, return_):
        note_look("return:evidence:opened", return_)
    return answer
