"""Reading questionnaires: the list of editions, and one at a glance."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires import pages, queries
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import can_change, can_make, can_read, can_read_edition
from s11.questionnaires.rules import SOURCES, THEMES
from s11.questionnaires.stages import STAGE_LABELS, WORDED, Stage
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.wording import Wording
from s11.web.guards import guard, signed_in


@blueprint.get("")
@signed_in(may=can_read)
def editions() -> ResponseReturnValue:
    frameworks = pages.by_framework(queries.editions_for(current_user.partnership_ids), queries.sizes())
    return render_template(
        "questionnaires/editions.html", frameworks=frameworks, may_make=can_make(current_user)
    )


@blueprint.get("/<ref>")
@guard(queries.edition_by_code, see=can_read_edition)
def edition(edition: Edition) -> ResponseReturnValue:
    content = queries.content(edition)
    changes = pages.changes(edition)
    return render_template(
        "questionnaires/edition.html",
        edition=content,
        wording=Wording(content),
        frozen_at=edition.frozen_at,
        stage=STAGE_LABELS[Stage(edition.stage)],
        earlier=edition.predecessor,
        changes=changes,
        tally=pages.tally(changes),
        themes=THEMES,
        sources=SOURCES,
        kinds_of=pages.kinds_of,
        is_own=edition.partnership_id is not None,
        record=edition,
        may_make=can_make(current_user),
        may_build=edition.stage in WORDED and can_change(current_user, edition),
        may_load=edition.stage == "draft" and can_change(current_user, edition),
    )
