"""One organisation in one cycle: its dates, and the ways to change them."""

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.cycles import operations as cycle_operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.forms import ExemptionForm, ExtensionForm
from s11.cycles.models import Cycle, Invitation
from s11.desk.views.blueprint import desk
from s11.organisations import queries as organisations
from s11.returns import queries
from s11.returns.operations import exempt as let_off
from s11.web.filters import day
from s11.web.forms import blame
from s11.web.guards import guard


@desk.get("/<ref>/organisations/<organisation>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def organisation(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """One organisation in one cycle: its dates, and the ways to change them."""
    return organisation_page(cycle, invitation_or_404(cycle, organisation))


def invitation_or_404(cycle: Cycle, organisation_ref: str) -> Invitation:
    from_ref = organisations.by_ref(organisation_ref)
    found = cycles.invitation(cycle.id, from_ref.id) if from_ref else None
    if found is None:
        abort(404)
    return found


def organisation_page(
    cycle: Cycle,
    invitation: Invitation,
    *,
    extension: ExtensionForm | None = None,
    exemption: ExemptionForm | None = None,
) -> ResponseReturnValue:
    mistakes = (extension.mistakes if extension else []) + (exemption.mistakes if exemption else [])
    page = render_template(
        "cycles/organisation.html",
        cycle=cycle,
        invitation=invitation,
        extension=extension or ExtensionForm(formdata=None),
        exemption=exemption or ExemptionForm(formdata=None),
        mistakes=mistakes,
    )
    return make_response(page, 422 if mistakes else 200)


@desk.post("/<ref>/organisations/<organisation>/extend")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def extend(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Give one organisation longer."""
    invitation, form = invitation_or_404(cycle, organisation), ExtensionForm()
    if form.validate():
        try:
            cycle_operations.extend(
                invitation, until=form.until.real, reason=form.reason.data or "", by=current_user
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="until")
        else:
            flash(f"{invitation.organisation.name} has until {day(form.until.real)}.", "success")
            return redirect(url_for("desk.cycle", ref=cycle.ref), 303)
    return organisation_page(cycle, invitation, extension=form)


@desk.post("/<ref>/organisations/<organisation>/exempt")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def exempt(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Let one organisation off this cycle."""
    invitation, form = invitation_or_404(cycle, organisation), ExemptionForm()
    if form.validate():
        try:
            let_off(queries.of_invitation(invitation.id), reason=form.reason.data or "", by=current_user)
        except Invalid as refusal:
            blame(form, refusal, otherwise="reason")
        else:
            name = invitation.organisation.name
            flash(f"{name} need not return. It leaves the count of returns due.", "success")
            return redirect(url_for("desk.cycle", ref=cycle.ref), 303)
    return organisation_page(cycle, invitation, exemption=form)


@desk.post("/<ref>/organisations/<organisation>/ask-again")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def ask_again(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Take an exemption back."""
    invitation = invitation_or_404(cycle, organisation)
    cycle_operations.ask_again(invitation, by=current_user)
    flash(f"{invitation.organisation.name} is asked again and counts as due.", "success")
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)
