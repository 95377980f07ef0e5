"""What a return says, put together as the record that is sealed."""

from collections.abc import Iterable
from typing import Any

from s11.core import clock
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.questionnaires.fields import rows, words
from s11.questionnaires.rules import CriterionContent, EditionContent, FieldContent, StandardContent
from s11.returns import queries
from s11.returns.models import AnswerEvidence, Return, SectionSignOff, SignOff
from s11.returns.sealing import (
    SealedAction,
    SealedAnswer,
    SealedDoubt,
    SealedEvidence,
    SealedField,
    SealedRating,
    SealedReturn,
    SealedSignature,
    SealedStandard,
)


def record_of(return_: Return, edition: EditionContent) -> SealedReturn:
    """The record of everything a return says at this moment."""
    sealing = _Sealing(return_, edition)
    standards = [sealing.standard(standard) for standard in queries.standards_of(return_)]
    submitted_at = return_.submitted_at or clock.now()
    return SealedReturn(
        ref=return_.ref,
        round=return_.round,
        organisation=return_.organisation.name,
        kind=return_.organisation.kind_label,
        partnership=return_.cycle.partnership.name,
        cycle=return_.cycle.code,
        cycle_title=return_.cycle.title,
        edition=edition.code,
        edition_title=edition.title,
        standard_word=edition.labels.get("standard", "Standard"),
        criterion_word=edition.labels.get("criterion", "Criterion"),
        submitted_at=submitted_at.isoformat(timespec="seconds"),
        signatures=tuple(_sealed_signature(s) for s in queries.sign_offs(return_.id, return_.round)),
        standards=tuple(standards),
        fields=sealing.fields(queries.fields_of(return_), 0),
    )


class _Sealing:
    """A return's answers as they are sealed: only what every page shows."""

    def __init__(self, return_: Return, edition: EditionContent) -> None:
        self.return_, self.edition = return_, edition
        self.answers, self.evidence = queries.answers(return_.id), queries.evidence(return_.id)
        self.values = queries.values_in(return_)
        self.signed = queries.sections_signed(return_.id)
        self.actions = queries.actions_beside(return_)
        self.doubts, self.replies = queries.doubts_of(return_), queries.doubt_replies(return_.id)

    def standard(self, standard: StandardContent) -> SealedStandard:
        signature = self.signed.get(standard.id)
        return SealedStandard(
            number=standard.number,
            key=standard.key,
            title=standard.title,
            answers=tuple(self.answer(criterion) for criterion in standard.criteria),
            fields=self.fields(standard.fields, standard.id),
            signature=_sealed_section(signature) if signature else None,
        )

    def answer(self, criterion: CriterionContent) -> SealedAnswer:
        answer = self.answers.get(criterion.id)
        level = self.edition.levels.get(answer.level_id or 0) if answer else None
        return SealedAnswer(
            number=criterion.number,
            key=criterion.key,
            text=criterion.text,
            rating=SealedRating(level.code, level.label, level.letter, level.colour, level.order)
            if level
            else None,
            not_applicable=bool(answer and answer.not_applicable),
            # No text left behind in the box that was not chosen.
            not_applicable_reason=answer.not_applicable_reason if answer and not level else "",
            commentary=answer.commentary if answer and not answer.not_applicable else "",
            evidence=tuple(_sealed_evidence(shown) for shown in self.evidence.get(criterion.id, [])),
            fields=self.fields(criterion.fields, criterion.id),
            rated=criterion.rated,
            group=criterion.group,
            strengths=answer.strengths if answer else "",
            shortfalls=answer.shortfalls if answer else "",
            doubts=self.doubts_about(criterion),
            actions=tuple(
                SealedAction(line.text, line.owner, line.due_on.isoformat(), line.standing)
                for line in self.actions.get(criterion.key, ())
            ),
        )

    def doubts_about(self, criterion: CriterionContent) -> tuple[SealedDoubt, ...]:
        """Every doubt there is on the day, with the reply it got; without one the reason is empty."""
        found = []
        for doubt in self.doubts:
            if doubt.criterion_id == criterion.id:
                reply = self.replies.get((criterion.id, doubt.code))
                found.append(SealedDoubt(doubt.code, doubt.sentence, reply.reason if reply else ""))
        return tuple(found)

    def fields(self, fields: Iterable[FieldContent], subject_id: int) -> tuple[SealedField, ...]:
        return tuple(self.field(field, self.values.get((field.id, subject_id))) for field in fields)

    def field(self, field: FieldContent, value: Any) -> SealedField:
        shown = documents.revision_by_ref(value) if field.kind == "file" and value else None
        is_table = field.kind == "table" and value
        return SealedField(
            code=field.code,
            label=field.label,
            kind=field.kind,
            words=shown.document.title if shown else "" if field.kind == "file" else words(field, value),
            columns=tuple(column.label for column in field.columns),
            rows=rows(field, value) if is_table else (),
            file=_sealed_revision(shown, note="") if shown else None,
        )


def _sealed_evidence(shown: AnswerEvidence) -> SealedEvidence:
    return _sealed_revision(shown.revision, note=shown.note)


def _sealed_revision(revision: Revision, *, note: str) -> SealedEvidence:
    document = revision.document
    return SealedEvidence(
        title=document.title,
        kind=document.kind,
        target=document.target,
        file_name=revision.file_name,
        size=revision.size,
        sha256=revision.sha256,
        note=note,
        revision=revision.ref,
    )


def _sealed_signature(signature: SignOff) -> SealedSignature:
    return SealedSignature(
        step=signature.step,
        label=signature.label,
        name=signature.name,
        role=signature.role,
        signed_at=signature.signed_at.isoformat(timespec="seconds"),
        declaration=signature.declaration,
        approver_name=signature.approver_name,
        approver_role=signature.approver_role,
    )


def _sealed_section(signature: SectionSignOff) -> SealedSignature:
    return SealedSignature(
        step=signature.step,
        label=signature.label,
        name=signature.name,
        role=signature.role,
        signed_at=signature.signed_at.isoformat(timespec="seconds"),
        declaration="",
        approver_name="",
        approver_role="",
    )
