"""A return as a workbook: downloading it, and sending back what was filled in.

What was sent is kept until somebody has seen every difference and confirmed them. It is read anew then, and
only what was shown is applied.
"""

import zipfile
from dataclasses import replace
from io import BytesIO

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from s11.core.errors import Invalid
from s11.core.tables import sheets_of
from s11.core.tables.opening import LARGEST, MEGABYTE
from s11.evidence.models import Upload
from s11.returns import permissions, queries
from s11.returns.models import Return
from s11.returns.operations.workbooks import (
    XLSX,
    check_loadable,
    content_of,
    drop_workbook,
    is_applied,
    keep_workbook,
    load_workbook,
    mark_applied,
)
from s11.returns.pages.workbooks import ShownVersions, unpacked, workbook_page
from s11.returns.queries.workbooks import workbooks_of
from s11.returns.views.blueprint import blueprint
from s11.returns.workbook import Plan, ReadReturn, Scope, compare, read_return, write_return
from s11.returns.workbook.gathering import (
    answers_as_shown,
    begun_from,
    contents_of,
    entries_as_shown,
    readable,
    standing_answers,
    standing_entries,
)
from s11.trail.operations import look
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.limits import limited
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import most_bytes, takes_files

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def scope_of(return_: Return) -> Scope:
    """What whoever is signed in may answer: the one place where the workbook asks it."""
    asked = readable(return_)
    part = permissions.part_of(current_user, return_, asked)
    back = return_.sent_back_standards  # where only some came back, the others stay as they were
    return Scope(
        # What is asked of a standard as a whole goes with the whole of it, which is there as it was.
        standards=frozenset(
            mine.id
            for mine in part
            if any(mine is whole for whole in asked) and (not back or mine.key in back)
        ),
        criteria=frozenset(
            criterion.id
            for standard in part
            if not back or standard.key in back
            for criterion in standard.criteria
        ),
        whole=permissions.answers_all(current_user, return_) and not back,
    )


@blueprint.get("/<ref>/workbook")
@guard(queries.by_ref, see=permissions.can_open)
def workbook(return_: Return) -> ResponseReturnValue:
    """Download the return as a workbook, and send back what was filled in."""
    return workbook_form(return_)


def workbook_form(return_: Return, *, error: str = "", status: int = 200) -> ResponseReturnValue:
    waiting = [one for one in workbooks_of(return_, current_user) if not is_applied(one)]
    page = render_template(
        "returns/workbook.html",
        return_=return_,
        edition=queries.edition_of(return_),
        editable=permissions.can_edit(current_user, return_) and permissions.is_open(return_),
        waiting=waiting[0] if waiting else None,
        error=error,
        most_mb=most() // MEGABYTE,
        most_bytes=most(),
    )
    return make_response(page, status)


def most() -> int:
    """The largest workbook taken, in bytes."""
    return min(LARGEST, most_bytes())


