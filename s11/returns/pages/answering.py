"""What the pages on which a return is answered and read print."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.questionnaires.rules import CriterionContent, EditionContent, LevelContent, StandardContent
from s11.returns.copies import copied_from
from s11.returns.merging import NOTHING_SAID, PARTS, Rating, Said
from s11.returns.models import Answer, AnswerEvidence, SectionSignOff
from s11.returns.operations import AnswerChange, Clash, said_by
from s11.returns.pages.carrying import Beside
from s11.returns.pages.fields import FieldPage, FieldState, mistakes_of
from s11.returns.queries import ActionLine
from s11.returns.rules import STAGE_KINDS, STAGE_LABELS, AnswerFacts, Gap, Stage

NO_ERRORS: Mapping[str, str] = {}


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
    last_year: Beside | None
    saved_by: str
    saved_at: datetime | None
    strengths: str = ""
    shortfalls: str = ""
    strengths_error: str | None = None
    shortfalls_error: str | None = None
    come_back: bool = False
    carried: bool = False
    # The actions that belong here: this year's, and earlier ones that are still open.
    actions: Sequence[ActionLine] = ()
    fields: tuple[FieldPage, ...] = ()
    # What the chosen rating needs and is not there, where no field of the page shows it.
    need_error: str | None = None

    @property
    def copied_from(self) -> str:
        """The school whose words these are, until somebody here has written over them."""
        return copied_from(self.saved_by)

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
class TheirPart:
    """One part of an answer that both changed: what stands now, and what was typed."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while this was being typed, part by part."""

    name: str
    at: datetime
    parts: tuple[TheirPart, ...]


def criterion_page(
    criterion: CriterionContent,
    *,
    answer: Answer | None,
    typed: AnswerChange | None = None,
    clash: Clash | None = None,
    gap: str | None = None,
    errors: Mapping[str, str] = NO_ERRORS,
    shown: Sequence[AnswerEvidence] = (),
    last_year: Beside | None = None,
    actions: Sequence[ActionLine] = (),
    fields: tuple[FieldPage, ...] = (),
) -> CriterionPage:
    """A criterion's page from what is saved and, where a save was refused, from what was typed."""
    saved = said_by(answer) if answer else NOTHING_SAID
    said = typed.over(saved) if typed else saved
    rating = said.rating
    chosen = "na" if rating.not_applicable else code_of(criterion, rating.level_id)
    marked = gap is not None and answer is not None and (answer.carried or answer.come_back)
    reason_missing = gap is not None and rating.not_applicable and not marked
    unrated = gap is not None and criterion.rated and chosen is None and not marked
    explained = bool(said.commentary.strip())
    elsewhere = any(field.error for field in fields)
    need = gap if gap and (marked or (explained and not (elsewhere or unrated or reason_missing))) else None
    wants_words = gap and not (unrated or reason_missing or need or elsewhere)
    return CriterionPage(
        criterion=criterion,
        chosen=chosen,
        reason=said.not_applicable_reason,
        commentary=said.commentary,
        strengths=said.strengths,
        shortfalls=said.shortfalls,
        come_back=said.come_back,
        carried=bool(answer and answer.carried),
        version=answer.version if answer else 0,
        error=gap if unrated else None,
        reason_error=errors.get(f"na{criterion.id}") or (gap if reason_missing else None),
        commentary_error=errors.get(f"c{criterion.id}") or (gap if wants_words else None),
        strengths_error=errors.get(f"s{criterion.id}"),
        shortfalls_error=errors.get(f"g{criterion.id}"),
        theirs=theirs_of(criterion, clash, said) if clash else None,
        shown=shown,
        last_year=last_year,
        actions=actions,
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


def theirs_of(criterion: CriterionContent, clash: Clash, mine: Said) -> Theirs:
    """Both texts of every part in which two people wrote something else."""
    theirs, answer = said_by(clash.answer), clash.answer
    parts = tuple(
        TheirPart(
            PARTS[part].capitalize(), words_of(criterion, theirs, part), words_of(criterion, mine, part)
        )
        for part in clash.parts
    )
    return Theirs(answer.updated_by_name, answer.updated_at, parts)


def words_of(criterion: CriterionContent, said: Said, part: str) -> str:
    """One part of an answer in words."""
    value = getattr(said, part)
    if isinstance(value, Rating):
        level = level_of(criterion, value.level_id)
        return "Not applicable" if value.not_applicable else level.label if level else "Not rated"
    if isinstance(value, bool):
        return "Marked" if value else "Not marked"
    return value or "Nothing"


def mistakes_on(
    criteria: Iterable[CriterionPage],
    own: Iterable[FieldPage],
    *,
    errors: Mapping[str, str],
    gaps: Iterable[Gap],
) -> list[tuple[str, str | None]]:
    """The summary at the top of a standard's page: every sentence with the place it leads to."""
    pages = list(criteria)
    found: list[tuple[str, str | None]] = [
        (sentence, f"#{field}" if field else None) for field, sentence in errors.items()
    ]
    found += [(gap.sentence, f"#q{gap.number}") for gap in gaps if not gap.field]
    found += mistakes_of(own)
    found += [mistake for page in pages for mistake in mistakes_of(page.fields)]
    found += [
        (
            f"{page.theirs.name} saved a newer answer to {page.criterion.number} while you were typing. "
            "Read both, put together what should stand, and save again.",
            f"#q{page.criterion.number}",
        )
        for page in pages
        if page.theirs
    ]
    return found


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
