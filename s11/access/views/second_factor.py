"""One's own second step: turning it on and off, a new telephone, recovery codes, remembered devices."""

from dataclasses import dataclass

from flask import abort, current_app, flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import half, queries, sessions
from s11.access.forms import CodeForm, PasswordAgainForm
from s11.access.models import Device
from s11.access.operations import factors
from s11.access.permissions import is_own, needs_second_factor
from s11.access.views.blueprint import blueprint
from s11.access.views.letting_in import Onward, codes_page, set_up_page
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.web.forms import blame
from s11.web.guards import guard, signed_in


@dataclass(frozen=True)
class Change:
    """Something that can be changed after showing one's password once more: the words of its page."""

    title: str
    text: str
    button: str
    warns: bool = False


CHANGES = {
    "turn-on": Change(
        "Turn on the second step",
        "Signing in will then need two things: your password, and a code from an app on your telephone. "
        "Somebody who learns your password still cannot get in.",
        "Go on",
    ),
    "new-telephone": Change(
        "Set up a new telephone",
        "The codes will come from the new telephone or app. The one you use now works until you have "
        "finished, and then no longer. You get new recovery codes.",
        "Go on",
    ),
    "new-codes": Change(
        "Make new recovery codes",
        "You get ten new codes, shown once. The ones you have now will no longer work.",
        "Make new codes",
    ),
    "turn-off": Change(
        "Turn off the second step",
        "Your password alone will then open your account, to anybody who learns it. Your recovery codes and "
        "remembered devices are removed, and you are signed out everywhere else.",
        "Turn off",
        warns=True,
    ),
}


@blueprint.get("/account/second-factor")
@signed_in()
def second_factor() -> ResponseReturnValue:
    """How one's second step stands, and what can be done about it."""
    person = me()
    return render_template(
        "access/second_factor.html",
        factor=queries.second_factor_of(person),
        left=queries.recovery_codes_left(person),
        devices=queries.devices_of(person),
        required=needs_second_factor(person),
        days=current_app.config["S11"].remember_device_days,
    )


@blueprint.get("/account/second-factor/<act>")
@signed_in()
def ask_for_password(act: str) -> ResponseReturnValue:
    return password_page(act, PasswordAgainForm())


@blueprint.post("/account/second-factor/<act>")
@signed_in()
def change_second_factor(act: str) -> ResponseReturnValue:
    form = PasswordAgainForm()
    person = me()
    change_or_404(act)
    try:
        factors.show_again(person, form.password.data or "", signed_in_at=g.sign_in.began_at)
        if act in ("turn-on", "new-telephone"):
            half.offer(factors.new_secret())
            return redirect(url_for("access.set_up_by_choice"), 303)
        if act == "new-codes":
            return codes_page(factors.new_codes(person), Onward(), back=url_for("access.second_factor"))
        factors.turn_off(person)
    except DomainError as refusal:
        blame(form, refusal, otherwise="password")
        return password_page(act, form, refusal.status)
    sessions.start(person, way="password", proven=False)
    flash("The second step is turned off. You were signed out everywhere else.", "success")
    return redirect(url_for("access.second_factor"), 303)


@blueprint.route("/account/second-factor/set-up", methods=["GET", "POST"])
@signed_in()
def set_up_by_choice() -> ResponseReturnValue:
    """Bring a secret into a telephone; only after the password was shown does the session hold one."""
    form = CodeForm()
    person, secret = me(), half.offered()
    if secret is None:
        return redirect(url_for("access.second_factor"), 303)
    if not form.is_submitted():
        return set_up_page(form, Onward(), person=person)
    if not form.validate():
        return set_up_page(form, Onward(), 422, person=person)
    try:
        codes = factors.turn_on(person, secret, form.code.data)
    except DomainError as refusal:
        blame(form, refusal, otherwise="code")
        return set_up_page(form, Onward(), refusal.status, person=person)
    sessions.start(person, way="password and code", proven=True)
    return codes_page(codes, Onward(), back=url_for("access.second_factor"))


@blueprint.post("/account/devices/<ref>/forget")
@guard(queries.device_by_ref, see=is_own)
def forget_device(device: Device) -> ResponseReturnValue:
    factors.forget_device(device)
    flash("That device is asked for a code again.", "success")
    return redirect(url_for("access.second_factor"), 303)


def change_or_404(act: str) -> Change:
    change = CHANGES.get(act)
    if change is None:
        abort(404)
    return change


def password_page(act: str, form: PasswordAgainForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("access/password_again.html", act=act, change=change_or_404(act), form=form)
    return make_response(page, status)


def me() -> Person:
    person: Person = current_user._get_current_object()
    return person
