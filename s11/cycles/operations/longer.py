"""Giving one organisation longer, letting it off, and asking it after all."""

from datetime import date
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles.models import Extension, Invitation
from s11.cycles.rules import LetOff
from s11.people.models import Person
from s11.trail.operations import record


def extend(invitation: Invitation, *, until: date, reason: str, by: Person | None = None) -> Extension:
    """Give one organisation longer; the date of everybody else stays, and so does each date it had before.

    The new date may lie after the last day of the cycle: this one is then waited for.
    """
    _hold(invitation)
    if invitation.exempted_at is not None:
        raise Invalid("It need not return. Ask it again first, and give it longer then.", field="until")
    before, reason = invitation.due_on, reason.strip()
    _check_day(invitation, until)
    if not reason:
        raise Invalid("Say why this organisation is given longer.", field="reason")
    invitation.extended_to, invitation.extension_reason = until, reason
    extension = Extension(
        invitation_id=invitation.id,
        before=before,
        until=until,
        reason=reason,
        at=clock.now(),
        by_id=by.id if by else None,
        by_name=by.name if by else "",
    )
    db.session.add(extension)
    _note(
        "cycle:deadline:extended",
        invitation,
        by=by,
        before={"until": before.isoformat()},
        after={"until": until.isoformat(), "reason": reason},
    )
    return extension


def _check_day(invitation: Invitation, until: date) -> None:
    if until < clock.today():
        raise Invalid("The new date has passed already. Choose today or a later day.", field="until")
    if until <= invitation.asked_by:
        raise Invalid(
            "The new date must lie after the date it was first given. Choose a later one.", field="until"
        )
    if until == invitation.extended_to:
        raise Invalid("It has until that day already. Choose another date.", field="until")


def exempt(
    invitation: Invitation, *, reason: str, as_: LetOff = LetOff.EXEMPT, by: Person | None = None
) -> None:
    """Let an organisation off this cycle, with a reason; it leaves every denominator.

    Exempt it need not return this time; withdrawn it is not there any more, or was asked by mistake.
    """
    if not reason.strip():
        raise Invalid("Say why this organisation need not return.", field="reason")
    invitation.exempted_at, invitation.exempt_reason = clock.now(), reason.strip()
    invitation.exempted_as = as_
    tag = "cycle:organisation:withdrawn" if as_ is LetOff.WITHDRAWN else "cycle:organisation:exempted"
    _note(tag, invitation, by=by, after={"reason": reason.strip()})


def ask_again(invitation: Invitation, *, by: Person | None = None) -> None:
    """Take an exemption or a withdrawal back: the organisation is asked after all."""
    if invitation.exempted_at is None:
        return
    before = {"reason": invitation.exempt_reason, "as": invitation.exempted_as}
    invitation.exempted_at, invitation.exempt_reason = None, ""
    invitation.exempted_as = LetOff.EXEMPT
    _note("cycle:organisation:asked_again", invitation, by=by, before=before)


def _hold(invitation: Invitation) -> None:
    """Let whoever gives longer at the same moment wait, so that every date is kept in its order."""
    db.session.refresh(invitation, attribute_names=["extended_to", "exempted_at"], with_for_update=True)


def _note(tag: str, invitation: Invitation, *, by: Person | None, **told: dict[str, Any]) -> None:
    record(
        tag,
        invitation.cycle_id,
        by=by,
        organisation_id=invitation.organisation_id,
        partnership_id=invitation.cycle.partnership_id,
        **told,
    )
