"""The page of a standard: every criterion with its answer, and what stands beside it."""

from collections.abc import Sequence
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.questionnaires.rules import StandardContent
from s11.returns import permissions, queries, rules
from s11.returns.forms import TypedField
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, Entered, Saved
from s11.returns.pages import LastYear, criterion_page, mistakes_on
from s11.returns.rules import Gap
from s11.returns.views.beside import for_colleagues
from s11.returns.views.blueprint import blueprint
from s11.returns.views.fields import state_of_fields
from s11.returns.views.part import (
    next_standard,
    next_to_answer,
    previous_standard,
    standard_or_404,
    whom_to_ask,
)
from s11.web.guards import guard


@blueprint.get("/<ref>/standards/<number>")
@guard(queries.by_ref, see=permissions.can_open)
def standard(return_: Return, number: str) -> ResponseReturnValue:
    """One standard with all its criteria; `?check=1` marks what is still missing."""
    wanted = standard_or_404(return_, number)
    gaps = missing_of(return_, wanted) if request.args.get("check") else []
    return standard_page(return_, wanted, gaps=gaps)


def missing_of(return_: Return, standard: StandardContent) -> list[Gap]:
    return rules.gaps_in(standard, queries.answer_facts(return_.id), queries.values_in(return_))


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
    mistakes = mistakes_on(criteria, own, errors=errors or {}, gaps=gaps)
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
    return frozenset(c.key for other in others for c in queries.edition_of(other).asked_criteria)


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
