"""What the office did in a cycle: reminders, calls, escalations, the last of each by organisation."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from s11.core.database import db
from s11.cycles.models import Cycle, Invitation
from s11.desk.models import Call, Escalation, Reminder


@dataclass(frozen=True)
class CallMade:
    """The last call to an organisation: when, by whom, to whom, and when to ring again."""

    at: datetime
    by_name: str
    spoke_to: str
    call_back_on: date | None


def reminders_of(cycle_id: int) -> dict[int, datetime]:
    """When each organisation was reminded last."""
    query = (
        select(Invitation.organisation_id, func.max(Reminder.at))
        .join(Reminder, Reminder.invitation_id == Invitation.id)
        .where(Invitation.cycle_id == cycle_id, Reminder.mails > 0)
        .group_by(Invitation.organisation_id)
        .order_by(Invitation.organisation_id)
    )
    return {organisation_id: at for organisation_id, at in db.session.execute(query)}


def calls_of(cycle: Cycle) -> dict[int, CallMade]:
    """The last call to each organisation about this cycle, or about nothing in particular since it opened."""
    query = (
        select(Call.organisation_id, Call.at, Call.by_name, Call.spoke_to, Call.call_back_on)
        .where(Call.partnership_id == cycle.partnership_id)
        .where(or_(Call.cycle_id == cycle.id, Call.cycle_id.is_(None)))
        .where(Call.at >= cycle.issued_at if cycle.issued_at else Call.cycle_id == cycle.id)
        .order_by(Call.at, Call.id)
    )
    return {row[0]: CallMade(*row[1:]) for row in db.session.execute(query)}  # the last stands


def escalations_open(cycle_id: int) -> dict[int, str]:
    """To whom a missing return was taken, by organisation, where no answer has come."""
    query = (
        select(Invitation.organisation_id, Escalation.to_name)
        .join(Escalation, Escalation.invitation_id == Invitation.id)
        .where(Invitation.cycle_id == cycle_id, Escalation.answered_at.is_(None))
        .order_by(Escalation.at, Escalation.id)
    )
    return {organisation_id: name for organisation_id, name in db.session.execute(query)}
