"""What an agency prepares its own session with: a briefing, and slides to fill in."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import pages as challenge_pages
from s11.challenge import queries as challenge
from s11.packs import permissions
from s11.packs.contents import briefing
from s11.packs.kinds import Format
from s11.packs.views.blueprint import blueprint, format_of, handed_out
from s11.packs.writing import formats
from s11.partnerships.looks import look_of
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.limits import limited

# What there is, and in which formats: slides are of use only where they can be shown and changed.
MADE = {
    "briefing": (briefing.briefing, (Format.PDF, Format.WORD)),
    "slides": (briefing.slides, (Format.POWERPOINT,)),
}


@blueprint.get("/returns/<ref>/prepare")
@guard(returns.by_ref, see=permissions.can_prepare)
def prepare(return_: Return) -> ResponseReturnValue:
    """The day, the session, and what to take along."""
    day = challenge.of_cycle(return_.cycle_id)
    agenda = challenge_pages.agenda(challenge.sessions(day.id)) if day else []
    return render_template(
        "packs/prepare.html",
        return_=return_,
        day=day,
        line=next((one for one in agenda if one.session.organisation_id == return_.organisation_id), None),
    )


@blueprint.get("/returns/<ref>/prepare/<what>/<format_>")
@guard(returns.by_ref, see=permissions.can_prepare)
@limited("export")
def prepared(return_: Return, what: str, format_: str) -> ResponseReturnValue:
    """The briefing or the slides, made anew each time from the return as it was submitted."""
    make, offered = MADE.get(what, (None, ()))
    wanted = format_of(format_)
    if make is None or wanted not in offered:
        abort(404)
    look(
        "pack:briefing:downloaded",
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
    )
    document = make(return_)
    made = formats.write(document, wanted, look_of(return_.cycle.partnership))
    return handed_out(made.content, wanted, f"{document.file_stem}.{wanted}")
