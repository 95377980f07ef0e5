"""One cycle: who has returned, who has not, what each waits for."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk.pages import Standing
from s11.desk.views.blueprint import desk
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries
from s11.web.guards import guard


@desk.get("/<ref>")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """Who has returned, who has not, and what each waits for. Numbers only: no words, no ratings."""
    rows = queries.progress(cycle)
    shown = request.args.get("show", "all")
    return render_template(
        "cycles/cycle.html",
        cycle=cycle,
        standing=Standing.of(rows),
        rows=[row for row in rows if shown == "all" or shown in Standing.groups(row)],
        shown=shown,
        leads=people.by_organisation([row.organisation_ref for row in rows], Role.LEAD),
        may_change=cycle_permissions.can_change(current_user, cycle),
        may_plan=cycle_permissions.can_plan(current_user),
        today=clock.today(),
    )
