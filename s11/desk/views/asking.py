"""Choosing who is asked, and asking them."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk.pages import audience_groups
from s11.desk.views.blueprint import desk
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.questionnaires import queries as questionnaires
from s11.returns.operations import issue
from s11.web.filters import plural
from s11.web.guards import guard


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
