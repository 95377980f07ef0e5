"""The task list of a return, and the page of a standard."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import DomainError, Invalid, NotAllowed
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries, rules
from s11.returns.forms import TypedField, names_others, read_answers, read_fields_of
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, Entered, Saved, save_answers, save_fields
from s11.returns.pages import LastYear, criterion_page, given_lines, mistakes_of
from s11.returns.rules import Gap
from s11.returns.views import by_script
from s11.returns.views.beside import for_colleagues, speak
from s11.returns.views.blueprint import blueprint
from s11.returns.views.fields import faultless, state_of_fields
from s11.returns.views.taking import carrying_line, goes_on
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.requests import wants_json
from s11.web.transactions import keep_what_was_saved


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_open)
def tasks(return_: Return) -> ResponseReturnValue:
    """Where a return stands: its standards, what is left, and who signs."""
    standards = queries.standards_of(return_)
    progress = rules.progress(standards, queries.answer_facts(return_.id), queries.values_in(return_))
    part = permissions.part_of(current_user, return_, standards)
    return render_template(
        "returns/tasks.html",
        return_=return_,
        edition=queries.edition_of(return_),
        progress=progress,
        # What was given to somebody who does not answer all comes first, with day and note.
        yours=[]
        if permissions.answers_all(current_user, return_)
        else given_lines(return_, queries.given_to(current_user.id, return_.id))
        if part
        else [],
        questions=queries.open_questions(return_.id),
        shares_out=permissions.shares_out(current_user, return_),
        done=sum(part.done for part in progress),
        asked=sum(part.asked for part in progress),
        chain=queries.chain(return_),
        editable=bool(part) and permissions.is_open(return_),
        to_sign=permissions.steps_to_sign(current_user, return_, queries.sign_offs_given(return_)),
        due_on=return_.due_on,
        about=about_line(return_),
        signed=queries.sections_signed(return_.id) if any(s.sign_off for s in standards) else {},
        submissions=queries.submissions(return_.id),
        today=clock.today(),
        carrying=carrying_line(return_, part),
        comebacks=queries.comebacks(return_),
        standards_back=queries.standards_back(return_),
    )


def about_line(return_: Return) -> dict[str, Any] | None:
    """The line of the task list about the whole return: how many of its fields are filled; None without."""
    fields = queries.fields_of(return_)
    if not fields:
        return None
    values = queries.values_in(return_)
    filled = sum(not rules.is_missing(field, 0, values) for field in fields)
    lacking = any(field.required and rules.is_missing(field, 0, values) for field in fields)
    return {
        "filled": filled,
        "of": len(fields),
        "kind": "todo" if not filled else "doing" if lacking else "done",
    }


@blueprint.get("/<ref>/standards/<number>")
@guard(queries.by_ref, see=permissions.can_open)
def standard(return_: Return, number: str) -> ResponseReturnValue:
    """One standard with all its criteria; `?check=1` marks what is still missing."""
    wanted = standard_or_404(return_, number)
    gaps = missing_of(return_, wanted) if request.args.get("check") else []
    return standard_page(return_, wanted, gaps=gaps)


@blueprint.post("/<ref>/standards/<number>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@resumable
def save_standard(return_: Return, number: str) -> ResponseReturnValue:
    """Save a standard's answers; what stands in the way of one does not stop the others."""
    wanted = standard_or_404(return_, number)
    refuse_unless_given(return_, wanted)
    # Also what an answer of a colleague has closed since the page was opened: its words are kept.
    whole = queries.edition_of(return_).standard(number) or wanted
    changes, typed = read_answers(request.form, whole), read_fields_of(request.form, whole)
    before = {criterion.id for criterion in wanted.criteria}
    refuse_another_hand()
    try:
        saved = save_answers(return_, changes, by=current_user)
        entered = save_fields(return_, [one.change for one in faultless(typed)], by=current_user)
    except Invalid as refusal:
        if wants_json():
            raise
        errors = {refusal.field or "": refusal.sentence}
        return standard_page(return_, wanted, typed=changes, fields=typed, errors=errors, status=422)
    if wants_json():
        keep_what_was_saved()
        return by_script.told(return_, whole, changes, saved, typed, entered, before)
    refused = len(faultless(typed)) < len(typed)
    if saved.conflicts or entered.conflicts or refused:
        keep_what_was_saved()
        now = standard_of(return_, number) or wanted
        status = 412 if saved.conflicts or entered.conflicts else 422
        return standard_page(
            return_, now, typed=changes, saved=saved, fields=typed, entered=entered, status=status
        )
    return after_saving(return_, wanted, changes, before)


def refuse_another_hand() -> None:
    """Words typed by one person are not saved as another's who has signed in meanwhile in this browser."""
    typed_by = request.form.get("typed_by", "")
    if typed_by and typed_by != current_user.ref:
        raise DomainError(
            f"You are signed in as {current_user.name} now, and this page was written by somebody else. "
            "Nothing was saved: sign in as whoever wrote it, or copy the words."
        )


