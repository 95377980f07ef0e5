"""The moderator's own pages: what they were given, what stands in the way, and rating it by themselves."""

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid
from s11.moderation import forms, operations, pages, permissions, queries
from s11.moderation.forms import DeclineForm
from s11.moderation.models import Assignment
from s11.moderation.views.agreed import note_look
from s11.moderation.views.blueprint import blueprint
from s11.moderation.views.finding import (
    agreed_with,
    errors_of,
    neighbours,
    own_of,
    rate_each,
    sealed_of,
    standard_or_404,
    standards_of,
)
from s11.questionnaires.rules import StandardContent
from s11.returns import queries as returns
from s11.returns.rules import Stage
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved


@blueprint.get("/mine")
@signed_in(permissions.moderates_any)
def mine() -> ResponseReturnValue:
    """The returns somebody was given, what is due first in front."""
    here = current_user.partnership_ids
    given = [one for one in queries.given_to(current_user.id) if one.partnership_id in here]
    rating = [one for one in given if one.finished_at is None and one.stage == Stage.SUBMITTED]
    return render_template(
        "moderation/mine.html",
        rating=rating,
        over=[one for one in given if one not in rating],
        interests=queries.interests_of(current_user.id),
    )


@blueprint.get("/alone/<ref>")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def alone(assignment: Assignment) -> ResponseReturnValue:
    """One return to rate by oneself: first what stands in the way, then its standards."""
    return alone_page(assignment, DeclineForm())


def alone_page(assignment: Assignment, form: DeclineForm, status: int = 200) -> ResponseReturnValue:
    return_ = assignment.return_
    rated = queries.ratings_of(assignment.id)
    progress = pages.progress(standards_of(return_), own_of(return_), rated)
    page = render_template(
        "moderation/alone.html",
        assignment=assignment,
        return_=return_,
        form=form,
        labels=returns.edition_of(return_).labels,
        progress=progress,
        done=sum(part.done for part in progress),
        asked=sum(part.asked for part in progress),
        differing=sum(part.differing for part in progress),
        waiting=[name for name in queries.still_rating(return_) if name != assignment.person.name],
        is_agreed=bool(queries.of_return(return_.id, return_.round)),
    )
    return make_response(page, status)


@blueprint.post("/alone/<ref>/declare")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def declare(assignment: Assignment) -> ResponseReturnValue:
    """Nothing stands in the way."""
    operations.declare(assignment, by=current_user)
    first = standards_of(assignment.return_)[0]
    return redirect(url_for("moderation.alone_standard", ref=assignment.ref, number=first.number), 303)


@blueprint.post("/alone/<ref>/decline")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def decline(assignment: Assignment) -> ResponseReturnValue:
    """They are too near."""
    form = DeclineForm()
    if not form.validate():
        return alone_page(assignment, form, 422)
    try:
        operations.decline(
            assignment, form.reason.data or "", for_good=bool(form.for_good.data), by=current_user
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="reason")
        return alone_page(assignment, form, 422)
    flash("Thank you. The office has been told, and gives this return to somebody else.", "success")
    return redirect(url_for("moderation.mine"), 303)


@blueprint.post("/alone/<ref>/agree")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def alone_agree(assignment: Assignment) -> ResponseReturnValue:
    """Agree with the agency in all that one has not rated yet."""
    return then_overview(
        assignment, lambda: agreed_with(operations.agree_rest_alone(assignment, by=current_user))
    )


@blueprint.post("/alone/<ref>/finish")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def alone_finish(assignment: Assignment) -> ResponseReturnValue:
    """From here on their own ratings stand."""

    def finish() -> str:
        operations.finish_alone(assignment, by=current_user)
        return "You have finished. The agreed ratings come when everybody has."

    return then_overview(assignment, finish)


@blueprint.post("/alone/<ref>/take-back")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def alone_take_back(assignment: Assignment) -> ResponseReturnValue:
    """Go on rating after all."""

    def take_back() -> str:
        operations.take_back_finish(assignment, by=current_user)
        return "Taken back. Change what you want to change, and finish again."

    return then_overview(assignment, take_back)


def then_overview(assignment: Assignment, act: Callable[[], str]) -> ResponseReturnValue:
    """Do something and say what came of it, or why it cannot be."""
    try:
        flash(act(), "success")
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    return redirect(url_for("moderation.alone", ref=assignment.ref), 303)


@blueprint.get("/alone/<ref>/standards/<number>")
@guard(queries.assignment_by_ref, see=permissions.is_given)
def alone_standard(assignment: Assignment, number: str) -> ResponseReturnValue:
    """One standard: each answer with its evidence and doubts, and one's own rating beside it."""
    wanted = standard_or_404(assignment.return_, number)
    if assignment.declared_at is None:
        return redirect(url_for("moderation.alone", ref=assignment.ref))
    note_look("return:submission:opened", assignment.return_)
    return alone_standard_page(assignment, wanted)


@blueprint.post("/alone/<ref>/standards/<number>")
@guard(queries.assignment_by_ref, see=permissions.is_given)
@resumable
def alone_save(assignment: Assignment, number: str) -> ResponseReturnValue:
    """Keep every rating of the page that can be kept; what cannot comes back with its sentence."""
    wanted = standard_or_404(assignment.return_, number)
    typed = forms.read(request.form, wanted)
    try:
        mistakes = rate_each(typed, lambda item: rate_alone(assignment, item))
        if mistakes:
            keep_what_was_saved()
            return alone_standard_page(assignment, wanted, typed=typed, mistakes=mistakes, status=422)
        if request.form.get("go") == "agree":
            count = operations.agree_rest_alone(assignment, wanted, by=current_user)
            flash(agreed_with(count), "success")
        else:
            flash(f"Saved: {wanted.number} {wanted.title}", "success")
    except DomainError as refusal:
        # Too late, or in another window finished: everything typed comes back beside the reason.
        everything = {item.criterion.id: pages.Mistake("rating", "") for item in typed}
        return alone_standard_page(
            assignment, wanted, typed=typed, mistakes=everything, refused=refusal.sentence, status=409
        )
    following = neighbours(assignment.return_, wanted)[1]
    if following is None:
        return redirect(url_for("moderation.alone", ref=assignment.ref), 303)
    return redirect(url_for("moderation.alone_standard", ref=assignment.ref, number=following.number), 303)


def rate_alone(assignment: Assignment, item: forms.Typed) -> None:
    operations.rate_alone(
        assignment,
        item.criterion,
        level_id=item.verdict.level_id,
        not_applicable=item.verdict.not_applicable,
        reason=item.reason,
        mark=item.mark,
        version=item.version,
        by=current_user,
    )


def alone_standard_page(
    assignment: Assignment,
    standard: StandardContent,
    *,
    typed: list[forms.Typed] | None = None,
    mistakes: dict[int, pages.Mistake] | None = None,
    refused: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    return_ = assignment.return_
    before, after = neighbours(return_, standard)
    rated = queries.ratings_of(assignment.id)
    rows = pages.rows(standard, sealed_of(return_), rated, typed=typed or (), mistakes=mistakes)
    page = render_template(
        "moderation/alone_standard.html",
        assignment=assignment,
        return_=return_,
        labels=returns.edition_of(return_).labels,
        standard=standard,
        marks=pages.marks(standards_of(return_), rated),
        rows=rows,
        open_rows=sum(row.moderation is None for row in rows),
        errors=[(refused, None)] if refused else errors_of(rows),
        refused=refused,
        before=before,
        after=after,
        may_rate=bool(refused)
        or (assignment.finished_at is None and Stage(return_.stage) is Stage.SUBMITTED),
    )
    return make_response(page, status)
