"""The chain of signatures, the seal at its end, and the way back."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, NotAllowed
from s11.notices.operations import queue
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import EditionContent, SignOffStep
from s11.returns import queries
from s11.returns.models import AnswerEvidence, Return, SignOff, Submission
from s11.returns.permissions import LEAD_STEP, membership_for
from s11.returns.rules import Act, Stage, Unfinished, gaps, next_stage, pack_ratings
from s11.returns.sealing import (
    SealedAnswer,
    SealedEvidence,
    SealedRating,
    SealedReturn,
    SealedSignature,
    SealedStandard,
    seal,
)
from s11.trail.operations import record


def take_stage(return_: Return, act: Act, *, by: Person | None, reason: str = "") -> None:
    """Move a return on, and write the move into the trail with it."""
    before = Stage(return_.stage)
    return_.stage = next_stage(before, act)
    record(
        f"return:stage:{return_.stage}",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before={"stage": str(before)},
        after={"stage": str(return_.stage), **({"reason": reason} if reason else {})},
    )


def sign(
    return_: Return,
    step: str,
    *,
    by: Person,
    role: str = "",
    approver_name: str = "",
    approver_role: str = "",
) -> Submission | None:
    """Give one signature of the chain; the last one seals and submits the return.

    Signing what one has signed already changes nothing, so that a second click or a second
    window makes one submission. Returns the sealed submission once there is one.
    Raises Unfinished with every gap.
    """
    db.session.refresh(return_, attribute_names=["stage", "round"], with_for_update=True)
    edition = queries.edition_of(return_)
    given = {signature.step: signature for signature in queries.sign_offs(return_.id, return_.round)}
    if step in given and Stage(return_.stage) not in (Stage.IN_PROGRESS, Stage.SENT_BACK):
        return queries.submission(return_.id, return_.round)
    wanted = _step(edition, step)
    membership = membership_for(by, return_, step)
    if membership is None:
        raise NotAllowed(f"Only the {wanted.label.lower()} can give this signature.")
    if step != LEAD_STEP and LEAD_STEP not in given and any(s.step == LEAD_STEP for s in edition.sign_off):
        raise DomainError(
            f"The {_step(edition, LEAD_STEP).label.lower()} has to finish and sign this return first."
        )
    _check_complete(return_)
    take_stage(return_, Act.SIGN, by=by)
    if edition.approver and step == LEAD_STEP:
        _check_approver(approver_name, approver_role)
    signature = SignOff(
        return_id=return_.id,
        round=return_.round,
        step=step,
        label=wanted.label,
        person_id=by.id,
        name=by.name,
        role=role.strip() or membership.job_title or wanted.label,
        declaration=edition.declaration,
        approver_name=approver_name.strip(),
        approver_role=approver_role.strip(),
        signed_at=clock.now(),
    )
    db.session.add(signature)
    db.session.flush()
    missing = [s for s in edition.sign_off if s.step not in given and s.step != step]
    if missing:
        _ask_signatories(return_, missing)
        return None
    return _submit(return_, edition, by=by)


def _step(edition: EditionContent, step: str) -> SignOffStep:
    for wanted in edition.sign_off:
        if wanted.step == step:
            return wanted
    raise DomainError("This return does not ask for that signature.")


def _check_complete(return_: Return) -> None:
    missing = gaps(queries.standards_of(return_), queries.answer_facts(return_.id))
    if missing:
        raise Unfinished(missing)


def _check_approver(name: str, role: str) -> None:
    if len(name.split()) < 2:
        raise Invalid("Enter the full name of the person who approved this return.", field="approver_name")
    if not role.strip():
        raise Invalid("Enter the role of the person who approved this return.", field="approver_role")


def _submit(return_: Return, edition: EditionContent, *, by: Person) -> Submission:
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
                    not_applicable_reason=answer.not_applicable_reason if answer else "",
                    commentary=answer.commentary if answer else "",
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


def _ask_signatories(return_: Return, missing: list[SignOffStep]) -> None:
    for step in missing:
        for _, signatory in people.signatories([return_.organisation_id], step.step):
            queue(
                to_address=signatory.email,
                to_name=signatory.name,
                subject=f"Your signature is needed: {return_.cycle.title}",
                body=f"Dear {signatory.name},\n\n{return_.organisation.name} has completed its return to "
                f"{return_.cycle.title}, and it waits for your signature as {step.label.lower()}.\n\n"
                "Sign in to read and sign it.",
                organisation_id=return_.organisation_id,
            )


def decline(return_: Return, *, reason: str, by: Person) -> None:
    """A signatory does not sign: the return goes back to its author with the reason."""
    _check_reason(reason, "Say what has to change before you can sign.")
    take_stage(return_, Act.DECLINE, by=by, reason=reason.strip())
    return_.round += 1  # the signatures given so far stay with the round they were given in
    return_.sent_back_reason = f"{by.name} did not sign: {reason.strip()}"
    _tell_leads(return_, "Not signed")


def send_back(return_: Return, *, reason: str, by: Person) -> None:
    """The office returns a submission to be put right. The sealed record stays, and another follows."""
    _check_reason(reason, "Say what the organisation should put right.")
    take_stage(return_, Act.SEND_BACK, by=by, reason=reason.strip())
    return_.round += 1
    return_.sent_back_reason = reason.strip()
    _tell_leads(return_, "Sent back")


def close(return_: Return, *, by: Person | None) -> None:
    """The year is over for this return; it stays readable."""
    take_stage(return_, Act.CLOSE, by=by)


def _check_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < 5:
        raise Invalid(sentence, field="reason")


def _tell_leads(return_: Return, what: str) -> None:
    for _, lead in people.members(return_.organisation_id, Role.LEAD, Role.DEPUTY):
        queue(
            to_address=lead.email,
            to_name=lead.name,
            subject=f"{what}: {return_.cycle.title}",
            body=f"Dear {lead.name},\n\nYour organisation's return to {return_.cycle.title} has come back to "
            "you. Sign in to read why and to put it right.",
            organisation_id=return_.organisation_id,
        )