def after_saving(
    return_: Return, standard: StandardContent, changes: list[AnswerChange], before: set[int]
) -> ResponseReturnValue:
    """Go where the pressed button leads; stay where something typed a moment ago needs a reason, or where
    an answer has opened a question that was not `before` on the page."""
    go = request.form.get("go", "next")
    place = url_for("returns.standard", ref=return_.ref, number=standard.number)
    try:
        thread = speak(return_, standard, go)
    except Invalid as refusal:
        keep_what_was_saved()
        asked = standard_of(return_, standard.number) or standard
        return standard_page(return_, asked, errors={refusal.field or "": refusal.sentence}, status=422)
    if thread is not None:
        return redirect(thread, 303)
    if go.startswith("evidence:"):
        return redirect(
            url_for("returns.show_evidence", ref=return_.ref, number=go.removeprefix("evidence:")), 303
        )
    if go.startswith("action:"):
        about: dict[str, Any] = {"return": return_.ref, "criterion": go.removeprefix("action:")}
        return redirect(url_for("actions.new", **about), 303)
    if (elsewhere := goes_on(return_, standard, go)) is not None:
        return redirect(elsewhere, 303)
    if go.startswith("copy:"):
        return redirect(url_for("returns.copy_form", ref=return_.ref, number=go.removeprefix("copy:")), 303)
    if go.startswith("file:"):
        field, _, subject = go.removeprefix("file:").partition("-")
        return redirect(url_for("returns.field_file", ref=return_.ref, field=field, subject=subject), 303)
    now = standard_of(return_, standard.number)
    opened = [c.number for c in now.criteria if c.id not in before] if now else []
    if opened:
        flash(f"Saved. Your answers lead to a further question: {', '.join(opened)}.", "info")
        return redirect(f"{place}#q{opened[0]}", 303)
    if any(change.not_applicable and not change.not_applicable_reason.strip() for change in changes):
        flash("Your answers are saved. Where you chose “not applicable”, say why.", "info")
        return redirect(f"{place}?check=1", 303)
    flash(f"Saved: {standard.number} {standard.title}", "success")
    then = next_to_answer(return_, standard)
    if go == "next" and then is not None:
        return redirect(url_for("returns.standard", ref=return_.ref, number=then.number), 303)
    if go == "stay":
        return redirect(place, 303)
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


def standard_of(return_: Return, number: str) -> StandardContent | None:
    """The standard of a number as this organisation is asked it just now."""
    return next((s for s in queries.standards_of(return_) if s.number == number), None)


def standard_or_404(return_: Return, number: str) -> StandardContent:
    return standard_of(return_, number) or abort(404)


def refuse_unless_given(return_: Return, standard: StandardContent) -> None:
    """Refuse a contributor a standard of which nothing is theirs, and a form that names what is not.

    Every view that saves a standard's page asks this; those about one criterion ask the next.
    """
    # Also what an answer has closed meanwhile is theirs.
    whole = queries.edition_of(return_).standard(standard.number) or standard
    mine = next(iter(permissions.part_of(current_user, return_, [whole])), None)
    if mine is None:
        raise NotAllowed(whom_to_ask(return_, standard))
    if not permissions.answers_all(current_user, return_) and names_others(request.form, mine):
        numbers = ", ".join(criterion.number for criterion in mine.criteria)
        raise NotAllowed(
            f"Only {numbers} of {standard.number}. {standard.title} was given to you, so nothing was saved. "
            f"Ask {leads_of(return_)} if you should answer more."
        )


def refuse_unless_answers(
    return_: Return, standard: StandardContent, criterion: CriterionContent | None
) -> None:
    """Refuse a contributor a criterion that is not theirs; None: what is asked of the standard as a whole."""
    if not permissions.may_answer(current_user, return_, standard, criterion):
        raise NotAllowed(whom_to_ask(return_, standard, criterion))


def whom_to_ask(return_: Return, standard: StandardContent, criterion: CriterionContent | None = None) -> str:
    """What a contributor reads at what is not theirs."""
    what = f"{standard.number}. {standard.title}"
    if criterion is not None and permissions.can_answer(current_user, return_, standard):
        what = criterion.number
    return f"{what} was not given to you. Ask {leads_of(return_)} if you should answer it."


def leads_of(return_: Return) -> str:
    leads = [person.name for _, person in people.members(return_.organisation_id, Role.LEAD)]
    return " or ".join(leads) or "your safeguarding lead"


def not_asked(return_: Return, standard: StandardContent, *, by_answers: bool) -> list[str]:
    """Numbers of this standard's criteria that conditions leave out: by what was answered, or for good."""
    edition = queries.edition_of(return_)
    whole = edition.standard(standard.number)
    asked = {criterion.number for criterion in standard.criteria}
    return [
        criterion.number
        for criterion in (whole.criteria if whole else ())
        if criterion.number not in asked and edition.waits_for_answers(criterion) is by_answers
    ]


def next_standard(return_: Return, standard: StandardContent) -> StandardContent | None:
    return next(iter(after(return_, standard)), None)


def next_to_answer(return_: Return, standard: StandardContent) -> StandardContent | None:
    """Where saving leads on to: a contributor goes to the next of their own, not into somebody else's."""
    return next(iter(permissions.part_of(current_user, return_, after(return_, standard))), None)


