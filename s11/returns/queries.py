"""Reading returns: one with its answers, the lists of the Board and of an organisation, submissions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import joinedload, undefer

from s11.core import clock
from s11.core.database import db
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.rules import EditionContent, SignOffStep, StandardContent
from s11.returns.models import Answer, AnswerEvidence, Return, SignOff, Submission
from s11.returns.rules import EDITABLE, RETURNED, AnswerFacts, Progress, Stage, is_late
from s11.returns.sealing import SealedAnswer, unseal


def by_ref(ref: str) -> Return | None:
    """A return with its cycle, organisation and invitation."""
    query = (
        select(Return)
        .where(Return.ref == ref)
        .options(
            joinedload(Return.cycle).joinedload(Cycle.partnership),
            joinedload(Return.organisation),
            joinedload(Return.invitation),
        )
    )
    return db.session.scalar(query)


def of_organisations(organisation_ids: list[int]) -> list[Return]:
    """Every return of these organisations, the latest due first."""
    query = (
        select(Return)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(Return.organisation_id.in_(organisation_ids))
        .options(joinedload(Return.cycle), joinedload(Return.organisation), joinedload(Return.invitation))
        .order_by(Cycle.due_on.desc(), Return.id)
    )
    return list(db.session.scalars(query))


def visible_to(person: Person) -> list[Return]:
    """The returns of the organisations this person belongs to."""
    return of_organisations(person.organisation_ids)


def edition_of(return_: Return) -> EditionContent:
    return questionnaires.content(return_.cycle.edition)


def standards_of(return_: Return) -> tuple[StandardContent, ...]:
    """The standards as this organisation is asked them."""
    return edition_of(return_).for_organisation(return_.organisation.facts)


def answers(return_id: int, *, newest: bool = False) -> dict[int, Answer]:
    """The answers of a return by criterion id; `newest` reads anew what this session read before."""
    query = select(Answer).where(Answer.return_id == return_id).order_by(Answer.criterion_id)
    if newest:
        query = query.execution_options(populate_existing=True)
    return {answer.criterion_id: answer for answer in db.session.scalars(query)}


def answer_of(return_id: int, criterion_id: int) -> Answer | None:
    return db.session.scalar(
        select(Answer).where(Answer.return_id == return_id, Answer.criterion_id == criterion_id)
    )


def evidence(return_id: int, criterion_id: int | None = None) -> dict[int, list[AnswerEvidence]]:
    """Evidence by criterion id, in the order it was added."""
    query = select(AnswerEvidence).where(AnswerEvidence.return_id == return_id).order_by(AnswerEvidence.id)
    if criterion_id is not None:
        query = query.where(AnswerEvidence.criterion_id == criterion_id)
    found: dict[int, list[AnswerEvidence]] = defaultdict(list)
    for item in db.session.scalars(query):
        found[item.criterion_id].append(item)
    return found


def answer_facts(return_id: int) -> dict[int, AnswerFacts]:
    """What completeness needs of every answer, in two queries and without their objects."""
    counts = dict(
        db.session.execute(
            select(AnswerEvidence.criterion_id, func.count())
            .where(AnswerEvidence.return_id == return_id)
            .group_by(AnswerEvidence.criterion_id)
        ).all()
    )
    columns = (
        Answer.criterion_id,
        Answer.level_id,
        Answer.not_applicable,
        Answer.not_applicable_reason,
        Answer.commentary,
    )
    rows = db.session.execute(select(*columns).where(Answer.return_id == return_id))
    return {row[0]: AnswerFacts(*row, evidence=counts.get(row[0], 0)) for row in rows}


def sign_offs(return_id: int, round_: int) -> list[SignOff]:
    """The signatures of a round, in the order given."""
    query = (
        select(SignOff)
        .where(SignOff.return_id == return_id, SignOff.round == round_)
        .order_by(SignOff.signed_at, SignOff.id)
    )
    return list(db.session.scalars(query))


def submission(return_id: int, round_: int | None = None) -> Submission | None:
    """The sealed record of a round, the latest if none is named."""
    query = select(Submission).where(Submission.return_id == return_id).options(undefer(Submission.sealed))
    if round_ is not None:
        query = query.where(Submission.round == round_)
    return db.session.scalar(query.order_by(Submission.round.desc()).limit(1))


def submissions(return_id: int) -> list[Submission]:
    """Every sealed record of a return, the latest first, without their texts."""
    query = select(Submission).where(Submission.return_id == return_id)
    return list(db.session.scalars(query.order_by(Submission.round.desc())))


@dataclass(frozen=True)
class ChainStep:
    """A step of the sign-off chain: its signature once given, and the names of who can give it."""

    step: SignOffStep
    signature: SignOff | None
    people: list[str]

    @property
    def status(self) -> str:
        return "Signed" if self.signature else "Not signed yet"

    @property
    def kind(self) -> str:
        return "done" if self.signature else "todo"


@dataclass(frozen=True)
class Submitted:
    """What analysis reads of one submitted return: the packed ratings and who it is from."""

    return_id: int
    ref: str
    round: int
    organisation_id: int
    organisation: str
    short_name: str
    kind: str
    phase: str
    district: str
    ratings: bytes
    not_applicable_reasons: dict[str, Any]
    evidence_counts: dict[str, Any]
    submitted_at: datetime


def submitted(cycle_id: int) -> list[Submitted]:
    """The standing submission of every return of a cycle that is in, by name of organisation.

    A return that was sent back is not in, although an earlier round of it is kept.
    """
    query = (
        select(
            Return.id,
            Return.ref,
            Return.round,
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.kind,
            Organisation.phase,
            Organisation.district,
            Submission.ratings,
            Submission.not_applicable_reasons,
            Submission.evidence_counts,
            Submission.submitted_at,
        )
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED))
        .order_by(Organisation.name, Return.id)
    )
    return [Submitted(*row) for row in db.session.execute(query)]


def progress(cycle: Cycle) -> list[Progress]:
    """Where every invited organisation stands, in numbers, in four queries whatever their number."""
    edition = questionnaires.content(cycle.edition)
    query = (
        select(Invitation, Return)
        .join(Return, Return.invitation_id == Invitation.id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.cycle_id == cycle.id)
        .options(joinedload(Invitation.organisation).joinedload(Organisation.parent))
        .order_by(Organisation.name)
    )
    complete = _complete_answers(cycle.id)
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
                answered=complete.get(return_.id, 0),
                asked=asked,
                due_on=invitation.extended_to or cycle.due_on,
                extended=invitation.extended_to is not None,
                late=stage not in RETURNED
                and invitation.exempted_at is None
                and is_late(cycle.due_on, invitation.extended_to, today),
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
            func.coalesce(Invitation.extended_to, Cycle.due_on) < clock.today(),
            func.count(),
        )
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(Return.cycle_id.in_(cycle_ids))
        .group_by(Return.cycle_id, Return.stage, Invitation.exempted_at.is_not(None), literal_column("4"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cycle_id, stage, is_exempt, past_due, count in db.session.execute(query):
        counts[cycle_id]["exempt" if is_exempt else stage] += count
        if past_due and not is_exempt and Stage(stage) not in RETURNED:
            counts[cycle_id]["late"] += count
    return counts


def _complete_answers(cycle_id: int) -> dict[int, int]:
    """How many answers of each return have nothing missing: `rules.gap_of`, said in SQL."""
    rated = Answer.level_id.is_not(None) & (func.trim(Answer.commentary) != "")
    reasoned = Answer.not_applicable & (func.trim(Answer.not_applicable_reason) != "")
    query = (
        select(Answer.return_id, func.count())
        .join(Return, Return.id == Answer.return_id)
        .where(Return.cycle_id == cycle_id, rated | reasoned)
        .group_by(Answer.return_id)
    )
    return {return_id: count for return_id, count in db.session.execute(query)}


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


def sign_offs_given(return_: Return) -> frozenset[str]:
    """The steps signed in the round in hand. While the lead is still at work none counts."""
    if Stage(return_.stage) in EDITABLE:
        return frozenset()
    return frozenset(signature.step for signature in sign_offs(return_.id, return_.round))


def chain(return_: Return) -> list[ChainStep]:
    """The sign-off chain of a return with the signatures given and who can give the others."""
    given = {s.step: s for s in sign_offs(return_.id, return_.round)}
    steps = []
    for step in edition_of(return_).sign_off:
        if step.step == "lead":
            named = [person.name for _, person in people.members(return_.organisation_id, Role.LEAD)]
        else:
            named = [person.name for _, person in people.signatories([return_.organisation_id], step.step)]
        steps.append(ChainStep(step, given.get(step.step), named))
    return steps


def last_year(return_: Return) -> dict[str, SealedAnswer]:
    """What the organisation submitted to the cycle before, by criterion key; empty if it did not."""
    before = cycles.predecessor(return_.cycle)
    if before is None:
        return {}
    query = (
        select(Submission)
        .join(Return, (Return.id == Submission.return_id) & (Return.round == Submission.round))
        .where(
            Return.cycle_id == before.id,
            Return.organisation_id == return_.organisation_id,
            Return.stage.in_(RETURNED),
        )
        .options(undefer(Submission.sealed))
    )
    found = db.session.scalar(query)
    if found is None:
        return {}
    sealed = unseal(found.sealed)
    return {answer.key: answer for standard in sealed.standards for answer in standard.answers}


def is_in_submission(return_: Return, revision_ref: str) -> bool:
    """Whether a revision was shown in the standing submission of a return."""
    found = submission(return_.id, return_.round)
    return found is not None and any(
        item.revision == revision_ref
        for standard in unseal(found.sealed).standards
        for answer in standard.answers
        for item in answer.evidence
    )


def to_moderate(cycle_id: int) -> list[str]:
    """Short names of the organisations whose returns are in and not moderated yet."""
    query = (
        select(Organisation.short_name)
        .join(Return, Return.organisation_id == Organisation.id)
        .where(Return.cycle_id == cycle_id, Return.stage == Stage.SUBMITTED)
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))
