"""Taking a missing return to a senior person: the letter, and what came of it."""

import io
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.core.later import Later
from s11.core.refs import new_ref
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.desk import operations
from s11.desk.forms.escalating import MAIL, POST, EscalationForm, OutcomeForm
from s11.desk.models import Escalation
from s11.desk.operations.escalating import check_day, too_early
from s11.desk.permissions import can_chase
from s11.desk.queries import history
from s11.desk.queries.asked import asked_of
from s11.desk.views.blueprint import desk
from s11.desk.views.finding import invitation_or_404
from s11.desk.views.one import back_to
from s11.trail.operations import look
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.limits import limited

if TYPE_CHECKING:
    from s11.desk import word
else:
    word = Later("s11.desk.word")

DAYS_TO_ANSWER = 7
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk.get("/<ref>/organisations/<organisation>/escalate")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def escalate(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """The letter to the senior person, ready to be read, changed and sent."""
    invitation = invitation_or_404(cycle, organisation)
    to, answer_by = operations.senior_of(invitation), clock.today() + timedelta(days=DAYS_TO_ANSWER)
    form = EscalationForm(
        formdata=None,
        to_name=to.name,
        to_role=to.role,
        to_email=to.email,
        how=MAIL if to.email or not to.name else POST,
        answer_by=answer_by,
        token=new_ref(),
    )
    write_anew(cycle, invitation, form)
    return escalate_page(cycle, invitation, form)


def write_anew(cycle: Cycle, invitation: Invitation, form: EscalationForm) -> None:
    """The letter from the template, for whoever and whatever day stand in the boxes."""
    answer_by = form.answer_by.data if form.answer_by.day is None else form.answer_by.day
    one = asked_of(cycle, invitation)
    words = operations.draft(cycle, invitation, one, form.senior, answer_by)
    form.subject.data, form.letter.data = words.subject, words.body
    form.dated.data = answer_by.isoformat()


def escalate_page(cycle: Cycle, invitation: Invitation, form: EscalationForm) -> ResponseReturnValue:
    page = render_template(
        "desk/escalate.html",
        cycle=cycle,
        invitation=invitation,
        one=asked_of(cycle, invitation),
        form=form,
        early=too_early(invitation),
        earlier=history.escalations(invitation.id),
        mistakes=form.mistakes,
    )
    return make_response(page, 422 if form.errors else 200)


@desk.post("/<ref>/organisations/<organisation>/escalate")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def send_escalation(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Keep the letter and send it; or write it anew from what stands in the boxes."""
    invitation, form = invitation_or_404(cycle, organisation), EscalationForm()
    if not form.validate():
        return escalate_page(cycle, invitation, form)
    if request.form.get("act") == "anew":
        write_anew(cycle, invitation, form)
        return escalate_page(cycle, invitation, form)
    letter, by_mail = form.whole, form.how.data == MAIL
    try:
        check_day(letter, form.dated_on)
        operations.escalate(
            cycle, invitation, letter, by_mail=by_mail, ref=form.token.data or "", by=current_user
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="letter")
        return escalate_page(cycle, invitation, form)
    way = "is on its way by mail" if by_mail else "is ready: download it below and post it"
    flash(f"The letter to {letter.to.name} {way}.", "success")
    return back_to(cycle, invitation)


def escalation_or_404(invitation: Invitation, ref: str) -> Escalation:
    found = history.escalation_by_ref(ref)
    if found is None or found.invitation_id != invitation.id:
        abort(404)
    return found


@desk.get("/<ref>/organisations/<organisation>/escalations/<escalation>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def escalation(cycle: Cycle, organisation: str, escalation: str) -> ResponseReturnValue:
    """One letter as it went, and what came of it."""
    invitation = invitation_or_404(cycle, organisation)
    found = escalation_or_404(invitation, escalation)
    return outcome_page(cycle, found, OutcomeForm(formdata=None, outcome=found.outcome))


def outcome_page(cycle: Cycle, escalation: Escalation, form: OutcomeForm) -> ResponseReturnValue:
    page = render_template(
        "desk/escalation.html",
        cycle=cycle,
        invitation=escalation.invitation,
        escalation=escalation,
        form=form,
        mistakes=form.mistakes,
    )
    return make_response(page, 422 if form.errors else 200)


@desk.post("/<ref>/organisations/<organisation>/escalations/<escalation>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def answer_escalation(cycle: Cycle, organisation: str, escalation: str) -> ResponseReturnValue:
    """Keep what was answered."""
    invitation, form = invitation_or_404(cycle, organisation), OutcomeForm()
    found = escalation_or_404(invitation, escalation)
    if not form.validate():
        return outcome_page(cycle, found, form)
    try:
        operations.answer(found, outcome=form.outcome.data or "", by=current_user)
    except Invalid as refusal:
        blame(form, refusal, otherwise="outcome")
        return outcome_page(cycle, found, form)
    flash("The answer is noted.", "success")
    return back_to(cycle, invitation)


@desk.get("/<ref>/organisations/<organisation>/escalations/<escalation>/letter.docx")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
@limited("export")
def letter(cycle: Cycle, organisation: str, escalation: str) -> ResponseReturnValue:
    """The letter as a Word document, to be posted."""
    invitation = invitation_or_404(cycle, organisation)
    found = escalation_or_404(invitation, escalation)
    look(
        "cycle:escalation:downloaded",
        cycle.id,
        by=current_user._get_current_object(),
        organisation_id=invitation.organisation_id,
        partnership_id=cycle.partnership_id,
    )
    name = f"letter-{invitation.organisation.ref}-{found.at:%Y-%m-%d}.docx"
    return send_file(io.BytesIO(word.write(found)), mimetype=WORD, as_attachment=True, download_name=name)
