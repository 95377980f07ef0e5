"""What is known of missing returns when a cycle closes."""

from sqlalchemy import select

from s11.core.database import db
from s11.cycles.models import Invitation
from s11.desk.models import Escalation
from s11.organisations.models import Organisation


def escalated(cycle_id: int) -> dict[str, str]:
    """To whom a missing return was taken last, by ref of the organisation."""
    query = (
        select(Organisation.ref, Escalation.to_name)
        .join(Invitation, Invitation.id == Escalation.invitation_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.cycle_id == cycle_id)
        .order_by(Escalation.at, Escalation.id)
    )
    return {ref: name for ref, name in db.session.execute(query)}
