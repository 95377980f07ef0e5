"""Taking over last year's answers, for a whole return or for one standard."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries
from s11.returns.carrying import Left
from s11.returns.models import Return
from s11.returns.views.blueprint import blueprint
from s11.returns.views.part import refuse_unless_given, standard_or_404
from s11.returns.views.taking import taken_words
from s11.web.guards import guard


@blueprint.get("/<ref>/last-year")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.answers_all)
def last_year(return_: Return) -> ResponseReturnValue:
    """What can be taken over from last year into the whole return, and what cannot and why."""
    return taking_page(return_, None)


@blueprint.post("/<ref>/last-year")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.answers_all)
def take_over(return_: Return) -> ResponseReturnValue:
    """Take over everything that nobody has answered yet."""
    criteria = [criterion for standard in queries.standards_of(return_) for criterion in standard.criteria]
    return take(return_, criteria, url_for("returns.tasks", ref=return_.ref))


@blueprint.get("/<ref>/standards/<number>/last-year")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def last_year_of(return_: Return, number: str) -> ResponseReturnValue:
    """The same for one standard, by whoever answers it."""
    standard = standard_or_404(return_, number)
    refuse_unless_given(return_, standard)
    return taking_page(return_, own_part(return_, standard))


@blueprint.post("/<ref>/standards/<number>/last-year")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def take_over_of(return_: Return, number: str) -> ResponseReturnValue:
    """Take over what nobody has answered yet in one standard."""
    standard = standard_or_404(return_, number)
    refuse_unless_given(return_, standard)
    place = url_for("returns.standard", ref=return_.ref, number=standard.number)
    return take(return_, list(own_part(return_, standard).criteria), place)


def own_part(return_: Return, standard: StandardContent) -> StandardContent:
    """What of a standard is this person's to answer."""
    return next(iter(permissions.part_of(current_user, return_, [standard])), standard)


def take(return_: Return, criteria: list[CriterionContent], place: str) -> ResponseReturnValue:
    plan = operations.carry(return_, criteria, by=current_user)
    if plan.offers:
        flash(taken_words(plan, return_.cycle.partnership.board_word), "success")
        first, _ = plan.offers[0]
        return redirect(url_for("returns.review_one", ref=return_.ref, number=first.number), 303)
    flash("There was nothing left to take over.", "info")
    return redirect(place, 303)


def taking_page(return_: Return, standard: StandardContent | None) -> ResponseReturnValue:
    asked = [standard] if standard else queries.standards_of(return_)
    last = queries.last_return(return_)
    plan = operations.plan_taking_over(return_, last, [c for one in asked for c in one.criteria])
    return render_template(
        "returns/last_year.html",
        return_=return_,
        edition=queries.edition_of(return_),
        standard=standard,
        plan=plan,
        left={why.value: plan.left_for(why) for why in Left},
        last=last,
        is_open=permissions.is_open(return_),
    )
