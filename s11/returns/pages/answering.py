"""What the pages on which a return is answered and read print."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.questionnaires.rules import CriterionContent, EditionContent, LevelContent, StandardContent
from s11.returns.models import Answer, AnswerEvidence, SectionSignOff
from s11.returns.operations import AnswerChange
from s11.returns.pages.fields import FieldPage, FieldState
from s11.returns.rules import STAGE_KINDS, STAGE_LABELS, AnswerFacts, Stage
from s11.returns.sealing import SealedAnswer


@dataclass(frozen=True)
class CriterionPage:
    """One criterion as it stands on its page: saved, or as typed when it could not be saved."""

    criterion: CriterionContent
    chosen: str | None
    reason: str
    commentary: str
    version: int
    error: str | None
    reason_error: str | None
    commentary_error: str | None
    theirs: "Theirs | None"
    shown: Sequence[AnswerEvidence]
    last_year: SealedAnswer | None
    saved_by: str
    saved_at: datetime | None
    fields: tuple[FieldPage, ...] = ()
    # What the chosen rating needs and is not there, where no field of the page shows it.
    need_error: str | None = None

    @property
    def descriptors(self) -> dict[str, str]:
        texts = self.criterion.descriptors
        return {level.code: texts[level.id] for level in self.criterion.scale.levels if level.id in texts}

    @property
    def bands(self) -> list[tuple[LevelContent, str]]:
        """Of a scale of steps: what each band looks like here, best first."""
        texts, scale = self.criterion.descriptors, self.criterion.scale
        return [(level, texts[level.id]) for level in scale.printed if level.id in texts]


@dataclass(frozen=True)
class Theirs:
    """The newer answer somebody else saved while this one was being typed."""

    name: str
    at: datetime
    rating: str
    commentary: str


def criterion_page(
    criterion: CriterionContent,
    *,
    answer: Answer | None,
    typed: AnswerChange | None = None,
    conflict: bool = False,
    gap: str | None = None,
    error: str | None = None,
    shown: Sequence[AnswerEvidence] = (),
    last_year: SealedAnswer | None = None,
    fields: tuple[FieldPage, ...] = (),
) -> CriterionPage:
    """A criterion's page from what is saved and, where a save was refused, from what was typed."""
    said = typed or answer
    chosen = None
    if said is not None:
        chosen = "na" if said.not_applicable else code_of(criterion, said.level_id)
    reason_missing = gap is not None and said is not None and said.not_applicable
    unrated = (
        gap is not None and criterion.rated and (said is None or not (said.not_applicable or said.level_id))
    )
    explained = said is not None and bool(said.commentary.strip())
    elsewhere = any(field.error for field in fields)
    need = gap if gap and explained and not elsewhere and not unrated and not reason_missing else None
    wants_words = gap and not (unrated or reason_missing or need or elsewhere)
    return CriterionPage(
        criterion=criterion,
        chosen=chosen,
        reason=said.not_applicable_reason if said else "",
        commentary=said.commentary if said else "",
        version=answer.version if answer else 0,
        error=gap if unrated else None,
        reason_error=gap if reason_missing else None,
        commentary_error=error or (gap if wants_words else None),
        theirs=theirs_of(criterion, answer) if conflict and answer else None,
        shown=shown,
        last_year=last_year,
        saved_by=answer.updated_by_name if answer else "",
        saved_at=answer.updated_at if answer else None,
        fields=fields,
        need_error=need,
    )


def code_of(criterion: CriterionContent, level_id: int | None) -> str | None:
    level = level_of(criterion, level_id)
    return level.code if level else None


def level_of(criterion: CriterionContent, level_id: int | None) -> LevelContent | None:
    return next((level for level in criterion.scale.levels if level.id == level_id), None)


def theirs_of(criterion: CriterionContent, answer: Answer) -> Theirs:
    level = level_of(criterion, answer.level_id)
    rating = "Not applicable" if answer.not_applicable else (level.label if level else "Not rated")
    words = answer.not_applicable_reason if answer.not_applicable else answer.commentary
    return Theirs(answer.updated_by_name, answer.updated_at, rating, words or "No commentary")


@dataclass(frozen=True)
class Checked:
    """A line of "check your answers": a criterion, what was said, and whether something is missing."""

    criterion: CriterionContent
    standard: StandardContent
    level: LevelContent | None
    answer: Answer | None
    evidence: Sequence[AnswerEvidence]
    gap: str | None
    fields: tuple[FieldPage, ...] = ()


@dataclass(frozen=True)
class CheckedStandard:
    """A standard with its lines, its own fields, and the signature it has or waits for."""

    standard: StandardContent
    lines: list[Checked]
    fields: tuple[FieldPage, ...]
    signature: SectionSignOff | None
    score: float | None


def checked(
    standards: Sequence[StandardContent],
    answers: Mapping[int, Answer],
    evidence: Mapping[int, Sequence[AnswerEvidence]],
    missing: Mapping[str, str],
    fields: FieldState,
    signed: Mapping[int, SectionSignOff],
    scores: Mapping[int, float | None],
) -> list[CheckedStandard]:
    """Every standard with its answers, for reading through before signing."""
    found = []
    for standard in standards:
        lines = []
        for criterion in standard.criteria:
            answer = answers.get(criterion.id)
            lines.append(
                Checked(
                    criterion,
                    standard,
                    level_of(criterion, answer.level_id if answer else None),
                    answer,
                    evidence.get(criterion.id, ()),
                    missing.get(criterion.number),
                    fields.pages(criterion.fields, criterion.id),
                )
            )
        own = fields.pages(standard.fields, standard.id)
        found.append(CheckedStandard(standard, lines, own, signed.get(standard.id), scores.get(standard.id)))
    return found


def level_counts(edition: EditionContent, facts: Iterable[AnswerFacts]) -> list[tuple[LevelContent, int]]:
    """How many answers stand at each level that is used, in the order of the scales, best first."""
    counts = Counter(fact.level_id for fact in facts)
    levels = [level for scale in edition.scales for level in scale.levels]
    return [(level, counts[level.id]) for level in levels if counts[level.id]]


def stage_label(stage: str) -> str:
    return STAGE_LABELS[Stage(stage)]


def stage_kind(stage: str) -> str:
    return STAGE_KINDS[Stage(stage)]


def due_words(due_on: date, today: date) -> str:
    """How long there is: "in 12 days", "today", "3 days ago"."""
    days = (due_on - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
