"""Who may open, answer, sign, read and send back a return."""

from collections.abc import Sequence

from s11.core import clock
from s11.cycles import permissions as cycles
from s11.people.models import Membership, Person
from s11.people.rules import EDITORS, LEADS, TRUST_ROLES, Role
from s11.questionnaires.rules import CriterionContent, SignOffStep, StandardContent
from s11.questionnaires.signing import LEAD_STEP, open_steps
from s11.returns import queries, shares
from s11.returns.models import Return
from s11.returns.rules import EDITABLE, RETURNED, Stage

# Second ratings are the Board's own affair until moderation is finished.
MODERATING = (
    "return:moderation:rated",
    "return:moderation:agreed",
    "return:moderation:taken",
    "return:moderation:assigned",
    "return:moderation:taken_away",
    "return:moderation:gone_on",
    "return:moderation:declared",
    "return:moderation:declined",
    "return:moderation:second_rated",
    "return:moderation:second_agreed",
    "return:moderation:second_finished",
    "return:moderation:second_reopened",
    "return:moderation:compared",
)


def can_open(person: Person, return_: Return) -> bool:
    """The working copy is for the organisation alone: nobody outside ever sees it."""
    return bool(person.roles_at(return_.organisation_id))


def can_edit(person: Person, return_: Return) -> bool:
    """Whether somebody may answer at all. Which standards: `can_answer`. Whether now: the stage's affair."""
    return bool(person.roles_at(return_.organisation_id) & EDITORS)


def answers_all(person: Person, return_: Return) -> bool:
    """Whether somebody answers every standard; a contributor answers only those they were given."""
    return bool(person.roles_at(return_.organisation_id) & (LEADS | TRUST_ROLES))


def part_of(
    person: Person, return_: Return, standards: Sequence[StandardContent]
) -> tuple[StandardContent, ...]:
    """What somebody answers of these standards: all, what they were given, or nothing.

    A standard given whole is there as it is. One of which only single criteria were given has those alone.
    """
    if answers_all(person, return_):
        return tuple(standards)
    if not can_edit(person, return_):
        return ()
    given = queries.given_to(person.id, return_.id)
    whole = {one.standard_id for one in given if one.criterion_id is None}
    return shares.part_of(standards, whole, {one.criterion_id for one in given if one.criterion_id})


def can_answer(person: Person, return_: Return, standard: StandardContent) -> bool:
    """Whether somebody may answer something in a standard. What: `may_answer`."""
    return bool(part_of(person, return_, [standard]))


def may_answer(
    person: Person, return_: Return, standard: StandardContent, criterion: CriterionContent | None
) -> bool:
    """Whether somebody may answer one criterion: its rating and words, its fields, evidence and actions.

    None stands for what is asked of the standard as a whole.
    """
    mine = next(iter(part_of(person, return_, [standard])), None)
    if mine is None or criterion is None:
        return mine is standard
    return any(one.id == criterion.id for one in mine.criteria)


def has_part(person: Person, return_: Return) -> bool:
    """Whether somebody was given a part as a contributor, and answers no more than that."""
    return (
        can_edit(person, return_)
        and not answers_all(person, return_)
        and bool(queries.given_to(person.id, return_.id))
    )


def leads(person: Person, return_: Return) -> bool:
    """Whether somebody answers for the return as its lead or deputy."""
    return bool(person.roles_at(return_.organisation_id) & LEADS)


def shares_out(person: Person, return_: Return) -> bool:
    """Whether somebody sees who answers what; the lead and the deputy also decide it."""
    return bool(person.roles_at(return_.organisation_id) & (LEADS | TRUST_ROLES))


def is_open(return_: Return) -> bool:
    """Whether a return takes answers today, from whomever."""
    return (
        Stage(return_.stage) in EDITABLE
        and not return_.is_over
        and return_.invitation.exempted_at is None
        and return_.invitation.opens_on <= clock.today(return_.cycle.partnership.time_zone)
    )


def can_answer_now(person: Person, return_: Return, standard: StandardContent) -> bool:
    return (
        is_open(return_)
        and can_answer(person, return_, standard)
        and queries.standard_came_back(return_, standard)
    )


def may_answer_now(
    person: Person, return_: Return, standard: StandardContent, criterion: CriterionContent | None
) -> bool:
    back = (
        queries.came_back(return_, criterion) if criterion else queries.standard_came_back(return_, standard)
    )
    return is_open(return_) and may_answer(person, return_, standard, criterion) and back


