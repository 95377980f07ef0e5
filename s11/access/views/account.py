"""One's own account."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import sessions
from s11.access.forms import PasswordForm
from s11.access.views.blueprint import blueprint
from s11.core.errors import Invalid
from s11.people import operations as people
from s11.web.guards import signed_in


@blueprint.get("/account")
@signed_in()
def account() -> ResponseReturnValue:
    return render_template("access/account.html", form=PasswordForm())


@blueprint.post("/account/password")
@signed_in()
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate() and form.new.data != form.again.data:
        form.again.errors = [*form.again.errors, "The two new passwords differ. Type the new one again."]
    if not form.errors:
        try:
            people.change_password(current_user, old=form.old.data, new=form.new.data)
        except Invalid as refusal:
            field = form.old if refusal.field == "old" else form.new
            field.errors = [*field.errors, refusal.sentence]
    if form.mistakes:
        return make_response(render_template("access/account.html", form=form), 422)
    sessions.start(current_user._get_current_object(), way="password")
    flash("Your password has been changed. You were signed out everywhere else.", "success")
    return redirect(url_for("access.account"), 303)
