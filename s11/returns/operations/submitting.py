"""The seal at the end of the chain: one immutable record of everything a return said."""

from s11.core import clock
from s11.core.database import db
from s11.notices.operations import queue
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import EditionContent
from s11.returns import queries
from s11.returns.models import AnswerEvidence, Return, SignOff, Submission
from s11.returns.operations.staging import take_stage
from s11.returns.rules import Act, pack_ratings
from s11.returns.sealing import (
    SealedAnswer,
    SealedEvidence,
    SealedRating,
    SealedReturn,
    SealedSignature,
    SealedStandard,
    seal,
)


def submit(return_: Return, edition: EditionContent, *, by: Person) -> Submission:
    """Seal what a fully signed return says, and tell its leads and the office."""
    moment = clock.now()
    return_.submitted_at = moment
    take_stage(return_, Act.COMPLETE_CHAIN, by=by)
    facts = queries.answer_facts(return_.id)
    text, checksum = seal(_record_of(return_, edition))
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
    _send_receipts(return_, submission)
    return submission


def _record_of(return_: Return, edition: EditionContent) -> SealedReturn:
    answers, evidence = queries.answers(return_.id), queries.evidence(return_.id)
    standards = []
    for standard in queries.standards_of(return_):
        sealed = []
        for criterion in standard.criteria:
            answer = answers.get(criterion.id)
            level = edition.levels.get(answer.level_id or 0) if answer else None
            sealed.append(
                SealedAnswer(
                    number=criterion.number,
                    key=criterion.key,
                    text=criterion.text,
                    rating=SealedRating(level.code, level.label, level.letter, level.colour, level.order)
                    if level
                    else None,
                    not_applicable=bool(answer and answer.not_applicable),
                    # Only what every page shows is sealed: no text left behind in the box not chosen.
                    not_applicable_reason=answer.not_applicable_reason if answer and not level else "",
                    commentary=answer.commentary if answer and not answer.not_applicable else "",
                    evidence=tuple(_sealed_evidence(shown) for shown in evidence.get(criterion.id, [])),
                )
            )
        standards.append(SealedStandard(standard.number, standard.key, standard.title, tuple(sealed)))
    submitted_at = return_.submitted_at or clock.now()
    return SealedReturn(
        ref=return_.ref,
        round=return_.round,
        organisation=return_.organisation.name,
        kind=return_.organisation.kind_label,
        partnership=return_.cycle.partnership.name,
        cycle=return_.cycle.code,
        cycle_title=return_.cycle.title,
        edition=edition.code,
        edition_title=edition.title,
        standard_word=edition.labels.get("standard", "Standard"),
        criterion_word=edition.labels.get("criterion", "Criterion"),
        submitted_at=submitted_at.isoformat(timespec="seconds"),
        signatures=tuple(_sealed_signature(s) for s in queries.sign_offs(return_.id, return_.round)),
        standards=tuple(standards),
    )


def _sealed_evidence(shown: AnswerEvidence) -> SealedEvidence:
    revision, document = shown.revision, shown.revision.document
    return SealedEvidence(
        title=document.title,
        kind=document.kind,
        target=document.target,
        file_name=revision.file_name,
        size=revision.size,
        sha256=revision.sha256,
        note=shown.note,
        revision=revision.ref,
    )


def _sealed_signature(signature: SignOff) -> SealedSignature:
    return SealedSignature(
        step=signature.step,
        label=signature.label,
        name=signature.name,
        role=signature.role,
        signed_at=signature.signed_at.isoformat(timespec="seconds"),
        declaration=signature.declaration,
        approver_name=signature.approver_name,
        approver_role=signature.approver_role,
    )


def _send_receipts(return_: Return, submission: Submission) -> None:
    """Tell the leads, and the office, that a return is in. No answer and no rating goes into a mail."""
    organisation, cycle = return_.organisation, return_.cycle
    body = (
        f"{organisation.name} has submitted its return to {cycle.title}.\n\n"
        f"Receipt: {submission.ref}\nChecksum: {submission.checksum}\n\n"
        "Sign in to read or print what was submitted, at any time."
    )
    for _, lead in people.members(organisation.id, Role.LEAD, Role.DEPUTY):
        queue(
            to_address=lead.email,
            to_name=lead.name,
            subject=f"Received: {cycle.title}",
            body=body,
            organisation_id=organisation.id,
        )
    if cycle.partnership.office_email:
        queue(
            to_address=cycle.partnership.office_email,
            to_name=cycle.partnership.name,
            subject=f"Submitted: {organisation.short_name}, {cycle.title}",
            body=body,
            organisation_id=organisation.id,
        )
