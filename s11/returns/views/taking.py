"""What the buttons about last year on a standard's page do, after the page itself is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import flash, url_for
from flask_login import current_user

from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries
from s11.returns.carrying import Left, Plan
from s11.returns.models import Return
from s11.web.filters import plural

WHY_NOT = {
    Left.ANSWERED: "{number} has an answer already, which was kept. Nothing was taken over.",
    Left.NEW: "{number} is new this year, so there is nothing to take over.",
    Left.UNASKED: "{number} was not asked of you last year, so there is nothing to take over.",
    Left.EMPTY: "Nothing was said to {number} last year.",
}
TAKEN = "Taken over for {number}. It counts as done when you have confirmed or changed it."


def goes_on(return_: Return, standard: StandardContent, go: str) -> str | None:
    """Do what a pressed button about last year asks, and say where to go on; None where it is another."""
    what, _, rest = go.partition(":")
    if what == "became":
        ref, _, number = rest.partition(":")
        return to_action(return_, ref, standard, number)
    if what not in ("carry", "confirm"):
        return None
    if what == "carry" and not rest:
        return url_for("returns.last_year_of", ref=return_.ref, number=standard.number)
    criterion = next((one for one in standard.criteria if one.number == rest), None)
    if criterion is None or not permissions.may_answer(current_user, return_, standard, criterion):
        flash("This is not asked of you any more. Everything else is saved.", "info")
        return url_for("returns.standard", ref=return_.ref, number=standard.number)
    if what == "carry":
        take_one(return_, criterion)
    elif operations.confirm(return_, criterion, by=current_user):
        flash(f"{criterion.number} is confirmed.", "success")
    else:
        flash(f"{criterion.number} was reviewed already.", "info")
    return url_for(
        "returns.standard", ref=return_.ref, number=standard.number, _anchor=f"q{criterion.number}"
    )


def take_one(return_: Return, criterion: CriterionContent) -> None:
    """Take over one answer, and say what came of it."""
    plan = operations.carry(return_, [criterion], by=current_user)
    if plan.offers:
        left = plan.offers[0][1].rating_left
        flash(f"{TAKEN.format(number=criterion.number)} {left}".rstrip(), "success")
        return
    why = plan.left[0][1] if plan.left else Left.UNASKED
    flash(WHY_NOT[why].format(number=criterion.number), "info")


def to_action(return_: Return, ref: str, standard: StandardContent, number: str = "") -> str:
    """Where somebody says what became of an action, and is led back from."""
    back: dict[str, Any] = {
        "return": return_.ref,
        "criterion" if number else "standard": number or standard.number,
    }
    return url_for("actions.action", ref=ref, **back, _anchor="update")


@dataclass(frozen=True)
class CarryingLine:
    """What the task list says of last year's answers."""

    title: str
    can_take: int
    to_review: int
    whole: bool  # whether this person takes over all of it at once


def carrying_line(return_: Return, part: Iterable[StandardContent]) -> CarryingLine | None:
    """How much of somebody's part can be taken over, and how much waits to be reviewed."""
    criteria = [criterion for standard in part for criterion in standard.criteria]
    if not criteria or not permissions.is_open(return_):
        return None
    last = queries.last_return(return_)
    if last is None:
        return None
    plan: Plan = operations.plan_taking_over(return_, last, criteria)
    answers = queries.answers(return_.id)
    waiting = sum(answers[one.id].carried for one in criteria if one.id in answers)
    return CarryingLine(
        last.title, len(plan.offers), waiting, whole=permissions.answers_all(current_user, return_)
    )


def taken_words(plan: Plan, board: str) -> str:
    """What was taken over, as a sentence."""
    count = plural(len(plan.offers), "answer was", "answers were")
    left = plural(plan.files_left, "file was", "files were")
    files = (
        f" {left} not shown again: {board} takes no more files for this return." if plan.files_left else ""
    )
    return f"{count} taken over. Each counts as done when somebody has confirmed or changed it.{files}"
