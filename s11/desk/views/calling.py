"""Noting a call."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk import operations
from s11.desk.forms.calling import CallForm
from s11.desk.permissions import can_chase
from s11.desk.views.blueprint import desk
from s11.desk.views.finding import invitation_or_404
from s11.desk.views.one import back_to, organisation_page
from s11.web.forms import blame
from s11.web.guards import guard


@desk.post("/<ref>/organisations/<organisation>/calls")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def note_call(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """Keep what was said on the telephone."""
    invitation, form = invitation_or_404(cycle, organisation), CallForm()
    if not form.validate():
        return organisation_page(cycle, invitation, call=form)
    try:
        operations.note_call(
            invitation.organisation,
            cycle,
            on=form.on.real,
            spoke_to=form.spoke_to.data or "",
            said=form.said.data or "",
            call_back_on=form.back_on,
            ref=form.token.data,
            by=current_user,
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="said")
        return organisation_page(cycle, invitation, call=form)
    flash("The call is noted.", "success")
    return back_to(cycle, invitation)
