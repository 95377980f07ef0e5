"""What was submitted: one sealed record, or the packed ratings of a whole cycle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import aliased, undefer

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.cycles.rules import AskedAs
from s11.organisations.models import Organisation
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import CriterionContent, EditionContent, ScaleContent
from s11.returns.carrying import Earlier, keys_before
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED
from s11.returns.sealing import SealedAnswer, unseal


class Submitted(NamedTuple):
    """What analysis reads of one submitted return: the packed ratings and who it is from.

    A tuple, and what was kept as JSON still a text, because thousands of them are read at once.
    """

    return_id: int
    ref: str
    round: int
    organisation_id: int
    organisation: str
    short_name: str
    kind: str
    phase: str
    district: str
    trust: str  # name of the organisation it belongs to; empty where there is none
    ratings: bytes
    not_applicable_reasons: str  # JSON: reasons by number of the criterion
    evidence_counts: str  # JSON: pieces of evidence by number of the criterion
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
    return list(chain.from_iterable(submitted_in_parts(cycle_id)))


def submitted_in_parts(cycle_id: int, of: int = 10_000) -> Iterator[list[Submitted]]:
    """The same, so many at a time: the returns of a whole country are never in memory at once."""
    return _submitted(cycle_id, of, Submission.round == Return.round, Return.stage.in_(RETURNED))


def submitted_by(cycle_id: int, moment: datetime) -> list[Submitted]:
    """What had been submitted to a cycle by a moment, as it stood then: what comes after changes nothing."""
    then = (
        select(func.max(Submission.round))
        .where(Submission.return_id == Return.id, Submission.submitted_at <= moment)
        .correlate(Return)
        .scalar_subquery()
    )
    return list(chain.from_iterable(_submitted(cycle_id, 10_000, Submission.round == then)))


def _submitted(
    cycle_id: int, of: int, round_: ColumnElement[bool], *which: ColumnElement[bool]
) -> Iterator[list[Submitted]]:
    parent = aliased(Organisation)
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
            func.coalesce(parent.name, ""),
            Submission.ratings,
            cast(Submission.not_applicable_reasons, Text),
            cast(Submission.evidence_counts, Text),
            Submission.submitted_at,
        )
        .join(Submission, (Submission.return_id == Return.id) & round_)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .where(Return.cycle_id == cycle_id, *which)
        .order_by(Organisation.name, Return.id)
    )
    # Of the connection, not of the session: these are columns, and a row costs half as much. What the session
    # has not written yet is written first, as it would do itself.
    db.session.flush()
    found = db.session.connection().execute(query.execution_options(yield_per=of))
    for part in found.partitions():
        yield [Submitted._make(row) for row in part]


@dataclass(frozen=True)
class LastReturn:
    """What an organisation last submitted to the same framework before this: `answers` by criterion key."""

    return_id: int
    ref: str
    round: int
    title: str
    edition: EditionContent
    answers: Mapping[str, SealedAnswer]

    def earlier(self, criterion: CriterionContent) -> tuple[Earlier, ...]:
        """What was said to a criterion, as it was asked then: kept, reworded, divided or put together."""
        return tuple(
            Earlier(self.answers[key], self._scale(key))
            for key in keys_before(criterion)
            if key in self.answers
        )

    def asked(self, criterion: CriterionContent) -> tuple[CriterionContent, ...]:
        """The criteria of that edition from which this one came."""
        known = self.edition.by_key
        return tuple(known[key] for key in keys_before(criterion) if key in known and key in self.answers)

    def _scale(self, key: str) -> ScaleContent | None:
        asked = self.edition.by_key.get(key)
        return asked.scale if asked is not None and asked.rated else None


def years_before(return_: Return, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A query of submissions, held to what the organisation gave to the same framework before this return:
    the standing submission of each year, the latest first.

    A full self-assessment follows the last full one: a mini-audit between them asked too little of it.
    """
    if AskedAs(return_.cycle.asked_as) is AskedAs.FULL:
        query = query.where(Cycle.asked_as == AskedAs.FULL)
    return (
        query.select_from(Submission)
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
    )


def last_return(return_: Return) -> LastReturn | None:
    """The return this one follows: the last that is in, of the same framework and partnership."""
    columns = (Return.id, Return.ref, Return.round, Cycle.title, Edition, Submission.id, Submission.checksum)
    row: Any = db.session.execute(years_before(return_, select(*columns)).limit(1)).first()
    if row is None:
        return None
    return_id, ref, round_, title, edition, submission_id, checksum = row
    answers = _answers_of(str(db.engine.url), submission_id, checksum)
    return LastReturn(return_id, ref, round_, title, questionnaires.content(edition), answers)


@lru_cache(maxsize=32)
def _answers_of(database: str, submission_id: int, checksum: str) -> Mapping[str, SealedAnswer]:
    """The answers of a sealed record, which never changes: kept, so that a page does not read it anew."""
    text = db.session.scalar(select(Submission.sealed).where(Submission.id == submission_id))
    sealed = unseal(text or "")
    return MappingProxyType({a.key: a for standard in sealed.standards for a in standard.answers})


def last_year(return_: Return) -> Mapping[str, SealedAnswer]:
    """What the organisation last submitted to the same framework before this, by criterion key."""
    before = last_return(return_)
    return before.answers if before else {}


def is_in_submission(return_: Return, revision_ref: str) -> bool:
    """Whether a revision was shown in any submission of a return."""
    texts = db.session.scalars(select(Submission.sealed).where(Submission.return_id == return_.id))
    return any(item.revision == revision_ref for text in texts for item in unseal(text).evidence)
