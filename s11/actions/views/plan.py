"""The composite plan, as a page and for a spreadsheet."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import pages, permissions, queries
from s11.actions.forms import FilterForm, choices
from s11.actions.rules import PlanFilter
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.core.sheets import write_csv
from s11.trail.operations import look
from s11.web.guards import signed_in
from s11.web.limits import limited


@blueprint.get("/")
@signed_in(permissions.can_see_any)
def plan() -> ResponseReturnValue:
    """The composite plan."""
    wanted, form = plan_filter()
    today = clock.today()
    found = queries.how_many(current_user, wanted, today=today)
    last = max(1, -(-found // queries.PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    rows = queries.visible_to(current_user, wanted, today=today, page=page)
    return render_template(
        "actions/plan.html",
        form=form,
        wanted=wanted,
        counts=queries.counts(current_user, wanted, today=today),
        found=found,
        rows=[pages.row_of(action, today) for action in rows],
        page=page,
        pages=last,
        several=len(form.organisation.choices) > 2,
        may_add=permissions.can_create_any(current_user),
    )


@blueprint.get("/plan.csv")
@signed_in(permissions.can_see_any)
@limited("export")
def download() -> ResponseReturnValue:
    """The plan as it is filtered, for a spreadsheet."""
    wanted, _ = plan_filter()
    today = clock.today()
    rows = [
        pages.sheet_row(action, today) for action in queries.visible_to(current_user, wanted, today=today)
    ]
    answer = Response(write_csv(rows, pages.COLUMNS).encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=action-plan-{today.isoformat()}.csv"
    person = current_user._get_current_object()
    for held in person.current:
        if held.partnership_id is not None:
            id_ = held.partnership_id
            look("partnership:plan:exported", id_, by=person, partnership_id=id_)
        elif held.organisation_id is not None:
            id_ = held.organisation_id
            look("organisation:plan:exported", id_, by=person, organisation_id=id_)
    return answer


def plan_filter() -> tuple[PlanFilter, FilterForm]:
    """What the address asks for; a word it cannot mean is left aside."""
    form = FilterForm(request.args)
    form.organisation.choices = choices(
        ((one.ref, one.name) for one in queries.organisations_in_plan(current_user)), first="Any organisation"
    )
    form.validate()
    asked = {
        field.name: field.data
        for field in (form.status, form.source, form.organisation, form.search)
        if field.data and not field.errors
    }
    return PlanFilter(**asked), form
