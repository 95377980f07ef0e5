"""Moving a return from stage to stage."""

from collections.abc import Collection, Iterable
from typing import Any

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.rules import GRACE, Act, Stage, closed_sentence, gap_of, next_stage, stays_as_submitted
from s11.trail.operations import record
from s11.trail.rules import Guest

HELD = ("stage", "round", "sent_back_reason", "sent_back_standards", "submitted_at", "last_saved_at")


def hold(return_: Return) -> None:
    """Read a return's stage anew and keep others from changing it until this piece of work is over.

    Every operation that rests on the stage begins with it, so that of a signature, a save and a
    sending-back at the same moment each sees what the one before it left.
    """
    db.session.refresh(return_, attribute_names=[*HELD], with_for_update=True)


def check_open(return_: Return) -> None:
    """Refuse work on a return that is not open yet or no more, or that the organisation need not give."""
    opens_on, invitation, last_day = return_.invitation.opens_on, return_.invitation, return_.last_day
    if invitation.exempted_at is not None:
        raise DomainError(f"Your organisation need not complete this: {invitation.exempt_reason}")
    if clock.today() < opens_on:
        raise DomainError(f"This opens on {opens_on.day} {opens_on:%B %Y}. Nothing can be saved before.")
    if last_day is not None and clock.asked_at() > clock.end_of(last_day) + GRACE:
        raise DomainError(closed_sentence(last_day))


def check_came_back(return_: Return, criteria: Iterable[CriterionContent]) -> None:
    """Refuse a change to what the office did not send back: it stays as it was submitted."""
    for criterion in criteria:
        if not queries.came_back(return_, criterion):
            raise DomainError(stays_as_submitted(criterion.number))


def take_stage(
    return_: Return,
    act: Act,
    *,
    by: Person | None,
    reason: str = "",
    standards: Collection[str] = (),
    signs_as: str = "",
) -> None:
    """Move a return on, and write the move into the trail with it.

    `standards`: numbers of what came back; `signs_as`: the signature that was not given.
    """
    before = Stage(return_.stage)
    return_.stage = next_stage(before, act)
    told: dict[str, Any] = {"standards": list(standards)} if standards else {}
    if signs_as:
        told["signs_as"] = signs_as
    record(
        f"return:stage:{return_.stage}",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before={"stage": str(before)},
        after={"stage": str(return_.stage), **({"reason": reason} if reason else {}), **told},
    )


def count_answered(return_: Return) -> None:
    """Count anew how many criteria have nothing missing: whatever changes an answer ends with it."""
    db.session.flush()
    facts, values = queries.facts_to_count(return_), queries.values_in(return_)
    return_.answered = sum(
        gap_of(criterion, facts.get(criterion.id), values) is None
        for standard in queries.standards_of(return_)
        for criterion in standard.criteria
    )


def drop_section_signatures(
    return_: Return, standard_ids: Collection[int], *, by: Person | Guest | None
) -> None:
    """A standard that was signed by itself and is changed has to be signed again."""
    signed_alone = {s.id for s in queries.edition_of(return_).standards if s.sign_off}
    if signed_alone.isdisjoint(standard_ids):
        return
    for standard_id, signature in queries.sections_signed(return_.id).items():
        if standard_id in standard_ids:
            db.session.delete(signature)
            record(
                "return:section:reopened",
                return_.id,
                by=by,
                organisation_id=return_.organisation_id,
                partnership_id=return_.cycle.partnership_id,
                before={"step": signature.label, "name": signature.name},
            )
