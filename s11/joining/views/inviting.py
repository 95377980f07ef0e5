"""Inviting one person."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.joining import operations, permissions, queries
from s11.joining.forms import InviteForm
from s11.joining.operations import Wanted
from s11.joining.permissions import Place
from s11.joining.rules import INVITATION_LASTS
from s11.joining.views.blueprint import blueprint
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.route("/organisations/<ref>/people/invite", methods=["GET", "POST"])
@guard(organisations.by_ref, see=permissions.can_see_of_organisation, may=permissions.can_invite)
def invite_to_organisation(organisation: Organisation) -> ResponseReturnValue:
    return invite(organisation, url_for("joining.of_organisation", ref=organisation.ref))


@blueprint.route("/partnerships/<ref>/people/invite", methods=["GET", "POST"])
@guard(queries.partnership_by_ref, see=permissions.can_see_of_partnership, may=permissions.can_invite)
def invite_to_partnership(partnership: Partnership) -> ResponseReturnValue:
    return invite(partnership, url_for("joining.of_partnership", ref=partnership.ref))


def invite(place: Place, back: str) -> ResponseReturnValue:
    """The form, and the invitation. What is said afterwards is the same for every address."""
    form = InviteForm(roles=permissions.given_at(current_user, place), steps=queries.signing_steps(place))
    if request.method == "POST" and form.validate():
        try:
            operations.invite(
                place,
                Wanted(name=form.name.data, email=form.email.data, **form.said),
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="email")
        else:
            flash(
                f"{form.name.data} has been sent an invitation. It can be accepted for "
                f"{INVITATION_LASTS.days} days.",
                "success",
            )
            return redirect(back, 303)
    page = render_template("joining/invite.html", form=form, place=place, back=back)
    return make_response(page, 422 if form.mistakes else 200)
