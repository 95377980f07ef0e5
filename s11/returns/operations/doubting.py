"""Saying why something that gives rise to doubt is right all the same."""

from collections.abc import Sequence

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.people.models import Person
from s11.returns import queries
from s11.returns.models import DoubtReply, Return
from s11.returns.operations.staging import check_open, hold
from s11.returns.rules import REASON_LONGEST, Act, Stage, next_stage
from s11.returns.stated import Doubt
from s11.trail.operations import record

GONE = "There is no such doubt any more: the answer, or what stands beside it, was changed meanwhile."


def reply_to_doubts(return_: Return, doubts: Sequence[Doubt], *, reason: str, by: Person) -> None:
    """Keep one reason for each of these, in the place of an earlier one; an empty one takes it back.

    A reply changes no answer: it neither moves the return on nor unsigns a standard. But it is sealed with
    the answer, so whoever is about to sign reads it first.
    """
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) > REASON_LONGEST:
        raise Invalid(f"Shorten the reason to {REASON_LONGEST:,} characters.", field="reason")
    known = queries.doubt_replies(return_.id)
    changed = [d for d in doubts if reason != _said(known.get((d.criterion_id, d.code)))]
    if not changed:
        return
    return_.last_saved_at = clock.now()
    for doubt in changed:
        _put(return_, doubt, known.get((doubt.criterion_id, doubt.code)), reason, by)
    record(
        "return:doubt:replied",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        after={"criteria": [doubt.number for doubt in changed], "doubt": changed[0].code},
    )
    db.session.flush()


def _said(reply: DoubtReply | None) -> str:
    return reply.reason if reply else ""


def _put(return_: Return, doubt: Doubt, reply: DoubtReply | None, reason: str, by: Person) -> None:
    if not reason:
        db.session.delete(reply)
        return
    if reply is None:
        reply = DoubtReply(return_id=return_.id, criterion_id=doubt.criterion_id, code=doubt.code)
        db.session.add(reply)
    reply.reason, reply.at = reason, clock.now()
    reply.person_id, reply.person_name = by.id, by.name


def find_doubt(return_: Return, number: str, code: str) -> Doubt:
    """The doubt about one criterion, as it stands now."""
    for doubt in queries.doubts_of(return_):
        if (doubt.number, doubt.code) == (number, code):
            return doubt
    raise DomainError(GONE)
