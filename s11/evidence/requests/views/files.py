"""Opening what an answer shows: the organisation its own, the partnership what was sent."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.evidence.models import Revision
from s11.evidence.previews.pages import preview_page
from s11.evidence.requests import permissions, queries
from s11.evidence.requests.models import EvidenceRequest
from s11.evidence.requests.views.blueprint import blueprint
from s11.evidence.serving import send
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited


def shown_or_404(request_: EvidenceRequest, ref: str) -> Revision:
    """A document of an answer that was sent; to the organisation also of the one it works at."""
    answers = queries.responses(request_.id)
    draft = queries.draft(request_.id) if permissions.belongs(current_user, request_) else None
    for answer in [*answers, *([draft] if draft else [])]:
        for item in answer.shown:
            if item.revision.ref == ref:
                return item.revision
    abort(404)


@blueprint.get("/<ref>/files/<revision>")
@guard(queries.by_ref, see=permissions.can_see)
@limited("export")
def file(request_: EvidenceRequest, revision: str) -> ResponseReturnValue:
    """The file itself."""
    answer = send(shown_or_404(request_, revision))
    note_look(request_)
    return answer


@blueprint.get("/<ref>/files/<revision>/preview")
@guard(queries.by_ref, see=permissions.can_see)
@limited("preview")
def preview(request_: EvidenceRequest, revision: str) -> ResponseReturnValue:
    """What is in a file, without opening it."""
    found = shown_or_404(request_, revision)
    note_look(request_)
    return preview_page(
        found,
        trail=[(request_.title, url_for("evidence_requests.one", ref=request_.ref))],
        download=url_for("evidence_requests.file", ref=request_.ref, revision=revision),
        here=lambda page: url_for(
            "evidence_requests.preview", ref=request_.ref, revision=revision, page=page
        ),
    )


def note_look(request_: EvidenceRequest) -> None:
    """Somebody of the partnership opened what the organisation sent: its people see that."""
    if permissions.belongs(current_user, request_):
        return
    look(
        "evidence_request:response:opened",
        request_.id,
        by=current_user._get_current_object(),
        organisation_id=request_.organisation_id,
        partnership_id=request_.partnership_id,
    )
