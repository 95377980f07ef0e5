"""The office's desk: who is asked, who has returned, who needs longer."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles import operations as cycle_operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.forms import ExemptionForm, ExtensionForm
from s11.cycles.models import Cycle, Invitation
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.returns import queries
from s11.returns.operations import exempt as let_off
from s11.returns.operations import issue
from s11.returns.pages import Standing, audience_groups, standing_of
from s11.web.filters import day, plural
from s11.web.forms import blame
from s11.web.guards import guard, signed_in

desk = Blueprint("desk", __name__, url_prefix="/cycles")


@desk.get("/")
@signed_in(cycle_permissions.can_run)
def year() -> ResponseReturnValue:
    """Every cycle, and how many of its returns are in."""
    found = cycles.visible_to(current_user)
    counts = queries.stage_counts([cycle.id for cycle in found])
    return render_template(
        "cycles/year.html",
        cycles=[(cycle, standing_of(counts.get(cycle.id, {}))) for cycle in found],
        may_plan=cycle_permissions.can_plan(current_user),
        today=clock.today(),
    )


@desk.get("/<ref>")
@guard(cycles.by_ref, see=cycle_permissions.can_see)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """Who has returned, who has not, and what each waits for. Numbers only: no words, no ratings."""
    rows = queries.progress(cycle)
    shown = request.args.get("show", "all")
    return render_template(
        "cycles/cycle.html",
        cycle=cycle,
        standing=Standing.of(rows),
        rows=[row for row in rows if shown == "all" or shown in Standing.groups(row)],
        shown=shown,
        leads=people.by_organisation([row.organisation_ref for row in rows], Role.LEAD),
        may_change=cycle_permissions.can_change(current_user, cycle),
        today=clock.today(),
    )


@desk.get("/<ref>/audience")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def audience(cycle: Cycle) -> ResponseReturnValue:
    """Choose who is asked."""
    return audience_page(cycle)


def audience_page(cycle: Cycle, error: str | None = None, status: int = 200) -> ResponseReturnValue:
    asked = {invitation.organisation_id for invitation in cycles.invitations(cycle.id)}
    page = render_template(
        "cycles/audience.html",
        cycle=cycle,
        groups=audience_groups(
            [o for o in organisations.seated(cycle.partnership_id) if o.id not in asked],
            questionnaires.content(cycle.edition),
        ),
        asked=len(asked),
        ready=cycle.edition.is_ready,
        ticked=request.form.getlist("organisation"),
        kinds=request.form.getlist("kind"),
        error=error,
    )
    return make_response(page, status)


@desk.post("/<ref>/audience")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def issue_cycle(cycle: Cycle) -> ResponseReturnValue:
    """Ask the organisations ticked: each gets its return, and its lead a letter."""
    ticked, kinds = set(request.form.getlist("organisation")), set(request.form.getlist("kind"))
    seated = organisations.seated(cycle.partnership_id)
    wanted = [o for o in seated if o.ref in ticked or o.kind in kinds]
    if request.form.get("back"):
        return audience_page(cycle)
    if not wanted:
        return audience_page(cycle, "Tick at least one kind or one organisation to ask.", 422)
    known = {invitation.organisation_id for invitation in cycles.invitations(cycle.id)}
    wanted = [o for o in wanted if o.id not in known]
    if not request.form.get("confirmed"):
        return confirm_page(cycle, wanted)
    returns = issue(cycle, wanted, by=current_user)
    asked = plural(len(returns), "organisation is", "organisations are")
    flash(f"{asked} asked. The letters to their leads are ready to be sent.", "success")
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)


def confirm_page(cycle: Cycle, wanted: list[Organisation]) -> ResponseReturnValue:
    """Say exactly who is about to be asked what, before anybody hears of it."""
    return render_template(
        "cycles/confirm.html",
        cycle=cycle,
        groups=audience_groups(wanted, questionnaires.content(cycle.edition)),
        wanted=wanted,
    )


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
