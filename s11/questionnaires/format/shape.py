"""What a questionnaire file may hold: its parts, in the order they are written."""

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from s11.questionnaires.conditions import BadCondition, compile_condition
from s11.questionnaires.rules import CHANGES, COLOURS, COLUMN_KINDS, FIELD_KINDS, PREFILLS, SOURCES, THEMES

LONGEST_TEXT = 20_000
NOT_PRINTED = frozenset("\u2028\u2029\ufeff\ufffe\uffff")
KEY = "abcdefghijklmnopqrstuvwxyz0123456789-"
CODE = KEY + "ABCDEFGHIJKLMNOPQRSTUVWXYZ_."


def refuse(sentence: str) -> PydanticCustomError:
    """A fault whose sentence is ours; braces in it are the author's, not pydantic's."""
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word that was probably meant, as a sentence, else all that are known."""
    close = get_close_matches(word[:80], known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Use one of: {', '.join(known)}."


def unprintable(text: str) -> str:
    """The first character that cannot be printed or stored, or nothing."""
    return next(
        (
            char
            for char in text
            if (unicodedata.category(char) in ("Cc", "Cs") and char != "\n") or char in NOT_PRINTED
        ),
        "",
    )


@dataclass(frozen=True)
class _Rule(AfterValidator):
    """A check of a value, and what it says of itself in the JSON Schema."""

    told: tuple[tuple[str, Any], ...] = ()

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core_schema), **dict(self.told)}


def _words(*, at_most: int = LONGEST_TEXT, needed: bool = False, one_line: bool = False) -> _Rule:
    """Text without space around it, of a length the database can hold."""

    def check(text: str) -> str:
        text = text.strip()
        if needed and not text:
            raise refuse("Write something here: it is empty.")
        if len(text) > at_most:
            raise refuse(f"Shorten this to at most {at_most:,} characters; it has {len(text):,}.")
        if one_line and "\n" in text:
            raise refuse("Write this on one line.")
        if odd := unprintable(text):
            raise refuse(f"Remove the character U+{ord(odd):04X}: it cannot be printed.")
        return text

    return _Rule(check, (("maxLength", at_most), *((("minLength", 1),) if needed else ())))


def _made_of(characters: str, words: str) -> _Rule:
    def check(text: str) -> str:
        if any(char not in characters for char in text) or text[:1] in "-._" or text[-1:] in "-._":
            raise refuse(f"Use {words} here; {text!r} holds something else.")
        return text

    inside = "a-z0-9" if characters == KEY else "A-Za-z0-9"
    marks = "-" if characters == KEY else "_.-"
    return _Rule(check, (("pattern", f"^[{inside}]([{inside}{marks}]*[{inside}])?$"),))


def _one_of(known: tuple[str, ...], what: str) -> _Rule:
    def check(text: str) -> str:
        if text not in known:
            raise refuse(f"Unknown {what} {text[:80]!r}. {nearest(text, tuple(filter(None, known)))}")
        return text

    return _Rule(check, (("enum", known),))


def _condition(text: str) -> str:
    try:
        compile_condition(text)
    except BadCondition as error:
        raise refuse(f"Rewrite the condition: {error}.") from None
    return text


def _distinct(items: list[str]) -> list[str]:
    seen: set[str] = set()
    for item in items:
        if item in seen:
            raise refuse(f"Remove one of the two: {item!r} is written twice in this list.")
        seen.add(item)
    return items


Text = Annotated[str, _words()]
NeededText = Annotated[str, _words(needed=True)]
Letter = Annotated[str, _words(at_most=4, needed=True, one_line=True)]
Label = Annotated[str, _words(at_most=60, needed=True, one_line=True)]
StepLabel = Annotated[str, _words(at_most=120, needed=True, one_line=True)]
Title = Annotated[str, _words(at_most=200, needed=True, one_line=True)]
OneLine = Annotated[str, _words(at_most=200, one_line=True)]
Duty = Annotated[str, _words(at_most=300, one_line=True)]
Key = Annotated[
    str, _words(at_most=80, needed=True), _made_of(KEY, "small letters, digits and single dashes")
]
Number = Annotated[str, _words(at_most=20, needed=True), _made_of(CODE, "digits, letters and dots")]
Code = Annotated[str, _words(at_most=30, needed=True), _made_of(CODE, "letters, digits and dashes")]
EditionCode = Annotated[str, _words(at_most=40, needed=True), _made_of(CODE, "letters, digits and dashes")]
Condition = Annotated[str, _words(), AfterValidator(_condition)]
Distinct = _Rule(_distinct, (("uniqueItems", True),))
Theme = Annotated[str, _words(), _one_of(tuple(THEMES), "theme")]
Colour = Annotated[str, _words(), _one_of(COLOURS, "colour")]
Change = Annotated[str, _words(), _one_of(tuple(CHANGES), "change")]
Source = Annotated[str, _words(), _one_of(("", *SOURCES), "source of a change")]
# A code, and perhaps of whom it is needed: see `questionnaires.needing`.
Need = Annotated[str, _words(at_most=540, needed=True, one_line=True)]
FieldKind = Annotated[str, _words(), _one_of(tuple(FIELD_KINDS), "kind of field")]
Prefill = Annotated[str, _words(), _one_of(("", *PREFILLS), "entry of the register")]
ColumnKind = Annotated[str, _words(), _one_of(COLUMN_KINDS, "kind of column")]
FieldLabel = Annotated[str, _words(at_most=300, needed=True, one_line=True)]
Option = Annotated[str, _words(at_most=120, needed=True, one_line=True)]
Group = Annotated[str, _words(at_most=200, one_line=True)]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000)]


class Part(BaseModel):
    """A mapping of the file. Nothing is guessed: an unknown key or another type is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class FrameworkPart(Part):
    code: Code
    title: Title
    duty: Duty = ""


