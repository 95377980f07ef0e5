"""How somebody wants what is not urgent."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.notices import operations, queries
from s11.notices.forms import ChoiceForm
from s11.notices.rules import Digest
from s11.notices.views.blueprint import notices
from s11.web.guards import signed_in


@notices.route("/account/mail", methods=["GET", "POST"])
@signed_in()
def choice() -> ResponseReturnValue:
    found = queries.choice_of(current_user.id)
    form = ChoiceForm(digest=found.digest if found else Digest.AT_ONCE.value)
    if request.method == "POST" and form.validate():
        operations.choose(current_user._get_current_object(), Digest(form.digest.data))
        flash("Saved.", "success")
        return redirect(url_for("access.account"), 303)
    return make_response(render_template("notices/choice.html", form=form), 422 if form.mistakes else 200)
