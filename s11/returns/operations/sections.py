"""The signature under one standard that is signed by itself, before the return is."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, NotAllowed
from s11.people.models import Person
from s11.questionnaires.rules import StandardContent
from s11.returns import queries
from s11.returns.models import Return, SectionSignOff
from s11.returns.operations.staging import check_open, hold
from s11.returns.permissions import membership_for
from s11.returns.rules import Act, Stage, Unfinished, gaps_in, next_stage
from s11.trail.operations import record


def sign_section(return_: Return, standard: StandardContent, *, by: Person) -> SectionSignOff:
    """Sign one standard. Signing again changes nothing. Raises Unfinished with every gap in it."""
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)  # once the return itself is signed, it is too late
    step = standard.sign_off
    if step is None:
        raise DomainError(f"{standard.number}. {standard.title} has no signature of its own.")
    membership = membership_for(by, return_, step.step)
    if membership is None:
        raise NotAllowed(f"Only the {step.label.lower()} can sign this.")
    given = queries.sections_signed(return_.id).get(standard.id)
    if given is not None:
        return given
    missing = gaps_in(standard, queries.answer_facts(return_.id), queries.values_in(return_))
    if missing:
        raise Unfinished(missing)
    signature = SectionSignOff(
        return_id=return_.id,
        standard_id=standard.id,
        step=step.step,
        label=step.label,
        person_id=by.id,
        name=by.name,
        role=membership.job_title or step.label,
        signed_at=clock.now(),
    )
    db.session.add(signature)
    record(
        "return:section:signed",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        after={"standard": standard.number, "step": step.label},
    )
    db.session.flush()
    return signature
