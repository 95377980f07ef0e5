"""The second step of signing in: a code, a recovery code, or setting up a telephone first."""

from datetime import timedelta

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.access import half, sessions
from s11.access.factor_rules import FEW_RECOVERY_CODES
from s11.access.forms import CarryingForm, CodeForm, RecoveryForm, SignInForm
from s11.access.operations import factors
from s11.access.rules import device_words
from s11.access.views.blueprint import blueprint
from s11.access.views.letting_in import (
    Onward,
    code_page,
    codes_page,
    device_cookie,
    set_up_page,
)
from s11.access.views.signing_in import sign_in_page
from s11.core.errors import DomainError, TooMany
from s11.people.models import Person
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import public

TOO_LATE = "More than ten minutes have passed since the first step. Sign in again."


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Ask for the code of the telephone, and sign in with it."""
    form = CodeForm()
    between = half.here()
    if between is None:
        return too_late(form)
    if not form.is_submitted():
        return code_page(form, Onward.of(form))
    if not form.validate():
        return code_page(form, Onward.of(form), 422)
    try:
        counted = factors.count_code(between.session_id)
        person = between.person()
        if person is None:
            return too_late(form)
        factors.take_code(person, form.code.data)
        factors.right_code(between.session_id, counted)
    except DomainError as refusal:
        blame(form, refusal, otherwise="code")
        return with_wait(code_page(form, Onward.of(form), refusal.status), refusal)
    sessions.start(person, way=f"{between.way} and code", proven=True)
    answer = make_response(Onward.of(form).go())
    if form.remember.data and current_app.config["S11"].remember_device_days:
        remember(answer, person)
    return answer


@blueprint.route("/sign-in/recovery-code", methods=["GET", "POST"])
@public
def recovery_code() -> ResponseReturnValue:
    """Ask for a code from paper instead, and sign in with it."""
    form = RecoveryForm()
    between = half.here()
    if between is None:
        return too_late(form)
    # The page before leads here with what it carries, in its own form.
    if not form.is_submitted() or "instead" in request.form:
        form.code.data = ""
        return recovery_page(form)
    if not form.validate():
        return recovery_page(form, 422)
    try:
        counted = factors.count_code(between.session_id)
        person = between.person()
        if person is None:
            return too_late(form)
        left = factors.take_recovery_code(person, form.code.data)
        factors.right_code(between.session_id, counted)
    except DomainError as refusal:
        blame(form, refusal, otherwise="code")
        return with_wait(recovery_page(form, refusal.status), refusal)
    sessions.start(person, way=f"{between.way} and recovery code", proven=True)
    few = " Make new ones under “Your account”." if left <= FEW_RECOVERY_CODES else ""
    flash(
        f"You used a recovery code; {plural(left, 'is', 'are')} left.{few} If your telephone is gone, set up "
        "another under “Your account”.",
        "info",
    )
    return Onward.of(form).go()


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Set up a telephone, for somebody whose role needs one, and sign in with its first code."""
    form = CodeForm()
    between = half.here()
    if between is None:
        return too_late(form)
    if not form.is_submitted():
        return set_up_page(form, Onward.of(form))
    if not form.validate():
        return set_up_page(form, Onward.of(form), 422)
    person, secret = between.person(), half.offered()
    if person is None or secret is None:
        return too_late(form)
    try:
        codes = factors.turn_on(person, secret, form.code.data)
    except DomainError as refusal:
        blame(form, refusal, otherwise="code")
        return set_up_page(form, Onward.of(form), refusal.status)
    sessions.start(person, way=f"{between.way} and code", proven=True)
    return codes_page(codes, Onward.of(form))


@blueprint.post("/sign-in/go-on")
@public
def go_on() -> ResponseReturnValue:
    """Go on from a page that was open before signing in, with what it carries.

    The form token of such a page is of the session before: then `web.errors` does the same.
    """
    form = CarryingForm()
    if current_user.is_authenticated:
        return Onward.of(form).go()
    return sign_in_again(form, "You are not signed in yet. Sign in, then go on.")


def with_wait(page: ResponseReturnValue, refusal: DomainError) -> ResponseReturnValue:
    """A refused page; of one that was asked for too often, when it may be asked for again."""
    answer = make_response(page)
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


def recovery_page(form: RecoveryForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("access/recovery_code.html", form=form, onward=Onward.of(form))
    return make_response(page, status)


def too_late(form: CarryingForm) -> ResponseReturnValue:
    """For somebody who is not between the steps: signed in already, or no longer."""
    onward = Onward.of(form)
    if current_user.is_authenticated:
        return onward.go()
    if not form.is_submitted():
        return redirect(url_for("access.sign_in", next=onward.next or None))
    return sign_in_again(form, TOO_LATE)


def sign_in_again(form: CarryingForm, sentence: str) -> ResponseReturnValue:
    """The sign-in page, with what the form in hand carries, and why."""
    asked = SignInForm()
    asked.password.data = None
    asked.email.errors = [sentence]
    return sign_in_page(asked, 401)


def remember(answer: Response, person: Person) -> None:
    """Have this browser asked for the password only, for the days set."""
    settings = current_app.config["S11"]
    key = factors.remember_device(person, name=device_words(request.user_agent.string or ""))
    answer.set_cookie(
        device_cookie(),
        key,
        max_age=timedelta(days=settings.remember_device_days),
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )
