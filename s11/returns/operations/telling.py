"""Mail about signatures: whose is needed, what came back, that nobody can sign, that it is submitted.

No answer, no rating and no reason goes into a mail.
"""

from collections.abc import Collection, Iterable

from flask import current_app

from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires.rules import SignOffStep
from s11.returns import queries
from s11.returns.models import Return, Submission
from s11.returns.operations.staging import hold
from s11.returns.queries.signing import NOBODY
from s11.returns.receipts import VERIFIED_BY, grouped
from s11.returns.rules import Stage
from s11.trail.operations import record
from s11.web.filters import moment


def ask_signatories(return_: Return, steps: Iterable[SignOffStep]) -> None:
    """Ask everybody who can give these steps."""
    for step in steps:
        for _, signatory in people.signatories([return_.organisation_id], step.step):
            _mail(
                return_,
                signatory.email,
                signatory.name,
                f"Your signature is needed: {return_.cycle.title}",
                f"{return_.organisation.name} has completed its return to {return_.cycle.title}, and it "
                f"waits for your signature as {step.label.lower()}.\n\n"
                f"Sign in to read and sign it: {_address()}",
            )


def tell_leads(return_: Return, what: str, *, declined: bool = False, numbers: Collection[str] = ()) -> None:
    """Tell lead and deputy that a return is back with them. `numbers`: the standards it is about."""
    whence = " from a signatory" if declined else ""
    about = f" It is about {', '.join(numbers)}; the rest stays as submitted." if numbers else ""
    for _, lead in people.members(return_.organisation_id, Role.LEAD, Role.DEPUTY):
        _mail(
            return_,
            lead.email,
            lead.name,
            f"{what}: {return_.cycle.title}",
            f"Your organisation's return to {return_.cycle.title} has come back to you{whence}.{about}\n\n"
            f"Sign in to read why and to put it right: {_address()}",
            # Whether its own signatory was content is the organisation's affair, and not the office's.
            of_partnership=not declined,
        )


def tell_office_of_nobody(return_: Return) -> list[SignOffStep]:
    """Tell the office of signatures that nobody can give, once for each in a round; gives those told now."""
    known = queries.told_of_nobody(return_)
    steps = [line.step for line in queries.chain(return_) if line.nobody and line.step.step not in known]
    office, cycle = return_.cycle.partnership, return_.cycle
    if not steps:
        return []
    record(
        NOBODY,
        return_.id,
        by=None,
        organisation_id=return_.organisation_id,
        partnership_id=cycle.partnership_id,
        after={"round": return_.round, "steps": [step.step for step in steps]},
    )
    if office.office_email:
        labels = " and as ".join(step.label.lower() for step in steps)
        _mail(
            return_,
            office.office_email,
            office.name,
            f"Nobody can sign: {return_.organisation.short_name}, {cycle.title}",
            f"The return of {return_.organisation.name} to {cycle.title} is complete, but nobody there can "
            f"sign it as {labels}: nobody has that role, or it has ended.\n\nInvite somebody who can, or ask "
            f"the organisation's safeguarding lead to: {_address()}/people",
        )
    return steps


def tell_of_unsigned() -> tuple[int, int]:
    """Tell each office of returns that wait for a signature nobody can give; says how many wait, and of how
    many it was told now. Signing tells it by itself; this finds those whose signatory has left since."""
    waiting = queries.waiting_to_be_signed()
    for return_ in waiting:
        hold(return_)
    waiting = [one for one in waiting if one.stage == Stage.AWAITING_SIGN_OFF]
    return len(waiting), sum(bool(tell_office_of_nobody(return_)) for return_ in waiting)


def send_receipts(return_: Return, submission: Submission) -> None:
    """Tell the leads, everybody who signed, and the office, that a return is in: each address once."""
    organisation, cycle = return_.organisation, return_.cycle
    body = (
        f"{organisation.name} submitted its return to {cycle.title} on {moment(submission.submitted_at)}.\n\n"
        f"Receipt: {submission.ref}\nChecksum: {grouped(submission.checksum)}\n\n"
        f"Whoever holds this receipt can check it at {_address()}{VERIFIED_BY}\n\n"
        "Sign in to read what was submitted, and to take it away as PDF or Word, at any time."
    )
    leads = [person for _, person in people.members(organisation.id, Role.LEAD, Role.DEPUTY)]
    signed = queries.signed_by(return_.id, return_.round)
    for person in {one.id: one for one in [*leads, *signed]}.values():
        _mail(return_, person.email, person.name, f"Received: {cycle.title}", body)
    if cycle.partnership.office_email:
        subject = f"Submitted: {organisation.short_name}, {cycle.title}"
        name, address = cycle.partnership.name, cycle.partnership.office_email
        _mail(return_, address, name, subject, body, kind=Kind.NEWS)


def _address() -> str:
    address: str = current_app.config["S11"].address
    return address


def _mail(
    return_: Return,
    address: str,
    name: str,
    subject: str,
    body: str,
    *,
    kind: Kind = Kind.TASK,
    of_partnership: bool = True,
) -> None:
    """Queue one. What is not of the partnership does not stand in its office's outbox."""
    queue(
        to_address=address,
        to_name=name,
        subject=subject,
        body=f"Dear {name},\n\n{body}",
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id if of_partnership else None,
        about=return_.cycle.ref,
        kind=kind,
    )
