"""A questionnaire as a workbook or a file: downloading it, and loading what was changed in it.

The preview carries the questionnaire with it, signed: nothing is kept before the confirmation, and what is
confirmed is what was shown.
"""

from dataclasses import dataclass

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from s11.core.errors import DomainError, Invalid
from s11.questionnaires import operations, queries
from s11.questionnaires.comparing import compare
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import Faults, QuestionnaireFile, read, write
from s11.questionnaires.forms.incoming import ChangesForm
from s11.questionnaires.lineage import breaks
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.receiving import LARGEST_OF_ANY, received
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.workbook import WorkbookFaults, write_workbook
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.limits import limited
from s11.web.uploads import takes_files

SALT = "changes to a questionnaire"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<ref>/workbook.xlsx")
@guard(queries.edition_by_code, see=can_read_edition)
@limited("export")
def workbook(edition: Edition) -> ResponseReturnValue:
    return download(write_workbook(file_of(edition)), WORKBOOK, f"{edition.code}.xlsx")


@blueprint.get("/<ref>/questionnaire.yaml")
@guard(queries.edition_by_code, see=can_read_edition)
@limited("export")
def file(edition: Edition) -> ResponseReturnValue:
    return download(operations.export(edition).encode(), "application/yaml", f"{edition.code}.yaml")


def download(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@blueprint.get("/<ref>/load")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def load_changes(edition: Edition) -> ResponseReturnValue:
    operations.check_stage(edition)
    return choose(edition, ChangesForm())


@dataclass(frozen=True)
class Said:
    """A fault as the page lists it."""

    where: str
    sentence: str


def choose(edition: Edition, form: ChangesForm, faults: tuple[Said, ...] = ()) -> ResponseReturnValue:
    page = render_template("questionnaires/load.html", edition=edition, form=form, faults=faults)
    return make_response(page, 422 if form.mistakes or faults else 200)


@blueprint.post("/<ref>/load")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@limited("upload")
@takes_files
def preview_changes(edition: Edition) -> ResponseReturnValue:
    """What the file would change. Nothing has changed yet."""
    form = ChangesForm()
    operations.check_stage(edition)
    try:
        sent = file_sent(form.file.data)
        operations.check_replaces(edition, sent)
        sentences = what_breaks(sent)
    except Faults as error:
        return choose(edition, form, listed(error))
    except DomainError as refusal:
        blame(form, refusal, otherwise="file")
        return choose(edition, form)
    if sentences:
        return choose(edition, form, tuple(Said("", sentence) for sentence in sentences))
    return make_response(
        render_template(
            "questionnaires/load_preview.html",
            edition=edition,
            found=compare(file_of(edition), sent),
            packed=signer().dumps([current_user.ref, edition.code, edition.version, write(sent)]),
        )
    )


def file_sent(sent: object) -> QuestionnaireFile:
    if not isinstance(sent, FileStorage) or not sent.filename:
        raise Invalid("Choose the file with your changes.", field="file")
    return received(sent.stream.read(LARGEST_OF_ANY + 1), sent.filename)


def what_breaks(sent: QuestionnaireFile) -> list[str]:
    """What does not follow from the edition before; one that this person may not read is none."""
    if sent.predecessor is None:
        return []
    earlier = queries.edition_by_code(sent.predecessor)
    if earlier is None or not can_read_edition(current_user, earlier):
        raise Invalid(
            f"The file names {sent.predecessor} as the edition before, and there is none of that code. "
            "Correct it, or leave it out.",
            field="file",
        )
    return breaks(sent, file_of(earlier))


def listed(error: Faults) -> tuple[Said, ...]:
    in_cells = isinstance(error, WorkbookFaults)
    return tuple(
        Said(fault.path if in_cells else f"Line {fault.line}", fault.sentence) for fault in error.faults
    )


@blueprint.post("/<ref>/load/confirm")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@limited("upload")
def confirm_changes(edition: Edition) -> ResponseReturnValue:
    """Load what was shown, unless somebody has changed the draft since."""
    shown = unpacked(edition, request.form.get("changes", ""))
    if shown is None:
        flash("This preview is no longer good. Choose the file again.", "error")
        return redirect(url_for("questionnaires.load_changes", ref=edition.code), 303)
    version, sent = shown
    try:
        operations.replace(edition, sent, version=version, by=current_user._get_current_object())
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(url_for("questionnaires.edition", ref=edition.code), 303)
    flash(f"{edition.code} has the words of your file now.", "success")
    return redirect(url_for("questionnaires.edition", ref=edition.code), 303)


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=SALT)


def unpacked(edition: Edition, packed: str) -> tuple[int, QuestionnaireFile] | None:
    """The version and the questionnaire that were shown to this person here; None for anything else."""
    try:
        person, code, version, text = signer().loads(packed)
    except (BadData, ValueError):
        return None
    if (person, code) != (current_user.ref, edition.code):
        return None
    return int(version), read(text, code)
