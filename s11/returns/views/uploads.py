"""Files on their way into a return: sent, answered one by one, and decided about where something hides."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence import scanning
from s11.evidence.inspection import PLAIN_LIST, TAKEN
from s11.evidence.models import Revision, Upload
from s11.evidence.operations import Arrived, Turned
from s11.evidence.rules import PERSONAL_DATA, cleaning, status_words
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries
from s11.returns.models import AnswerEvidence, Return
from s11.returns.operations import Taken, decide
from s11.returns.views.blueprint import blueprint
from s11.returns.views.part import refuse_unless_answers
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.uploads import most_bytes

NOTHING_CHOSEN = "Choose a file to add."
PERSONAL_DATA_MISSING = "Say whether the files name children, families or staff."


def received() -> list[Arrived | Turned]:
    """The files of the form in hand, looked at and stored. Nothing read before it is held meanwhile."""
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if not chosen:
        raise Invalid(NOTHING_CHOSEN)
    return library.receive(
        [(cast(BinaryIO, file.stream), file.filename or "") for file in chosen], most=most_bytes()
    )


def personal_data_said() -> str:
    """What was said of personal data in the files; has to be said where the form asks."""
    said = request.form.get("personal_data", "")
    if said in PERSONAL_DATA:
        return said
    if request.form.get("asks") == "personal_data":
        raise Invalid(PERSONAL_DATA_MISSING, field="personal_data")
    return ""


def told_as_data(taken: Taken) -> ResponseReturnValue:
    """What became of each file, for a script that sent it."""
    files = [
        *({"state": "added", "sentence": "Added."} for _ in taken.added),
        *({"state": "asks", "sentence": "Something hides in it: decide above."} for _ in taken.asked),
        *({"state": "refused", "sentence": turned.sentence} for turned in taken.turned),
    ]
    return jsonify(files=files), 200 if taken.added or taken.asked else 422


def tell(taken: Taken, what: str) -> None:
    """Say on the next page what became of files."""
    if taken.added:
        flash(f"{plural(len(taken.added), 'file')} added to {what}.", "success")
    if taken.asked:
        flash("Something hides in what you sent. Decide below whether to add it.", "info")


def upload_words(return_: Return) -> dict[str, object]:
    """What a page with a form for files says about them."""
    limits, held = queries.limits_of(return_), queries.held_in(return_)
    return {
        "limits": limits,
        "shown_so_far": held,
        "most_mb": current_app.config["S11"].upload_max_mb,
        "most_bytes": most_bytes(),
        "accept": ",".join(TAKEN),
        "taken": PLAIN_LIST,
        "personal_data": list(PERSONAL_DATA.items()),
    }


def waiting_words(uploads: Sequence[Upload]) -> list[tuple[Upload, str]]:
    """Files that wait for a decision, with how to take out what hides in each."""
    return [(upload, cleaning(upload.file_name)) for upload in uploads]


def undecided(return_: Return) -> list[tuple[str, str]]:
    """Files that wait for a decision anywhere in a return, each with the page on which it is taken."""
    found = []
    for upload in queries.waiting_in(return_):
        number = upload.purpose.get("criterion")
        if number is not None:
            place = url_for("returns.show_evidence", ref=return_.ref, number=number)
        else:
            at = {name: upload.purpose[name] for name in ("field", "subject")}
            place = url_for("returns.field_file", ref=return_.ref, **at)
        found.append((f"“{upload.file_name}”, for {number}" if number else f"“{upload.file_name}”", place))
    return found


def status_of(revision: Revision) -> str:
    """How a file that may not be opened stands; empty where it may."""
    if not revision.storage_key:
        return revision.gone
    return status_words(revision, scanning.is_configured())


def not_to_be_opened(shown: Mapping[int, Sequence[AnswerEvidence]]) -> list[tuple[str, str]]:
    """Documents of a return that nobody can open now, each once: its title, and how it stands."""
    revisions = {item.revision_id: item.revision for listed in shown.values() for item in listed}
    return [(one.document.title, status_of(one)) for one in revisions.values() if status_of(one)]


@blueprint.post("/<ref>/waiting/<upload>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def decide_upload(return_: Return, upload: str) -> ResponseReturnValue:
    """Add a file in which something hides, or leave it out."""
    found = documents.upload_by_ref(upload)
    if found is None or found.purpose.get("return") != return_.ref:
        abort(404)
    criterion, place = _place_of(return_, found)
    add, name = request.form.get("go") == "add", found.file_name
    decide(return_, found, criterion, add=add, by=current_user)
    flash(f"“{name}” was {'added' if add else 'left out, and is not kept here'}.", "success")
    return redirect(place, 303)


def _place_of(return_: Return, upload: Upload) -> tuple[CriterionContent | None, str]:
    """The criterion a file was meant for, if any, and its page; refuses whoever may not answer there."""
    number = upload.purpose.get("criterion")
    if number is None:
        return None, _field_page(return_, upload)
    for standard in queries.standards_of(return_):
        for criterion in standard.criteria:
            if criterion.number == number:
                refuse_unless_answers(return_, standard, criterion)
                return criterion, url_for("returns.show_evidence", ref=return_.ref, number=number)
    abort(404)


def _field_page(return_: Return, upload: Upload) -> str:
    field, subject = int(upload.purpose["field"]), int(upload.purpose["subject"])
    asked = _asks_for(return_, field, subject)
    if asked is not None:
        refuse_unless_answers(return_, *asked)
    elif not permissions.answers_all(current_user, return_):
        abort(403)
    return url_for("returns.field_file", ref=return_.ref, field=field, subject=subject)


def _asks_for(
    return_: Return, field_id: int, subject_id: int
) -> tuple[StandardContent, CriterionContent | None] | None:
    """The standard, and the criterion if it is asked there, in which a field stands: the field decides, as
    a standard and a criterion may have one id. None where it is asked about the whole return."""
    for standard in queries.standards_of(return_):
        for criterion in (None, *standard.criteria):
            place = criterion or standard
            if place.id == subject_id and any(field.id == field_id for field in place.fields):
                return standard, criterion
    return None
