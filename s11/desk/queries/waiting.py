"""What waits for the office across several cycles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, Issue, IssueLine, SubmissionGroup
from s11.desk.models import Call, Escalation
from s11.notices.models import Notice
from s11.organisations.models import Organisation

AT_MOST = 50  # of one thing on one page: whoever has more begins with these


@dataclass(frozen=True)
class CallBack:
    """A call that was promised: whom, when, and about what."""

    organisation: str
    organisation_ref: str
    cycle_ref: str
    cycle: str
    on: date | None
    spoke_to: str


@dataclass(frozen=True)
class Unanswered:
    """A missing return that was taken to somebody senior, and no answer yet."""

    organisation: str
    organisation_ref: str
    cycle_ref: str
    cycle: str
    to_name: str
    at: datetime
    answer_by: date | None


@dataclass(frozen=True)
class Undelivered:
    """Mail to an organisation that came back or could not be sent."""

    organisation: str
    organisation_ref: str
    cycle_ref: str  # empty where it was about no cycle
    address: str
    at: datetime
    came_back: bool


@dataclass(frozen=True)
class HalfWay:
    """Asking that stopped, and how many are still to be asked."""

    ref: str
    left: int


def calls_to_make(cycle_ids: Collection[int], until: date) -> list[CallBack]:
    """Calls promised for this day or earlier; a later call to the same organisation settles one."""
    later = (
        select(func.max(Call.id))
        .where(Call.cycle_id.in_(cycle_ids))
        .group_by(Call.organisation_id, Call.cycle_id)
    )
    query = (
        select(Organisation.name, Organisation.ref, Cycle.ref, Cycle.title, Call.call_back_on, Call.spoke_to)
        .join(Call, Call.organisation_id == Organisation.id)
        .join(Cycle, Cycle.id == Call.cycle_id)
        .where(Call.id.in_(later), Call.call_back_on <= until)
        .order_by(Call.call_back_on, Organisation.name, Call.id)
    )
    return [CallBack(*row) for row in db.session.execute(query.limit(AT_MOST))]


def unanswered(cycle_ids: Collection[int]) -> list[Unanswered]:
    """Escalations without an answer, the one that should have been answered first before the others."""
    query = (
        select(
            Organisation.name,
            Organisation.ref,
            Cycle.ref,
            Cycle.title,
            Escalation.to_name,
            Escalation.at,
            Escalation.answer_by,
        )
        .join(Invitation, Invitation.id == Escalation.invitation_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .where(Cycle.id.in_(cycle_ids), Escalation.answered_at.is_(None))
        .order_by(func.coalesce(Escalation.answer_by, Cycle.due_on), Organisation.name, Escalation.id)
    )
    return [Unanswered(*row) for row in db.session.execute(query.limit(AT_MOST))]


def undelivered(cycle_refs: Collection[str], since: datetime) -> list[Undelivered]:
    """Mail about these cycles that came back or was given up, the latest first, each address once.

    What reached the organisation afterwards settles it: an address was corrected, or somebody else read it.
    """
    failed_at = func.coalesce(Notice.bounced_at, Notice.given_up_at)
    later = aliased(Notice)
    arrived = exists().where(
        later.organisation_id == Notice.organisation_id,
        later.about == Notice.about,
        later.sent_at > failed_at,
        later.bounced_at.is_(None),
        later.given_up_at.is_(None),
    )
    query = (
        select(
            Organisation.name,
            Organisation.ref,
            Notice.about,
            Notice.to_address,
            func.max(failed_at),
            func.max(Notice.bounced_at).is_not(None),
        )
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.about.in_(cycle_refs), failed_at >= since)
        .where(or_(Notice.bounced_at.is_not(None), Notice.given_up_at.is_not(None)), ~arrived)
        .group_by(Organisation.name, Organisation.ref, Notice.about, Notice.to_address)
        .order_by(func.max(failed_at).desc(), Organisation.name, Notice.to_address)
    )
    return [Undelivered(*row) for row in db.session.execute(query.limit(AT_MOST))]


def issues_half_way(cycle_ids: Collection[int], today: date) -> dict[int, HalfWay]:
    """The asking that stopped half-way in each cycle. Who waits for the day of a group is not left over."""
    query = (
        select(Issue.cycle_id, Issue.ref, func.count(IssueLine.id))
        .join(IssueLine, IssueLine.issue_id == Issue.id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == IssueLine.group_id)
        .where(
            Issue.cycle_id.in_(cycle_ids),
            Issue.finished_at.is_(None),
            IssueLine.done_at.is_(None),
            or_(IssueLine.group_id.is_(None), SubmissionGroup.opens_on <= today),
        )
        .group_by(Issue.cycle_id, Issue.ref)
        .order_by(Issue.cycle_id, Issue.ref)
    )
    return {cycle_id: HalfWay(ref, count) for cycle_id, ref, count in db.session.execute(query)}


def groups_opening(cycle_ids: Collection[int], first: date, last: date) -> list[SubmissionGroup]:
    """Groups that open between two days, or are due then, the earliest first."""
    query = (
        select(SubmissionGroup)
        .where(SubmissionGroup.cycle_id.in_(cycle_ids))
        .where(
            or_(
                SubmissionGroup.opens_on.between(first, last),
                SubmissionGroup.due_on.between(first, last),
            )
        )
        .order_by(SubmissionGroup.opens_on, SubmissionGroup.name)
    )
    return list(db.session.scalars(query))
