"""What the moderators said, and what the agency says to that."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import forms, operations, pages, permissions, queries
from s11.moderation.operations.replying import why_no_reply
from s11.moderation.rules import last_day_to_reply
from s11.moderation.views.agreed import is_board_here, note_look
from s11.moderation.views.blueprint import blueprint
from s11.moderation.views.finding import sealed_of, standards_of
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved


@blueprint.get("/<ref>/said")
@guard(returns.by_ref, see=permissions.can_see_said)
def said(return_: Return) -> ResponseReturnValue:
    """The agreed rating, reason and mark of each criterion, what differs first, and the replies."""
    if is_board_here(return_):
        note_look("return:submission:opened", return_)
    return said_page(return_)


def said_page(
    return_: Return,
    *,
    typed: list[forms.TypedReply] | None = None,
    mistakes: dict[int, pages.Mistake] | None = None,
    refused: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    shown = pages.said_page(
        standards_of(return_),
        sealed_of(return_),
        queries.of_return(return_.id, return_.round),
        queries.of_return_replies(return_.id, return_.round),
        typed=typed or (),
        mistakes=mistakes,
    )
    closed = why_no_reply(return_)
    replies = permissions.replies(current_user, return_)
    page = render_template(
        "moderation/said.html",
        return_=return_,
        labels=returns.edition_of(return_).labels,
        shown=shown,
        errors=[(refused, None)] if refused else shown.errors,
        refused=refused,
        closed=closed,
        may_reply=replies and (not closed or bool(refused)),
        last_day=last_day_to_reply(return_.cycle.challenge_on, return_.invitation.closes_on),
        is_board=is_board_here(return_),
    )
    return make_response(page, status)


@blueprint.post("/<ref>/said")
@guard(returns.by_ref, see=permissions.can_see_said, may=permissions.replies)
@resumable
def reply(return_: Return) -> ResponseReturnValue:
    """Keep every reply that can be kept; what cannot comes back with its sentence."""
    criteria = [criterion for standard in standards_of(return_) for criterion in standard.criteria]
    typed = [item for item in forms.read_replies(request.form, criteria) if item.is_touched]
    mistakes: dict[int, pages.Mistake] = {}
    try:
        for item in typed:
            try:
                say(return_, item)
            except Invalid as refusal:
                mistakes[item.criterion.id] = pages.Mistake(refusal.field or "choice", refusal.sentence)
            except Stale as refusal:
                mistakes[item.criterion.id] = pages.Mistake("choice", refusal.sentence)
    except DomainError as refusal:
        # Too late: everything typed comes back beside the reason.
        everything = {item.criterion.id: pages.Mistake("", "") for item in typed}
        return said_page(return_, typed=typed, mistakes=everything, refused=refusal.sentence, status=409)
    if mistakes:
        keep_what_was_saved()
        return said_page(return_, typed=typed, mistakes=mistakes, status=422)
    flash(
        f"Saved: {plural(len(typed), 'reply', 'replies')}." if typed else "There was nothing new to save.",
        "success",
    )
    return redirect(url_for("moderation.said", ref=return_.ref), 303)


def say(return_: Return, item: forms.TypedReply) -> None:
    operations.reply(
        return_,
        item.criterion,
        accepts=item.accepts,
        text=item.text,
        version=item.version,
        by=current_user,
    )


@blueprint.post("/<ref>/said/accept")
@guard(returns.by_ref, see=permissions.can_see_said, may=permissions.replies)
def accept(return_: Return) -> ResponseReturnValue:
    """Accept every rating to which nothing was said yet."""
    try:
        count = operations.accept_rest(return_, by=current_user)
        flash(f"You accepted {plural(count, 'rating')}.", "success")
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    return redirect(url_for("moderation.said", ref=return_.ref), 303)
