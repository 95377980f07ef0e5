"""The agreed rating: the standards of a return, and each with its answers and what moderators rated."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError
from s11.moderation import forms, operations, pages, permissions, queries
from s11.moderation.queries.assigned import COMPARED
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
from s11.people.rules import OFFICE
from s11.questionnaires.rules import StandardContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved


@blueprint.get("/<ref>")
@guard(returns.by_ref, see=permissions.opens_moderation)
def overview(return_: Return) -> ResponseReturnValue:
    """The standards of a return, and how far moderation has come in each."""
    if queries.is_unfinished(current_user.id, return_):
        return to_their_own(return_)
    moderated, is_board = queries.of_return(return_.id, return_.round), is_board_here(return_)
    progress = pages.progress(standards_of(return_), own_of(return_), moderated)
    given = queries.given_of(return_) if is_board else []
    waiting = [one.person.name for one in given if one.finished_at is None]
    looks = queries.looks_of(return_) if given and not waiting else {}
    return render_template(
        "moderation/overview.html",
        return_=return_,
        labels=returns.edition_of(return_).labels,
        progress=progress,
        done=sum(part.done for part in progress),
        asked=sum(part.asked for part in progress),
        differing=sum(part.differing for part in progress),
        apart=sum(len({look.verdict for _, look in all_looks}) > 1 for all_looks in looks.values()),
        given=given,
        waiting=waiting,
        may_moderate=permissions.can_moderate(current_user, return_) and not waiting,
        may_assign=permissions.assigns(current_user, return_),
        sees_said=permissions.can_see_said(current_user, return_),
        is_board=is_board,
    )


def is_board_here(return_: Return) -> bool:
    return not permissions.is_own(current_user, return_)


def is_office(return_: Return) -> bool:
    return bool(current_user.roles_for(return_.cycle.partnership_id) & OFFICE)


def to_their_own(return_: Return) -> ResponseReturnValue:
    """Lead whoever has still to rate a return by themselves to the page where they do."""
    assignment = queries.assignment_of(return_, current_user.id)
    if assignment is None or not permissions.is_given(current_user, assignment):
        abort(404)
    return redirect(url_for("moderation.alone", ref=assignment.ref))


@blueprint.post("/<ref>/agree")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.moderates)
def agree(return_: Return) -> ResponseReturnValue:
    """Agree with everything nobody has moderated yet, in the whole return."""
    try:
        flash(agreed_with(operations.agree_rest(return_, by=current_user)), "success")
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    return redirect(url_for("moderation.overview", ref=return_.ref), 303)


@blueprint.post("/<ref>/take")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.moderates)
def take(return_: Return) -> ResponseReturnValue:
    """Take what all moderators rated alike, in the whole return."""
    try:
        flash(taken(operations.take_agreed(return_, by=current_user)), "success")
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    return redirect(url_for("moderation.overview", ref=return_.ref), 303)


@blueprint.post("/<ref>/finish")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.moderates)
def finish(return_: Return) -> ResponseReturnValue:
    """Finish moderation and show it to the agency."""
    try:
        operations.complete(return_, by=current_user)
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(url_for("moderation.overview", ref=return_.ref), 303)
    flash(f"Moderation is finished. {return_.organisation.name} can see it now.", "success")
    return redirect(url_for("moderation.overview", ref=return_.ref), 303)


@blueprint.get("/<ref>/<number>")
@guard(returns.by_ref, see=permissions.opens_moderation)
def standard(return_: Return, number: str) -> ResponseReturnValue:
    """One standard: each answer with its evidence, and the ratings beside it."""
    wanted = standard_or_404(return_, number)
    if queries.is_unfinished(current_user.id, return_):
        return to_their_own(return_)
    if is_board_here(return_):
        note_look("return:submission:opened", return_)
    return standard_page(return_, wanted)


@blueprint.post("/<ref>/<number>")
@guard(returns.by_ref, see=permissions.opens_moderation, may=permissions.moderates)
@resumable
def save(return_: Return, number: str) -> ResponseReturnValue:
    """Keep every rating of the page that can be kept; what cannot comes back with its sentence."""
    wanted = standard_or_404(return_, number)
    typed = forms.read(request.form, wanted)
    mistakes = rate_each(typed, lambda item: rate(return_, item))
    if mistakes:
        keep_what_was_saved()
        return standard_page(return_, wanted, typed=typed, mistakes=mistakes, status=422)
    go = request.form.get("go")
    if go == "agree":
        flash(agreed_with(operations.agree_rest(return_, wanted, by=current_user)), "success")
    elif go == "take":
        flash(taken(operations.take_agreed(return_, wanted, by=current_user)), "success")
    else:
        flash(f"Saved: {wanted.number} {wanted.title}", "success")
    following = neighbours(return_, wanted)[1]
    if following is None:
        return redirect(url_for("moderation.overview", ref=return_.ref), 303)
    return redirect(url_for("moderation.standard", ref=return_.ref, number=following.number), 303)


def rate(return_: Return, item: forms.Typed) -> None:
    operations.rate(
        return_,
        item.criterion,
        level_id=item.verdict.level_id,
        not_applicable=item.verdict.not_applicable,
        reason=item.reason,
        mark=item.mark,
        version=item.version,
        by=current_user,
    )


def standard_page(
    return_: Return,
    standard: StandardContent,
    *,
    typed: list[forms.Typed] | None = None,
    mistakes: dict[int, pages.Mistake] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    before, after = neighbours(return_, standard)
    moderated = queries.of_return(return_.id, return_.round)
    is_board = is_board_here(return_)
    given = queries.given_of(return_) if is_board else []
    waiting = [one.person.name for one in given if one.finished_at is None]
    looks = queries.looks_of(return_) if given and not waiting else {}
    if looks:
        note_look(COMPARED, return_)
    replies = {key[1]: said for key, said in queries.replies_of([return_.id]).items()}
    rows = pages.rows(
        standard, sealed_of(return_), moderated, looks=looks, replies=replies, typed=typed or (),
        mistakes=mistakes,
    )  # fmt: skip
    open_rows = [row for row in rows if row.moderation is None]
    page = render_template(
        "moderation/standard.html",
        return_=return_,
        labels=returns.edition_of(return_).labels,
        standard=standard,
        marks=pages.marks(standards_of(return_), moderated),
        rows=rows,
        open_rows=len(open_rows),
        to_take=sum(row.all_agree for row in open_rows),
        errors=errors_of(rows),
        before=before,
        after=after,
        given=given,
        waiting=waiting,
        may_moderate=permissions.can_moderate(current_user, return_) and not waiting,
        is_board=is_board,
        # What the agency has not seen yet is told by no action either.
        adds_actions=is_office(return_) and permissions.can_see_said(current_user, return_),
    )
    return make_response(page, status)


def note_look(tag: str, return_: Return) -> None:
    look(
        tag,
        return_.id,
        by=current_user._get_current_object(),
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
    )


def taken(count: int) -> str:
    if not count:
        return "The moderators differ in all that is left. Choose the agreed rating of each yourself."
    return f"Taken: {count} rating{'s' if count != 1 else ''} on which the moderators agree."
