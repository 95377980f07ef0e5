"""Saying the same of several actions at once."""

from urllib.parse import parse_qsl

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import NARROWING, SeveralForm
from s11.actions.models import Action
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.web.guards import signed_in
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved

# As many as stand on one page of the plan, some of them under several themes.
MOST = 200
BACK_LONGEST = 2_000


@blueprint.get("/several")
@signed_in(permissions.can_see_any)
def several() -> ResponseReturnValue:
    """The form for the actions ticked in the plan."""
    chosen = queries.by_refs(current_user, request.args.getlist("action")[:MOST])
    return several_page(SeveralForm(), {one.ref: one.version for one in chosen})


@blueprint.post("/several")
@signed_in(permissions.can_see_any)
@resumable
def update_several() -> ResponseReturnValue:
    """Keep it for each that allows it; the others come back with why, and stay ticked."""
    form = SeveralForm()
    ticked = ticked_in(request.form.getlist("action"))
    shown = ticked_in(request.form.getlist("shown")) | ticked
    if not form.validate() or not ticked:
        return several_page(form, shown, ticked=set(ticked), status=422)
    many = operations.update_many(
        current_user._get_current_object(),
        list(ticked.items()),
        status=form.said_status,
        text=form.text.data or "",
        due_on=form.due_on.day,
        reason=form.reason.data or "",
    )
    if not many.refused:
        flash(f"{counted(len(many.saved))} updated.", "success")
        return redirect(plan_there(), 303)
    if many.saved:
        keep_what_was_saved()
    why = {ref: sentence for _, ref, sentence in many.refused}
    saved = {action.ref for action in many.saved}
    left = queries.by_refs(current_user, shown.keys() - saved)
    return several_page(
        form,
        {one.ref: one.version for one in left},
        ticked=set(why),
        why=why,
        saved=len(many.saved),
        status=422,
    )


def several_page(
    form: SeveralForm,
    versions: dict[str, int],
    *,
    ticked: set[str] | None = None,
    why: dict[str, str] | None = None,
    saved: int = 0,
    status: int = 200,
) -> ResponseReturnValue:
    """The form with the actions it is about; without `ticked` all that may be updated are."""
    today = clock.today()
    found = queries.by_refs(current_user, versions)
    may = {one.ref for one in found if permissions.can_update(current_user, one)}
    page = render_template(
        "actions/several.html",
        form=form,
        lines=[line(one, versions, may) for one in found],
        rows={one.ref: pages.row_of(one, today) for one in found},
        ticked=may if ticked is None else ticked,
        why=why or {},
        saved=saved,
        none_ticked=ticked is not None and not ticked,
        counted=counted,
        back=request.values.get("back", "")[:BACK_LONGEST],
        plan_there=plan_there(),
    )
    return make_response(page, status)


def plan_there() -> str:
    """The address of the plan, narrowed and arranged as it was when the actions were ticked."""
    asked = parse_qsl(request.values.get("back", "")[:BACK_LONGEST])
    return url_for(
        "actions.plan", **{name: said for name, said in asked if name in {*NARROWING, "sort", "group"}}
    )


def line(action: Action, versions: dict[str, int], may: set[str]) -> tuple[str, int, bool]:
    """The ref of an action, the version it was read in, and whether this person may say how it goes."""
    return action.ref, versions[action.ref], action.ref in may


def ticked_in(values: list[str]) -> dict[str, int]:
    """Refs with the version each was read in, from values such as "k3v9.4"; anything else is left aside."""
    found = {}
    for value in values[:MOST]:
        ref, _, version = value.partition(".")
        if version.isdecimal() and len(version) < 10:
            found[ref] = int(version)
    return found


def counted(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"
