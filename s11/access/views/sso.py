"""Signing in with an outside account, and which outside accounts open one's own."""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import queries, sso
from s11.access.models import Identity
from s11.access.operations import identities
from s11.access.permissions import is_own
from s11.access.views.blueprint import blueprint
from s11.access.views.letting_in import Onward, let_in
from s11.core.database import unit_of_work
from s11.core.errors import Invalid
from s11.web.guards import guard, public, signed_in

WISH = "wished"


@blueprint.get("/sign-in/with/<code>")
@public
def sign_in_with(code: str) -> ResponseReturnValue:
    """Go to the provider. A link, not a form: browsers let no form lead to another site's pages."""
    wish = request.args.get("next", "")
    if current_user.is_authenticated:
        return Onward(next=wish).go()
    try:
        answer = sso.start(sso.provider_of(code))
    except Invalid as refusal:
        return back_to_sign_in(refusal, wish)
    session[WISH] = wish
    return answer


@blueprint.get("/sign-in/with/<code>/back")
@public
def back_from_outside(code: str) -> ResponseReturnValue:
    """Come back from the provider, which the browser can only do by a GET."""
    wish = str(session.pop(WISH, ""))
    if current_user.is_authenticated:
        return Onward(next=wish).go()
    try:
        told = sso.finish(sso.provider_of(code))
        with unit_of_work():
            person = identities.person_of_identity(told, service=current_app.config["S11"].address)
            return let_in(person, way=told.name, onward=Onward(next=wish), proven=told.two_factors)
    except Invalid as refusal:
        return back_to_sign_in(refusal, wish)


@blueprint.get("/account/linked")
@signed_in()
def linked() -> ResponseReturnValue:
    """The outside accounts that open one's own."""
    found = [(identity, sso.name_of(identity.provider)) for identity in queries.identities_of(current_user)]
    return render_template("access/linked.html", identities=found)


@blueprint.post("/account/linked/<ref>/remove")
@guard(queries.identity_by_ref, see=is_own)
def unlink(identity: Identity) -> ResponseReturnValue:
    name = sso.name_of(identity.provider)
    identities.unlink(identity, by=current_user._get_current_object(), name=name)
    flash(f"That {name} account no longer opens yours.", "success")
    return redirect(url_for("access.linked"), 303)


def back_to_sign_in(refusal: Invalid, wish: str) -> ResponseReturnValue:
    flash(refusal.sentence, "error")
    return redirect(url_for("access.sign_in", next=wish or None))
