"""The files of a library: handed out, or shown as pixels and text."""

from flask import url_for
from flask.typing import ResponseReturnValue

from s11.evidence import permissions, queries
from s11.evidence.models import Revision
from s11.evidence.previews.pages import preview_page
from s11.evidence.serving import send
from s11.evidence.views.blueprint import blueprint
from s11.web.guards import guard
from s11.web.limits import limited


@blueprint.get("/<ref>")
@guard(queries.revision_by_ref, see=permissions.can_open)
@limited("export")
def download(revision: Revision) -> ResponseReturnValue:
    return send(revision)


@blueprint.get("/<ref>/preview")
@guard(queries.revision_by_ref, see=permissions.can_open)
@limited("preview")
def show(revision: Revision) -> ResponseReturnValue:
    """What is in a file, without opening it."""
    document = revision.document
    return preview_page(
        revision,
        trail=[
            ("Evidence library", url_for("evidence.library", ref=document.organisation.ref)),
            (document.title, url_for("evidence.document", ref=document.ref)),
        ],
        download=url_for("evidence.download", ref=revision.ref),
        here=lambda page: url_for("evidence.show", ref=revision.ref, page=page),
    )
