"""Evidence out of a return: one file as pixels, and everything as one ZIP file with an index."""

from collections.abc import Callable

from flask import Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.storage import files
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.evidence.previews.pages import preview_page
from s11.returns import archiving, permissions, queries
from s11.returns.archiving import Archive
from s11.returns.models import Return, Submission
from s11.returns.pages import stage_label
from s11.returns.sealing import unseal
from s11.returns.views.blueprint import blueprint
from s11.returns.views.reading import round_asked
from s11.trail.operations import look
from s11.web.filters import moment
from s11.web.guards import guard
from s11.web.headers import FILE_POLICY
from s11.web.limits import limited


def shown_or_404(return_: Return, ref: str) -> Revision:
    """A revision shown in a return: to the organisation its own, to the Board what was submitted with it."""
    found = documents.revision_by_ref(ref)
    if found is None or found.document.organisation_id != return_.organisation_id:
        abort(404)
    if permissions.reads_for_board(current_user, return_) and not queries.is_in_submission(return_, ref):
        abort(404)
    return found


def note_look(tag: str, return_: Return) -> None:
    look(
        tag,
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
    )


@blueprint.get("/<ref>/files/<revision>/preview")
@guard(queries.by_ref, see=permissions.can_read)
@limited("preview")
def preview_file(return_: Return, revision: str) -> ResponseReturnValue:
    """What is in a file shown in a return, for whoever may open it."""
    found = shown_or_404(return_, revision)
    outside = permissions.reads_for_board(current_user, return_)
    if outside:
        note_look("return:evidence:opened", return_)
    page = "returns.read" if outside else "returns.tasks"
    return preview_page(
        found,
        trail=[(return_.cycle.title, url_for(page, ref=return_.ref))],
        download=url_for("returns.file", ref=return_.ref, revision=revision),
        here=lambda number: url_for("returns.preview_file", ref=return_.ref, revision=revision, page=number),
    )


@blueprint.get("/<ref>/evidence.zip")
@guard(queries.by_ref, see=permissions.can_open)
@limited("export")
def take_evidence(return_: Return) -> ResponseReturnValue:
    """All the evidence of the working copy, for the organisation alone."""
    note_look("return:evidence:taken", return_)
    state = f"As it stands now: {stage_label(return_.stage).lower()}"
    return sent(return_, archiving.of_working_copy(return_), state)


@blueprint.get("/<ref>/submitted/evidence.zip")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def take_submitted_evidence(return_: Return) -> ResponseReturnValue:
    """All the evidence of what was submitted; `?round=1` for an earlier submission."""
    rounds = [sealed.round for sealed in queries.submissions(return_.id)]
    wanted = round_asked(return_, rounds)
    submission = queries.submission(return_.id, wanted) if wanted else None
    if submission is None:
        abort(404)
    note_look("return:evidence:taken", return_)
    return sent(return_, archiving.of_submission(unseal(submission.sealed)), submitted_words(submission))


def submitted_words(submission: Submission) -> str:
    return f"As submitted on {moment(submission.submitted_at)}, receipt {submission.ref}"


def sent(return_: Return, items: tuple[archiving.Item, ...], state: str) -> Response:
    """The ZIP file, sent while it is made."""
    archive = Archive(
        organisation=return_.organisation.name,
        title=return_.cycle.title,
        state=state,
        made_at=clock.now(),
        items=items,
    )
    answer = Response(archiving.stream(archive, files(), index_page()), mimetype="application/zip")
    name = archiving.safe_name(f"{return_.organisation.short_name} {return_.cycle.code} evidence", 100)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.zip")
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that collects it first would need the room for it
    return answer


def index_page() -> Callable[[Archive], str]:
    """What writes the index: the template is found now, as it is filled in when the request is over."""
    template = current_app.jinja_env.get_template("returns/evidence_index.html")
    return lambda archive: template.render(archive=archive, kinds=archiving.KIND_WORDS)
