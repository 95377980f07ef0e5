"""The page on which somebody says why something doubted is right."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Invalid
from s11.returns import permissions, queries
from s11.returns.forms import ReasonForm
from s11.returns.models import Return
from s11.returns.operations import find_doubt, reply_to_doubts
from s11.returns.pages import DoubtGroup, doubt_groups
from s11.returns.stated import Doubt
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.part import refuse_unless_answers
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


def groups_of(return_: Return) -> list[DoubtGroup]:
    """Every doubt about a return as "check your answers" lists them."""
    is_open = permissions.is_open(return_)
    part = permissions.part_of(current_user, return_, queries.standards_of(return_)) if is_open else ()
    mine = {criterion.id for standard in part for criterion in standard.criteria}
    return doubt_groups(queries.doubts_of(return_), queries.doubt_replies(return_.id), mine=mine)


@blueprint.get("/<ref>/doubts/<number>/<code>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def doubt(return_: Return, number: str, code: str) -> ResponseReturnValue:
    """One doubt beside the answer it is about, and room to say why the answer is right."""
    refuse_unless_answers(return_, *criterion_or_404(return_, number))
    try:
        found = find_doubt(return_, number, code)
    except DomainError as gone:
        flash(gone.sentence, "info")
        return to_the_doubts(return_)
    form = ReasonForm(formdata=None)
    reply = queries.doubt_replies(return_.id).get((found.criterion_id, code))
    form.reason.data = reply.reason if reply else ""
    return doubt_page(return_, found, form)


def doubt_page(return_: Return, found: Doubt, form: ReasonForm, *, status: int = 200) -> ResponseReturnValue:
    standard, criterion = criterion_or_404(return_, found.number)
    answer = queries.answers(return_.id).get(criterion.id)
    page = render_template(
        "returns/doubt.html",
        return_=return_,
        doubt=found,
        standard=standard,
        criterion=criterion,
        answer=answer,
        level=queries.edition_of(return_).levels.get(answer.level_id or 0) if answer else None,
        reply=queries.doubt_replies(return_.id).get((found.criterion_id, found.code)),
        others=[one.number for one in others_like(return_, found)],
        form=form,
        editable=permissions.is_open(return_),
    )
    return make_response(page, status)


def others_like(return_: Return, found: Doubt) -> list[Doubt]:
    """The other doubts of its kind that have no reply yet and are this person's to answer."""
    lines = next(group.lines for group in groups_of(return_) if found.code == group.code)
    return [one.doubt for one in lines if one.may_answer and not one.reply and one.doubt != found]


@blueprint.post("/<ref>/doubts/<number>/<code>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@resumable
def reply(return_: Return, number: str, code: str) -> ResponseReturnValue:
    """Keep why it is right; an empty reason takes it back."""
    refuse_unless_answers(return_, *criterion_or_404(return_, number))
    form, found = ReasonForm(), find_doubt(return_, number, code)
    if not form.validate():
        return doubt_page(return_, found, form, status=422)
    doubts = [found, *others_like(return_, found)] if request.form.get("others") else [found]
    try:
        reply_to_doubts(return_, doubts, reason=form.reason.data or "", by=current_user._get_current_object())
    except Invalid as refusal:
        blame(form, refusal, otherwise="reason")
        return doubt_page(return_, found, form, status=422)
    said, numbers = bool((form.reason.data or "").strip()), ", ".join(one.number for one in doubts[:6])
    where = f"{numbers} and {len(doubts) - 6} more" if len(doubts) > 6 else numbers
    flash(f"Kept why it is right: {where}." if said else f"No reason is kept: {where}.", "success")
    return to_the_doubts(return_)


def to_the_doubts(return_: Return) -> ResponseReturnValue:
    return redirect(url_for("returns.check", ref=return_.ref, _anchor="doubts"), 303)
