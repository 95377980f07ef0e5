"""Who did what with a return, and who from outside has opened it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import permissions, queries
from s11.returns.models import Return
from s11.returns.views.blueprint import blueprint
from s11.trail import pages
from s11.trail import queries as entries
from s11.trail.queries import PAGE
from s11.web.guards import guard


@blueprint.get("/<ref>/trail")
@guard(queries.by_ref, see=permissions.can_read)
def trail(return_: Return) -> ResponseReturnValue:
    """The timeline of a return, newest first."""
    hidden = permissions.acts_hidden(current_user, return_)
    outside = permissions.reads_for_board(current_user, return_)
    last = max(1, -(-entries.how_many_of("return", return_.id, without=hidden) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    found = entries.of("return", return_.id, at_most=PAGE, page=page, without=hidden)
    known_as = entries.pseudonyms()
    return render_template(
        "returns/trail.html",
        return_=return_,
        outside=outside,
        # Reasons are words from one person to another; the Board reads those it was meant to read elsewhere.
        lines=pages.together(
            pages.line(
                entry,
                pseudonyms=known_as,
                detail="" if outside else (entry.after or {}).get("reason", ""),
            )
            for entry in found
        ),
        page=page,
        pages=last,
    )
