"""Saving answers and showing evidence for them.

Every save names the version it began from. An answer that somebody else has changed since
is not overwritten: it comes back as a conflict, with both texts, while the others are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.evidence.models import Revision
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.models import Answer, AnswerEvidence, Return
from s11.returns.operations.staging import check_open, count_answered, drop_section_signatures, hold
from s11.returns.rules import COMMENTARY_LONGEST, NOTE_LONGEST, REASON_LONGEST, Act, Stage, next_stage
from s11.trail.operations import record
from s11.trail.rules import Guest


@dataclass(frozen=True)
class AnswerChange:
    """What somebody wants one answer to say, and the version they had before them (0: none yet)."""

    criterion_id: int
    version: int
    level_id: int | None = None
    not_applicable: bool = False
    not_applicable_reason: str = ""
    commentary: str = ""


@dataclass(frozen=True)
class Saved:
    """What became of a save: the criteria kept, and the newer answers that stood in the way."""

    kept: tuple[int, ...]
    conflicts: tuple[Answer, ...]


def save_answers(return_: Return, changes: Sequence[AnswerChange], *, by: Person | Guest | None) -> Saved:
    """Keep every change that rests on the newest version of its answer."""
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    asked = _may_be_answered(return_)
    for change in changes:  # all of them before the first is written: a refusal changes nothing
        check(asked.get(change.criterion_id), change)
    known = queries.answers(return_.id, newest=True)
    kept, conflicts = [], []
    for change in changes:
        answer = known.get(change.criterion_id)
        if answer is None and is_empty(change):
            continue
        if answer is not None and says_the_same(answer, change):
            continue
        if answer is not None and answer.version != change.version:
            conflicts.append(answer)
            continue
        if answer is None:
            answer = Answer(return_id=return_.id, criterion_id=change.criterion_id, version=0)
            db.session.add(answer)
        write(answer, change, by=by)
        kept.append(change.criterion_id)
    if kept:
        return_.stage = stage
        return_.last_saved_at = clock.now()
        record(
            "return:answers:saved",
            return_.id,
            by=by,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            after={"criteria": [asked[criterion_id].number for criterion_id in kept]},
        )
        note_changed(return_, [asked[criterion_id] for criterion_id in kept], by=by)
    db.session.flush()
    return Saved(tuple(kept), tuple(conflicts))


def note_changed(return_: Return, criteria: Sequence[CriterionContent], *, by: Person | Guest | None) -> None:
    """Look anew at what rests on these answers: signatures under standards, and how many are done."""
    keys = {criterion.standard_key for criterion in criteria}
    standards = queries.edition_of(return_).standards
    drop_section_signatures(return_, {s.id for s in standards if s.key in keys}, by=by)
    count_answered(return_)


def _may_be_answered(return_: Return) -> dict[int, CriterionContent]:
    """What is asked now, and what an earlier answer may have closed while this was typed: both are kept."""
    asked = {c.id: c for standard in queries.standards_of(return_) for c in standard.criteria}
    edition = queries.edition_of(return_)
    for criterion in edition.criteria if edition.depends_on_answers else ():
        if criterion.id not in asked and edition.waits_for_answers(criterion):
            asked[criterion.id] = criterion
    return asked


def check(criterion: CriterionContent | None, change: AnswerChange) -> None:
    """Refuse what no page of ours would send, and what is too long to keep."""
    if criterion is None:
        raise DomainError("This criterion is not asked of your organisation. Open the standard again.")
    if change.level_id is not None and not criterion.rated:
        raise Invalid(f"{criterion.number} is not rated.")
    if change.level_id is not None and change.level_id not in {level.id for level in criterion.scale.levels}:
        raise Invalid(f"Choose one of the ratings of {criterion.number}.")
    if change.not_applicable and not criterion.not_applicable_allowed:
        raise Invalid(f"{criterion.number} applies to every organisation. Choose a rating.")
    for text, most in (
        (change.commentary, COMMENTARY_LONGEST),
        (change.not_applicable_reason, REASON_LONGEST),
    ):
        if len(text) > most:
            raise Invalid(
                f"What you wrote for {criterion.number} has {len(text):,} characters. "
                f"Shorten it to {most:,}, or attach the detail as evidence.",
                field=f"c{criterion.id}",
            )


def is_empty(change: AnswerChange) -> bool:
    return change.level_id is None and not change.not_applicable and not change.commentary.strip()


def says_the_same(answer: Answer, change: AnswerChange) -> bool:
    return (
        answer.level_id == change.level_id
        and answer.not_applicable == change.not_applicable
        and answer.not_applicable_reason == change.not_applicable_reason
        and answer.commentary == change.commentary
    )


def write(answer: Answer, change: AnswerChange, *, by: Person | Guest | None) -> None:
    answer.level_id = None if change.not_applicable else change.level_id
    answer.not_applicable = change.not_applicable
    answer.not_applicable_reason = change.not_applicable_reason
    answer.commentary = change.commentary
    answer.version += 1
    answer.updated_at = clock.now()
    if isinstance(by, Guest):
        answer.updated_by_id, answer.updated_by_name = None, f"{by.name}, by personal link"
    else:
        answer.updated_by_id, answer.updated_by_name = (by.id, by.name) if by else (None, "")


def attach(
    return_: Return, criterion: CriterionContent, revision: Revision, *, note: str = "", by: Person | None
) -> AnswerEvidence:
    """Show a revision in support of an answer. Showing it twice changes only the note."""
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    if len(note.strip()) > NOTE_LONGEST:
        raise Invalid(f"Say in {NOTE_LONGEST} characters or fewer where to look.")
    if revision.document.organisation_id != return_.organisation_id:
        raise DomainError("This document belongs to another organisation.")
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        if shown.revision_id == revision.id:
            shown.note = note or shown.note
            return shown
    shown = AnswerEvidence(
        return_id=return_.id,
        criterion_id=criterion.id,
        revision=revision,
        note=note.strip(),
        added_at=clock.now(),
    )
    db.session.add(shown)
    return_.stage = stage
    return_.last_saved_at = clock.now()
    record(
        "return:evidence:attached",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        after={"criterion": criterion.number, "revision": revision.ref},
    )
    note_changed(return_, [criterion], by=by)
    return shown


def detach(return_: Return, criterion: CriterionContent, revision_ref: str, *, by: Person) -> str | None:
    """Take a document off an answer, and say its title; it stays in the organisation's library."""
    hold(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        if shown.revision.ref == revision_ref:
            title = shown.revision.document.title
            db.session.delete(shown)
            record(
                "return:evidence:removed",
                return_.id,
                by=by,
                organisation_id=return_.organisation_id,
                partnership_id=return_.cycle.partnership_id,
                before={"criterion": criterion.number, "revision": revision_ref},
            )
            note_changed(return_, [criterion], by=by)
            return title
    return None
