"""Who moderates one return: giving it to somebody, taking it away, going on without somebody."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid
from s11.moderation import operations, permissions, queries
from s11.moderation.forms import GiveForm, WithoutForm
from s11.moderation.sharing import Candidate, why_not
from s11.moderation.views.blueprint import blueprint
from s11.moderation.views.cycle import say
from s11.moderation.views.finding import own_of
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/moderators")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.assigns)
def moderators(return_: Return) -> ResponseReturnValue:
    """Who moderates a return, how far each is, who stood aside and why, and who else could."""
    return moderators_page(return_, GiveForm(), WithoutForm())


def moderators_page(
    return_: Return, give: GiveForm, without: WithoutForm, status: int = 200
) -> ResponseReturnValue:
    if not give.is_submitted() and give.due_on.data is None:
        give.due_on.data = return_.cycle.moderation_on
    given = queries.given_of(return_)
    page = render_template(
        "moderation/moderators.html",
        return_=return_,
        give=give,
        without=without,
        given=[(one, len(queries.ratings_of(one.id))) for one in given],
        aside=queries.aside_of(return_),
        others=others(return_),
        chosen=set(request.form.getlist("moderator")),
        asked=len(own_of(return_)),
        waiting=[one.person.name for one in given if one.finished_at is None],
        finished=[one.person.name for one in given if one.finished_at is not None],
    )
    return make_response(page, status)


def others(return_: Return) -> list[tuple[Candidate, str]]:
    """Everybody else who moderates this audit, each with why they cannot be given this return."""
    to_give = queries.to_give(return_.cycle_id)
    one = to_give[return_.ref]
    people = operations.candidates(return_.cycle, to_give.values())
    return [(who, why_not(one, who)) for who in people if who.person_id not in one.given]


@blueprint.post("/<ref>/moderators")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.assigns)
def give(return_: Return) -> ResponseReturnValue:
    """Give one return to those ticked."""
    form, refs = GiveForm(), request.form.getlist("moderator")
    valid = form.validate()
    if valid and not refs:
        form.due_on.errors = ["Tick at least one moderator."]
    if form.errors or not refs:
        return moderators_page(return_, form, WithoutForm(formdata=None), 422)
    try:
        pairs = [(return_.ref, ref) for ref in refs]
        say(operations.assign(return_.cycle, pairs, due_on=form.due_on.real, by=current_user))
    except Invalid as refusal:
        blame(form, refusal, otherwise="due_on")
        return moderators_page(return_, form, WithoutForm(formdata=None), 422)
    return back(return_)


@blueprint.post("/<ref>/moderators/take-away")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.assigns)
def take_away(return_: Return) -> ResponseReturnValue:
    """Take a return away from somebody; what they rated is kept."""
    try:
        name = operations.take_away(return_, request.form.get("moderator", ""), by=current_user)
        flash(f"{name} does not moderate this return any more. What they rated is kept.", "success")
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    return back(return_)


@blueprint.post("/<ref>/moderators/go-on")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.assigns)
def go_on(return_: Return) -> ResponseReturnValue:
    """Let the agreed ratings be chosen without those who have not finished."""
    form = WithoutForm()
    if not form.validate():
        return moderators_page(return_, GiveForm(formdata=None), form, 422)
    try:
        names = operations.go_on_without(return_, form.reason.data or "", by=current_user)
    except Invalid as refusal:
        blame(form, refusal, otherwise="reason")
        return moderators_page(return_, GiveForm(formdata=None), form, 422)
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return back(return_)
    flash(f"You go on without {', '.join(names)}. The agreed ratings can be chosen now.", "success")
    return back(return_)


def back(return_: Return) -> ResponseReturnValue:
    return redirect(url_for("moderation.moderators", ref=return_.ref), 303)
