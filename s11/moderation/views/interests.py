"""Whom somebody is too near to, said once for all returns."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.moderation import operations, permissions, queries
from s11.moderation.forms import InterestForm
from s11.moderation.views.blueprint import blueprint
from s11.organisations.queries import by_ref as organisation_by_ref
from s11.web.forms import blame
from s11.web.guards import signed_in


@blueprint.get("/interests")
@signed_in(permissions.moderates_any)
def interests() -> ResponseReturnValue:
    """What somebody declared, and a form to declare more."""
    return interests_page(a_form())


def a_form() -> InterestForm:
    form = InterestForm()
    form.offer(queries.organisations_of(current_user.partnership_ids))
    return form


def interests_page(form: InterestForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "moderation/interests.html", form=form, interests=queries.interests_of(current_user.id)
    )
    return make_response(page, status)


@blueprint.post("/interests")
@signed_in(permissions.moderates_any)
def declare_interest() -> ResponseReturnValue:
    """Too near to one organisation, until it is taken back."""
    form = a_form()
    if not form.validate():
        return interests_page(form, 422)
    organisation = organisation_by_ref(form.organisation.data)
    assert organisation is not None  # it was among the choices
    try:
        operations.declare_interest(organisation, form.why.data or "", by=current_user)
    except Invalid as refusal:
        blame(form, refusal, otherwise="why")
        return interests_page(form, 422)
    flash(f"Noted. Nobody gives you a return of {organisation.name}.", "success")
    return redirect(url_for("moderation.interests"), 303)


@blueprint.post("/interests/take-back")
@signed_in(permissions.moderates_any)
def take_back_interest() -> ResponseReturnValue:
    """Near to it no more."""
    organisation = organisation_by_ref(request.form.get("organisation", ""))
    if organisation is not None:
        operations.take_back_interest(organisation, by=current_user)
        flash(f"Taken back. You can be given returns of {organisation.name} again.", "success")
    return redirect(url_for("moderation.interests"), 303)
