"""Showing evidence for an answer, and opening what is shown."""

from typing import BinaryIO, cast

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence.inspection import PLAIN_LIST, TAKEN
from s11.evidence.models import Revision
from s11.evidence.serving import send
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries
from s11.returns.models import Return
from s11.returns.operations import attach, detach
from s11.returns.views.answering import refuse_unless_given
from s11.returns.views.blueprint import blueprint
from s11.returns.views.files import note_look, shown_or_404
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.uploads import most_bytes, takes_files


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
    status: int = 200,
) -> ResponseReturnValue:
    faults = {what: (errors or {}).get(what) for what in ADDING}
    shown = queries.evidence(return_.id, criterion.id).get(criterion.id, [])
    used = {item.revision.document_id for item in shown}
    page = render_template(
        "returns/evidence.html",
        return_=return_,
        criterion=criterion,
        standard=standard,
        shown=shown,
        newer=documents.newer_than(item.revision for item in shown),
        library=[r for r in documents.library(return_.organisation_id) if r.document_id not in used],
        errors=faults,
        mistakes=[(sentence, FIELDS[what]) for what, sentence in faults.items() if sentence],
        typed={name: request.form.get(name, "") for name in ("note", "target", "title")},
        most_mb=current_app.config["S11"].upload_max_mb,
        most_bytes=most_bytes(),
        accept=",".join(TAKEN),
        taken=PLAIN_LIST,
        editable=permissions.can_answer_now(current_user, return_, standard),
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
    refuse_unless_given(return_, standard)
    what = request.form.get("what", "file")
    if what not in ADDING:
        abort(400)
    try:
        for revision in ADDING[what](return_):
            attach(return_, criterion, revision, note=request.form.get("note", ""), by=current_user)
    except Invalid as refusal:
        return evidence_page(return_, standard, criterion, errors={what: refusal.sentence}, status=422)
    flash(f"Evidence added to {criterion.number}.", "success")
    return redirect(url_for("returns.show_evidence", ref=return_.ref, number=number), 303)


def uploaded(return_: Return) -> list[Revision]:
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if not chosen:
        raise Invalid("Choose a file to add.")
    return library.add_files(
        return_.organisation,
        [(cast(BinaryIO, file.stream), file.filename or "") for file in chosen],
        by=current_user,
        most=most_bytes(),
    )


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


FIELDS = {"file": "#file", "link": "#link-target", "reference": "#reference-target", "library": "#revision"}
ADDING = {"file": uploaded, "link": linked, "reference": referred, "library": chosen_again}


@blueprint.post("/<ref>/evidence/<number>/remove/<revision>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def remove_evidence(return_: Return, number: str, revision: str) -> ResponseReturnValue:
    """Take a document off a criterion; it stays in the library."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_given(return_, standard)
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
