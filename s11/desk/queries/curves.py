"""When first submissions came, this time and the time before."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from s11.core.database import db
from s11.cycles.models import Cycle, Invitation
from s11.questionnaires.models import Edition
from s11.returns.models import Return, Submission


def round_before(cycle: Cycle) -> Cycle | None:
    """The round of the same questionnaire before this one, asked in the same way."""
    query = (
        select(Cycle)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Edition.framework_id == cycle.edition.framework_id,
            Cycle.asked_as == cycle.asked_as,
            Cycle.issued_at.is_not(None),
            Cycle.due_on < cycle.due_on,
        )
        .order_by(Cycle.due_on.desc(), Cycle.id.desc())
    )
    return db.session.scalars(query.limit(1)).first()


def due_in(cycle_ids: Collection[int]) -> dict[int, int]:
    """How many are due in each of these cycles: those exempt or withdrawn are out."""
    query = (
        select(Invitation.cycle_id, func.count())
        .where(Invitation.cycle_id.in_(cycle_ids), Invitation.exempted_at.is_(None))
        .group_by(Invitation.cycle_id)
        .order_by(Invitation.cycle_id)
    )
    return {cycle_id: count for cycle_id, count in db.session.execute(query)}


def days_returned(cycle_ids: Collection[int]) -> dict[int, list[datetime]]:
    """The moments of first submissions in each of these cycles, of those that are due."""
    query = (
        select(Return.cycle_id, func.min(Submission.submitted_at))
        .join(Submission, Submission.return_id == Return.id)
        .join(Invitation, Invitation.id == Return.invitation_id)
        .where(Return.cycle_id.in_(cycle_ids), Invitation.exempted_at.is_(None))
        .group_by(Return.cycle_id, Return.id)
        .order_by(Return.cycle_id, Return.id)
    )
    found: dict[int, list[datetime]] = {}
    for cycle_id, at in db.session.execute(query):
        found.setdefault(cycle_id, []).append(at)
    return found
