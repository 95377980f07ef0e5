"""Today: what the running cycles ask of the office, in one page."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.desk.pages import today_of
from s11.desk.views.blueprint import desk
from s11.web.guards import signed_in


@desk.get("/today")
@signed_in(cycle_permissions.can_run)
def today() -> ResponseReturnValue:
    """Who needs what, what is due this week, and what waits for an answer."""
    return render_template(
        "desk/today.html",
        shown=today_of(current_user, cycles.visible_to(current_user)),
        day=clock.today(),
    )
