"""Taking over what was said last year, and reviewing it: confirmed, changed or cleared.

What is taken over says so until somebody has looked at it, and counts as done only then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.evidence.rules import ScanState
from s11.people.models import Person
from s11.questionnaires.fields import is_empty
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.carrying import Offer, Plan, carried_fields, is_answered, plan_of
from s11.returns.merging import NOTHING_SAID, Said
from s11.returns.models import Answer, AnswerEvidence, FieldAnswer, Return
from s11.returns.operations.answering import note_changed, said_by, write
from s11.returns.operations.entering import write_field
from s11.returns.operations.staging import check_open, hold
from s11.returns.queries import LastReturn
from s11.returns.rules import Act, Stage, next_stage
from s11.trail.operations import record

NOTHING_BEFORE = "There is no earlier return of your organisation from which answers could be taken over."
# What could not be looked into, or was found to be dangerous, is not shown anew.
UNSAFE = frozenset({ScanState.INFECTED, ScanState.UNCHECKED})


def plan_taking_over(return_: Return, last: LastReturn | None, criteria: Sequence[CriterionContent]) -> Plan:
    """What taking over would do just now for those of the criteria that may be changed. `last`: the return
    this one follows."""
    if last is None:
        return Plan((), ())
    answers, entries = queries.answers(return_.id), queries.field_answers(return_.id)

    def answered(criterion: CriterionContent) -> bool:
        answer = answers.get(criterion.id)
        if answer is not None and (answer.carried or is_answered(said_by(answer))):
            return True
        filled = (entries.get((field.id, criterion.id)) for field in criterion.fields)
        return not criterion.rated and any(one is not None and not is_empty(one.value) for one in filled)

    back = queries.part_back(return_, queries.edition_of(return_).standards)
    may = {one.id for standard in back for one in standard.criteria}
    open_ = [criterion for criterion in criteria if criterion.id in may]
    return plan_of(open_, last.earlier, answered, queries.edition_of(return_))


def carry(return_: Return, criteria: Sequence[CriterionContent], *, by: Person) -> Plan:
    """Take over last year's answers to those of the criteria that nobody has answered yet.

    Gives what was taken over and why the others were left.
    """
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    last = queries.last_return(return_)
    if last is None:
        raise DomainError(NOTHING_BEFORE)
    queries.answers(return_.id, newest=True)
    plan = plan_taking_over(return_, last, criteria)
    if not plan.offers:
        return plan
    taking = _Taking(return_, last, by)
    for criterion, offer in plan.offers:
        taking.take(criterion, offer)
    return_.stage = stage
    _note(return_, "return:answers:carried", [criterion for criterion, _ in plan.offers], by=by)
    return replace(plan, files_left=len(taking.left_out))


class _Taking:
    """What is read once for however many criteria are taken over."""

    def __init__(self, return_: Return, last: LastReturn, by: Person) -> None:
        self.return_, self.last, self.by = return_, last, by
        self.answers, self.entries = queries.answers(return_.id), queries.field_answers(return_.id)
        self.values = queries.field_values(last.return_id)
        self.shown = queries.evidence(return_.id)
        refs = (item.revision for answer in last.answers.values() for item in answer.evidence)
        self.revisions = documents.revisions_by_ref(refs)
        self.limits, self.held = queries.limits_of(return_), queries.held_in(return_)
        self.files = {one.revision_id for shown in self.shown.values() for one in shown}
        self.left_out: set[int] = set()

    def take(self, criterion: CriterionContent, offer: Offer) -> None:
        answer = self.answers.get(criterion.id)
        if answer is None:
            answer = Answer(return_id=self.return_.id, criterion_id=criterion.id, version=0)
            db.session.add(answer)
        marked = bool(answer.come_back)
        write(answer, _with_mark(offer.said, marked), by=self.by, carried=True)
        self._fields(criterion)
        self._evidence(criterion)

    def _fields(self, criterion: CriterionContent) -> None:
        for field_id, value in carried_fields(criterion, self.last.asked(criterion), self.values).items():
            entry = self.entries.get((field_id, criterion.id))
            if entry is not None and not is_empty(entry.value):
                continue
            if entry is None:
                entry = FieldAnswer(
                    return_id=self.return_.id, field_id=field_id, subject_id=criterion.id, version=0
                )
                db.session.add(entry)
            write_field(entry, value, by=self.by, carried=True)

    def _evidence(self, criterion: CriterionContent) -> None:
        """Show last year's revisions again, as they were then; what has been taken away is not."""
        here = {item.revision_id for item in self.shown.get(criterion.id, ())}
        for earlier in self.last.earlier(criterion):
            for item in earlier.answer.evidence:
                revision = self.revisions.get(item.revision)
                if revision is None or revision.id in here or not _can_be_shown(revision):
                    continue
                if not self._has_room_for(revision):
                    continue
                here.add(revision.id)
                shown = AnswerEvidence(
                    return_id=self.return_.id,
                    criterion_id=criterion.id,
                    revision=revision,
                    note=item.note,
                    added_at=clock.now(),
                )
                db.session.add(shown)

    def _has_room_for(self, revision: Revision) -> bool:
        """Whether the limits of the cycle leave room for a file; one that is shown already takes none."""
        if not revision.storage_key or revision.id in self.files:
            return True
        if self.limits.refusal(self.held, revision.size):
            self.left_out.add(revision.id)
            return False
        self.held = self.held.with_one(revision.size)
        self.files.add(revision.id)
        return True


