"""The office reads what came: asks for more, or says what it showed."""

from datetime import date

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.evidence.requests import queries
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse
from s11.evidence.requests.operations.asking import hold, note, tell
from s11.evidence.requests.rules import WORDS_LONGEST, Outcome, Turn
from s11.people.models import Person


def ask_for_more(request_: EvidenceRequest, *, text: str, due_on: date | None, by: Person) -> None:
    """Write back, with a later day where one is given; whoever answers is told."""
    hold(request_)
    if request_.outcome:
        raise DomainError("This request has ended. Open it again before you ask for more.")
    if queries.standing_of(request_, clock.today()).turn is not Turn.OFFICE:
        raise DomainError("It is their turn already. You can remind them, or end the request.")
    if not text.strip():
        raise Invalid("Say what is missing.", field="text")
    if len(text) > WORDS_LONGEST:
        raise Invalid(f"Use at most {WORDS_LONGEST} characters. This has {len(text)}.", field="text")
    if due_on is not None and due_on <= clock.today():
        raise Invalid("Choose a day after today: they need time to answer.", field="due_on")
    if due_on is None and request_.due_on <= clock.today():
        raise Invalid("The day it was due is over. Give a new one.", field="due_on")
    request_.due_on, request_.reminded_at = due_on or request_.due_on, None
    now = clock.now()
    db.session.add(
        EvidenceResponse(
            request_id=request_.id,
            from_office=True,
            text=text.strip(),
            begun_at=now,
            sent_at=now,
            by_id=by.id,
            by_name=by.name,
        )
    )
    db.session.flush()
    note(request_, "evidence_request:request:more_asked", by=by, due_on=request_.due_on.isoformat())
    tell(request_, "request", once=f"request:{request_.ref}:more:{now.isoformat()}")


def conclude(request_: EvidenceRequest, *, outcome: str, said: str, by: Person) -> None:
    """Say what became of a request. Nothing can be added then."""
    hold(request_)
    if request_.outcome:
        raise DomainError("This request has ended already. Open the page again to see how.")
    if outcome not in set(Outcome):
        raise Invalid("Choose what became of it.", field="outcome")
    if outcome != Outcome.SHOWN and not said.strip():
        raise Invalid("Say why, so that it can be understood next year.", field="outcome_said")
    if len(said) > WORDS_LONGEST:
        raise Invalid(f"Use at most {WORDS_LONGEST} characters. This has {len(said)}.", field="outcome_said")
    request_.outcome, request_.outcome_said = outcome, said.strip()
    request_.outcome_at, request_.outcome_by_id, request_.outcome_by_name = clock.now(), by.id, by.name
    note(request_, "evidence_request:request:concluded", by=by, outcome=outcome)


def open_again(request_: EvidenceRequest, *, by: Person) -> None:
    """Take an outcome back; it stays in the trail."""
    hold(request_)
    if not request_.outcome:
        return
    before = request_.outcome
    request_.outcome, request_.outcome_said, request_.outcome_by_name = "", "", ""
    request_.outcome_at = request_.outcome_by_id = None
    note(request_, "evidence_request:request:reopened", by=by, outcome=before)
