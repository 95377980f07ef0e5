"""Signing in and out."""

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import browsers, operations, sessions
from s11.access.forms import SignInForm
from s11.access.views.blueprint import blueprint
from s11.access.views.letting_in import Onward, let_in
from s11.core.errors import Invalid, TooMany
from s11.trail.rules import plain_address
from s11.web.forms import blame
from s11.web.guards import public
from s11.web.kept import from_here, next_page


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method != "POST":
        if current_user.is_authenticated:
            return redirect(next_page(request.args.get("next")))
        return sign_in_page(form)
    if not form.validate():
        return sign_in_page(form, 422)
    try:
        person = operations.check_password(
            email=form.email.data,
            password=form.password.data,
            network=plain_address(request.remote_addr),
            known=browsers.known_here(),
        )
    except TooMany as refusal:
        blame(form, refusal, otherwise="email")
        answer = sign_in_page(form, refusal.status)
        answer.headers["Retry-After"] = str(refusal.seconds)
        return answer
    except Invalid as refusal:
        blame(form, refusal, otherwise="email")
        return sign_in_page(form, 422)
    return let_in(person, way="password", onward=Onward.of(form))


def sign_in_page(form: SignInForm, status: int = 200) -> Response:
    page = render_template(
        "access/sign_in.html",
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
    answer = make_response(redirect(url_for("access.signed_out"), 303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    return render_template("access/signed_out.html")
