"""The chain of signatures, and the way back."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, NotAllowed
from s11.notices.operations import queue
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import EditionContent, SignOffStep
from s11.returns import queries
from s11.returns.models import Return, SignOff, Submission
from s11.returns.operations.staging import check_open, hold, take_stage
from s11.returns.operations.submitting import submit
from s11.returns.permissions import LEAD_STEP, membership_for, steps_to_sign
from s11.returns.rules import REASON_LONGEST, Act, Stage, Unfinished, next_stage


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
    hold(return_)
    check_open(return_)
    edition = queries.edition_of(return_)
    given = {signature.step: signature for signature in queries.sign_offs(return_.id, return_.round)}
    wanted = _step(edition, step)
    membership = membership_for(by, return_, step)
    if membership is None:
        raise NotAllowed(f"Only the {wanted.label.lower()} can give this signature.")
    if step in given:
        if given[step].person_id != by.id:
            raise DomainError(f"{given[step].name} has signed this already.")
        return queries.submission(return_.id, return_.round)
    if step != LEAD_STEP and LEAD_STEP not in given and any(s.step == LEAD_STEP for s in edition.sign_off):
        raise DomainError(
            f"The {_step(edition, LEAD_STEP).label.lower()} has to finish and sign this return first."
        )
    _check_complete(return_)
    if edition.approver and step == LEAD_STEP:
        _check_approver(approver_name, approver_role)
    take_stage(return_, Act.SIGN, by=by)
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
    return submit(return_, edition, by=by)


def _step(edition: EditionContent, step: str) -> SignOffStep:
    for wanted in edition.sign_off:
        if wanted.step == step:
            return wanted
    raise DomainError("This return does not ask for that signature.")


def _check_complete(return_: Return) -> None:
    missing = queries.gaps_of(return_)
    if missing:
        raise Unfinished(missing)


def _check_approver(name: str, role: str) -> None:
    if len(name.split()) < 2:
        raise Invalid("Enter the full name of the person who approved this return.", field="approver_name")
    if not role.strip():
        raise Invalid("Enter the role of the person who approved this return.", field="approver_role")


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
    hold(return_)
    next_stage(Stage(return_.stage), Act.DECLINE)
    given = frozenset(signature.step for signature in queries.sign_offs(return_.id, return_.round))
    if not steps_to_sign(by, return_, given):
        raise NotAllowed("Only somebody whose signature is still missing can send this return back.")
    _check_reason(reason, "Say what has to change before you can sign.")
    take_stage(return_, Act.DECLINE, by=by, reason=reason.strip())
    return_.round += 1  # the signatures given so far stay with the round they were given in
    return_.sent_back_reason = f"{by.name} did not sign: {reason.strip()}"
    _tell_leads(return_, "Not signed")


def send_back(return_: Return, *, reason: str, by: Person) -> None:
    """The office returns a submission to be put right. The sealed record stays, and another follows."""
    hold(return_)
    _check_reason(reason, "Say what the organisation should put right.")
    take_stage(return_, Act.SEND_BACK, by=by, reason=reason.strip())
    return_.round += 1
    return_.sent_back_reason = reason.strip()
    _tell_leads(return_, "Sent back")


def close(return_: Return, *, by: Person | None) -> None:
    """The year is over for this return; it stays readable."""
    hold(return_)
    take_stage(return_, Act.CLOSE, by=by)


def _check_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < 5:
        raise Invalid(sentence, field="reason")
    if len(reason) > REASON_LONGEST:
        raise Invalid(f"Shorten the reason to {REASON_LONGEST:,} characters.", field="reason")


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
