"""The year: every round of every questionnaire."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.desk.pages import year_of
from s11.desk.views.blueprint import desk
from s11.returns import queries
from s11.web.guards import signed_in


@desk.get("/")
@signed_in(cycle_permissions.can_run)
def year() -> ResponseReturnValue:
    """Every cycle, and how many of its returns are in."""
    found = cycles.visible_to(current_user)
    ids = [cycle.id for cycle in found]
    return render_template(
        "cycles/year.html",
        year=year_of(found, queries.stage_counts(ids), cycles.spans_of(ids)),
        may_plan=cycle_permissions.can_plan(current_user),
    )
