"""What a questionnaire says, as plain values: this is what travels to pages, packs and figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.conditions import NOTHING, Said, compile_condition, holds

THEMES = {
    "professional-curiosity": "Professional curiosity",
    "information-sharing": "Information sharing and fora for discussion",
    "collaborative-working": "Collaborative working, decision making and planning",
    "ownership": "Ownership, accountability and management grip",
    "voice-of-the-child": "The voice of the child",
}

CHANGES = {
    "unchanged": "Unchanged",
    "reworded": "Reworded",
    "new": "New",
    "split": "Split from an earlier criterion",
    "merged": "Merged from earlier criteria",
}

# What made the Board change a criterion.
SOURCES = {
    "review": "A case review",
    "inspection": "An inspection",
    "guidance": "New law or guidance",
    "feedback": "Feedback from agencies",
    "audit": "An audit or deep dive",
    "other": "Another reason",
}

# What a level can ask for beside the commentary; anything else it names is the code of a field.
NEEDS = {"evidence": "a piece of evidence", "action": "an action with its owner and date"}

FIELD_KINDS = {
    "text": "A line of text",
    "long_text": "Long text",
    "number": "A number",
    "date": "A date",
    "yes_no": "Yes or no",
    "choice": "One of several",
    "choices": "Any of several",
    "file": "A file",
    "table": "A table of rows",
}
# What the register of organisations can fill a field with before anybody has; whoever answers checks it.
PREFILLS = {
    "urn": "its unique reference number",
    "pupils": "how many pupils it has",
    "phase": "its phase",
    "name": "its name",
    "district": "its district",
    "religious_character": "its religious character",
    "school_type": "its type of school",
    "trust": "the trust it belongs to",
    "head": "who signs as headteacher",
    "chair": "who signs as chair of governors",
    "ofsted_grade": "its Ofsted grade",
}
COLUMN_KINDS = ("text", "number", "date", "yes_no", "choice")

COLOURS = (
    "green", "lightgreen", "amber", "red", "darkred", "blue", "teal", "grey",
    *(f"scale-{step}" for step in range(1, 7)),
)  # fmt: skip


@dataclass(frozen=True)
class LevelContent:
    """A point of a scale. `needs`: what an answer at this level has to have beside its commentary."""

    id: int
    code: str
    label: str
    letter: str
    order: int
    value: float | None
    colour: str
    meaning: str
    counts: bool
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepsContent:
    """A scale of even steps, as 0 to 100 % by 5. `bands` are the levels its author wrote, best first."""

    first: float
    last: float
    by: float
    unit: str
    bands: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class ScaleContent:
    """A scale with its levels, best first. With `steps`, each step is a level of its own."""

    code: str
    title: str
    levels: tuple[LevelContent, ...]
    steps: StepsContent | None = None

    @property
    def best(self) -> LevelContent:
        return self.levels[0]

    @cached_property
    def printed(self) -> tuple[LevelContent, ...]:
        """The levels whose meaning is printed: of a scale of steps, the lowest step of each band."""
        if self.steps is None:
            return self.levels
        values = {float(band["value"]) for band in self.steps.bands}
        return tuple(level for level in self.levels if level.value in values)

    @cached_property
    def counted(self) -> tuple[LevelContent, ...]:
        """The levels that figures have a column for, best first: of a scale of steps, its bands."""
        if self.steps is None:
            return self.levels
        bands = sorted(self.steps.bands, key=lambda band: band["value"], reverse=True)
        return tuple(
            replace(
                level,
                code=band["code"],
                label=band["label"],
                letter=band["letter"],
                order=len(bands) - place,
            )
            for place, (level, band) in enumerate(zip(self.printed, bands, strict=True))
        )

    def counted_as(self, level: LevelContent) -> LevelContent:
        """The level of `counted` that a level falls under."""
        if self.steps is None:
            return level
        return next(band for band in self.counted if (band.value or 0) <= (level.value or 0))


@dataclass(frozen=True)
class ColumnContent:
    """A column of a field that is a table."""

    code: str
    label: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldContent:
    """Something asked beside the ratings. `repeated`: asked in every standard, or beside every criterion."""

    id: int
    code: str
    label: str
    hint: str
    kind: str
    required: bool
    options: tuple[str, ...]
    columns: tuple[ColumnContent, ...]
    only_if: str
    repeated: bool = False
    prefill: str = ""


@dataclass(frozen=True)
class VariantContent:
    """Other words of a criterion for certain organisations; what is empty stays as it is for all."""

    only_if: str
    text: str = ""
    guidance: str = ""
    descriptors: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CriterionContent:
    """A criterion with everything printed beside it. `descriptors` maps level id to words."""

    id: int
    number: str
    key: str
    text: str
    guidance: str
    evidence: tuple[str, ...]
    descriptors: dict[int, str]
    themes: tuple[str, ...]
    practice_standards: tuple[str, ...]
    source: str
    must: bool
    weight: float
    only_if: str
    not_applicable_allowed: bool
    change: str
    change_from: tuple[str, ...]
    change_reason: str
    scale: ScaleContent
    standard_key: str
    position: int  # place among all criteria of the edition, from 0
    group: str = ""
    references: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    rated: bool = True
    fields: tuple[FieldContent, ...] = ()
    variants: tuple[VariantContent, ...] = ()
    change_source: str = ""

    @property
    def headline(self) -> str:
        """What stands beside the number: the text up to its first list or empty line."""
        return self._split[0]

    @property
    def detail(self) -> str:
        """The rest of the text, with paragraphs and lists."""
        return self._split[1]

    @property
    def _split(self) -> tuple[str, str]:
        lines = self.text.split("\n")
        for place, line in enumerate(lines):
            if place and (not line.strip() or line.lstrip().startswith(("- ", "* ", "1. "))):
                return " ".join(lines[:place]), "\n".join(lines[place:]).strip("\n")
        return " ".join(lines), ""

    def worded_for(self, facts: OrganisationFacts, said: Said = NOTHING) -> "CriterionContent":
        """The criterion in the words for this organisation: those of the first variant that fits."""
        for variant in self.variants:
            if holds(variant.only_if, facts, said):
                return replace(
                    self,
                    text=variant.text or self.text,
                    guidance=variant.guidance or self.guidance,
                    descriptors={**self.descriptors, **variant.descriptors},
                )
        return self


@dataclass(frozen=True)
class StandardContent:
    """A standard with its criteria in order."""

    id: int
    number: str
    key: str
    title: str
    question: str
    introduction: str
    good: str
    criteria: tuple[CriterionContent, ...]
    only_if: str = ""
    fields: tuple[FieldContent, ...] = ()
    sign_off: "SignOffStep | None" = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of its own is asked. What is asked in every standard does not keep one open."""
        return not self.criteria and all(field.repeated for field in self.fields)