def can_remark(person: Person, return_: Return) -> bool:
    """Whether somebody may say or ask colleagues something: who answers and who signs, not who only reads."""
    return bool(person.roles_at(return_.organisation_id) & (EDITORS | {Role.SIGNATORY}))


def remarks_open(return_: Return) -> bool:
    """Whether colleagues still talk about the answers: until the return is in."""
    return Stage(return_.stage) not in RETURNED


def copies_to(person: Person, return_: Return) -> list[Return]:
    """The open returns of somebody's other organisations to which they may copy an answer of this one."""
    if not can_edit(person, return_):
        return []
    beside = queries.open_beside(return_, person.organisation_ids)
    return [other for other in beside if is_open(other) and answers_all(person, other)]


def can_copy(person: Person, return_: Return) -> bool:
    """Whether there is anywhere to copy an answer to."""
    return bool(copies_to(person, return_))


def membership_for(person: Person, return_: Return, step: str) -> Membership | None:
    """The membership in which a person can give a step of the chain: the lead's, or a signatory's own."""
    held = [one for one in person.current if one.organisation_id == return_.organisation_id]
    if step == LEAD_STEP:
        leading = [one for one in held if Role(one.role) in LEADS]
        # Who is lead and deputy signs as the lead.
        found = next((one for one in leading if Role(one.role) is Role.LEAD), next(iter(leading), None))
        if found is not None:
            return found
    return next((one for one in held if one.signs_as == step), None)


def can_sign_any(person: Person, return_: Return) -> bool:
    """Whether a person holds some step of this return's chain."""
    steps = [step["step"] for step in return_.cycle.edition.sign_off]
    return any(membership_for(person, return_, step) for step in steps)


def can_sign_section(person: Person, return_: Return) -> bool:
    """Whether a person holds the signature of some standard that is signed by itself."""
    steps = {s.sign_off.step for s in queries.edition_of(return_).standards if s.sign_off}
    return any(membership_for(person, return_, step) for step in steps)


def can_decline_any(person: Person, return_: Return) -> bool:
    """Whether a person holds a step after the lead's: an author does not send a return back to themselves."""
    steps = [step["step"] for step in return_.cycle.edition.sign_off if step["step"] != LEAD_STEP]
    return any(membership_for(person, return_, step) for step in steps)


def steps_to_sign(person: Person, return_: Return, given: frozenset[str]) -> list[SignOffStep]:
    """The steps this person can give now: the lead's first, then those that wait for nobody else."""
    stage = Stage(return_.stage)
    if return_.is_past or (stage not in EDITABLE and stage is not Stage.AWAITING_SIGN_OFF):
        return []
    chain = [SignOffStep(**step) for step in return_.cycle.edition.sign_off]
    return [one for one in open_steps(chain, given) if membership_for(person, return_, one.step) is not None]


def may_decline(person: Person, return_: Return, given: frozenset[str]) -> bool:
    """Whether a person's own signature is still missing, also where it waits for another's."""
    return Stage(return_.stage) is Stage.AWAITING_SIGN_OFF and bool(steps_missing(person, return_, given))


def steps_missing(person: Person, return_: Return, given: frozenset[str]) -> list[SignOffStep]:
    """The signatures after the lead's that are this person's to give and still missing."""
    chain = [SignOffStep(**step) for step in return_.cycle.edition.sign_off]
    return [
        one
        for one in chain
        if one.step not in given and one.step != LEAD_STEP and membership_for(person, return_, one.step)
    ]


def can_read(person: Person, return_: Return) -> bool:
    """Whether somebody may read what was submitted: the organisation for ever, as may the one it became
    part of; the Board while it is in."""
    if can_open(person, return_) or person.roles_at(return_.organisation.became_id):
        return True
    return Stage(return_.stage) in RETURNED and cycles.can_see(person, return_.cycle)


def can_send_back(person: Person, return_: Return) -> bool:
    """The office, or the adviser whose audit it is; never for one's own organisation."""
    return cycles.can_change(person, return_.cycle) and not can_open(person, return_)


def reads_for_board(person: Person, return_: Return) -> bool:
    """Whether this reader comes from outside the organisation, so that the look is recorded."""
    return not can_open(person, return_)


def acts_hidden(person: Person, return_: Return) -> tuple[str, ...]:
    """The tags of the trail that this reader of a return does not see yet."""
    shown = not can_open(person, return_) or Stage(return_.stage) in (Stage.MODERATED, Stage.CLOSED)
    return () if shown else MODERATING
