"""Who is asked in a cycle, as far as chasing has to know it."""

from datetime import date, datetime

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.desk.reminding import Asked
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.rules import Progress


def asked_in(cycle: Cycle) -> list[Asked]:
    """Everybody who is asked in a cycle, by name; in six queries whatever their number."""
    invitations = {one.organisation.ref: one for one in cycles.invitations(cycle.id)}
    opened = _opened(cycle.id)
    return [
        _asked(row, invitations[row.organisation_ref], opened[row.ref])
        for row in returns.progress(cycle)
        if row.organisation_ref in invitations
    ]


def asked_of(cycle: Cycle, invitation: Invitation) -> Asked:
    """One of them."""
    return next(one for one in asked_in(cycle) if one.invitation_id == invitation.id)


def _asked(row: Progress, invitation: Invitation, opened: tuple[datetime, bool]) -> Asked:
    created_at, was_in = opened
    return Asked(
        invitation_id=invitation.id,
        organisation_id=invitation.organisation_id,
        organisation_ref=row.organisation_ref,
        organisation=row.organisation,
        return_ref=row.ref,
        stage=row.stage,
        answered=row.answered,
        asked=row.asked,
        asked_on=clock.local(created_at).date(),
        due_on=invitation.due_on,
        last_day=None if was_in else _last_day(invitation),
        exempt_reason=row.exempt_reason,
        waiting_for=row.waiting_for,
        open_steps=row.open_steps,
    )


def _last_day(invitation: Invitation) -> date | None:
    """As `Return.last_day` has it, for one that was never in."""
    closes_on = invitation.closes_on
    return max(closes_on, invitation.due_on) if closes_on else None


def _opened(cycle_id: int) -> dict[str, tuple[datetime, bool]]:
    """When each return was opened and whether it was ever in, by its ref."""
    query = select(Return.ref, Return.created_at, Return.submitted_at).where(Return.cycle_id == cycle_id)
    return {ref: (created_at, sent is not None) for ref, created_at, sent in db.session.execute(query)}
