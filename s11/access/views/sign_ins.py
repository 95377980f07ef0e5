"""Where one is signed in, ending that, and staying signed in."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from s11.access import operations, permissions, queries, sessions
from s11.access.models import SignIn
from s11.access.views.blueprint import blueprint
from s11.web.guards import guard, signed_in


@blueprint.get("/account/sign-ins")
@signed_in()
def sign_ins() -> ResponseReturnValue:
    return render_template("access/sign_ins.html", open_ones=sessions.open_ones(current_user), here=g.sign_in)


@blueprint.post("/account/sign-ins/<ref>/end")
@guard(queries.sign_in_by_ref, see=permissions.is_own)
def end_sign_in(sign_in: SignIn) -> ResponseReturnValue:
    operations.finish_elsewhere(sign_in, by=current_user._get_current_object())
    flash(f"Signed out: {sign_in.device}.", "success")
    return redirect(url_for("access.sign_ins"), 303)


@blueprint.post("/account/sign-ins/end-others")
@signed_in()
def end_other_sign_ins() -> ResponseReturnValue:
    person = current_user._get_current_object()
    operations.end_others(person, but=g.sign_in, by=person)
    # No figure: sign-ins that had run out before, and stood on no page, are ended with the others.
    flash("You were signed out everywhere else.", "success")
    return redirect(url_for("access.sign_ins"), 303)


@blueprint.post("/stay")
@signed_in()
def stay() -> ResponseReturnValue:
    """Go on being signed in: being asked for at all is what counts as activity."""
    return "", 204


@blueprint.get("/signed-in-again")
@signed_in()
def signed_in_again() -> ResponseReturnValue:
    """Where the window ends that a page opened because its sign-in was over: it says so and closes itself."""
    return render_template("access/signed_in_again.html")


@blueprint.get("/signed-in")
@signed_in()
def who_is_signed_in() -> ResponseReturnValue:
    """For a page that waits: whose the session is now, and the token its forms need."""
    return {"person": current_user.ref, "name": current_user.name, "token": generate_csrf()}
