"""New passwords: changed by who knows the old one, or set through a link sent by mail."""

from flask import flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import browsers, sessions
from s11.access.forms import ForgottenForm, NewPasswordForm, PasswordForm
from s11.access.models import Link
from s11.access.operations import links, passwords
from s11.access.rules import Purpose
from s11.access.views.blueprint import blueprint
from s11.core.errors import DomainError, Invalid, TooMany
from s11.trail.rules import plain_address
from s11.web.forms import blame
from s11.web.guards import public, signed_in

# Where a link's token waits between two pages: not in their address, which histories and logs keep.
KEPT = "reset"


@blueprint.get("/account/password")
@signed_in()
def password() -> ResponseReturnValue:
    return render_template("access/password.html", form=PasswordForm())


@blueprint.post("/account/password")
@signed_in()
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    status, headers = 422, {}
    if form.validate():
        person = current_user._get_current_object()
        try:
            passwords.change(person, here=g.sign_in, old=form.old.data, new=form.new.data)
        except TooMany as refusal:
            status, headers = refusal.status, {"Retry-After": str(refusal.seconds)}
            blame(form, refusal, otherwise="old")
        except Invalid as refusal:
            blame(form, refusal, otherwise="new")
    if form.mistakes:
        return make_response(render_template("access/password.html", form=form), status, headers)
    sessions.renew()
    flash("Your password has been changed. You were signed out everywhere else.", "success")
    return redirect(url_for("access.account"), 303)


@blueprint.get("/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    return render_template("access/forgotten.html", form=ForgottenForm())


@blueprint.post("/forgotten")
@public
def ask_for_link() -> ResponseReturnValue:
    form = ForgottenForm()
    status, headers = 422, {}
    if form.validate():
        try:
            passwords.ask_reset(form.email.data, network=plain_address(request.remote_addr))
        except TooMany as refusal:
            status, headers = refusal.status, {"Retry-After": str(refusal.seconds)}
            blame(form, refusal, otherwise="email")
    if form.mistakes:
        return make_response(render_template("access/forgotten.html", form=form), status, headers)
    return render_template("access/link_sent.html", email=form.email.data.strip())


@blueprint.get("/password/<token>")
@public
def open_link(token: str) -> ResponseReturnValue:
    session[KEPT] = token
    return redirect(url_for("access.new_password"))


@blueprint.get("/password")
@public
def new_password() -> ResponseReturnValue:
    link = link_here()
    return page(link, NewPasswordForm()) if link is not None else spent()


@blueprint.post("/password")
@public
def set_password() -> ResponseReturnValue:
    link, form = link_here(), NewPasswordForm()
    if link is None:
        return spent()
    if not form.validate():
        return page(link, form, 422)
    try:
        person = passwords.reset(link, form.new.data)
    except Invalid as refusal:
        blame(form, refusal, otherwise="new")
        return page(link, form, 422)
    except DomainError:
        return spent()
    # Whoever was signed in here, the owner of the account or somebody else, signs in anew.
    sessions.end()
    browsers.remember(person)
    flash("Your new password is set. Sign in with it.", "success")
    return redirect(url_for("access.sign_in"), 303)


def link_here() -> Link | None:
    """The link that was opened in this browser, if it is still good."""
    return links.open_link(session.get(KEPT, ""), Purpose.RESET)


def page(link: Link, form: NewPasswordForm, status: int = 200) -> ResponseReturnValue:
    return make_response(
        render_template("access/new_password.html", form=form, email=link.person.email), status
    )


def spent() -> ResponseReturnValue:
    """A link that is used, too old or incomplete: what to do instead."""
    session.pop(KEPT, None)
    return make_response(render_template("access/link_spent.html"), 410)
