"""Taking a copy of a submission away, as PDF or Word: by whoever may read it, of any round, at any time."""

import io
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from s11.core.later import Later
from s11.evidence import queries as documents
from s11.packs.copies import pdf as pdf_writer
from s11.packs.copies.contents import CopyContents, gather
from s11.returns import permissions, queries
from s11.returns.models import Return
from s11.returns.sealing import unseal
from s11.returns.views.reading import note_look, submission_asked
from s11.web.guards import guard
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.packs.copies import word as word_writer
else:
    word_writer = Later("s11.packs.copies.word")

blueprint = Blueprint("copies", __name__, url_prefix="/returns")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/<ref>/submitted.pdf")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def pdf(return_: Return) -> ResponseReturnValue:
    copy = copy_of(return_)
    return handed_out(pdf_writer.write(copy).content, "application/pdf", f"{copy.file_name}.pdf")


@blueprint.get("/<ref>/submitted.docx")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def word(return_: Return) -> ResponseReturnValue:
    copy = copy_of(return_)
    return handed_out(word_writer.write(copy), WORD, f"{copy.file_name}.docx")


def copy_of(return_: Return) -> CopyContents:
    """The copy of the submission asked for. That somebody from outside took one goes on the trail."""
    submission = submission_asked(return_)
    note_look(return_, "return:copy:downloaded")
    before = [one for one in queries.submissions(return_.id) if one.round <= submission.round]
    sealed = unseal(submission.sealed)
    return gather(
        sealed,
        receipt=submission.ref,
        checksum=submission.checksum,
        nth=len(before),
        service=current_app.config["S11"].address,
        gone=documents.gone(one.revision for one in sealed.evidence),
    )


def handed_out(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