@dataclass(frozen=True)
class SignOffStep:
    """One signature a return needs before it counts as submitted."""

    step: str
    label: str
    after: str = ""  # the step that has to be signed before this one


@dataclass(frozen=True)
class EditionContent:
    """A whole edition, read at once."""

    id: int
    code: str
    year: int
    title: str
    framework_code: str
    framework_title: str
    duty: str
    introduction: str
    declaration: str
    approver: str
    labels: dict[str, str]
    sign_off: tuple[SignOffStep, ...]
    retired: tuple[dict[str, str], ...]
    not_applicable_allowed: bool
    not_applicable_meaning: str
    stage: str
    standards: tuple[StandardContent, ...]
    scales: tuple[ScaleContent, ...] = field(default=())
    fields: tuple[FieldContent, ...] = ()
    scale_change: dict[str, str] = field(default_factory=dict)

    # Keys of the standards that are asked where a cycle asks only some; empty: all of them. The rest stay
    # here all the same: packed ratings go by the places of the whole edition.
    only: frozenset[str] = frozenset()

    def narrowed_to(self, keys: Iterable[str]) -> "EditionContent":
        """The same edition asking only these standards; all of it where no key is given."""
        only = frozenset(keys)
        if only not in self._narrowed:
            self._narrowed[only] = replace(self, only=only)
        return self._narrowed[only]

    @cached_property
    def _narrowed(self) -> dict[frozenset[str], "EditionContent"]:
        """Made once for each choice: a frozen edition is kept, and so is what was worked out of it."""
        return {self.only: self}

    def takes_in(self, standard: StandardContent) -> bool:
        """Whether a standard is among those that are asked of anybody."""
        return not self.only or standard.key in self.only

    @cached_property
    def asked_standards(self) -> tuple[StandardContent, ...]:
        """The standards that are asked of anybody, in the order printed."""
        return tuple(standard for standard in self.standards if self.takes_in(standard))

    @cached_property
    def asked_criteria(self) -> tuple[CriterionContent, ...]:
        """Their criteria; `criteria` are those of the whole edition."""
        return tuple(criterion for standard in self.asked_standards for criterion in standard.criteria)

    @cached_property
    def criteria(self) -> tuple[CriterionContent, ...]:
        """Every criterion in the order printed; its place here is its `position`."""
        return tuple(criterion for standard in self.standards for criterion in standard.criteria)

    @cached_property
    def by_id(self) -> dict[int, CriterionContent]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def by_number(self) -> dict[str, CriterionContent]:
        return {criterion.number: criterion for criterion in self.criteria}

    @cached_property
    def levels(self) -> dict[int, LevelContent]:
        return {level.id: level for scale in self.scales for level in scale.levels}

    def standard(self, number: str) -> StandardContent | None:
        return next((standard for standard in self.standards if standard.number == number), None)

    @cached_property
    def by_key(self) -> dict[str, CriterionContent]:
        return {criterion.key: criterion for criterion in self.criteria}

    @cached_property
    def is_scored(self) -> bool:
        """Whether a weighted score tells more than the ratings: weights differ, or ratings are steps."""
        rated = [criterion for criterion in self.criteria if criterion.rated]
        return any(criterion.scale.steps for criterion in rated) or len({c.weight for c in rated}) > 1

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Every condition written in the edition."""
        return tuple(
            text
            for text in (
                *(standard.only_if for standard in self.standards),
                *(criterion.only_if for criterion in self.criteria),
                *(variant.only_if for criterion in self.criteria for variant in criterion.variants),
                *(asked.only_if for asked in self.all_fields()),
            )
            if text
        )

    @cached_property
    def levels_need_more(self) -> bool:
        """Whether some level needs evidence, an action or a field: "no example, no blue"."""
        return any(level.needs for scale in self.scales for level in scale.levels)

    @cached_property
    def depends_on_answers(self) -> bool:
        """Whether what is asked changes with what was answered."""
        return any(compile_condition(text).references for text in self.conditions)

    def waits_for_answers(self, criterion: CriterionContent) -> bool:
        """Whether a criterion is asked or not by what was answered elsewhere."""
        standard = next(one for one in self.standards if one.key == criterion.standard_key)
        return any(compile_condition(text).references for text in (standard.only_if, criterion.only_if))

    def all_fields(self) -> Iterator[FieldContent]:
        """Every field of the edition; a repeated one comes once for each place it stands in."""
        yield from self.fields
        for standard in self.standards:
            yield from standard.fields
            for criterion in standard.criteria:
                yield from criterion.fields

    def for_organisation(self, facts: OrganisationFacts, said: Said = NOTHING) -> tuple[StandardContent, ...]:
        """The standards as this organisation is asked them: conditions applied, empty ones left out.

        `said` is what it has answered so far, for conditions that look at an earlier answer.
        """
        if not self.depends_on_answers:
            if facts not in self._asked:
                self._asked[facts] = self._asked_of(facts, said)
            return self._asked[facts]
        return self._asked_of(facts, _Heard(self, facts, said).said)

    @cached_property
    def _asked(self) -> dict[OrganisationFacts, tuple[StandardContent, ...]]:
        """What was worked out already, by what an organisation is: there are few kinds of them."""
        return {}

    def _asked_of(self, facts: OrganisationFacts, heard: Said) -> tuple[StandardContent, ...]:
        asked = (
            replace(
                standard,
                criteria=tuple(
                    replace(worded, fields=asked_of(worded.fields, facts, heard)) if worded.fields else worded
                    for criterion in standard.criteria
                    if holds(criterion.only_if, facts, heard)
                    for worded in (criterion.worded_for(facts, heard),)
                ),
                fields=asked_of(standard.fields, facts, heard),
            )
            for standard in self.asked_standards
            if holds(standard.only_if, facts, heard)
        )
        return tuple(standard for standard in asked if not standard.is_empty)

    def fields_for(self, facts: OrganisationFacts, said: Said = NOTHING) -> tuple[FieldContent, ...]:
        """The fields about the whole return that this organisation is asked."""
        heard = _Heard(self, facts, said).said if self.depends_on_answers else said
        return asked_of(self.fields, facts, heard)


def asked_of(
    fields: tuple[FieldContent, ...], facts: OrganisationFacts, said: Said
) -> tuple[FieldContent, ...]:
    """The fields whose condition holds."""
    return tuple(one for one in fields if holds(one.only_if, facts, said))


class _Heard:
    """What was said, as conditions may hear it: by number as well as by key, and silent where not asked.

    An answer to something that is no longer asked would otherwise keep further questions open.
    """

    def __init__(self, edition: EditionContent, facts: OrganisationFacts, said: Said) -> None:
        self.edition, self.facts, self.raw = edition, facts, said
        self.standards = {standard.key: standard for standard in edition.standards}
        self.known: dict[str, bool] = {}
        self.said = Said(_Ratings(self), _Fields(self))

    def is_asked(self, name: str, *conditions: str) -> bool:
        if name not in self.known:
            self.known[name] = False  # a circle, which no checked edition has, ends here
            self.known[name] = all(holds(text, self.facts, self.said) for text in conditions)
        return self.known[name]


class _Ratings(dict[str, str]):
    def __init__(self, heard: _Heard) -> None:
        super().__init__()
        self.heard = heard

    def get(self, name: str, default: Any = None) -> Any:
        edition = self.heard.edition
        criterion = edition.by_number.get(name) or edition.by_key.get(name)  # as the checks look it up
        if criterion is None:
            return default
        standard = self.heard.standards[criterion.standard_key]
        if not edition.takes_in(standard):
            return default
        asked = self.heard.is_asked(f"criterion {criterion.key}", standard.only_if, criterion.only_if)
        return self.heard.raw.ratings.get(criterion.key, default) if asked else default


class _Fields(dict[str, Any]):
    def __init__(self, heard: _Heard) -> None:
        super().__init__()
        self.heard = heard
        self.places: dict[str, tuple[str, ...]] = {one.code: (one.only_if,) for one in heard.edition.fields}
        for standard in heard.edition.asked_standards:
            self.places |= {one.code: (standard.only_if, one.only_if) for one in standard.fields}
            for criterion in standard.criteria:
                outer = (standard.only_if, criterion.only_if)
                self.places |= {one.code: (*outer, one.only_if) for one in criterion.fields}

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self.places:
            return default
        asked = self.heard.is_asked(f"field {name}", *self.places[name])
        return self.heard.raw.fields.get(name, default) if asked else default
