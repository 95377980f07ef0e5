"""The composite plan, as a page and for a spreadsheet."""

from collections.abc import Collection

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from s11.actions import pages, permissions, queries
from s11.actions.forms import FilterForm, choices
from s11.actions.rules import BOARDS, OWN, PlanFilter
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
    tabs = pages.tabs_of(current_user, wanted, today)
    shown = pages.plan_page(
        current_user,
        wanted,
        form.arranged,
        page=request.args.get("page", 1, type=int),
        standards={str(one.value): one.label for one in form.standard.choices},
        today=today,
    )
    page = render_template(
        "actions/plan.html",
        form=form,
        wanted=wanted,
        address=wanted.address | form.arranged.address,
        tabs=tabs,
        in_all=pages.in_all(tabs),
        shown=shown,
        several=len(form.organisation.choices) > FIRST + 1,
        may_add=permissions.can_create_any(current_user),
        sees_all=bool(current_user.partnership_ids),
    )
    return make_response(page, 422 if form.wrong_days else 200)


@blueprint.get("/plan.csv")
@signed_in(permissions.can_see_any)
@limited("export")
def download() -> ResponseReturnValue:
    """The plan as it is filtered, for a spreadsheet."""
    wanted, form = plan_filter()
    today = clock.today()
    found = queries.sheet_of(current_user, wanted, form.arranged, today=today)
    written = write_csv(pages.sheet_rows(found, today), pages.COLUMNS)
    answer = Response(written.encode("utf-8-sig"), mimetype="text/csv")
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


# Choices of organisations that stand before the organisations themselves: any, and one's own.
FIRST = 2


def plan_filter(without: Collection[str] = ()) -> tuple[PlanFilter, FilterForm]:
    """What the address asks for, `without` some fields; a word it cannot mean is left aside."""
    form = FilterForm(MultiDict((name, said) for name, said in request.args.items() if name not in without))
    boards = [(BOARDS, "The Board’s own")] if queries.boards_own_in_plan(current_user) else []
    organisations = [(one.ref, one.name) for one in queries.organisations_in_plan(current_user)]
    form.organisation.choices = choices([(OWN, "My own"), *boards, *organisations], first="Any organisation")
    form.of.choices = choices(queries.sources_in_plan(current_user), first="Any of them")
    themes = queries.themes_in_plan(current_user)
    form.theme.choices = choices(zip(themes, themes, strict=True), first="Any theme")
    form.standard.choices = choices(pages.standards_in_order(current_user), first="Any standard")
    form.validate()
    return form.wanted, form