def _with_mark(said: Said, marked: bool) -> Said:
    return Said(**{**vars(said), "come_back": marked})


def _can_be_shown(revision: Revision) -> bool:
    return revision.document.removed_at is None and revision.scan_state not in UNSAFE


def confirm(return_: Return, criterion: CriterionContent, *, by: Person) -> bool:
    """Say that what was taken over is still right. False where it was reviewed already."""
    answer = _carried(return_, criterion)
    if answer is None:
        return False
    write(answer, said_by(answer), by=by)
    for entry in _fields_of(return_, criterion):
        entry.carried = False
    _note(return_, "return:answers:confirmed", [criterion], by=by)
    return True


def clear(return_: Return, criterion: CriterionContent, *, by: Person) -> bool:
    """Undo the taking over of one answer, with its entries and its evidence. False where somebody has
    reviewed it already: what a person stands for is not swept away."""
    answer = _carried(return_, criterion)
    if answer is None:
        return False
    write(answer, _with_mark(NOTHING_SAID, answer.come_back), by=by)
    for entry in _fields_of(return_, criterion):
        if entry.carried:
            write_field(entry, None, by=by)
    last = queries.last_return(return_)
    earlier = last.earlier(criterion) if last else ()
    then = {item.revision for one in earlier for item in one.answer.evidence}
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        if shown.revision.ref in then:
            db.session.delete(shown)
    _note(return_, "return:answers:cleared", [criterion], by=by)
    return True


def _carried(return_: Return, criterion: CriterionContent) -> Answer | None:
    """The answer to a criterion if it still waits to be reviewed, held until this piece of work is over."""
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    answer = queries.answers(return_.id, newest=True).get(criterion.id)
    return answer if answer is not None and answer.carried else None


def _fields_of(return_: Return, criterion: CriterionContent) -> list[FieldAnswer]:
    if not criterion.fields:
        return []
    entries, ids = queries.field_answers(return_.id), {field.id for field in criterion.fields}
    return [entry for (field, subject), entry in entries.items() if field in ids and subject == criterion.id]


def _note(return_: Return, tag: str, criteria: Iterable[CriterionContent], *, by: Person) -> None:
    """Write it into the trail, and look anew at what rests on these answers."""
    changed = list(criteria)
    return_.last_saved_at = clock.now()
    record(
        tag,
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        after={"criteria": [criterion.number for criterion in changed]},
    )
    note_changed(return_, changed, by=by)
