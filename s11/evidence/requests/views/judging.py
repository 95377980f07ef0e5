"""The partnership reads what came: reminds, asks for more, says what it showed."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.evidence.requests import operations, permissions, queries
from s11.evidence.requests.forms import CorrectForm, MoreForm, OutcomeForm, TakeBackForm
from s11.evidence.requests.models import EvidenceRequest
from s11.evidence.requests.rules import Outcome
from s11.evidence.requests.views.blueprint import blueprint
from s11.evidence.requests.views.one import request_page
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.post("/<ref>/remind")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
def remind(request_: EvidenceRequest) -> ResponseReturnValue:
    """Write to whoever answers once more."""
    told = operations.remind(request_, by=current_user._get_current_object())
    flash(f"A reminder to {plural(told, 'person', 'people')} is ready to be sent.", "success")
    return back_to(request_)


@blueprint.post("/<ref>/more")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
@resumable
def more(request_: EvidenceRequest) -> ResponseReturnValue:
    """Ask for what is missing, with a new day where one is given."""
    form = MoreForm()
    if form.validate():
        try:
            operations.ask_for_more(
                request_,
                text=form.text.data or "",
                due_on=form.due_on.day,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="text")
        else:
            flash(f"{request_.organisation.short_name} is asked for more.", "success")
            return back_to(request_)
    return request_page(request_, more=form, status=422)


@blueprint.post("/<ref>/outcome")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
@resumable
def conclude(request_: EvidenceRequest) -> ResponseReturnValue:
    """Say what became of it."""
    if request.form.get("outcome") == Outcome.WITHDRAWN:
        return take_back(request_)
    form = OutcomeForm()
    if form.validate():
        try:
            operations.conclude(
                request_,
                outcome=form.outcome.data or "",
                said=form.outcome_said.data or "",
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="outcome")
        else:
            flash("Recorded. Both sides see what it showed.", "success")
            return back_to(request_)
    return request_page(request_, outcome=form, status=422)


def take_back(request_: EvidenceRequest) -> ResponseReturnValue:
    """End a request that nobody need answer any more, with the reason."""
    form = TakeBackForm()
    if not form.validate():
        return request_page(request_, taking_back=form, status=422)
    operations.conclude(
        request_,
        outcome=Outcome.WITHDRAWN,
        said=form.outcome_said.data or "",
        by=current_user._get_current_object(),
    )
    flash("Taken back. Nobody is reminded of it any more.", "success")
    return back_to(request_)


@blueprint.route("/<ref>/correct", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
@resumable
def correct(request_: EvidenceRequest) -> ResponseReturnValue:
    """Put what is asked right, until it is answered."""
    form = CorrectForm()
    if request.method == "GET":
        form = CorrectForm(formdata=None, title=request_.title, why=request_.why, what=request_.what)
    elif form.validate():
        changed = operations.correct(
            request_,
            title=form.title.data or "",
            why=form.why.data or "",
            what=form.what.data or "",
            by=current_user._get_current_object(),
        )
        flash("Corrected. The trail keeps that it was." if changed else "Nothing was changed.", "success")
        return back_to(request_)
    page = render_template("evidence_requests/correct.html", request_=request_, form=form)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.post("/<ref>/open-again")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
def open_again(request_: EvidenceRequest) -> ResponseReturnValue:
    """Take an outcome back that was given by mistake."""
    operations.open_again(request_, by=current_user._get_current_object())
    flash("It is open again.", "success")
    return back_to(request_)


def back_to(request_: EvidenceRequest) -> ResponseReturnValue:
    return redirect(url_for("evidence_requests.one", ref=request_.ref), 303)
