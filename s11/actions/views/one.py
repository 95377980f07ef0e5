"""An action with its history, and saying how it goes."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import UpdateForm
from s11.actions.models import Action
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.core.errors import Invalid, Stale
from s11.returns import permissions as return_permissions
from s11.returns import queries as returns
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

# What an address says of the question somebody came from.
WAY_BACK = ("return", "criterion", "standard", "review")


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def action(action: Action) -> ResponseReturnValue:
    """One action: what was promised, how it goes, and the form to say so."""
    return action_page(action, UpdateForm(MultiDict({"status": action.status})))


@blueprint.post("/<ref>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_update)
@resumable
def update(action: Action) -> ResponseReturnValue:
    form = UpdateForm()
    form.due_before = action.due_on
    if not form.validate():
        return action_page(action, form, 422)
    try:
        operations.update(
            action,
            status=form.status.data,
            text=form.text.data or "",
            due_on=form.due_on.day,
            reason=form.reason.data or "",
            by=current_user._get_current_object(),
            version=form.version.data,
        )
    except Stale as refusal:
        return action_page(action, form, 412, extra=[(refusal.sentence, "#meanwhile")])
    except Invalid as refusal:
        blame(form, refusal, otherwise="text")
        return action_page(action, form, 422)
    flash("Your update has been saved.", "success")
    return redirect(place_back() or url_for("actions.action", ref=action.ref), 303)


def action_page(
    action: Action, form: UpdateForm, status: int = 200, extra: list[tuple[str, str | None]] | None = None
) -> ResponseReturnValue:
    today = clock.today()
    said = pages.timeline(action, queries.updates(action.id))
    page = render_template(
        "actions/action.html",
        action=action,
        row=pages.row_of(action, today),
        facts=pages.facts(action),
        timeline=said,
        meanwhile=said[0] if status == 412 else None,
        may_update=permissions.can_update(current_user, action),
        may_change=permissions.can_change(current_user, action),
        may_see_source=permissions.can_see_source_of(current_user, action),
        may_see_cycle=permissions.can_see_cycle(current_user, action),
        may_see_challenge=permissions.can_see_challenge(current_user, action),
        form=form,
        extra=extra or [],
        back={name: request.args[name] for name in WAY_BACK if name in request.args},
        place_back=place_back(),
    )
    return make_response(page, status)


def place_back() -> str | None:
    """The question of a return from which somebody came to say what became of an action."""
    return_ = returns.by_ref(request.args.get("return", ""))
    if return_ is None or not return_permissions.can_open(current_user, return_):
        return None
    number, wanted = request.args.get("criterion"), request.args.get("standard")
    for standard in returns.standards_of(return_):
        here = next((f"q{c.number}" for c in standard.criteria if c.number == number), None)
        if here is not None and request.args.get("review"):
            return url_for("returns.review_one", ref=return_.ref, number=number)
        if here is not None or standard.number == wanted:
            return url_for("returns.standard", ref=return_.ref, number=standard.number, _anchor=here)
    return None
