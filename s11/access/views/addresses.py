"""A new e-mail address for one's account."""

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access.forms import AddressForm
from s11.access.models import Link
from s11.access.operations import addresses, links
from s11.access.rules import Purpose
from s11.access.views.blueprint import blueprint
from s11.core.errors import DomainError, Invalid, TooMany
from s11.web.forms import blame
from s11.web.guards import public, signed_in

# Where the link's token waits between two pages: not in their address, which histories and logs keep.
KEPT = "address"


@blueprint.get("/account/address")
@signed_in()
def address() -> ResponseReturnValue:
    return render_template("access/address.html", form=AddressForm())


@blueprint.post("/account/address")
@signed_in()
def ask_for_address() -> ResponseReturnValue:
    form = AddressForm()
    status, headers = 422, {}
    if form.validate():
        person = current_user._get_current_object()
        try:
            wanted = addresses.ask(person, address=form.email.data, password=form.password.data)
        except TooMany as refusal:
            status, headers = refusal.status, {"Retry-After": str(refusal.seconds)}
            blame(form, refusal, otherwise="password")
        except Invalid as refusal:
            blame(form, refusal, otherwise="email")
    if form.mistakes:
        return make_response(render_template("access/address.html", form=form), status, headers)
    flash(f"A link is on its way to {wanted}. Your address changes once you have opened it.", "success")
    return redirect(url_for("access.account"), 303)


@blueprint.get("/address/<token>")
@public
def open_address_link(token: str) -> ResponseReturnValue:
    session[KEPT] = token
    return redirect(url_for("access.new_address"))


@blueprint.get("/address")
@public
def new_address() -> ResponseReturnValue:
    link = link_here()
    return render_template("access/new_address.html", link=link) if link is not None else spent()


@blueprint.post("/address")
@public
def change_address() -> ResponseReturnValue:
    link = link_here()
    if link is None:
        return spent()
    try:
        person = addresses.change(link)
    except DomainError as refusal:
        return spent(refusal.sentence)
    session.pop(KEPT, None)
    flash(f"Your address is {person.email} now. Sign in with it from now on.", "success")
    return redirect(url_for("access.account" if current_user.is_authenticated else "access.sign_in"), 303)


def link_here() -> Link | None:
    """The link that was opened in this browser, if it is still good."""
    return links.open_link(session.get(KEPT, ""), Purpose.ADDRESS)


def spent(sentence: str = "") -> ResponseReturnValue:
    """A link that is used, too old or incomplete: what to do instead."""
    session.pop(KEPT, None)
    return make_response(render_template("access/address_link_spent.html", sentence=sentence), 410)
