"""Inviting to a day: every mail is looked at, then exactly those are sent, each once."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import operations, permissions, queries
from s11.challenge.models import ChallengeDay
from s11.challenge.views.blueprint import blueprint
from s11.web.filters import plural
from s11.web.guards import guard

SEAL = "mail-"


@blueprint.get("/<ref>/invitations")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_invite)
def invitations(day: ChallengeDay) -> ResponseReturnValue:
    """Every mail as it would go out: first invitations, and changes for those who have an older time."""
    return invitations_page(day)


@blueprint.post("/<ref>/invitations")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_invite)
def send_invitations(day: ChallengeDay) -> ResponseReturnValue:
    """Send what is ticked, if it is still as it was looked at."""
    ticked = {name.removeprefix(SEAL): seal for name, seal in request.form.items() if name.startswith(SEAL)}
    if not ticked:
        return invitations_page(day, fault="Tick at least one person.", status=422)
    sent = operations.send_invitations(day, ticked, by=current_user._get_current_object())
    if sent.changed:
        names = ", ".join(one.attendee.name for one in sent.changed)
        flash(f"Not sent, as it changed since you looked: {names}. Look again, and send then.", "error")
    if sent.mails:
        flash(f"{plural(sent.mails, 'mail is', 'mails are')} on the way.", "success")
    elif not sent.changed:
        flash("Nothing was sent: they have it already.", "info")
    return redirect(url_for("challenge.invitations", ref=day.ref), 303)


def invitations_page(day: ChallengeDay, *, fault: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "challenge/invitations.html",
        day=day,
        outlook=operations.look_ahead(day),
        seal=SEAL,
        fault=fault,
        signature=day.cycle.partnership.mail_signature.strip(),
    )
    return make_response(page, status)
