"""The organisation answers: adds what shows it, keeps its words, sends both."""

from typing import BinaryIO, cast

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.evidence.operations import Turned
from s11.evidence.requests import operations, permissions, queries
from s11.evidence.requests.models import EvidenceRequest
from s11.evidence.requests.views.blueprint import blueprint
from s11.evidence.requests.views.one import FIELDS, request_page
from s11.evidence.rules import PERSONAL_DATA
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import most_bytes, takes_files


@blueprint.post("/<ref>/answer")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_answer)
@limited("upload")
@takes_files
@resumable
def answer(request_: EvidenceRequest) -> ResponseReturnValue:
    """Keep the words with whatever else is filled in, or send them with what is shown."""
    text, by = request.form.get("text", ""), current_user._get_current_object()
    what = "text"
    try:
        operations.keep_text(request_, text, by=by)
        for what in filled_in():
            if turned := take_in(request_, what):
                return request_page(request_, turned=turned, status=422)
        if not is_sending():
            flash("Kept. It is not sent yet, and only your organisation sees it.", "success")
            return back_to(request_)
        what = "text"
        operations.send_answer(request_, text, by=by)
    except Invalid as refusal:
        return refused(request_, refusal, what)
    flash(f"Sent to {request_.partnership.name}.", "success")
    return back_to(request_)


@blueprint.post("/<ref>/evidence")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_answer)
@limited("upload")
@takes_files
@resumable
def add(request_: EvidenceRequest) -> ResponseReturnValue:
    """Add files, a link, where something can be seen, or documents the organisation has already.

    The words of the answer come along, and are kept.
    """
    what = request.form.get("what", "file")
    if what not in ("file", *ADDING):
        abort(400)
    try:
        if "text" in request.form:
            operations.keep_text(request_, request.form["text"], by=current_user._get_current_object())
        turned = take_in(request_, what)
    except Invalid as refusal:
        return refused(request_, refusal, what)
    return request_page(request_, turned=turned, status=422) if turned else back_to(request_)


def refused(request_: EvidenceRequest, refusal: Invalid, what: str) -> ResponseReturnValue:
    where = refusal.field if refusal.field in FIELDS else what
    return request_page(request_, errors={str(where): refusal.sentence}, status=422)


def filled_in() -> list[str]:
    """What else stands in the form beside the words, as with a file that was chosen and not added."""
    found = ["file"] if any(file.filename for file in request.files.getlist("file")) else []
    found += [what for what in ("link", "reference") if request.form.get(f"{what}-target", "").strip()]
    return found + (["library"] if request.form.getlist("revision") else [])


def take_in(request_: EvidenceRequest, what: str) -> list[Turned]:
    """Add one kind of what is filled in; gives the files that were turned away."""
    if what == "file":
        return add_files(request_)
    operations.add_revisions(request_, ADDING[what](request_), by=current_user._get_current_object())
    if not is_sending():
        flash("Added. It goes with your answer when you send it.", "success")
    return []


def is_sending() -> bool:
    """Whether what is added goes at once, so that there is nothing to say of it."""
    return request.form.get("go") == "send"


def add_files(request_: EvidenceRequest) -> list[Turned]:
    """Add the files of the form; one that is turned away does not stop the others, and is given back."""
    said = request.form.get("personal_data", "")
    if said not in PERSONAL_DATA:
        again = " Then choose them again." if "file" in filled_in() else ""
        raise Invalid(
            f"Say whether the files name children, families or staff.{again}", field="personal_data"
        )
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if not chosen:
        raise Invalid("Choose a file to add.", field="file")
    arrived = library.receive(
        [(cast(BinaryIO, file.stream), file.filename or "") for file in chosen], most=most_bytes()
    )
    added, asked, turned = operations.add_files(
        request_, arrived, personal_data=said, by=current_user._get_current_object()
    )
    keep_what_was_saved()
    if added and not is_sending():
        go = "It goes" if len(added) == 1 else "They go"
        flash(f"{plural(len(added), 'file')} added. {go} with your answer when you send it.", "success")
    if asked:
        flash("Something hides in what you sent. Decide below whether to add it.", "info")
    return turned


def linked(request_: EvidenceRequest) -> list[Revision]:
    return [
        library.add_link(
            request_.organisation,
            address=request.form.get("link-target", ""),
            title=request.form.get("link-title", ""),
            by=current_user,
        )
    ]


def referred(request_: EvidenceRequest) -> list[Revision]:
    return [
        library.add_reference(
            request_.organisation,
            words=request.form.get("reference-target", ""),
            title=request.form.get("reference-title", ""),
            by=current_user,
        )
    ]


def chosen_again(request_: EvidenceRequest) -> list[Revision]:
    wanted = set(request.form.getlist("revision"))
    found = [r for r in documents.library(request_.organisation_id) if r.ref in wanted]
    if not found:
        raise Invalid("Tick at least one document to add.")
    return found


ADDING = {"link": linked, "reference": referred, "library": chosen_again}


@blueprint.post("/<ref>/evidence/remove/<revision>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_answer)
def take_off(request_: EvidenceRequest, revision: str) -> ResponseReturnValue:
    """Take a document off the answer; it stays in the library."""
    title = operations.take_off(request_, revision, by=current_user._get_current_object())
    if title:
        flash(f"“{title}” does not go with your answer. It is still in your library.", "success")
    return back_to(request_)


@blueprint.post("/<ref>/waiting/<upload>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_answer)
def decide(request_: EvidenceRequest, upload: str) -> ResponseReturnValue:
    """Add a file in which something hides, or leave it out."""
    found = documents.upload_by_ref(upload)
    if found is None or found.purpose.get("request") != request_.ref:
        abort(404)
    if request.form.get("go") == "add":
        operations.accept_file(request_, found, by=current_user._get_current_object())
        flash(f"“{found.file_name}” goes with your answer.", "success")
    else:
        flash(f"“{found.file_name}” was left out, and is not kept here.", "success")
        library.leave_out(found)
    return back_to(request_)


def back_to(request_: EvidenceRequest) -> ResponseReturnValue:
    return redirect(url_for("evidence_requests.one", ref=request_.ref), 303)
