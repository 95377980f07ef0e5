"""What came back to its author, from whom, when and why; and what may be changed because of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from s11.core.database import db
from s11.questionnaires.rules import CriterionContent, FieldContent, StandardContent
from s11.returns.models import Answer, FieldAnswer, Return, Submission
from s11.returns.queries.working_copy import answer_facts, edition_of, values_in
from s11.returns.rules import EDITABLE, Stage, gap_of, is_missing
from s11.returns.shares import only
from s11.trail import queries as trail
from s11.trail.models import Entry

DECLINED, SENT_BACK = "return:stage:in_progress", "return:stage:sent_back"
SUBMITTED = "return:stage:submitted"


@dataclass(frozen=True)
class Comeback:
    """One time a return came back: by a signatory who did not sign, or sent by the office.

    `role`: of a signatory, as what they would have signed.
    """

    name: str
    role: str
    at: datetime
    reason: str
    declined: bool


def comebacks(return_: Return) -> list[Comeback]:
    """Why a return that is being answered is back with its author, the latest first.

    A signatory who declines what the office sent back adds to its reason, and does not replace it.
    """
    if Stage(return_.stage) not in EDITABLE or not return_.sent_back_reason:
        return []
    query = (
        select(Entry)
        .where(
            Entry.subject == "return",
            Entry.subject_id == return_.id,
            Entry.tag.in_((DECLINED, SENT_BACK, SUBMITTED)),
        )
        .order_by(Entry.at.desc(), Entry.id.desc())
    )
    found = []
    for entry in db.session.scalars(query):
        if entry.tag == SUBMITTED:
            break
        if (entry.after or {}).get("reason"):
            found.append(entry)
    return [_told(entry) for entry in found]


def asked_to_put_right(before: Submission, after: Submission) -> list[Comeback]:
    """What the office asked for between two submissions of a return, in the order asked."""
    query = (
        select(Entry)
        .where(
            Entry.subject == "return",
            Entry.subject_id == before.return_id,
            Entry.tag == SENT_BACK,
            Entry.at >= before.submitted_at,
            Entry.at <= after.submitted_at,
        )
        .order_by(Entry.at, Entry.id)
    )
    return [_told(entry) for entry in db.session.scalars(query) if (entry.after or {}).get("reason")]


def _told(entry: Entry) -> Comeback:
    left = trail.pseudonyms()
    return Comeback(
        name=left.get(entry.person_id or 0, entry.person_name),
        role=(entry.after or {}).get("signs_as") or entry.role,
        at=entry.at,
        reason=(entry.after or {})["reason"],
        declined=entry.tag == DECLINED,
    )


def standards_back(return_: Return) -> list[StandardContent]:
    """The standards the office sent back, in order; none where it was the whole return."""
    if Stage(return_.stage) not in EDITABLE or not return_.sent_back_standards:
        return []
    return [one for one in edition_of(return_).standards if one.key in return_.sent_back_standards]


class _Elsewhere:
    """What may be changed outside the standards that came back, read once: what lacks something, and what
    somebody has begun to put right since it was submitted. An answer that was put right can open a question
    elsewhere, and nobody could submit again without answering it; and an answer that saves itself is
    complete before its last word is typed.
    """

    def __init__(self, return_: Return) -> None:
        self.facts, self.values = answer_facts(return_.id), values_in(return_)
        self.said: set[int] = set()
        self.entered: set[tuple[int, int]] = set()
        if return_.submitted_at is not None:
            self._begun_since(return_.id, return_.submitted_at)

    def _begun_since(self, return_id: int, moment: datetime) -> None:
        said = select(Answer.criterion_id).where(Answer.return_id == return_id, Answer.updated_at > moment)
        entered = select(FieldAnswer.field_id, FieldAnswer.subject_id).where(
            FieldAnswer.return_id == return_id, FieldAnswer.updated_at > moment
        )
        self.said = set(db.session.scalars(said))
        self.entered = {(field, subject) for field, subject in db.session.execute(entered)}

    def may_answer(self, criterion: CriterionContent) -> bool:
        return (
            gap_of(criterion, self.facts.get(criterion.id), self.values) is not None
            or criterion.id in self.said
            or any((field.id, criterion.id) in self.entered for field in criterion.fields)
        )

    def may_enter(self, field: FieldContent, subject_id: int) -> bool:
        missing = field.required and is_missing(field, subject_id, self.values)
        return missing or (field.id, subject_id) in self.entered


def came_back(return_: Return, criterion: CriterionContent) -> bool:
    """Whether an answer may be changed: all may, unless only some standards were sent back."""
    keys = return_.sent_back_standards
    return not keys or criterion.standard_key in keys or _Elsewhere(return_).may_answer(criterion)


def field_came_back(
    return_: Return, field: FieldContent, subject_id: int, standard: StandardContent | None
) -> bool:
    """The same of a field: of a standard, of a criterion in it, or (None) about the whole return."""
    keys = return_.sent_back_standards
    if not keys or (standard is not None and standard.key in keys):
        return True
    elsewhere = _Elsewhere(return_)
    if elsewhere.may_enter(field, subject_id):
        return True
    asked = standard.criteria if standard else ()
    return any(one.id == subject_id and field in one.fields and elsewhere.may_answer(one) for one in asked)


def standard_came_back(return_: Return, standard: StandardContent) -> bool:
    """Whether anything in a standard may be changed."""
    keys = return_.sent_back_standards
    if not keys or standard.key in keys:
        return True
    elsewhere = _Elsewhere(return_)
    return any(elsewhere.may_answer(one) for one in standard.criteria) or any(
        elsewhere.may_enter(field, standard.id) for field in standard.fields
    )


def part_back(return_: Return, standards: Sequence[StandardContent]) -> tuple[StandardContent, ...]:
    """These standards with no more in them than may be changed: what pages offer."""
    keys = return_.sent_back_standards
    if not keys:
        return tuple(standards)
    elsewhere, found = _Elsewhere(return_), []
    for standard in standards:
        open_ = {one.id for one in standard.criteria if elsewhere.may_answer(one)}
        if standard.key in keys:
            found.append(standard)
        elif open_:
            found.append(only(standard, open_))
    return tuple(found)
