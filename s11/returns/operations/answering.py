"""Saving answers and showing evidence for them.

Every save names the version it began from, and every version of an answer is kept. So what somebody else
changed since is found part by part: what only one of the two changed is taken from whoever changed it, and
where both did, theirs stands and both texts come back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.evidence.models import Revision
from s11.evidence.rules import check_no_virus
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.copies import named_as_copy
from s11.returns.merging import NOTHING_SAID, Merged, Rating, Said, merge
from s11.returns.models import Answer, AnswerEvidence, AnswerVersion, Return
from s11.returns.operations.staging import (
    check_came_back,
    check_open,
    count_answered,
    drop_section_signatures,
    hold,
)
from s11.returns.rules import COMMENTARY_LONGEST, NOTE_LONGEST, REASON_LONGEST, Act, Stage, next_stage
from s11.trail.operations import record
from s11.trail.rules import Guest


@dataclass(frozen=True)
class AnswerChange:
    """What somebody wants one answer to say, and the version they had before them (0: none yet).

    What is None was not on their page and stays as it is.
    """

    criterion_id: int
    version: int
    level_id: int | None = None
    not_applicable: bool = False
    not_applicable_reason: str = ""
    commentary: str = ""
    strengths: str | None = None
    shortfalls: str | None = None
    come_back: bool | None = None

    def over(self, known: Said) -> Said:
        """The whole of it, over what was there."""
        return Said(
            rating=Rating(None if self.not_applicable else self.level_id, self.not_applicable),
            not_applicable_reason=self.not_applicable_reason,
            commentary=self.commentary,
            strengths=known.strengths if self.strengths is None else self.strengths,
            shortfalls=known.shortfalls if self.shortfalls is None else self.shortfalls,
            come_back=known.come_back if self.come_back is None else self.come_back,
        )


@dataclass(frozen=True)
class Clash:
    """An answer that somebody changed meanwhile in the same parts, and to something else."""

    answer: Answer
    parts: tuple[str, ...]

    @property
    def criterion_id(self) -> int:
        return self.answer.criterion_id


@dataclass(frozen=True)
class Saved:
    """What became of a save: the criteria kept, where somebody's newer words stood in the way, and what all
    of them say now, by criterion id."""

    kept: tuple[int, ...]
    conflicts: tuple[Clash, ...]
    answers: Mapping[int, Answer]


def save_answers(return_: Return, changes: Sequence[AnswerChange], *, by: Person | Guest | None) -> Saved:
    """Keep every part of every change that nobody else has changed since."""
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    asked = _may_be_answered(return_)
    for change in changes:  # all of them before the first is written: a refusal changes nothing
        check(asked.get(change.criterion_id), change)
    known = queries.answers_to(return_.id, [change.criterion_id for change in changes])
    if return_.sent_back_standards:
        altered = [c for c in changes if _alters(known.get(c.criterion_id), c)]
        check_came_back(return_, [asked[c.criterion_id] for c in altered])
    kept, conflicts = [], []
    for change in changes:
        answer = known.get(change.criterion_id)
        merged = _merged(answer, change)
        if merged.clashes and answer is not None:
            conflicts.append(Clash(answer, merged.clashes))
        was = said_by(answer) if answer else NOTHING_SAID
        if merged.said == was:
            continue
        # "I'll come back to this" says nothing about an answer that was taken over: it is still unreviewed.
        unreviewed = answer is not None and answer.carried and merged.said == _marked(was, merged.said)
        if answer is None:
            answer = Answer(return_id=return_.id, criterion_id=change.criterion_id, version=0)
            db.session.add(answer)
            known[change.criterion_id] = answer
        write(answer, merged.said, by=by, carried=unreviewed)
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
    return Saved(tuple(kept), tuple(conflicts), known)


def _merged(answer: Answer | None, change: AnswerChange) -> Merged:
    """A change put into what stands now."""
    theirs = said_by(answer) if answer else NOTHING_SAID
    base: Said | None
    if answer is None or answer.version == change.version:
        base = theirs
    elif change.version == 0:
        base = NOTHING_SAID
    else:
        began = queries.version_of(answer.id, change.version)
        base = said_by(began) if began else None
    return merge(base, theirs, change.over(base or theirs))


def _marked(was: Said, now: Said) -> Said:
    """What was there, with the present mark to come back to it."""
    return replace(was, come_back=now.come_back)


def _alters(answer: Answer | None, change: AnswerChange) -> bool:
    merged = _merged(answer, change)
    return bool(merged.clashes) or merged.said != (said_by(answer) if answer else NOTHING_SAID)


def said_by(answer: Answer | AnswerVersion) -> Said:
    """What an answer, or an earlier version of it, says."""
    return Said(
        rating=Rating(answer.level_id, answer.not_applicable),
        not_applicable_reason=answer.not_applicable_reason,
        commentary=answer.commentary,
        strengths=answer.strengths,
        shortfalls=answer.shortfalls,
        come_back=answer.come_back,
    )


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
    for criterion in edition.asked_criteria if edition.depends_on_answers else ():
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
    for part, text, most in (
        ("c", change.commentary, COMMENTARY_LONGEST),
        ("na", change.not_applicable_reason, REASON_LONGEST),
        ("s", change.strengths or "", COMMENTARY_LONGEST),
        ("g", change.shortfalls or "", COMMENTARY_LONGEST),
    ):
        if len(text) > most:
            raise Invalid(
                f"What you wrote for {criterion.number} has {len(text):,} characters. "
                f"Shorten it to {most:,}, or attach the detail as evidence.",
                field=f"{part}{criterion.id}",
            )


def write(
    answer: Answer, said: Said, *, by: Person | Guest | None, carried: bool = False, copied_from: str = ""
) -> None:
    """Let an answer say this, as a new version of it. Whoever writes has seen it: it is not carried then.

    `copied_from`: the organisation whose words these are.
    """
    answer.level_id, answer.not_applicable = said.rating.level_id, said.rating.not_applicable
    answer.not_applicable_reason = said.not_applicable_reason
    answer.commentary = said.commentary
    answer.strengths, answer.shortfalls = said.strengths, said.shortfalls
    answer.come_back = said.come_back
    answer.carried = carried
    answer.version += 1
    answer.updated_at = clock.now()
    if isinstance(by, Guest):
        answer.updated_by_id, answer.updated_by_name = None, f"{by.name}, by personal link"
    else:
        answer.updated_by_id, answer.updated_by_name = (by.id, by.name) if by else (None, "")
    if copied_from:
        answer.updated_by_name = named_as_copy(answer.updated_by_name, copied_from)
    db.session.flush()
    keep_version(answer)


def keep_version(answer: Answer) -> None:
    """Keep what an answer says now beside what it said before."""
    db.session.execute(
        insert(AnswerVersion).values(
            answer_id=answer.id,
            version=answer.version,
            level_id=answer.level_id,
            not_applicable=answer.not_applicable,
            not_applicable_reason=answer.not_applicable_reason,
            commentary=answer.commentary,
            strengths=answer.strengths,
            shortfalls=answer.shortfalls,
            come_back=answer.come_back,
            carried=answer.carried,
            person_id=answer.updated_by_id,
            person_name=answer.updated_by_name,
            at=answer.updated_at,
        )
    )


def attach(
    return_: Return, criterion: CriterionContent, revision: Revision, *, note: str = "", by: Person | None
) -> AnswerEvidence:
    """Show a revision in support of an answer. Showing it twice changes only the note."""
    hold(return_)
    check_open(return_)
    stage = next_stage(Stage(return_.stage), Act.SAVE)
    check_came_back(return_, [criterion])
    check_note(note)
    if revision.document.organisation_id != return_.organisation_id:
        raise DomainError("This document belongs to another organisation.")
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        if shown.revision_id == revision.id:
            shown.note = note or shown.note
            return shown
    check_no_virus(revision, revision.file_name)
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


def check_note(note: str) -> None:
    """Refuse words about where to look that are longer than a note."""
    if len(note.strip()) > NOTE_LONGEST:
        raise Invalid(f"Say in {NOTE_LONGEST} characters or fewer where to look.")


def detach(return_: Return, criterion: CriterionContent, revision_ref: str, *, by: Person) -> str | None:
    """Take a document off an answer, and say its title; it stays in the organisation's library."""
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    check_came_back(return_, [criterion])
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        if shown.revision.ref == revision_ref:
            title = shown.revision.document.title
            db.session.delete(shown)
            return_.last_saved_at = clock.now()  # nobody signs what was read before this
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