class EditionPart(Part):
    code: EditionCode
    year: Annotated[int, Field(ge=1990, le=2100)]
    title: Title


class LabelsPart(Part):
    standard: Label = "Standard"
    standards: Label = "Standards"
    criterion: Label = "Criterion"
    criteria: Label = "Criteria"


class SignOffPart(Part):
    step: Annotated[str, _words(at_most=40, needed=True), _made_of(CODE, "letters, digits and dashes")]
    label: StepLabel


class ChainStepPart(SignOffPart):
    """A signature of the whole return; of a standard's own signature nobody can wait."""

    after: Annotated[str, _words(at_most=40)] = ""


class LevelPart(Part):
    code: Code
    label: Label
    letter: Letter
    order: Annotated[int, Field(ge=-1_000, le=1_000)]
    value: Finite | None = None
    colour: Colour
    meaning: NeededText
    counts: bool = True
    needs: Annotated[list[Need], Distinct] = []


class StepsPart(Part):
    """Even steps between two numbers; the levels of the scale are then the bands they fall into."""

    from_: Annotated[float, Field(alias="from", allow_inf_nan=False, ge=0, le=1_000)] = 0
    to: Annotated[float, Field(allow_inf_nan=False, gt=0, le=1_000)] = 100
    by: Annotated[float, Field(allow_inf_nan=False, gt=0, le=500)]
    unit: Annotated[str, _words(at_most=10, one_line=True)] = "%"


class ScalePart(Part):
    code: Code
    title: Annotated[str, _words(at_most=120, one_line=True)] = ""
    steps: StepsPart | None = None
    levels: Annotated[list[LevelPart], Field(min_length=2)]


class ColumnPart(Part):
    code: Code
    label: FieldLabel
    kind: ColumnKind = "text"
    options: Annotated[list[Option], Distinct] = []


class FieldPart(Part):
    """Something asked beside the ratings."""

    code: Code
    label: FieldLabel
    hint: Text = ""
    kind: FieldKind = "text"
    required: bool = False
    options: Annotated[list[Option], Distinct] = []
    columns: list[ColumnPart] = []
    only_if: Condition = ""
    prefill: Prefill = ""


class NotApplicablePart(Part):
    allowed: bool
    meaning: Text = ""


class RetiredPart(Part):
    key: Key
    reason: NeededText
    source: Source = ""


class LineagePart(Part):
    change: Change
    from_: Annotated[list[Key], Distinct] = Field(default=[], alias="from")
    reason: Text = ""
    source: Source = ""


class ScaleChangePart(Part):
    """Why the scale is another than in the predecessor."""

    reason: NeededText
    source: Source = ""


class VariantPart(Part):
    """Other words of a criterion for certain organisations."""

    only_if: Annotated[str, _words(needed=True), AfterValidator(_condition)]
    text: Text = ""
    guidance: Text = ""
    descriptors: dict[str, NeededText] = {}


class CriterionPart(Part):
    number: Number
    key: Key
    group: Group = ""
    text: NeededText
    guidance: Text = ""
    evidence: list[NeededText] = []
    descriptors: dict[str, NeededText] = {}
    themes: Annotated[list[Theme], Distinct] = []
    practice_standards: Annotated[list[Number], Distinct] = []
    source: Text = ""
    resources: list[NeededText] = []
    references: Annotated[list[Option], Distinct] = []
    recommendations: Annotated[list[Option], Distinct] = []
    must: bool = False
    weight: Annotated[float, Field(allow_inf_nan=False, gt=0, le=1_000)] = 1
    rated: bool = True
    scale: Annotated[str, _words(at_most=30)] = ""
    only_if: Condition = ""
    not_applicable: bool = True
    variants: list[VariantPart] = []
    fields: list[FieldPart] = []
    lineage: LineagePart | None = None


