"""Who has returned and who has not, in numbers."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal_column, select
from sqlalchemy.orm import aliased

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.cycles.queries import content_of, due_day
from s11.organisations.models import Organisation
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind, OrganisationFacts
from s11.questionnaires.rules import EditionContent
from s11.questionnaires.signing import open_steps
from s11.returns.models import Return, SignOff
from s11.returns.rules import RETURNED, Progress, Stage, is_late

Parent = aliased(Organisation)


def progress(cycle: Cycle) -> list[Progress]:
    """Where every invited organisation stands, in numbers, by name: two queries whatever their number.

    Columns only: the organisations of a county are 600, and a list needs a dozen words of each.
    """
    edition = content_of(cycle)
    given = _steps_given(cycle.id)
    today = clock.today()
    counts: dict[OrganisationFacts, int] = {}
    rows = []
    for row in db.session.execute(_of_cycle(cycle)):
        facts = OrganisationFacts(
            row.kind,
            row.phase,
            row.bound_by_statute,
            row.residential,
            row.ofsted_grade,
            row.commissions_services,
            row.works_alone,
        )
        if facts not in counts:
            # How many criteria such an organisation is asked, before it has answered anything.
            counts[facts] = sum(len(standard.criteria) for standard in edition.for_organisation(facts))
        rows.append(_progress(row, edition, counts[facts], given.get((row.id, row.round), NONE_GIVEN), today))
    return rows


NONE_GIVEN: frozenset[str] = frozenset()


def _of_cycle(cycle: Cycle) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Return.id,
            Return.ref,
            Return.stage,
            Return.round,
            Return.answered,
            Return.created_at,
            Return.last_saved_at,
            Return.submitted_at,
            Invitation.id.label("invitation_id"),
            Invitation.extended_to,
            due_day().label("due_on"),
            Invitation.exempted_at,
            Invitation.exempted_as,
            Invitation.exempt_reason,
            func.coalesce(SubmissionGroup.due_on, Cycle.due_on).label("asked_by"),
            func.coalesce(SubmissionGroup.opens_on, Cycle.opens_on).label("opens_on"),
            func.coalesce(SubmissionGroup.name, "").label("group"),
            Organisation.id.label("organisation_id"),
            Organisation.ref.label("organisation_ref"),
            Organisation.name,
            Organisation.kind,
            Organisation.phase,
            Organisation.district,
            Organisation.bound_by_statute,
            Organisation.residential,
            Organisation.ofsted_grade,
            Organisation.commissions_services,
            Organisation.works_alone,
            Organisation.closed_on,
            Organisation.parent_id,
            func.coalesce(Parent.short_name, "").label("trust"),
        )
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .outerjoin(Parent, Parent.id == Organisation.parent_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .where(Return.cycle_id == cycle.id)
        .order_by(Organisation.name, Organisation.id)
    )


def _progress(row: Any, edition: EditionContent, asked: int, given: frozenset[str], today: date) -> Progress:
    stage = Stage(row.stage)
    is_let_off = row.exempted_at is not None
    waits = stage is Stage.AWAITING_SIGN_OFF
    return Progress(
        ref=row.ref,
        return_id=row.id,
        invitation_id=row.invitation_id,
        organisation=row.name,
        organisation_id=row.organisation_id,
        organisation_ref=row.organisation_ref,
        parent_id=row.parent_id,
        kind=KIND_LABELS[Kind(row.kind)],
        phase=PHASE_LABELS.get(row.phase, ""),
        district=row.district,
        trust=row.trust,
        group=row.group,
        stage=stage,
        # What an answer opened is asked too, and not among what everybody is asked.
        answered=row.answered,
        asked=max(asked, row.answered),
        asked_at=row.created_at,
        opens_on=row.opens_on,
        due_on=row.due_on,
        extended=row.due_on != row.asked_by,
        late=stage not in RETURNED and not is_let_off and is_late(row.asked_by, row.extended_to, today),
        let_off=row.exempted_as if is_let_off else "",
        exempt_reason=row.exempt_reason if is_let_off else "",
        closed_on=row.closed_on,
        last_saved_at=row.last_saved_at,
        submitted_at=row.submitted_at,
        waiting_for=", ".join(s.label for s in edition.sign_off if s.step not in given) if waits else "",
        open_steps=tuple(s.step for s in open_steps(edition.sign_off, given)) if waits else (),
    )


def stage_counts(cycle_ids: list[int]) -> dict[int, dict[str, int]]:
    """Returns of each cycle by stage, and how many are "exempt", "withdrawn" and "late"; one query."""
    let_off = case((Invitation.exempted_at.is_not(None), Invitation.exempted_as), else_="")
    query = (
        select(
            Return.cycle_id,
            Return.stage,
            let_off.label("let_off"),
            (due_day() < clock.today()).label("past_due"),
            func.count(),
        )
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .outerjoin(SubmissionGroup, SubmissionGroup.id == Invitation.group_id)
        .where(Return.cycle_id.in_(cycle_ids))
        .group_by(Return.cycle_id, Return.stage, literal_column("3"), literal_column("4"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cycle_id, stage, let_off_as, past_due, count in db.session.execute(query):
        counts[cycle_id][let_off_as or stage] += count
        if past_due and not let_off_as and Stage(stage) not in RETURNED:
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


def _steps_given(cycle_id: int) -> dict[tuple[int, int], frozenset[str]]:
    """The signatures given, by return and round, of returns that wait for others."""
    query = (
        select(SignOff.return_id, SignOff.round, SignOff.step)
        .join(Return, Return.id == SignOff.return_id)
        .where(Return.cycle_id == cycle_id, Return.stage == Stage.AWAITING_SIGN_OFF)
        .order_by(SignOff.id)
    )
    given: dict[tuple[int, int], set[str]] = defaultdict(set)
    for return_id, round_, step in db.session.execute(query):
        given[return_id, round_].add(step)
    return {key: frozenset(steps) for key, steps in given.items()}
