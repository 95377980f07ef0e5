"""The walk through what was taken over from last year: each answer confirmed, changed or cleared."""

from dataclasses import replace

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from s11.core import clock
from s11.core.errors import Invalid
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries, rules
from s11.returns.forms import TypedField, read_answer, read_fields
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, Entered, Saved, save_answers, save_fields
from s11.returns.pages import LastYear, criterion_page, mistakes_of, shown_again
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.fields import faultless, state_of_fields
from s11.returns.views.part import refuse_unless_answers
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.transactions import keep_what_was_saved

REVIEWED = "Everything that was taken over from last year has been reviewed."


@blueprint.get("/<ref>/review")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def review(return_: Return) -> ResponseReturnValue:
    """To the first answer that was taken over and not reviewed yet, or the next after another."""
    here = queries.edition_of(return_).by_number.get(request.args.get("after", ""))
    return redirect(next_to_review(return_, here))


@blueprint.get("/<ref>/review/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def review_one(return_: Return, number: str) -> ResponseReturnValue:
    """One answer that was taken over, to be confirmed, changed or cleared."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    if not permissions.is_open(return_):
        return redirect(url_for("returns.tasks", ref=return_.ref))
    return review_page(return_, standard, criterion, change=bool(request.args.get("change")))


@blueprint.post("/<ref>/review/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@resumable
def reviewed(return_: Return, number: str) -> ResponseReturnValue:
    """What somebody decided of it; then on to the next."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    what, _, about = request.form.get("do", "confirm").partition(":")
    if what == "save":
        refused = save_review(return_, standard, criterion)
        if refused is not None:
            return refused
    elif what == "newest":
        shown = operations.show_newest(return_, criterion, about, by=current_user)
        flash(f"Revision {shown} is shown now.", "success")
        return redirect(url_for("returns.review_one", ref=return_.ref, number=criterion.number), 303)
    elif what == "clear":
        cleared = operations.clear(return_, criterion, by=current_user)
        flash(f"{criterion.number} {'is empty again' if cleared else 'was reviewed already'}.")
    else:
        operations.confirm(return_, criterion, by=current_user)
    return redirect(next_to_review(return_, criterion), 303)


def save_review(
    return_: Return, standard: StandardContent, criterion: CriterionContent
) -> ResponseReturnValue | None:
    """Keep what was changed on the page of one answer, and confirm it; the page again where refused."""
    form: MultiDict[str, str] = request.form
    change = read_answer(form, criterion)
    typed = read_fields(form, criterion.fields, criterion.id)
    try:
        saved = save_answers(return_, [change], by=current_user)
        entered = save_fields(return_, [one.change for one in faultless(typed)], by=current_user)
    except Invalid as refusal:
        errors = {refusal.field or "": refusal.sentence}
        return review_page(
            return_, standard, criterion, typed=change, fields=typed, errors=errors, status=422
        )
    if saved.conflicts or entered.conflicts or len(faultless(typed)) < len(typed):
        keep_what_was_saved()
        status = 412 if saved.conflicts or entered.conflicts else 422
        return review_page(
            return_,
            standard,
            criterion,
            typed=change,
            saved=saved,
            fields=typed,
            entered=entered,
            status=status,
        )
    operations.confirm(return_, criterion, by=current_user)  # whoever saved it unchanged has read it
    return None


def walk(return_: Return) -> list[CriterionContent]:
    """Everything of this person's part that was taken over at some time, in the order printed."""
    part = permissions.part_of(current_user, return_, queries.standards_of(return_))
    ever = queries.ever_carried(return_.id)
    return [criterion for standard in part for criterion in standard.criteria if criterion.id in ever]


def next_to_review(return_: Return, after: CriterionContent | None) -> str:
    """The next answer that waits to be reviewed, from the beginning again at the end; else the task list."""
    answers = queries.answers(return_.id)
    waiting = [one for one in walk(return_) if one.id in answers and answers[one.id].carried]
    if not waiting:
        flash(REVIEWED, "success")
        return url_for("returns.tasks", ref=return_.ref)
    later = [one for one in waiting if after is not None and one.position > after.position]
    return url_for("returns.review_one", ref=return_.ref, number=(later or waiting)[0].number)


def lacking_of(return_: Return, criterion: CriterionContent) -> str:
    """What an answer would still lack once it is confirmed, as a sentence; empty where nothing."""
    facts = queries.answer_facts(return_.id).get(criterion.id)
    if facts is not None:
        facts = replace(facts, carried=False, come_back=False)
    return rules.gap_of(criterion, facts, queries.values_in(return_)) or ""


def review_page(
    return_: Return,
    standard: StandardContent,
    criterion: CriterionContent,
    *,
    change: bool = False,
    typed: AnswerChange | None = None,
    saved: Saved | None = None,
    fields: list[TypedField] | None = None,
    entered: Entered | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    answer = queries.answers(return_.id).get(criterion.id)
    shown = queries.evidence(return_.id, criterion.id).get(criterion.id, [])
    lacking = lacking_of(return_, criterion)
    state = state_of_fields(
        return_, typed=fields or [], entered=entered, subjects=[(criterion.id, criterion.fields)]
    )
    clash = saved.conflicts[0] if saved and saved.conflicts else None
    page = criterion_page(
        criterion,
        answer=answer,
        typed=typed if saved is None or clash else None,
        clash=clash,
        errors=errors or {},
        shown=shown,
        last_year=LastYear(return_, [criterion]).of(criterion, answer),
        actions=queries.actions_beside(return_).get(criterion.key, ()),
        fields=state.pages(criterion.fields, criterion.id),
    )
    whole = walk(return_)
    answers = queries.answers(return_.id)
    mistakes = [(sentence, f"#{field}" if field else None) for field, sentence in (errors or {}).items()]
    mistakes += mistakes_of(page.fields)
    if page.theirs:
        newer = f"{page.theirs.name} saved a newer answer while you were typing. Read both, and save again."
        mistakes.append((newer, None))
    body = render_template(
        "returns/review.html",
        return_=return_,
        edition=queries.edition_of(return_),
        standard=standard,
        criterion=criterion,
        page=page,
        mistakes=mistakes,
        place=next((at for at, one in enumerate(whole, 1) if one.id == criterion.id), 0),
        of=len(whole),
        done=sum(not answers[one.id].carried for one in whole),
        shown=shown_again(shown, clock.today()),
        lacking=lacking,
        change=change or bool(mistakes) or bool(lacking) or not page.carried,
        # The partials this page shares with a standard's leave out what its own buttons do.
        reviewing=True,
        editable=True,
    )
    return make_response(body, status)
