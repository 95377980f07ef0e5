"""Who is asked in a cycle, as far as chasing has to know it."""

from datetime import date

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.desk.reminding import Asked
from s11.returns import queries as returns
from s11.returns.rules import Progress


def asked_in(cycle: Cycle) -> list[Asked]:
    """Everybody who is asked in a cycle, by name; in five queries whatever their number."""
    closing, rows = _closing(cycle), returns.progress(cycle)
    here = cycles.here_among([row.organisation_id for row in rows], cycle.partnership_id)
    return [_asked(row, closing[row.invitation_id], is_here=row.organisation_id in here) for row in rows]


def asked_of(cycle: Cycle, invitation: Invitation) -> Asked:
    """One of them."""
    return next(one for one in asked_in(cycle) if one.invitation_id == invitation.id)


def _asked(row: Progress, closes_on: date | None, *, is_here: bool) -> Asked:
    return Asked(
        invitation_id=row.invitation_id,
        organisation_id=row.organisation_id,
        organisation_ref=row.organisation_ref,
        organisation=row.organisation,
        return_ref=row.ref,
        stage=row.stage,
        answered=row.answered,
        asked=row.asked,
        asked_on=clock.local(row.asked_at).date(),
        due_on=row.due_on,
        # As `Return.taken_until` has it: what was in once is waited for.
        last_day=max(closes_on, row.due_on) if closes_on and row.submitted_at is None else None,
        exempt_reason=row.exempt_reason,
        waiting_for=row.waiting_for,
        opens_on=row.opens_on,
        is_gone=not is_here,
        open_steps=row.open_steps,
    )


def _closing(cycle: Cycle) -> dict[int, date | None]:
    """The last day of each invitation's group, or of the cycle; or the day it was closed."""
    query = (
        select(Invitation.id, SubmissionGroup.closes_on)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .where(Invitation.cycle_id == cycle.id)
        .order_by(Invitation.id)
    )
    closed_on = clock.local(cycle.closed_at).date() if cycle.closed_at else None
    return {
        id_: min((day for day in (own or cycle.closes_on, closed_on) if day is not None), default=None)
        for id_, own in db.session.execute(query)
    }
