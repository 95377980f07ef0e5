"""The pages of a moderator: the standards of a return, and each with its answers."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import forms, operations, pages, permissions, queries, rules
from s11.questionnaires.rules import StandardContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.sealing import SealedReturn, unseal
from s11.trail.operations import look
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved

blueprint = Blueprint("moderation", __name__, url_prefix="/moderation")


@blueprint.get("/<ref>")
@guard(returns.by_ref, see=permissions.can_see_moderation)
def overview(return_: Return) -> ResponseReturnValue:
    """The standards of a return, and how far moderation has come in each."""
    progress = pages.progress(
        standards_of(return_), own_of(return_), queries.of_return(return_.id, return_.round)
    )
    return render_template(
        "moderation/overview.html",
        return_=return_,
        labels=returns.edition_of(return_).labels,
        progress=progress,
        done=sum(part.done for part in progress),
        asked=sum(part.asked for part in progress),
        differing=sum(part.differing for part in progress),
        may_moderate=permissions.can_moderate(current_user, return_),
        is_board=not permissions.is_own(current_user, return_),
    )


@blueprint.post("/<ref>/agree")
@guard(returns.by_ref, see=permissions.can_see_moderation, may=permissions.moderates)
def agree(return_: Return) -> ResponseReturnValue:
    """Agree with everything nobody has moderated yet, in the whole return."""
    count = operations.agree_rest(return_, by=current_user)
    flash(agreed_with(count), "success")
    return redirect(url_for("moderation.overview", ref=return_.ref), 303)


@blueprint.post("/<ref>/finish")
@guard(returns.by_ref, see=permissions.can_see_moderation, may=permissions.moderates)
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
@guard(returns.by_ref, see=permissions.can_see_moderation)
def standard(return_: Return, number: str) -> ResponseReturnValue:
    """One standard: each answer with its evidence, and the moderated rating beside it."""
    wanted = standard_or_404(return_, number)
    if not permissions.is_own(current_user, return_):
        look(
            "return:submission:opened",
            return_.id,
            by=current_user._get_current_object(),
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
        )
    return standard_page(return_, wanted)


@blueprint.post("/<ref>/<number>")
@guard(returns.by_ref, see=permissions.can_see_moderation, may=permissions.moderates)
@resumable
def save(return_: Return, number: str) -> ResponseReturnValue:
    """Keep every rating of the page that can be kept; what cannot comes back with its sentence."""
    wanted = standard_or_404(return_, number)
    typed = forms.read(request.form, wanted)
    mistakes = rate_each(return_, typed)
    if mistakes:
        keep_what_was_saved()
        return standard_page(return_, wanted, typed=typed, mistakes=mistakes, status=422)
    if request.form.get("go") == "agree":
        flash(agreed_with(operations.agree_rest(return_, wanted, by=current_user)), "success")
    else:
        flash(f"Saved: {wanted.number} {wanted.title}", "success")
    following = neighbours(return_, wanted)[1]
    if following is None:
        return redirect(url_for("moderation.overview", ref=return_.ref), 303)
    return redirect(url_for("moderation.standard", ref=return_.ref, number=following.number), 303)


def rate_each(return_: Return, typed: list[forms.Typed]) -> dict[int, pages.Mistake]:
    """Rate what was touched; the sentences of what was refused, by criterion id."""
    mistakes = {}
    for item in typed:
        if not item.is_touched:
            continue
        try:
            operations.rate(
                return_,
                item.criterion,
                level_id=item.verdict.level_id,
                not_applicable=item.verdict.not_applicable,
                reason=item.reason,
                version=item.version,
                by=current_user,
            )
        except Invalid as refusal:
            mistakes[item.criterion.id] = pages.Mistake(refusal.field or "rating", refusal.sentence)
        except Stale as refusal:
            mistakes[item.criterion.id] = pages.Mistake("rating", refusal.sentence)
    return mistakes


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
    rows = pages.rows(standard, sealed_of(return_), moderated, typed=typed or (), mistakes=mistakes)
    page = render_template(
        "moderation/standard.html",
        return_=return_,
        labels=returns.edition_of(return_).labels,
        standard=standard,
        marks=pages.marks(standards_of(return_), moderated),
        rows=rows,
        open_rows=sum(row.moderation is None for row in rows),
        errors=[
            (error, f"#{row.name}{'-reason' if row.reason_error else ''}")
            for row in rows
            if (error := row.rating_error or row.reason_error)
        ],
        before=before,
        after=after,
        may_moderate=permissions.can_moderate(current_user, return_),
        is_board=not permissions.is_own(current_user, return_),
    )
    return make_response(page, status)


def own_of(return_: Return) -> dict[int, rules.Verdict]:
    """The agency's own ratings as submitted, by criterion id."""
    packed = queries.own_ratings(return_.id, return_.round)
    return rules.own_verdicts(returns.edition_of(return_), packed) if packed else {}


def standards_of(return_: Return) -> tuple[StandardContent, ...]:
    """The standards as they were asked when the return was submitted."""
    return rules.asked_standards(returns.edition_of(return_), own_of(return_))


def sealed_of(return_: Return) -> SealedReturn:
    submission = returns.submission(return_.id, return_.round)
    if submission is None:
        abort(404)
    return unseal(submission.sealed)


def standard_or_404(return_: Return, number: str) -> StandardContent:
    for wanted in standards_of(return_):
        if wanted.number == number:
            return wanted
    abort(404)


def neighbours(
    return_: Return, standard: StandardContent
) -> tuple[StandardContent | None, StandardContent | None]:
    """The standards before and after one, as this organisation was asked them."""
    standards = standards_of(return_)
    place = [s.number for s in standards].index(standard.number)
    before = standards[place - 1] if place else None
    return before, standards[place + 1] if place + 1 < len(standards) else None


def agreed_with(count: int) -> str:
    if not count:
        return "There was nothing left to agree with."
    return f"You agreed with {count} rating{'s' if count != 1 else ''} of the agency."
