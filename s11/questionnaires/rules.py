"""What a questionnaire says, as plain values: this is what travels to pages, packs and figures."""

from dataclasses import dataclass, field
from functools import cached_property

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.conditions import holds

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

COLOURS = (
    "green", "lightgreen", "amber", "red", "darkred", "blue", "teal", "grey",
    *(f"scale-{step}" for step in range(1, 7)),
)  # fmt: skip


@dataclass(frozen=True)
class LevelContent:
    """A point of a scale."""

    id: int
    code: str
    label: str
    letter: str
    order: int
    value: float | None
    colour: str
    meaning: str
    counts: bool


@dataclass(frozen=True)
class ScaleContent:
    """A scale with its levels, best first."""

    code: str
    title: str
    levels: tuple[LevelContent, ...]

    @property
    def best(self) -> LevelContent:
        return self.levels[0]


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

    def is_asked_of(self, facts: OrganisationFacts) -> bool:
        return holds(self.only_if, facts)


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


@dataclass(frozen=True)
class SignOffStep:
    """One signature a return needs before it counts as submitted."""

    step: str
    label: str


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

    def for_organisation(self, facts: OrganisationFacts) -> tuple[StandardContent, ...]:
        """The standards as this organisation is asked them: conditions applied, empty ones left out."""
        asked = (
            (standard, tuple(c for c in standard.criteria if c.is_asked_of(facts)))
            for standard in self.standards
        )
        return tuple(
            StandardContent(s.id, s.number, s.key, s.title, s.question, s.introduction, s.good, criteria)
            for s, criteria in asked
            if criteria
        )
