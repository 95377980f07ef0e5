"""The sub-group's paper about what changed in a questionnaire, to print and to edit."""

import io
from typing import TYPE_CHECKING

from flask import Blueprint, g, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.later import Later
from s11.packs.papers import pdf
from s11.packs.papers.contents import PaperContents, gather
from s11.partnerships.looks import Look, look_of
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import can_read_edition
from s11.returns.pages.impact import Impact
from s11.returns.queries.impact import answered_before
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.packs.papers import word
else:
    word = Later("s11.packs.papers.word")

blueprint = Blueprint("papers", __name__, url_prefix="/questionnaires")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/<ref>/changes.pdf")
@guard(questionnaires.edition_by_code, see=can_read_edition)
@limited("export")
def changes_pdf(edition: Edition) -> ResponseReturnValue:
    paper = paper_about(edition)
    return handed_out(
        pdf.write(paper, look_here(edition)).content, "application/pdf", f"{paper.file_name}.pdf"
    )


@blueprint.get("/<ref>/changes.docx")
@guard(questionnaires.edition_by_code, see=can_read_edition)
@limited("export")
def changes_word(edition: Edition) -> ResponseReturnValue:
    paper = paper_about(edition)
    return handed_out(word.write(paper, look_here(edition)), WORD, f"{paper.file_name}.docx")


def look_here(edition: Edition) -> Look:
    """The look of whose edition it is, else of the partnership worked in."""
    return look_of(edition.partnership or g.get("place"))


def paper_about(edition: Edition) -> PaperContents:
    """The paper as of now, with the figures of the partnership worked in. Taking it goes on the trail."""
    person = current_user._get_current_object()
    here = g.get("place")
    of = edition.partnership_id or (here.id if here else None)
    look("questionnaire:paper:downloaded", edition.id, by=person, partnership_id=of)
    impact = Impact(answered_before(edition, person.partnership_ids))
    if here is None:
        return gather(edition, impact, partnership="")
    return gather(edition, impact, partnership=here.name, group=here.quality_group)


def handed_out(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
