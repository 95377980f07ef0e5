"""One's own account."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import queries
from s11.access.forms import NameForm
from s11.access.views.blueprint import blueprint
from s11.core.errors import Invalid
from s11.people import operations as people
from s11.web.forms import blame
from s11.web.guards import signed_in


@blueprint.get("/account")
@signed_in()
def account() -> ResponseReturnValue:
    return render_template("access/account.html", second_factor=queries.second_factor_of(current_user))


@blueprint.get("/account/name")
@signed_in()
def name() -> ResponseReturnValue:
    return render_template("access/name.html", form=NameForm(name=current_user.name))


@blueprint.post("/account/name")
@signed_in()
def correct_name() -> ResponseReturnValue:
    form = NameForm()
    if form.validate():
        try:
            people.rename(current_user._get_current_object(), form.name.data)
        except Invalid as refusal:
            blame(form, refusal, otherwise="name")
    if form.mistakes:
        return make_response(render_template("access/name.html", form=form), 422)
    flash("Your name has been corrected.", "success")
    return redirect(url_for("access.account"), 303)
