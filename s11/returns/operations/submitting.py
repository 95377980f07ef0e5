"""The seal at the end of the chain: one immutable record of everything a return said."""

from s11.core import clock
from s11.core.database import db
from s11.people.models import Person
from s11.questionnaires.rules import EditionContent
from s11.returns import queries
from s11.returns.models import Return, Submission
from s11.returns.operations.composing import record_of
from s11.returns.operations.staging import take_stage
from s11.returns.operations.telling import send_receipts
from s11.returns.packing import pack_ratings
from s11.returns.rules import Act
from s11.returns.sealing import seal


def submit(return_: Return, edition: EditionContent, *, by: Person) -> Submission:
    """Seal what a fully signed return says, and send the receipts."""
    moment = clock.asked_at()
    return_.submitted_at = moment
    take_stage(return_, Act.COMPLETE_CHAIN, by=by)
    facts = queries.answer_facts(return_.id)
    text, checksum = seal(record_of(return_, edition))
    submission = Submission(
        return_id=return_.id,
        round=return_.round,
        sealed=text,
        checksum=checksum,
        ratings=pack_ratings(edition, queries.standards_of(return_), facts),
        not_applicable_reasons={
            edition.by_id[fact.criterion_id].number: fact.not_applicable_reason
            for fact in facts.values()
            if fact.not_applicable
        },
        evidence_counts={
            edition.by_id[fact.criterion_id].number: fact.evidence for fact in facts.values() if fact.evidence
        },
        submitted_at=moment,
        submitted_by_name=by.name,
    )
    db.session.add(submission)
    db.session.flush()
    send_receipts(return_, submission)
    return submission
