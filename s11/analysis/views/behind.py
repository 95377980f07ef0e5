"""The answers behind a cell."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis import permissions
from s11.analysis.views.blueprint import analysis
from s11.analysis.views.figures import return_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import pages as moderation_pages
from s11.moderation import permissions as moderation_permissions
from s11.moderation import queries as moderation
from s11.moderation.rules import asked_standards, own_verdicts
from s11.returns import queries as returns
from s11.returns.sealing import unseal
from s11.trail.operations import look
from s11.web.guards import guard


@analysis.get("/cycles/<ref>/answers/<return_ref>/<number>")
@guard(cycles.by_ref, see=permissions.can_see)
def answers(cycle: Cycle, return_ref: str, number: str) -> ResponseReturnValue:
    """What was submitted, the moderated rating beside each, and what the agency replied to it."""
    return_ = return_of(cycle, return_ref)
    submission = returns.submission(return_.id, return_.round)
    if submission is None:
        abort(404)
    edition = cycles.content_of(cycle)
    standards = asked_standards(edition, own_verdicts(edition, submission.ratings))
    place = next((place for place, standard in enumerate(standards) if standard.number == number), None)
    if place is None:
        abort(404)
    look(
        "return:submission:opened",
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=cycle.partnership_id,
    )
    # Somebody of the Board who belongs to the organisation waits for the second ratings like its people.
    may_see = moderation_permissions.can_see_moderation(current_user, return_)
    moderated = moderation.of_return(return_.id, return_.round) if may_see else {}
    said = moderation.replies_of([return_.id]) if may_see else {}
    return render_template(
        "analysis/answers.html",
        cycle=cycle,
        return_=return_,
        standard=standards[place],
        labels=edition.labels,
        standards=standards,
        before=standards[place - 1] if place else None,
        after=standards[place + 1] if place + 1 < len(standards) else None,
        rows=moderation_pages.rows(
            standards[place],
            unseal(submission.sealed),
            moderated,
            replies={criterion_id: one for (_, criterion_id), one in said.items()},
        ),
        may_moderate=moderation_permissions.can_moderate(current_user, return_),
    )
