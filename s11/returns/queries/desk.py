"""Who has returned and who has not, in numbers."""

from collections import defaultdict

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import joinedload

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import content_of, due_day
from s11.organisations.models import Organisation
from s11.questionnaires.rules import EditionContent
from s11.returns.models import Return, SignOff
from s11.returns.rules import RETURNED, Progress, Stage, is_late


def progress(cycle: Cycle) -> list[Progress]:
    """Where every invited organisation stands, in numbers, in three queries whatever their number."""
    edition = content_of(cycle)
    query = (
        select(Invitation, Return)
        .join(Return, Return.invitation_id == Invitation.id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.cycle_id == cycle.id)
        .options(joinedload(Invitation.organisation).joinedload(Organisation.parent))
        .order_by(Organisation.name)
    )
    given = _steps_given(cycle.id)
    today = clock.today()
    rows = []
    for invitation, return_ in db.session.execute(query):
        organisation = invitation.organisation
        stage = Stage(return_.stage)
        asked = sum(len(standard.criteria) for standard in edition.for_organisation(organisation.facts))
        rows.append(
            Progress(
                ref=return_.ref,
                organisation=organisation.name,
                organisation_ref=organisation.ref,
                kind=organisation.kind_label,
                phase=organisation.phase_label,
                district=organisation.district,
                trust=organisation.parent.short_name if organisation.parent else "",
                stage=stage,
                # What an answer opened is asked too, and not among what everybody is asked.
                answered=return_.answered,
                asked=max(asked, return_.answered),
                due_on=invitation.due_on,
                extended=invitation.extended_to is not None,
                late=stage not in RETURNED
                and invitation.exempted_at is None
                and is_late(invitation.asked_by, invitation.extended_to, today),
                exempt_reason=invitation.exempt_reason,
                last_saved_at=return_.last_saved_at,
                submitted_at=return_.submitted_at,
                waiting_for=_waiting_for(edition, stage, given.get((return_.id, return_.round), set())),
            )
        )
    return rows


def stage_counts(cycle_ids: list[int]) -> dict[int, dict[str, int]]:
    """Returns of each cycle by stage, and under "exempt" and "late" those that are; one query."""
    query = (
        select(
            Return.cycle_id,
            Return.stage,
            Invitation.exempted_at.is_not(None),
            due_day() < clock.today(),
            func.count(),
        )
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .where(Return.cycle_id.in_(cycle_ids))
        .group_by(Return.cycle_id, Return.stage, Invitation.exempted_at.is_not(None), literal_column("4"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cycle_id, stage, is_exempt, past_due, count in db.session.execute(query):
        counts[cycle_id]["exempt" if is_exempt else stage] += count
        if past_due and not is_exempt and Stage(stage) not in RETURNED:
            counts[cycle_id]["late"] += count
    return counts


def to_moderate(cycle_id: int) -> list[str]:
    """Short names of the organisations whose returns are in and not moderated yet."""
    query = (
        select(Organisation.short_name)
        .join(Return, Return.organisation_id == Organisation.id)
        .where(Return.cycle_id == cycle_id, Return.stage == Stage.SUBMITTED)
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))


def _steps_given(cycle_id: int) -> dict[tuple[int, int], set[str]]:
    query = (
        select(SignOff.return_id, SignOff.round, SignOff.step)
        .join(Return, Return.id == SignOff.return_id)
        .where(Return.cycle_id == cycle_id)
    )
    given: dict[tuple[int, int], set[str]] = defaultdict(set)
    for return_id, round_, step in db.session.execute(query):
        given[return_id, round_].add(step)
    return given


def _waiting_for(edition: EditionContent, stage: Stage, given: set[str]) -> str:
    if stage is not Stage.AWAITING_SIGN_OFF:
        return ""
    return ", ".join(step.label for step in edition.sign_off if step.step not in given)
