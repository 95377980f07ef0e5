"""What was submitted: one sealed record, or the packed ratings of a whole cycle."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from s11.core.database import db
from s11.cycles import queries as cycles
from s11.organisations.models import Organisation
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED
from s11.returns.sealing import SealedAnswer, unseal


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
    # Thirteen columns: more than the types of a row can follow.
    return [Submitted(*row) for row in db.session.execute(query)]  # type: ignore[call-arg]


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
