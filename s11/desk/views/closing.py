"""Closing a cycle, and opening it again: the office, or the adviser whose audit it is."""

from datetime import date

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk.pages.closing import closing_of
from s11.desk.queries.closing import escalated
from s11.desk.views.blueprint import desk
from s11.returns import queries
from s11.returns.operations import closing as operations
from s11.web.filters import plural
from s11.web.guards import guard

WITH_RETURNS = {"stay": False, "close": True}


@desk.get("/<ref>/closing")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def closing(cycle: Cycle) -> ResponseReturnValue:
    """What closing would do, in numbers and names; of a closed cycle, what came in since."""
    return closing_page(cycle)


@desk.post("/<ref>/close")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def close(cycle: Cycle) -> ResponseReturnValue:
    """Take no more returns, and close those that are in if that is wanted."""
    chosen = request.form.get("returns", "")
    if chosen not in WITH_RETURNS:
        return closing_page(cycle, {"returns": "Choose what happens to the returns that are in."})
    ended = operations.close_cycle(cycle, with_returns=WITH_RETURNS[chosen], by=current_user)
    said = f" {plural(ended, 'return is', 'returns are')} closed." if ended else ""
    flash(f"The cycle is closed.{said}", "success")
    return redirect(url_for("desk.closing", ref=cycle.ref), 303)


@desk.post("/<ref>/open-again")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def open_again(cycle: Cycle) -> ResponseReturnValue:
    """Take the closing back, with a reason."""
    try:
        operations.open_cycle_again(cycle, reason=request.form.get("reason", ""), by=current_user)
    except Invalid as refusal:
        return closing_page(cycle, {"reason": refusal.sentence})
    flash("The cycle is open again. Returns that were closed stand where they stood before.", "success")
    return redirect(url_for("desk.closing", ref=cycle.ref), 303)


def last_day_told(cycle: Cycle) -> date | None:
    """The last day anybody was given: everybody's, or that of the group that may take longest."""
    days = [group.closes_on or cycle.closes_on for group in cycles.groups(cycle.id)] or [cycle.closes_on]
    return max((day for day in days if day is not None), default=None)


def closing_page(cycle: Cycle, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    today = clock.today()
    page = render_template(
        "cycles/closing.html",
        cycle=cycle,
        page=closing_of(queries.progress(cycle), escalated(cycle.id), today=today, closed_at=cycle.closed_at),
        told=last_day_told(cycle),
        today=today,
        over=cycle.closes_on is not None and cycle.closes_on < today,
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )
    return make_response(page, 422 if errors else 200)
