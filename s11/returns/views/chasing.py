"""Parts that were given coming to their end: finished, asked for again, reminded of."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import operations, permissions, queries
from s11.returns.models import Return
from s11.returns.views.blueprint import blueprint
from s11.returns.views.colleagues import back_to_colleagues
from s11.returns.views.sharing import assignment_or_404, holder_or_404
from s11.web.guards import guard


@blueprint.post("/<ref>/colleagues/people/<person>/remind")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def remind(return_: Return, person: str) -> ResponseReturnValue:
    """Write to a contributor about what is not finished."""
    holder = holder_or_404(return_, person)
    operations.remind(return_, holder.assignment.person, by=current_user._get_current_object())
    flash(f"A reminder to {holder.name} is on its way.", "success")
    return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)


@blueprint.post("/<ref>/colleagues/remind-late")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def remind_late(return_: Return) -> ResponseReturnValue:
    """Write to everybody who is over their day."""
    told, refused = operations.remind_late(return_, by=current_user._get_current_object())
    if told:
        flash(f"Reminders are on their way to {', '.join(told)}.", "success")
    for sentence in refused:
        flash(sentence, "info")
    return back_to_colleagues(return_)


@blueprint.post("/<ref>/colleagues/people/<person>/<number>/ask-again")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.leads)
def ask_again(return_: Return, person: str, number: str) -> ResponseReturnValue:
    """Ask a contributor to look again at what they have finished."""
    holder = holder_or_404(return_, person)
    assignment, thing = assignment_or_404(return_, holder, number)
    operations.ask_again(return_, assignment, by=current_user._get_current_object())
    flash(f"{holder.name} is asked to look again at {thing.number}.", "success")
    return redirect(url_for("returns.share", ref=return_.ref, person=person), 303)


@blueprint.post("/<ref>/part/finish")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.has_part)
def finish_part(return_: Return) -> ResponseReturnValue:
    """A contributor has finished their part."""
    operations.finish(return_, current_user._get_current_object())
    flash("Thank you. Your safeguarding lead sees that your part is finished.", "success")
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


@blueprint.post("/<ref>/part/take-up")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.has_part)
def take_up_part(return_: Return) -> ResponseReturnValue:
    """A contributor has not finished after all."""
    operations.take_up_again(return_, current_user._get_current_object())
    flash("Your part is yours to answer again.", "success")
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)
