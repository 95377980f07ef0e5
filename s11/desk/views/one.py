"""One organisation in one cycle: where it stands, what was done, its dates, and letting it off."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response

from s11.core import clock
from s11.core.errors import DomainError
from s11.core.refs import new_ref
from s11.cycles import operations as cycle_operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.days import away_on
from s11.cycles.models import Cycle, Invitation
from s11.cycles.rules import LET_OFF_LABELS, LetOff
from s11.desk import operations
from s11.desk.forms.calling import CallForm
from s11.desk.forms.one import ExemptionForm, ExtensionForm
from s11.desk.pages.told import Done
from s11.desk.permissions import can_chase
from s11.desk.queries import history
from s11.desk.queries.asked import asked_of
from s11.desk.queries.stopped import stopped
from s11.desk.reminding import Asked
from s11.desk.views.blueprint import desk
from s11.desk.views.finding import invitation_or_404
from s11.register.queries import addressees
from s11.register.rules import CONTACT_ROLE_LABELS
from s11.returns import queries
from s11.returns.operations import exempt as let_off
from s11.returns.rules import RETURNED, Stage
from s11.web.filters import day
from s11.web.forms import Form, blame
from s11.web.guards import guard


@desk.get("/<ref>/organisations/<organisation>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def organisation(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """One organisation in one cycle: where it stands, what was done, and what can be done."""
    return organisation_page(cycle, invitation_or_404(cycle, organisation))


def organisation_page(
    cycle: Cycle,
    invitation: Invitation,
    *,
    extension: ExtensionForm | None = None,
    exemption: ExemptionForm | None = None,
    call: CallForm | None = None,
) -> ResponseReturnValue:
    sent: list[Form] = [form for form in (extension, exemption, call) if form is not None]
    mistakes = [mistake for form in sent for mistake in form.mistakes]
    people = addressees([invitation.organisation_id], cycle.partnership_id)[invitation.organisation_id]
    page = render_template(
        "desk/one.html",
        cycle=cycle,
        invitation=invitation,
        one=asked_of(cycle, invitation),
        people=people,
        silent=stopped([somebody.email for somebody in people]),
        telephones=history.telephones(invitation.organisation_id, cycle.partnership_id),
        roles=CONTACT_ROLE_LABELS,
        let_off=LET_OFF_LABELS[LetOff(invitation.exempted_as)],
        done=done_about(cycle, invitation),
        extension=extension or ExtensionForm(formdata=None),
        exemption=exemption or ExemptionForm(formdata=None),
        call=call or CallForm(formdata=None, on=clock.today(), token=new_ref()),
        mistakes=mistakes,
    )
    return make_response(page, 422 if mistakes else 200)


def done_about(cycle: Cycle, invitation: Invitation) -> Done:
    return Done(
        reminders=history.reminders(invitation.id),
        rules=history.rules_by_id(cycle.id),
        mails=history.mails(invitation.organisation_id, cycle.ref),
        calls=history.calls(invitation.organisation_id, cycle.partnership_id, cycle.id),
        escalations=history.escalations(invitation.id),
        extensions=history.extensions(invitation.id),
    )


def back_to(cycle: Cycle, invitation: Invitation) -> Response:
    """The page of the organisation, after something was done on it."""
    ref = invitation.organisation.ref
    return redirect(url_for("desk.organisation", ref=cycle.ref, organisation=ref), 303)


@desk.post("/<ref>/organisations/<organisation>/extend")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def extend(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Give one organisation longer, and tell its lead."""
    invitation, form = invitation_or_404(cycle, organisation), ExtensionForm()
    if not form.validate():
        return organisation_page(cycle, invitation, extension=form)
    until, reason, tell = form.until.real, form.reason.data or "", bool(form.tell.data)
    try:
        told = operations.give_longer(
            cycle, invitation, until=until, reason=reason, tell=tell, by=current_user
        )
    except DomainError as refusal:
        if refusal.field is None:
            raise
        blame(form, refusal, otherwise="until")
        return organisation_page(cycle, invitation, extension=form)
    flash(f"{invitation.organisation.name} has until {day(until)}.{who_is_told(told, tell)}", "success")
    if away := away_on(until):
        flash(f"{day(until)} is {away}: nobody can ring for help that day.", "info")
    return back_to(cycle, invitation)


def who_is_told(told: list[str], tell: bool) -> str:
    if told:
        return f" {', '.join(told)} {'is' if len(told) == 1 else 'are'} told by mail."
    return " There is nobody to tell by mail." if tell else ""


@desk.post("/<ref>/organisations/<organisation>/exempt")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def exempt(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Let one organisation off this cycle."""
    invitation, form = invitation_or_404(cycle, organisation), ExemptionForm()
    if not form.validate():
        return organisation_page(cycle, invitation, exemption=form)
    return_, reason = queries.of_invitation(invitation.id), form.reason.data or ""
    if return_.answered and Stage(return_.stage) not in RETURNED and not form.sure.data:
        form.sure.errors = [begun_already(asked_of(cycle, invitation))]
        return organisation_page(cycle, invitation, exemption=form)
    try:
        let_off(return_, reason=reason, as_=form.let_off, by=current_user)
    except DomainError as refusal:
        if refusal.field is None:
            raise
        blame(form, refusal, otherwise="reason")
        return organisation_page(cycle, invitation, exemption=form)
    as_what = "is withdrawn" if form.let_off is LetOff.WITHDRAWN else "is exempt"
    flash(f"{invitation.organisation.name} {as_what}. It leaves the count of returns due.", "success")
    flash("The organisation is not told by itself: ring its lead, or write to them.", "info")
    return back_to(cycle, invitation)


def begun_already(one: Asked) -> str:
    """What is asked once more before somebody at work is let off."""
    return f"{one.answered} of {one.asked} are answered already. Tick this if it is let off all the same."


@desk.post("/<ref>/organisations/<organisation>/ask-again")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def ask_again(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Take an exemption or a withdrawal back."""
    invitation = invitation_or_404(cycle, organisation)
    cycle_operations.ask_again(invitation, by=current_user)
    flash(f"{invitation.organisation.name} is asked again and counts as due.", "success")
    return back_to(cycle, invitation)
