"""An edition in review: what changed and what was said, standard by standard."""

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError
from s11.questionnaires import operations, pages, permissions, queries
from s11.questionnaires.models import Edition, EditionComment
from s11.questionnaires.review import sections, steps
from s11.questionnaires.rules import SOURCES
from s11.questionnaires.stages import COMMENTED, STAGE_LABELS, Act, Stage
from s11.questionnaires.views.blueprint import blueprint
from s11.trail import queries as trail
from s11.web.guards import guard
from s11.web.kept import resumable

# There may be hundreds of these, and none of them moves the edition on.
NO_MOVES = (
    "questionnaire:comment:made",
    "questionnaire:comment:answered",
    "questionnaire:comment:resolved",
    "questionnaire:comment:taken_back",
    "questionnaire:paper:downloaded",
)


@dataclass(frozen=True)
class Refused:
    """What somebody typed that could not be taken: in which field of the page, and why."""

    anchor: str = ""
    text: str = ""
    sentence: str = ""


@blueprint.get("/<ref>/review")
@guard(queries.edition_by_code, see=permissions.can_read_edition)
def review(edition: Edition) -> ResponseReturnValue:
    return review_page(edition)


@blueprint.post("/<ref>/comments")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_comment)
@resumable
def add_comment(edition: Edition) -> ResponseReturnValue:
    about, key, text = (request.form.get(name, "") for name in ("about", "key", "text"))
    try:
        made = operations.comment(edition, about=about, key=key, text=text, by=current_user)
    except DomainError as refusal:
        return review_page(edition, Refused(anchor_of(about, key), text, refusal.sentence), refusal.status)
    flash("Your comment has been added.", "success")
    return redirect(back_to(made), 303)


@blueprint.post("/comments/<ref>/answer")
@guard(queries.comment_by_ref, see=permissions.can_see_comment, may=permissions.can_answer)
@resumable
def answer_comment(comment: EditionComment) -> ResponseReturnValue:
    text, resolve = request.form.get("text", ""), request.form.get("go") == "resolve"
    try:
        operations.answer(comment, text=text, resolve=resolve, by=current_user)
    except DomainError as refusal:
        told = Refused(f"answer-{comment.ref}", text, refusal.sentence)
        return review_page(comment.edition, told, refusal.status)
    flash("The comment is resolved." if resolve else "The comment is answered.", "success")
    return redirect(back_to(comment), 303)


@blueprint.post("/comments/<ref>/take-back")
@guard(queries.comment_by_ref, see=permissions.can_see_comment, may=permissions.can_take_back)
def take_back_comment(comment: EditionComment) -> ResponseReturnValue:
    edition, there = comment.edition, back_to(comment)
    try:
        operations.take_back(comment, by=current_user)
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(there, 303)
    flash("Your comment has been taken back.", "success")
    return redirect(url_for("questionnaires.review", ref=edition.code), 303)


def anchor_of(about: str, key: str) -> str:
    return f"{about}-{key}" if key else "whole"


def back_to(comment: EditionComment) -> str:
    """The place on the review page where a comment stands, unfolded."""
    anchor = anchor_of(comment.about, comment.key)
    return url_for("questionnaires.review", ref=comment.edition.code, at=anchor, _anchor=anchor)


def review_page(edition: Edition, refused: Refused | None = None, status: int = 200) -> ResponseReturnValue:
    changes = pages.changes(edition)
    comments = queries.comments(edition.id)
    history = steps(trail.of("questionnaire", edition.id, without=NO_MOVES))
    page = render_template(
        "questionnaires/review.html",
        edition=edition,
        earlier=edition.predecessor,
        stage=STAGE_LABELS[Stage(edition.stage)],
        sections=sections(queries.content(edition), changes, comments),
        changes=changes,
        tally=pages.tally(changes),
        kinds_of=pages.kinds_of,
        sources=SOURCES,
        comments=comments,
        unresolved=sum(one.resolved_at is None for one in comments),
        history=history,
        asked=next((step for step in history if step.act == Act.REVIEW), None),
        known_as=trail.pseudonyms(),
        refused=refused or Refused(),
        at=(refused or Refused()).anchor or request.args.get("at", ""),
        may_comment=permissions.can_comment(current_user, edition) and Stage(edition.stage) in COMMENTED,
        may_answer=permissions.can_change(current_user, edition),
        may_move=permissions.can_change(current_user, edition),
    )
    return make_response(page, status)
