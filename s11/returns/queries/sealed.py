"""What was submitted: one sealed record, or the packed ratings of a whole cycle."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.questionnaires.models import Edition
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


def submission_by_ref(ref: str) -> Submission | None:
    """The sealed record of a receipt, whosever it is: for the page on which receipts are checked."""
    query = select(Submission).where(Submission.ref == ref).options(undefer(Submission.sealed))
    return db.session.scalar(query)


def of_submission(submission: Submission) -> Return:
    """The return a submission is of."""
    return db.session.scalars(select(Return).where(Return.id == submission.return_id)).one()


def submission_before(submission: Submission) -> Submission | None:
    """The sealed record that one took the place of."""
    query = (
        select(Submission)
        .where(Submission.return_id == submission.return_id, Submission.round < submission.round)
        .options(undefer(Submission.sealed))
    )
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
    """What the organisation last submitted to the same framework before this, by criterion key."""
    text = db.session.scalar(
        select(Submission.sealed)
        .join(Return, (Return.id == Submission.return_id) & (Return.round == Submission.round))
        .join(Cycle, Cycle.id == Return.cycle_id)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(
            Return.organisation_id == return_.organisation_id,
            Return.stage.in_(RETURNED),
            Edition.framework_id == return_.cycle.edition.framework_id,
            Cycle.partnership_id == return_.cycle.partnership_id,
            Cycle.due_on < return_.cycle.due_on,
        )
        .order_by(Cycle.due_on.desc(), Cycle.id.desc())
        .limit(1)
    )
    if text is None:
        return {}
    sealed = unseal(text)
    return {answer.key: answer for standard in sealed.standards for answer in standard.answers}


def is_in_submission(return_: Return, revision_ref: str) -> bool:
    """Whether a revision was shown in any submission of a return."""
    texts = db.session.scalars(select(Submission.sealed).where(Submission.return_id == return_.id))
    return any(item.revision == revision_ref for text in texts for item in unseal(text).evidence)
