"""The chain of signatures, and the way back."""

from collections.abc import Collection

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, NotAllowed, Stale
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.questionnaires.rules import EditionContent, SignOffStep, StandardContent
from s11.questionnaires.signing import LEAD_STEP, open_steps, waits_for
from s11.returns import queries
from s11.returns.models import Return, SignOff, Submission
from s11.returns.operations.staging import check_open, hold, take_stage
from s11.returns.operations.submitting import submit
from s11.returns.operations.telling import ask_signatories, tell_leads, tell_office_of_nobody
from s11.returns.permissions import may_decline, membership_for, steps_missing
from s11.returns.receipts import approver_faults, on_behalf, reading_of
from s11.returns.rules import REASON_LONGEST, Act, Stage, Unfinished, next_stage


def sign(
    return_: Return,
    step: str,
    *,
    by: Person,
    role: str = "",
    approver_name: str = "",
    approver_role: str = "",
    read: str = "",
) -> Submission | None:
    """Give one signature of the chain; the last one seals and submits the return.

    Signing what one has signed already changes nothing, so that a second click or a second
    window makes one submission. `read`: what was on the page that was signed, as `reading_of` names it;
    empty where there was no page. Returns the sealed submission once there is one.
    Raises Unfinished with every gap, Stale where the return is not what was read.
    """
    hold(return_)
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
    check_open(return_)
    _check_turn(edition, wanted, given)
    _check_read(return_, read)
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
        role=_signed_as(return_, membership, role.strip() or membership.job_title or wanted.label),
        declaration=edition.declaration,
        approver_name=approver_name.strip(),
        approver_role=approver_role.strip(),
        signed_at=clock.asked_at(),
    )
    db.session.add(signature)
    db.session.flush()
    if all(one.step in given or one.step == step for one in edition.sign_off):
        return submit(return_, edition, by=by)
    before = open_steps(edition.sign_off, given)
    now = open_steps(edition.sign_off, {*given, step})
    ask_signatories(return_, [one for one in now if one not in before or step == LEAD_STEP])
    tell_office_of_nobody(return_)
    return None


def _step(edition: EditionContent, step: str) -> SignOffStep:
    for wanted in edition.sign_off:
        if wanted.step == step:
            return wanted
    raise DomainError("This return does not ask for that signature.")


def _check_turn(edition: EditionContent, wanted: SignOffStep, given: Collection[str]) -> None:
    first = waits_for(wanted, edition.sign_off, given)
    if first is not None:
        verb = "has to finish and sign" if first.step == LEAD_STEP else "has to sign"
        raise DomainError(f"The {first.label.lower()} {verb} this return first.")


def _check_read(return_: Return, read: str) -> None:
    """Nobody signs what they have not read: neither an earlier round nor what was saved since."""
    if read and read != reading_of(return_.round, return_.last_saved_at):
        raise Stale(
            "This return was changed after you opened the page. Nothing is signed. Read it again as it is "
            "now, and then sign."
        )


def _check_complete(return_: Return) -> None:
    missing = queries.gaps_of(return_)
    if missing:
        raise Unfinished(missing)


def _check_approver(name: str, role: str) -> None:
    for field, sentence in approver_faults(name, role).items():
        raise Invalid(sentence, field=field)


def _signed_as(return_: Return, membership: Membership, role: str) -> str:
    """The role under a signature; a deputy's says for whom it was given."""
    if Role(membership.role) is not Role.DEPUTY:
        return role
    return on_behalf(role, queries.leads_of(return_))


def decline(return_: Return, *, reason: str, by: Person) -> None:
    """A signatory does not sign: the return goes back to its author with the reason."""
    hold(return_)
    next_stage(Stage(return_.stage), Act.DECLINE)
    given = frozenset(signature.step for signature in queries.sign_offs(return_.id, return_.round))
    if not may_decline(by, return_, given):
        raise NotAllowed("Only somebody whose signature is still missing can send this return back.")
    _check_reason(reason, "Say what has to change before you can sign.")
    label = next(one.label for one in steps_missing(by, return_, given))
    take_stage(return_, Act.DECLINE, by=by, reason=reason.strip(), signs_as=label)
    return_.round += 1  # the signatures given so far stay with the round they were given in
    return_.sent_back_reason = f"{by.name} did not sign: {reason.strip()}"
    tell_leads(return_, "Not signed", declined=True)


def send_back(return_: Return, *, reason: str, by: Person, standards: Collection[str] = ()) -> None:
    """The office returns a submission to be put right. The sealed record stays, and another follows.

    `standards`: keys of those that may be changed then; all of them where none is named.
    """
    hold(return_)
    _check_reason(reason, "Say what the organisation should put right.")
    chosen = _chosen(return_, standards)
    numbers = [one.number for one in chosen]
    take_stage(return_, Act.SEND_BACK, by=by, reason=reason.strip(), standards=numbers)
    return_.round += 1
    return_.sent_back_reason = reason.strip()
    return_.sent_back_standards = [one.key for one in chosen]
    tell_leads(return_, "Sent back", numbers=numbers)


def _chosen(return_: Return, keys: Collection[str]) -> list[StandardContent]:
    """The standards of these keys; none where they are all there are, for then it is the whole return."""
    asked = queries.standards_of(return_)
    if not set(keys) <= {one.key for one in asked}:
        raise Invalid("Tick standards of this return.", field="standards")
    chosen = [one for one in asked if one.key in keys]
    return chosen if len(chosen) < len(asked) else []


def close(return_: Return, *, by: Person | None) -> None:
    """The year is over for this return; it stays readable."""
    hold(return_)
    take_stage(return_, Act.CLOSE, by=by)


def _check_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < 5:
        raise Invalid(sentence, field="reason")
    if len(reason) > REASON_LONGEST:
        raise Invalid(f"Shorten the reason to {REASON_LONGEST:,} characters.", field="reason")