def after(return_: Return, standard: StandardContent) -> list[StandardContent]:
    """The standards that come behind one, which an answer may just have closed."""
    order = [one.id for one in queries.edition_of(return_).standards]
    return [one for one in queries.standards_of(return_) if order.index(one.id) > order.index(standard.id)]


def previous_standard(return_: Return, standard: StandardContent) -> StandardContent | None:
    behind = {one.id for one in after(return_, standard)} | {standard.id}
    before = [one for one in queries.standards_of(return_) if one.id not in behind]
    return before[-1] if before else None


def missing_of(return_: Return, standard: StandardContent) -> list[Gap]:
    return rules.gaps_in(standard, queries.answer_facts(return_.id), queries.values_in(return_))


def standard_page(
    return_: Return,
    standard: StandardContent,
    *,
    typed: list[AnswerChange] | None = None,
    saved: Saved | None = None,
    fields: Sequence[TypedField] = (),
    entered: Entered | None = None,
    errors: dict[str, str] | None = None,
    gaps: Sequence[Gap] = (),
    status: int = 200,
) -> ResponseReturnValue:
    lacking = {gap.number: gap.sentence for gap in gaps}
    subjects = [(standard.id, standard.fields), *((c.id, c.fields) for c in standard.criteria)]
    state = state_of_fields(return_, typed=fields, entered=entered, gaps=gaps, subjects=subjects)
    ids = [criterion.id for criterion in standard.criteria]
    answers = queries.answers_to(return_.id, ids)
    evidence = queries.evidence(return_.id, *ids) if ids else {}
    changes = {change.criterion_id: change for change in typed or []}
    clashes = {clash.criterion_id: clash for clash in saved.conflicts} if saved else {}
    before, beside = LastYear(return_, standard.criteria), queries.actions_beside(return_)
    criteria = [
        criterion_page(
            criterion,
            answer=answers.get(criterion.id),
            # After a partly kept save only the answers in conflict show what was typed.
            typed=changes.get(criterion.id) if saved is None or criterion.id in clashes else None,
            clash=clashes.get(criterion.id),
            gap=lacking.get(criterion.number),
            errors=errors or {},
            shown=evidence.get(criterion.id, ()),
            last_year=before.of(criterion, answers.get(criterion.id)),
            actions=beside.get(criterion.key, ()),
            fields=state.pages(criterion.fields, criterion.id),
        )
        for criterion in standard.criteria
    ]
    own = state.pages(standard.fields, standard.id)
    mistakes = [(sentence, f"#{field}" if field else None) for field, sentence in (errors or {}).items()]
    mistakes += [(gap.sentence, f"#q{gap.number}") for gap in gaps if not gap.field]
    mistakes += [
        mistake for shown in (own, *(page.fields for page in criteria)) for mistake in mistakes_of(shown)
    ]
    mistakes += [
        (
            f"{page.theirs.name} saved a newer answer to {page.criterion.number} while you were typing. "
            "Read both, put together what should stand, and save again.",
            f"#q{page.criterion.number}",
        )
        for page in criteria
        if page.theirs
    ]
    page = render_template(
        "returns/standard.html",
        return_=return_,
        edition=queries.edition_of(return_),
        standard=standard,
        criteria=criteria,
        own=own,
        copyable=copyable_keys(return_),
        mistakes=mistakes,
        editable=permissions.can_answer_now(current_user, return_, standard),
        whom_to_ask=whom_to_ask(return_, standard)
        if permissions.is_open(return_)
        and permissions.can_edit(current_user, return_)
        and not permissions.can_answer(current_user, return_, standard)
        else "",
        **for_colleagues(return_, standard, errors or {}),
        left_out=not_asked(return_, standard, by_answers=False),
        may_open=not_asked(return_, standard, by_answers=True),
        section=section_of(return_, standard),
        challenged=before.of_standard(standard),
        promised=beside.get(queries.of_standard(standard.key), ()),
        may_take=sum(bool(page.last_year and page.last_year.takes) for page in criteria),
        then=next_to_answer(return_, standard),
        following=next_standard(return_, standard),
        previous=previous_standard(return_, standard),
        place=[s.number for s in queries.standards_of(return_)].index(standard.number) + 1,
        of=len(queries.standards_of(return_)),
    )
    return make_response(page, status)


def copyable_keys(return_: Return) -> frozenset[str]:
    """The keys of what other schools of this person are asked too, while their returns are open."""
    others = permissions.copies_to(current_user, return_)
    return frozenset(c.key for other in others for c in queries.edition_of(other).criteria)


def section_of(return_: Return, standard: StandardContent) -> dict[str, Any] | None:
    """The signature of a standard that is signed by itself: given, or whether this person can give it."""
    if standard.sign_off is None:
        return None
    given = queries.sections_signed(return_.id).get(standard.id)
    can = (
        given is None
        and permissions.is_open(return_)
        and permissions.membership_for(current_user, return_, standard.sign_off.step) is not None
    )
    return {"step": standard.sign_off, "given": given, "can_sign": can}
