"""Signing in and out, and one's own account."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.people import operations, sessions
from s11.people.forms import PasswordForm, SignInForm
from s11.web.guards import public, signed_in
from s11.web.kept import from_here, next_page, show_kept

blueprint = Blueprint("people", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(url_for("home.home"))
        return sign_in_page(form)
    if not form.validate():
        return sign_in_page(form, 422)
    try:
        person = operations.check_sign_in(email=form.email.data, password=form.password.data)
    except Invalid as refusal:
        form.email.errors = [*form.email.errors, refusal.sentence]
        return sign_in_page(form, 422)
    sessions.start(person)
    if form.kept.data:
        return show_kept(form.kept.data, form.kept_to.data or "/")
    return redirect(next_page(form.next.data), 303)


def sign_in_page(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "people/sign_in.html",
        errors=form.mistakes,
        email=form.email.data or "",
        next_page=form.next.data or request.args.get("next", ""),
        kept=form.kept.data or "",
        kept_to=form.kept_to.data or "",
        had_files=False,
        session_ended=bool(form.kept.data),
    )
    return make_response(page, status)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    # Not held to a form token: from a tab of an earlier session it has to work too.
    if not from_here():
        abort(400)
    sessions.end()
    answer = make_response(redirect(url_for("people.signed_out"), 303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    return render_template("people/signed_out.html")


@blueprint.get("/account")
@signed_in()
def account() -> ResponseReturnValue:
    return render_template("people/account.html", form=PasswordForm())


@blueprint.post("/account/password")
@signed_in()
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate() and form.new.data != form.again.data:
        form.again.errors = [*form.again.errors, "The two new passwords differ. Type the new one again."]
    if not form.errors:
        try:
            operations.change_password(current_user, old=form.old.data, new=form.new.data)
        except Invalid as refusal:
            field = form.old if refusal.field == "old" else form.new
            field.errors = [*field.errors, refusal.sentence]
    if form.mistakes:
        return make_response(render_template("people/account.html", form=form), 422)
    sessions.start(current_user._get_current_object())
    flash("Your password has been changed. You were signed out everywhere else.", "success")
    return redirect(url_for("people.account"), 303)
