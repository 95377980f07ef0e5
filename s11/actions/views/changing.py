"""Correcting an action, and mending one that was brought in."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, permissions, queries
from s11.actions.forms import ChangeForm
from s11.actions.forms.adding import MORE_OWNERS, MORE_STEPS
from s11.actions.models import Action
from s11.actions.operations import ActionDetails, StepDetails
from s11.actions.rules import Saying, to_mend
from s11.actions.views.blueprint import blueprint
from s11.actions.views.filling import blame_rows, offer_recommendations, room_for_more, ticked
from s11.actions.views.places import finder
from s11.core.errors import Invalid, Stale
from s11.organisations import queries as organisations
from s11.web.guards import guard
from s11.web.kept import resumable

# What the form holds as the action does.
PLAIN = (
    "version", "text", "outcome", "evidence_expected", "mechanism", "priority", "resources", "contingency",
    "theme", "owner_name", "owner_role",
)  # fmt: skip


@blueprint.route("/<ref>/change", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def change(action: Action) -> ResponseReturnValue:
    """Correct what an action promises; its date, where it has one, moves with a reason in an update."""
    form = ChangeForm()
    form.find = finder([action.partnership_id])
    offer_recommendations(form, action.plan_source)
    if request.method != "POST":
        fill(form, action)
        return change_page(action, form)
    if request.form.get("go") in (MORE_OWNERS, MORE_STEPS):
        room_for_more(form, request.form["go"])
        return change_page(action, form)
    if not form.validate():
        return change_page(action, form, 422)
    try:
        said = operations.change(
            action,
            details_of(form, action),
            version=form.version.data,
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        form.version.raw_data, form.version.data = None, action.version
        return change_page(action, form, 412, meanwhile=refusal.sentence)
    except Invalid as refusal:
        blame_rows(form, refusal)
        return change_page(action, form, 422)
    flash(what_happened(action, said.kind if said else "", form.understood), "success" if said else "info")
    return redirect(url_for("actions.action", ref=action.ref), 303)


def what_happened(action: Action, kind: str, understood: str) -> str:
    """What to say once a change is saved."""
    if not kind:
        return "Nothing was changed."
    lacks = to_mend(action.owner_name, action.owner_role, action.due_on)
    done = "Mended." if kind == Saying.MENDED and not lacks else "Saved."
    return " ".join(part for part in (done, understood, *lacks) if part)


def fill(form: ChangeForm, action: Action) -> None:
    """Put what an action says into the form."""
    owners = [
        {
            "name": one.name,
            "role": one.role,
            "organisation": one.organisation.name if one.organisation else "",
        }
        for one in action.owners
    ]
    steps = [{"ref": one.ref, "text": one.text, "due_on": one.due_on} for one in action.milestones]
    answers = [one.ref for one in action.recommendations]
    plain = {name: getattr(action, name) for name in PLAIN}
    form.process(data=plain, owners=owners, milestones=steps, answers=answers)


def details_of(form: ChangeForm, action: Action) -> ActionDetails:
    """What the form says. What it did not show stays as it is: recommendations that may not be ticked."""
    review = action.plan_source
    shown = {ref for ref, *_ in form.answers.iter_choices()} if form.answers.choices else set()
    kept = [one for one in action.recommendations if one.ref not in shown]
    return ActionDetails(
        text=form.text.data or "",
        owner_name=form.owner_name.data or "",
        owner_role=form.owner_role.data or "",
        due_on=form.due_on.day,
        outcome=form.outcome.data or "",
        evidence_expected=form.evidence_expected.data or "",
        mechanism=form.mechanism.data or "",
        resources=form.resources.data or "",
        contingency=form.contingency.data or "",
        priority=form.priority.data or "",
        theme=form.theme.data or "",
        owners=form.drafts(),
        milestones=[
            StepDetails(row.text.data or "", row.due_on.day, row.ref.data or "")
            for row in form.milestones.filled
        ],
        answers=sorted([*kept, *ticked(form, review)], key=lambda one: one.position),
    )


def change_page(
    action: Action, form: ChangeForm, status: int = 200, meanwhile: str = ""
) -> ResponseReturnValue:
    form.owners.leave_room()
    form.milestones.leave_room()
    office = permissions.can_write_sources(current_user)
    known = organisations.seated(action.partnership_id) if office else [action.organisation]
    page = render_template(
        "actions/change.html",
        action=action,
        form=form,
        lacks=to_mend(action.owner_name, action.owner_role, action.due_on),
        moves=action.due_on is not None,
        organisations=[one.name for one in known if one is not None],
        themes=queries.themes_in_use(action.partnership_id) if office else [],
        more=(MORE_OWNERS, MORE_STEPS),
        meanwhile=meanwhile,
        theirs=next(iter(queries.updates(action.id)), None) if meanwhile else None,
    )
    return make_response(page, status)
