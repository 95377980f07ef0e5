"""Who is asked already, and what an issue has still to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, Issue, IssueLine, SubmissionGroup
from s11.organisations.models import Organisation


@dataclass(frozen=True)
class Done:
    """How far an issue is. `waiting` wait for the day their group opens, the first of them on `next_on`."""

    total: int
    done: int
    waiting: int
    next_on: date | None

    @property
    def left(self) -> int:
        """Those that can be asked now."""
        return self.total - self.done - self.waiting


def asked_ids(cycle_id: int) -> set[int]:
    """The organisations that are asked in a cycle, exempted ones included."""
    return set(db.session.scalars(select(Invitation.organisation_id).where(Invitation.cycle_id == cycle_id)))


def asked_in(cycle_id: int) -> dict[int, Invitation]:
    """The invitations of a cycle by the organisation's id, without their objects."""
    query = select(Invitation).where(Invitation.cycle_id == cycle_id).order_by(Invitation.id)
    return {found.organisation_id: found for found in db.session.scalars(query)}


def waiting_ids(cycle_id: int) -> set[int]:
    """The organisations an issue of the cycle has still to ask."""
    query = (
        select(IssueLine.organisation_id)
        .join(Issue, Issue.id == IssueLine.issue_id)
        .where(Issue.cycle_id == cycle_id, IssueLine.done_at.is_(None))
    )
    return set(db.session.scalars(query))


@dataclass(frozen=True)
class WaitingGroup:
    """A group that opens later, and the organisations that are asked on that day, by name."""

    name: str
    opens_on: date
    organisations: tuple[str, ...]


def waiting_groups(cycle_id: int) -> list[WaitingGroup]:
    """Who of a cycle is issued to and asked only later, the first to open first; in one query."""
    query = (
        select(SubmissionGroup.id, SubmissionGroup.name, SubmissionGroup.opens_on, Organisation.name)
        .join(IssueLine, IssueLine.group_id == SubmissionGroup.id)
        .join(Organisation, Organisation.id == IssueLine.organisation_id)
        .where(
            SubmissionGroup.cycle_id == cycle_id,
            SubmissionGroup.opens_on > clock.today(),
            IssueLine.done_at.is_(None),
        )
        .order_by(SubmissionGroup.opens_on, SubmissionGroup.name, Organisation.name)
    )
    return [
        WaitingGroup(name, opens_on, tuple(row[3] for row in rows))
        for (_, name, opens_on), rows in groupby(db.session.execute(query), key=lambda row: row[:3])
    ]


def unfinished_of(cycle_id: int) -> list[Issue]:
    """The issues of a cycle that have still somebody to ask, the oldest first."""
    query = select(Issue).where(Issue.cycle_id == cycle_id, Issue.finished_at.is_(None)).order_by(Issue.id)
    return list(db.session.scalars(query))


def issue_by_id(issue_id: int) -> Issue | None:
    return db.session.get(Issue, issue_id)


def issue_by_ref(cycle_id: int, ref: str) -> Issue | None:
    return db.session.scalar(select(Issue).where(Issue.cycle_id == cycle_id, Issue.ref == ref))


def newest_issue(cycle_id: int) -> Issue | None:
    """The issue of a cycle that was begun last and is not finished."""
    return db.session.scalar(
        select(Issue)
        .where(Issue.cycle_id == cycle_id, Issue.finished_at.is_(None))
        .order_by(Issue.id.desc())
        .limit(1)
    )


def unfinished_issues() -> list[int]:
    """Ids of every issue in which somebody can be asked now, the oldest first."""
    query = (
        select(Issue.id)
        .join(Cycle, Cycle.id == Issue.cycle_id)
        .where(Issue.finished_at.is_(None), Cycle.closed_at.is_(None))
        .order_by(Issue.id)
    )
    return list(db.session.scalars(query))


def due_line_ids(issue_id: int, at_most: int) -> list[int]:
    """The next lines that can be done today."""
    query = (
        select(IssueLine.id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == IssueLine.group_id)
        .where(
            IssueLine.issue_id == issue_id,
            IssueLine.done_at.is_(None),
            or_(IssueLine.group_id.is_(None), SubmissionGroup.opens_on <= clock.today()),
        )
        .order_by(IssueLine.id)
        .limit(at_most)
    )
    return list(db.session.scalars(query))


def lines(ids: Sequence[int]) -> list[IssueLine]:
    """These lines with their organisations, in their order."""
    query = (
        select(IssueLine)
        .where(IssueLine.id.in_(ids))
        .options(joinedload(IssueLine.organisation))
        .order_by(IssueLine.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def has_lines_left(issue_id: int) -> bool:
    query = select(IssueLine.id).where(IssueLine.issue_id == issue_id, IssueLine.done_at.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def done_of(issue_id: int) -> Done:
    """How far an issue is, in one query."""
    waits = (SubmissionGroup.opens_on > clock.today()) & IssueLine.done_at.is_(None)
    query = (
        select(
            func.count(),
            func.count(IssueLine.done_at),
            func.count().filter(waits),
            func.min(SubmissionGroup.opens_on).filter(waits),
        )
        .select_from(IssueLine)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == IssueLine.group_id)
        .where(IssueLine.issue_id == issue_id)
    )
    total, done, waiting, next_on = db.session.execute(query).one()
    return Done(total, done, waiting, next_on)
