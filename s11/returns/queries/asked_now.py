"""Which organisations are asked now: told to the register, which stands before cycles and returns."""

from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import due_day
from s11.register.files.asked import Asked
from s11.returns.models import Return
from s11.returns.rules import RETURNED


def asked_in_open_cycles(organisation_ids: Collection[int], partnership_id: int) -> list[Asked]:
    """Each of these organisations with each cycle of a partnership that was issued and is not closed, the
    first due first."""
    query = (
        select(Invitation.organisation_id, Cycle.id, Cycle.title, due_day(), Return.stage)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .outerjoin(Return, Return.invitation_id == Invitation.id)
        .where(
            Invitation.organisation_id.in_(organisation_ids),
            Invitation.exempted_at.is_(None),
            Cycle.partnership_id == partnership_id,
            Cycle.issued_at.is_not(None),
            Cycle.closed_at.is_(None),
        )
        .order_by(due_day(), Cycle.id, Invitation.organisation_id)
    )
    return [
        Asked(organisation_id, cycle_id, title, due, stage in RETURNED)
        for organisation_id, cycle_id, title, due, stage in db.session.execute(query)
    ]


def submitted_by(organisation_ids: Collection[int], partnership_id: int) -> dict[int, int]:
    """How many returns each of these organisations submitted to a partnership, in whatever year."""
    query = (
        select(Return.organisation_id, func.count(Return.id))
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(
            Return.organisation_id.in_(organisation_ids),
            Return.submitted_at.is_not(None),
            Cycle.partnership_id == partnership_id,
        )
        .group_by(Return.organisation_id)
        .order_by(Return.organisation_id)
    )
    return {organisation_id: count for organisation_id, count in db.session.execute(query)}
