"""Submission groups, and how many organisations are asked in each."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.cycles.models import Invitation, IssueLine, SubmissionGroup


def groups(cycle_id: int) -> list[SubmissionGroup]:
    """The groups of a cycle, the first to open first."""
    return groups_of([cycle_id])[cycle_id]


def groups_of(cycle_ids: Collection[int]) -> dict[int, list[SubmissionGroup]]:
    """The groups of several cycles, by the cycle's id."""
    query = (
        select(SubmissionGroup)
        .where(SubmissionGroup.cycle_id.in_(cycle_ids))
        .order_by(SubmissionGroup.opens_on, SubmissionGroup.due_on, SubmissionGroup.name)
    )
    found: dict[int, list[SubmissionGroup]] = defaultdict(list)
    for group in db.session.scalars(query):
        found[group.cycle_id].append(group)
    return found


def group_by_ref(cycle_id: int, ref: str) -> SubmissionGroup | None:
    return db.session.scalar(
        select(SubmissionGroup).where(SubmissionGroup.cycle_id == cycle_id, SubmissionGroup.ref == ref)
    )


def group_sizes(cycle_id: int) -> dict[int, int]:
    """How many organisations are asked in each group of a cycle, by the group's id."""
    query = (
        select(Invitation.group_id, func.count())
        .where(Invitation.cycle_id == cycle_id, Invitation.group_id.is_not(None))
        .group_by(Invitation.group_id)
    )
    return {group_id: count for group_id, count in db.session.execute(query) if group_id is not None}


def is_to_be_issued(group_id: int) -> bool:
    """Whether an issue names the group: its organisations are to be asked, or were."""
    return db.session.scalar(select(IssueLine.id).where(IssueLine.group_id == group_id).limit(1)) is not None
