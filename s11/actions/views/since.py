"""What changed in the plan since a day, and what it lacks."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import pages, permissions
from s11.actions.forms import SinceForm
from s11.actions.rules import months_later
from s11.actions.views.blueprint import blueprint
from s11.actions.views.plan import plan_filter
from s11.core import clock
from s11.web.guards import signed_in

# Spans that are asked for often, in months.
SPANS = {1: "The last month", 3: "Three months", 6: "Six months", 12: "A year"}


@blueprint.get("/since")
@signed_in(permissions.can_see_any)
def since() -> ResponseReturnValue:
    """What changed between two days, for the next meeting."""
    wanted, narrowing = plan_filter(without=("status",))
    form = SinceForm(request.args)
    today = clock.today()
    shown, days = None, {}
    if form.validate():
        first, last = form.days()
        shown = pages.since_page(current_user, wanted, pages.span_of(first, last), today=today)
        days = {"since": first.isoformat(), "until": last.isoformat()}
    page = render_template(
        "actions/since.html",
        form=form,
        narrowing=narrowing,
        wanted=wanted,
        shown=shown,
        days=days,
        spans=[
            (label, {"since": months_later(today, -months).isoformat(), "until": today.isoformat()})
            for months, label in SPANS.items()
        ],
    )
    return make_response(page, 422 if form.errors else 200)


@blueprint.get("/gaps")
@signed_in(permissions.can_see_gaps)
def gaps() -> ResponseReturnValue:
    """Recommendations nobody answers, actions that answer none, numbers that stand twice or are missing."""
    return render_template("actions/gaps.html", gaps=pages.gaps_of(current_user), source_of=pages.source_of)
