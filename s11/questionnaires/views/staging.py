"""Moving an edition on: into review, approved, back to draft, into the archive."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Stale
from s11.questionnaires import operations, permissions, queries
from s11.questionnaires.forms.staging import ApprovalForm, ReasonForm, ReviewForm
from s11.questionnaires.models import Edition
from s11.questionnaires.stages import STAGE_LABELS, NotReady, Stage, acts_at
from s11.questionnaires.views.blueprint import blueprint
from s11.web.forms import Form, blame
from s11.web.guards import guard


@blueprint.get("/<ref>/stage")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_change)
def stage(edition: Edition) -> ResponseReturnValue:
    return stage_page(edition)


@blueprint.post("/<ref>/stage/review")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_change)
def put_in_review(edition: Edition) -> ResponseReturnValue:
    form = ReviewForm()
    if not form.validate():
        return stage_page(edition, form, 422)
    try:
        operations.put_in_review(edition, note=form.note.data or "", until=form.until.day, by=current_user)
    except DomainError as refusal:
        return refused(edition, form, refusal, otherwise="note")
    board = edition.partnership.board_word if edition.partnership else "the Board"
    return moved(edition, f"{edition.code} is in review. Those who read it for {board} are told by mail.")


@blueprint.post("/<ref>/stage/withdraw")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_change)
def take_out_of_review(edition: Edition) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return stage_page(edition, form, 422)
    try:
        operations.take_out_of_review(edition, reason=form.reason.data or "", by=current_user)
    except DomainError as refusal:
        return refused(edition, form, refusal, otherwise="reason")
    return moved(edition, f"{edition.code} is a draft again. Its comments stay with it.")


@blueprint.post("/<ref>/stage/approve")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_approve)
def approve(edition: Edition) -> ResponseReturnValue:
    form = ApprovalForm()
    if not form.validate():
        return stage_page(edition, form, 422)
    try:
        operations.approve(
            edition,
            approved_by=form.approved_by.data,
            meeting=form.meeting.data,
            on=form.approved_on.real,
            despite=form.despite.data,
            version=form.seen,
            by=current_user,
        )
    except DomainError as refusal:
        return refused(edition, form, refusal, otherwise="approved_by")
    return moved(edition, f"The approval of {edition.code} is recorded. Its words no longer change.")


@blueprint.post("/<ref>/stage/reopen")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_approve)
def back_to_draft(edition: Edition) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return stage_page(edition, form, 422)
    try:
        operations.back_to_draft(edition, reason=form.reason.data or "", by=current_user)
    except DomainError as refusal:
        return refused(edition, form, refusal, otherwise="reason")
    return moved(edition, f"{edition.code} is a draft again, and has to be approved anew.")


@blueprint.post("/<ref>/stage/archive")
@guard(queries.edition_by_code, see=permissions.can_read_edition, may=permissions.can_change)
def archive(edition: Edition) -> ResponseReturnValue:
    try:
        operations.archive(edition, by=current_user)
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return redirect(url_for("questionnaires.stage", ref=edition.code), 303)
    return moved(edition, f"{edition.code} is archived. It can be read, and no new cycle asks it.")


def moved(edition: Edition, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("questionnaires.review", ref=edition.code), 303)


def refused(edition: Edition, form: Form, refusal: DomainError, *, otherwise: str) -> ResponseReturnValue:
    """The page again with the refusal at its field; what is to be mended is listed there anyway."""
    if isinstance(refusal, Stale) and isinstance(form, ApprovalForm):
        form.version.data = str(edition.version)
    if not isinstance(refusal, NotReady):
        blame(form, refusal, otherwise=otherwise)
    return stage_page(edition, form, refusal.status)


def stage_page(edition: Edition, sent: Form | None = None, status: int = 200) -> ResponseReturnValue:
    """What can be done at this stage, each with its form; the form that was sent keeps what was typed."""

    def form(kind: type[Form]) -> Form:
        return sent if isinstance(sent, kind) else kind(formdata=None)

    approval = form(ApprovalForm)
    if approval is not sent:
        approval.version.data = str(edition.version)
    page = render_template(
        "questionnaires/stage.html",
        edition=edition,
        stage=STAGE_LABELS[Stage(edition.stage)],
        acts={str(act) for act in acts_at(Stage(edition.stage))},
        review=form(ReviewForm),
        approval=approval,
        reason=form(ReasonForm),
        sent=sent,
        to_mend=operations.mending(edition),
        unresolved=queries.unresolved_comments(edition.id),
        may_approve=permissions.can_approve(current_user, edition),
    )
    return make_response(page, status)