class StandardPart(Part):
    number: Number
    key: Key
    title: Title
    question: Text = ""
    introduction: Text = ""
    good: Text = ""
    only_if: Condition = ""
    sign_off: SignOffPart | None = None
    fields: list[FieldPart] = []
    criteria: Annotated[list[CriterionPart], Field(min_length=1)]


class QuestionnaireFile(Part):
    """One edition of a questionnaire as a file holds it."""

    format: Literal[1]
    framework: FrameworkPart
    edition: EditionPart
    predecessor: EditionCode | None = None
    labels: LabelsPart = LabelsPart()
    introduction: Text = ""
    declaration: NeededText
    sign_off: Annotated[list[ChainStepPart], Field(min_length=1)]
    approver: OneLine = ""
    scale: ScalePart
    other_scales: list[ScalePart] = []
    not_applicable: NotApplicablePart
    fields: list[FieldPart] = []
    each_standard: list[FieldPart] = []
    each_criterion: list[FieldPart] = []
    scale_change: ScaleChangePart | None = None
    retired: list[RetiredPart] = []
    standards: Annotated[list[StandardPart], Field(min_length=1)]

    @property
    def criteria(self) -> list[CriterionPart]:
        """Every criterion in the order asked."""
        return [criterion for standard in self.standards for criterion in standard.criteria]

    @property
    def scales(self) -> dict[str, ScalePart]:
        """The scales by code, the edition's own first."""
        return {scale.code: scale for scale in (self.scale, *self.other_scales)}

    def tidied(self) -> Self:
        """The same content in its one canonical order: levels best first, descriptors as the levels."""
        scale, others = _best_first(self.scale), [_best_first(other) for other in self.other_scales]
        tidy = self.model_copy(update={"scale": scale, "other_scales": others})
        standards = [
            standard.model_copy(update={"criteria": [tidy.tidied_criterion(c) for c in standard.criteria]})
            for standard in self.standards
        ]
        return tidy.model_copy(update={"standards": standards})

    def tidied_criterion(self, criterion: CriterionPart) -> CriterionPart:
        own = "" if criterion.scale == self.scale.code else criterion.scale
        levels = self.scales[own or self.scale.code].levels
        codes = [level.code for level in levels]
        variants = [
            variant.model_copy(update={"descriptors": _as_levels(variant.descriptors, codes)})
            for variant in criterion.variants
        ]
        words = _as_levels(criterion.descriptors, codes)
        return criterion.model_copy(update={"scale": own, "descriptors": words, "variants": variants})


def _as_levels(descriptors: dict[str, str], codes: list[str]) -> dict[str, str]:
    return {code: descriptors[code] for code in codes if code in descriptors}


def _best_first(scale: ScalePart) -> ScalePart:
    levels = sorted(scale.levels, key=lambda level: level.order, reverse=True)
    return scale.model_copy(update={"levels": levels})


# The part that stands at a place, positions in lists left out: to say which keys are known there.
PARTS: dict[tuple[str, ...], type[Part]] = {
    (): QuestionnaireFile,
    ("framework",): FrameworkPart,
    ("edition",): EditionPart,
    ("labels",): LabelsPart,
    ("sign_off",): ChainStepPart,
    ("scale",): ScalePart,
    ("scale", "steps"): StepsPart,
    ("scale", "levels"): LevelPart,
    ("other_scales",): ScalePart,
    ("other_scales", "steps"): StepsPart,
    ("other_scales", "levels"): LevelPart,
    **{
        (*place, *inner): part
        for place in (
            ("fields",),
            ("each_standard",),
            ("each_criterion",),
            ("standards", "fields"),
            ("standards", "criteria", "fields"),
        )
        for inner, part in (((), FieldPart), (("columns",), ColumnPart))
    },
    ("scale_change",): ScaleChangePart,
    ("not_applicable",): NotApplicablePart,
    ("retired",): RetiredPart,
    ("standards",): StandardPart,
    ("standards", "sign_off"): SignOffPart,
    ("standards", "criteria"): CriterionPart,
    ("standards", "criteria", "variants"): VariantPart,
    ("standards", "criteria", "lineage"): LineagePart,
}


def known_keys(part: type[Part]) -> tuple[str, ...]:
    """The keys a part may hold, as they are written."""
    return tuple(field.alias or name for name, field in part.model_fields.items())
