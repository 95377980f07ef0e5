"""Reading questionnaires: the list of editions, and one at a glance."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires import pages, queries
from s11.questionnaires.models import Edition
from s11.questionnaires.permissions import can_change, can_make, can_read, can_read_edition
from s11.questionnaires.rules import THEMES
from s11.questionnaires.views.blueprint import blueprint
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
    earlier = queries.content(edition.predecessor) if edition.predecessor else None
    changes = pages.changes(content, earlier)
    return render_template(
        "questionnaires/edition.html",
        edition=content,
        frozen_at=edition.frozen_at,
        stage=pages.STAGE_LABELS[edition.stage],
        earlier=earlier,
        changes=changes,
        tally=pages.tally(changes),
        themes=THEMES,
        may_load=edition.stage == "draft" and can_change(current_user, edition),
    )
