"""The schools behind a cell: who they are, where each stands, and how each rated one standard."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from s11.analysis.lazy import benchmarking, frames
from s11.analysis.rules import levels_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.returns import queries as returns
from s11.schools import permissions, queries, rules
from s11.schools.pages.listing import listing_of
from s11.schools.views.blueprint import schools
from s11.schools.views.comparing import group_names
from s11.schools.views.groups import by_asked
from s11.web.guards import guard


@schools.get("/cycles/<ref>/list")
@guard(cycles.by_ref, see=permissions.can_see_groups)
def listing(cycle: Cycle) -> ResponseReturnValue:
    """The schools of a group by name, those with the smallest share at the best level first."""
    by, group, number = by_asked(), request.args.get("group", ""), request.args.get("standard", "")
    edition = questionnaires.content(cycle.edition)
    standard = edition.standard(number) if number else None
    asked = queries.asked_in(cycle.id)
    names = group_names(asked, by)
    theirs = [one for one in asked if not group or names[one.return_ref] == group]
    if not theirs or (number and standard is None):
        abort(404)
    levels = levels_of(edition)
    refs = {one.return_ref for one in theirs}
    frame = frames.of_submitted(edition, [one for one in returns.submitted(cycle.id) if one.ref in refs])
    return render_template(
        "schools/listing.html",
        cycle=cycle,
        by=by,
        by_label=rules.BY_LABELS[by],
        group=group,
        standard=standard,
        levels=levels,
        listing=listing_of(
            theirs,
            benchmarking.by_return(frame, levels, number),
            levels,
            request.args.get("page", default=1, type=int),
        ),
    )
