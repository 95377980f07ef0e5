"""What changed in a questionnaire, and how many organisations each change concerns.

The page is about a questionnaire and stands at its address, but it is made here: the room of
questionnaires sees no returns, and a counter handed to it by the application would be the same
import upwards, only hidden. A page of the later room keeps the house's order in plain sight.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires import pages
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import can_read_edition
from s11.questionnaires.rules import SOURCES
from s11.returns.pages.impact import Impact
from s11.returns.queries.impact import answered_before
from s11.web.guards import guard

blueprint = Blueprint("changes", __name__, url_prefix="/questionnaires")


@blueprint.get("/<ref>/changes")
@guard(questionnaires.edition_by_code, see=can_read_edition)
def edition(edition: Edition) -> ResponseReturnValue:
    changes = pages.changes(edition)
    return render_template(
        "questionnaires/changes.html",
        edition=edition,
        content=questionnaires.content(edition),
        earlier=edition.predecessor,
        changes=changes,
        tally=pages.tally(changes),
        kinds_of=pages.kinds_of,
        sources=SOURCES,
        impact=Impact(answered_before(edition, current_user.partnership_ids)),
    )
