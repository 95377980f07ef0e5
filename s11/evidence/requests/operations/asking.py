"""Asking an organisation for evidence, and reminding it."""

from datetime import date

from flask import current_app

from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.evidence.requests import queries
from s11.evidence.requests.models import EvidenceRequest
from s11.evidence.requests.rules import (
    TITLE_LONGEST,
    WORDS_LONGEST,
    Reason,
    Turn,
    may_remind,
    reminder_due,
)
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.notices.wording import filled_in_any_case, words_of
from s11.organisations.models import Organisation, Partnership
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.operations import record


def ask(
    partnership: Partnership,
    organisation: Organisation,
    *,
    title: str,
    reason: str,
    why: str,
    what: str,
    due_on: date,
    of: Person | None = None,
    by: Person,
) -> EvidenceRequest:
    """Ask one organisation for evidence, and write to whoever answers for it."""
    said = _checked(title=title, reason=reason, why=why, what=what)
    if due_on <= clock.today():
        raise Invalid("Choose a day after today: they need time to answer.", field="due_on")
    if of is not None and of.id not in {person.id for _, person in people.members(organisation.id)}:
        raise Invalid(f"{of.name} is not at {organisation.name} any more. Choose somebody else.", field="of")
    request_ = EvidenceRequest(
        partnership=partnership,
        partnership_id=partnership.id,
        organisation=organisation,
        organisation_id=organisation.id,
        of_person_id=of.id if of else None,
        due_on=due_on,
        asked_at=clock.now(),
        asked_by_id=by.id,
        asked_by_name=by.name,
        **said,
    )
    db.session.add(request_)
    db.session.flush()
    note(request_, "evidence_request:request:asked", by=by, due_on=due_on.isoformat())
    tell(request_, "request", once=f"request:{request_.ref}:asked")
    return request_


def correct(request_: EvidenceRequest, *, title: str, why: str, what: str, by: Person) -> bool:
    """Put the words of a request right, until it is answered; False where nothing changes."""
    hold(request_)
    if not queries.may_be_corrected(request_):
        raise DomainError("This request is answered or over, so its words stay as they were read.")
    said = _checked(title=title, reason=request_.reason, why=why, what=what)
    changed = [name for name in ("title", "why", "what") if getattr(request_, name) != said[name]]
    before = request_.title
    for name in changed:
        setattr(request_, name, said[name])
    if changed:
        told = {"changed": ", ".join(changed), "before": before}
        note(request_, "evidence_request:request:corrected", by=by, **told)
    return bool(changed)


def _checked(*, title: str, reason: str, why: str, what: str) -> dict[str, str]:
    """The words of a request without the blanks around them. Raises Invalid where one is missing."""
    said = {"title": title.strip(), "reason": reason, "why": why.strip(), "what": what.strip()}
    missing = {
        "title": "Say in a line what is asked for.",
        "why": "Say why it is asked for: it is easier to answer what one understands.",
        "what": "Say what would show it.",
    }
    for name, sentence in missing.items():
        if not said[name]:
            raise Invalid(sentence, field=name)
        longest = TITLE_LONGEST if name == "title" else WORDS_LONGEST
        if len(said[name]) > longest:
            raise Invalid(f"Use at most {longest} characters. This has {len(said[name])}.", field=name)
    if reason not in set(Reason):
        raise Invalid("Choose where the request comes from.", field="reason")
    return said


def answerers(request_: EvidenceRequest) -> list[Person]:
    """Whom a request is for: the person it names, else the safeguarding leads."""
    here = people.members(request_.organisation_id)
    named = [person for _, person in here if person.id == request_.of_person_id]
    return named or [person for _, person in people.members(request_.organisation_id, Role.LEAD, Role.DEPUTY)]


def tell(request_: EvidenceRequest, template: str, *, once: str) -> int:
    """Queue a mail to whoever answers; gives to how many. No word of why stands in it."""
    found = answerers(request_)
    words, day = words_of(request_.partnership_id, template), request_.due_on
    for person in found:
        text = filled_in_any_case(
            words,
            template,
            {
                "name": person.name,
                "partnership": request_.partnership.name,
                "organisation": request_.organisation.name,
                "title": request_.title,
                "due": f"{day.day} {day:%B %Y}",
                "link": f"{current_app.config['S11'].address}/evidence-requests/{request_.ref}",
            },
        )
        queue(
            to_address=person.email,
            to_name=person.name,
            subject=text.subject,
            body=text.body,
            kind=Kind.REQUEST,
            organisation_id=request_.organisation_id,
            partnership_id=request_.partnership_id,
            about=request_.ref,
            template=template,
            once=f"{once}:{person.id}",
        )
    return len(found)


def remind(request_: EvidenceRequest, *, by: Person) -> int:
    """Remind whoever answers, at most once a day; gives to how many people it goes."""
    hold(request_)
    if queries.standing_of(request_, clock.today()).turn is not Turn.ORGANISATION:
        raise DomainError("Nothing is waited for from them just now.")
    if not may_remind(request_.reminded_at, clock.now()):
        raise DomainError("They were reminded within the last day. Try again tomorrow, or ring them.")
    now = clock.now()
    told = tell(request_, "request_reminder", once=f"request:{request_.ref}:{now:%Y%m%d%H%M}")
    if not told:
        name = request_.organisation.name
        raise DomainError(f"Nobody at {name} can answer: invite a safeguarding lead first.")
    request_.reminded_at = now
    note(request_, "evidence_request:request:reminded", by=by, people=told)
    return told


def remind_what_is_due() -> str:
    """Remind by the clock: a week and a day before the due day, the day after it, and a week later."""
    with glance():
        waiting = [(one.ref, one.partnership.time_zone) for one in queries.unanswered(clock.today())]
    told = 0
    for ref, zone in waiting:
        # Each by itself, on the day it is where its partnership is.
        with clock.in_zone(zone), unit_of_work():
            told += _remind_if_due(ref)
    return f"{told} reminders of requests for evidence queued."


def _remind_if_due(ref: str) -> int:
    """Remind of one request if this is a day for it; gives to how many people it goes."""
    request_, today = queries.by_ref(ref), clock.today()
    if request_ is None or is_gone(request_, today):
        return 0
    hold(request_)
    if queries.standing_of(request_, today).turn is not Turn.ORGANISATION:
        return 0
    asked_on = clock.local(request_.asked_at).date()
    day = reminder_due(due_on=request_.due_on, today=today, asked_on=asked_on)
    reminded = clock.local(request_.reminded_at).date() if request_.reminded_at else None
    if day is None or (reminded is not None and reminded >= day) or (today - day).days > 3:
        return 0
    request_.reminded_at = clock.now()
    return tell(request_, "request_reminder", once=f"request:{ref}:{day.isoformat()}")


def is_gone(request_: EvidenceRequest, today: date) -> bool:
    """Whether the organisation has closed, or sits no longer at the table that asked."""
    one = request_.organisation
    closed = one.closed_on is not None and one.closed_on <= today
    return closed or request_.partnership_id not in one.seated_in


def hold(request_: EvidenceRequest) -> None:
    """Lock a request for the rest of the transaction, and read it as it stands now."""
    db.session.flush()
    db.session.refresh(request_, with_for_update={"of": EvidenceRequest})


def note(request_: EvidenceRequest, tag: str, *, by: Person, **told: object) -> None:
    record(
        tag,
        request_.id,
        by=by,
        organisation_id=request_.organisation_id,
        partnership_id=request_.partnership_id,
        after={"title": request_.title, **told},
    )