@blueprint.get("/<ref>/workbook.xlsx")
@guard(queries.by_ref, see=permissions.can_open)
@limited("export")
def workbook_file(return_: Return) -> ResponseReturnValue:
    """The return as a workbook to fill in."""
    is_open = permissions.is_open(return_)
    person = current_user._get_current_object()
    contents = contents_of(return_, scope_of(return_), by=person, is_open=is_open)
    look(
        "return:workbook:downloaded",
        return_.id,
        by=person,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
    )
    answer = Response(write_return(contents), mimetype=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{return_.cycle.code}-return.xlsx")
    return answer


@blueprint.post("/<ref>/workbook")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@limited("upload")
@takes_files
def send_workbook(return_: Return) -> ResponseReturnValue:
    """Keep a workbook and show what it would change. Nothing has changed yet."""
    check_loadable(return_)
    try:
        data, name = file_sent(request.files.get("file"))
        read(return_, data)
    except Invalid as refusal:
        return workbook_form(return_, error=refusal.sentence, status=422)
    upload = keep_workbook(return_, data, name, by=current_user._get_current_object())
    return redirect(url_for("returns.preview_workbook", ref=return_.ref, upload=upload.ref), 303)


def file_sent(sent: FileStorage | None) -> tuple[bytes, str]:
    """The bytes of the file that was chosen, and its name."""
    if sent is None or not sent.filename:
        raise Invalid("Choose the workbook that you filled in.", field="file")
    data = sent.stream.read(most() + 1)
    if len(data) > most():
        raise Invalid(
            f"This file is larger than {most() // MEGABYTE} MB. Take out pictures and what is not needed, "
            "and choose it again.",
            field="file",
        )
    if is_open_document(data):
        raise Invalid(
            "This is a workbook of LibreOffice (.ods). Open it, choose “Save as”, save it as an Excel "
            "workbook (.xlsx), and choose that one.",
            field="file",
        )
    return data, sent.filename


def is_open_document(data: bytes) -> bool:
    """Whether a file says of itself, in its first member, that it is one of LibreOffice."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as kind:
            return kind.read(100).startswith(OPEN_DOCUMENT)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        return False


def read(return_: Return, data: bytes) -> ReadReturn:
    fields = queries.edition_of(return_).fields
    return read_return(sheets_of(data), return_.ref, readable(return_), fields)


@blueprint.get("/<ref>/workbook/<upload>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def preview_workbook(return_: Return, upload: str) -> ResponseReturnValue:
    """Everything a workbook would change, and what somebody has to choose. Nothing has changed yet."""
    check_loadable(return_)
    return preview(return_, upload_or_404(return_, upload))


def upload_or_404(return_: Return, ref: str) -> Upload:
    """A workbook that whoever is signed in has sent themselves."""
    found = (upload for upload in workbooks_of(return_, current_user) if upload.ref == ref)
    return next(found, None) or abort(404)


def preview(
    return_: Return,
    upload: Upload,
    *,
    error: str = "",
    choices: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    try:
        found = read(return_, content_of(upload))
    except Invalid as refusal:
        return workbook_form(return_, error=refusal.sentence, status=422)
    plan = compare(
        found,
        answers=standing_answers(return_),
        begun=begun_from(return_, found),
        entries=standing_entries(return_),
        scope=scope_of(return_),
    )
    if is_applied(upload):
        plan = replace(plan, answers=[], entries=[], not_theirs=[], notes=[])
    page = render_template(
        "returns/workbook_preview.html",
        return_=return_,
        edition=queries.edition_of(return_),
        upload=upload,
        applied=is_applied(upload),
        plan=plan,
        page=workbook_page(plan, choices),
        error=error,
    )
    return make_response(page, status)


@blueprint.post("/<ref>/workbook/<upload>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@limited("upload")
def apply_workbook(return_: Return, upload: str) -> ResponseReturnValue:
    """Apply what was shown, with what was chosen; the rest stays to be seen."""
    kept = upload_or_404(return_, upload)
    check_loadable(return_)
    shown, choices = unpacked(request.form.get("shown", "")), dict(request.form)
    try:
        plan = plan_as_shown(return_, kept, shown)
        if any(name not in choices for name in plan.to_choose):
            return preview(return_, kept, choices=choices, status=422)
        loaded = load_workbook(return_, *plan.wanted(choices), by=current_user._get_current_object())
    except Invalid as refusal:
        return preview(return_, kept, error=refusal.sentence, choices=choices, status=422)
    said = "Nothing was changed."
    if loaded.kept:
        said = f"{plural(loaded.kept, 'answer was', 'answers were')} changed."
    if loaded.conflicts:
        keep_what_was_saved()
        sentence = f"{said} Others were changed by somebody since they were shown to you. Choose again."
        return preview(return_, kept, error=sentence, status=412)
    flash(said, "success" if loaded.kept else "info")
    if plan.faults:
        mark_applied(kept)
        return redirect(url_for("returns.preview_workbook", ref=return_.ref, upload=kept.ref), 303)
    drop_workbook(kept)
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


def plan_as_shown(return_: Return, upload: Upload, shown: ShownVersions) -> Plan:
    """What the workbook would change in the answers as they were shown; what was not shown is left out."""
    found = read(return_, content_of(upload))
    return compare(
        replace(
            found,
            answers=[row for row in found.answers if row.criterion.id in shown.answers],
            entries=[cell for cell in found.entries if cell.question.place in shown.entries],
        ),
        answers=answers_as_shown(return_, shown.answers),
        begun=begun_from(return_, found),
        entries=entries_as_shown(return_, shown.entries),
        scope=scope_of(return_),
    )
