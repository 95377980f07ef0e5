"""Submission groups, and how many organisations are asked in each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, union

from s11.core.database import db
from s11.cycles.models import Invitation, Issue, IssueLine, SubmissionGroup


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


@dataclass(frozen=True)
class Span:
    """The dates of a cycle in which everybody stands in a group: from the first group to the last."""

    opens_on: date
    due_first: date
    due_last: date
    closes_on: date | None


def spans_of(cycle_ids: Collection[int]) -> dict[int, Span]:
    """Of these cycles those in which everybody who is asked, or is to be, stands in a group; two queries."""
    asked = select(Invitation.cycle_id, Invitation.group_id).where(Invitation.cycle_id.in_(cycle_ids))
    later = (
        select(Issue.cycle_id, IssueLine.group_id)
        .join(Issue, Issue.id == IssueLine.issue_id)
        .where(Issue.cycle_id.in_(cycle_ids), IssueLine.done_at.is_(None))
    )
    held: dict[int, set[int | None]] = defaultdict(set)
    for cycle_id, group_id in db.session.execute(union(asked, later)):
        held[cycle_id].add(group_id)
    grouped = [cycle_id for cycle_id, ids in held.items() if None not in ids]
    known = groups_of(grouped) if grouped else {}
    return {
        cycle_id: _span([group for group in groups if group.id in held[cycle_id]])
        for cycle_id, groups in known.items()
    }


def _span(groups: list[SubmissionGroup]) -> Span:
    closes = [group.closes_on for group in groups]
    return Span(
        min(group.opens_on for group in groups),
        min(group.due_on for group in groups),
        max(group.due_on for group in groups),
        max((day for day in closes if day is not None), default=None) if None not in closes else None,
    )


def is_to_be_issued(group_id: int) -> bool:
    """Whether an issue names the group: its organisations are to be asked, or were."""
    return db.session.scalar(select(IssueLine.id).where(IssueLine.group_id == group_id).limit(1)) is not None
