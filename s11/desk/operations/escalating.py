"""Taking a missing return to a named senior person, and noting what they answered."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.cycles.models import Cycle, Invitation
from s11.desk.models import Escalation
from s11.desk.operations.chasing import check_open
from s11.desk.operations.composing import fill
from s11.desk.operations.picking import SENIOR, is_address, senior_among
from s11.desk.queries.asked import asked_of
from s11.desk.queries.history import escalation_by_ref, extensions
from s11.desk.reminding import Asked
from s11.desk.words import IN_ESCALATIONS, stranger_sentence, values_of
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.notices.wording import Words, words_of
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.register.queries import addressees, without_address
from s11.trail.operations import record
from s11.web.filters import day


@dataclass(frozen=True)
class Senior:
    """To whom a missing return is taken."""

    name: str = ""
    role: str = ""
    email: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter as it goes: to whom, what it says, and by when an answer is asked for."""

    to: Senior
    subject: str
    text: str
    answer_by: date | None


def senior_of(invitation: Invitation) -> Senior:
    """The senior contact of an organisation; else who signs for it with an account; else whom the register
    names without an address, to be written to by post; else nobody."""
    organisation_id = invitation.organisation_id
    known = addressees([organisation_id], invitation.cycle.partnership_id)[organisation_id]
    for one in senior_among(known):
        return Senior(one.name, one.job_title, one.email)
    for membership, person in people.members(organisation_id, Role.SIGNATORY):
        return Senior(person.name, membership.job_title or membership.role_label, person.email)
    for contact in without_address(organisation_id, invitation.cycle.partnership_id, SENIOR):
        return Senior(contact.name, contact.job_title)
    return Senior()


def draft(cycle: Cycle, invitation: Invitation, one: Asked, to: Senior, answer_by: date) -> Words:
    """The letter from the partnership's template, filled in, to be read and changed before it goes."""
    name = to.name or "colleague"
    address = current_app.config["S11"].address
    values = values_of(cycle, one, name=name, address=address, answer_by=answer_by)
    if invitation.extended_to and invitation.extended_to > invitation.asked_by:
        values["due"] = f"{day(invitation.asked_by)} (we gave until {day(invitation.extended_to)})"
    return fill(words_of(cycle.partnership_id, "escalation"), values)


def too_early(invitation: Invitation) -> str:
    """Why a return is not to be escalated yet: more time was given, and it is not over. Else nothing."""
    until = invitation.extended_to
    if until is None or until < clock.today():
        return ""
    given = next((one.at for one in extensions(invitation.id)), None)
    on = f"; you gave more time on {day(given)}" if given else ", as more time was given"
    return f"This return is not due before {day(until)}{on}."


def escalate(
    cycle: Cycle, invitation: Invitation, letter: Letter, *, by_mail: bool, ref: str, by: Person
) -> Escalation:
    """Keep the letter, and send it where it goes by mail. `ref` comes with the form: a second click finds
    what the first one sent."""
    check_open(cycle)
    # Whoever escalates at the same moment waits here.
    db.session.refresh(invitation, attribute_names=["exempted_at"], with_for_update=True)
    known = escalation_by_ref(ref)
    if known is not None and known.invitation_id == invitation.id:
        return known
    if known is not None:
        raise DomainError("This page was used for something else already. Open it anew.")
    if not asked_of(cycle, invitation).is_waited_for:
        raise DomainError("This return is in, or need not come, so there is nothing to escalate.")
    if early := too_early(invitation):
        raise DomainError(f"{early} Take it further once that day is over.")
    check(letter, by_mail=by_mail)
    escalation = _keep(invitation, letter, ref=ref, by=by)
    if by_mail:
        _send(cycle, escalation, invitation)
    _note("cycle:escalation:sent", escalation, by=by)
    return escalation


def check(letter: Letter, *, by_mail: bool) -> None:
    if by_mail and not letter.to.email:
        raise Invalid("Enter the address it is sent to, or choose to post it.", field="to_email")
    if letter.to.email and not is_address(letter.to.email):
        raise Invalid(f"“{letter.to.email}” is not an e-mail address. Correct it.", field="to_email")
    if letter.answer_by is not None and letter.answer_by < clock.today():
        raise Invalid("That day has passed. Choose today or a later day.", field="answer_by")
    for name, text in (("subject", letter.subject), ("letter", letter.text)):
        if sentence := stranger_sentence(text, IN_ESCALATIONS):
            raise Invalid(sentence, field=name)


def check_day(letter: Letter, dated: date | None) -> None:
    """Refuse a letter that still names the day for which it was first written."""
    if dated and letter.answer_by and dated != letter.answer_by and day(dated) in letter.text:
        raise Invalid(
            f"The letter asks for an answer by {day(dated)}, and you entered {day(letter.answer_by)}. "
            "Change the day in the letter, or write the letter anew.",
            field="letter",
        )


def _keep(invitation: Invitation, letter: Letter, *, ref: str, by: Person) -> Escalation:
    escalation = Escalation(
        ref=ref,
        invitation=invitation,
        invitation_id=invitation.id,
        to_name=letter.to.name,
        to_role=letter.to.role,
        to_email=letter.to.email,
        subject=letter.subject,
        letter=letter.text,
        answer_by=letter.answer_by,
        at=clock.now(),
        by_id=by.id,
        by_name=by.name,
    )
    db.session.add(escalation)
    db.session.flush()
    return escalation


def _send(cycle: Cycle, escalation: Escalation, invitation: Invitation) -> None:
    queue(
        to_address=escalation.to_email,
        to_name=escalation.to_name,
        subject=escalation.subject,
        body=escalation.letter,
        kind=Kind.REMINDER,
        organisation_id=invitation.organisation_id,
        partnership_id=cycle.partnership_id,
        about=cycle.ref,
        template="escalation",
        once=f"escalation:{escalation.ref}",
    )


def answer(escalation: Escalation, *, outcome: str, by: Person) -> None:
    """Keep what came of it. Said again, the newer words hold."""
    if not outcome.strip():
        raise Invalid("Say what was answered, or what is done now.", field="outcome")
    if escalation.outcome == outcome.strip():
        return
    escalation.answered_at, escalation.outcome = clock.now(), outcome.strip()
    _note("cycle:escalation:answered", escalation, by=by)


def _note(tag: str, escalation: Escalation, *, by: Person) -> None:
    invitation = escalation.invitation
    record(
        tag,
        invitation.cycle_id,
        by=by,
        organisation_id=invitation.organisation_id,
        partnership_id=invitation.cycle.partnership_id,
    )
