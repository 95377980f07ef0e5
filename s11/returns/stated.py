"""What is looked at for doubts: each answer of a return, with what stands around it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.rules import CriterionContent, LevelContent, StandardContent
from s11.returns.likeness import pasted

# Of a scale as long as this the two lowest levels are far enough down to want an action.
LONG_SCALE = 5
PASTED_OFTEN = 3


@dataclass(frozen=True)
class Shown:
    """A piece of evidence, as far as its age is concerned."""

    title: str
    is_file: bool
    added_on: date
    current_until: date | None = None
    confirmed_on: date | None = None
    ref: str = ""


@dataclass(frozen=True)
class Earlier:
    """What was submitted to the same criterion in an earlier year."""

    year: str  # as its cycle is called
    level_code: str
    level_label: str
    not_applicable: bool
    commentary: str
    evidence: frozenset[str] = frozenset()  # refs of what was shown


@dataclass(frozen=True)
class Stated:
    """One answer, and what stands around it. `before`: earlier years, the latest first."""

    standard: StandardContent
    criterion: CriterionContent
    level: LevelContent | None = None
    not_applicable: bool = False
    commentary: str = ""
    evidence: tuple[Shown, ...] = ()
    has_action: bool = False
    actions: tuple[str, ...] = ()  # the words of those recorded here
    overdue: tuple[str, ...] = ()  # the words of those whose day has gone by
    before: tuple[Earlier, ...] = ()

    @cached_property
    def levels(self) -> tuple[LevelContent, ...]:
        """The levels that count, best first; of a scale of steps, its bands."""
        return tuple(level for level in self.criterion.scale.counted if level.counts)

    @cached_property
    def place(self) -> int | None:
        """How far from the best the rating stands, 0 being the best; None without one that counts."""
        return self.place_of(self.level) if self.level else None

    def place_of(self, level: LevelContent) -> int | None:
        code = self.criterion.scale.counted_as(level).code
        return next((at for at, one in enumerate(self.levels) if one.code == code), None)

    @property
    def is_best(self) -> bool:
        return self.place == 0 and len(self.levels) > 1

    @property
    def is_worst(self) -> bool:
        lowest = 2 if len(self.levels) >= LONG_SCALE else 1
        return self.place is not None and len(self.levels) > 1 and self.place >= len(self.levels) - lowest


@dataclass(frozen=True)
class Whole:
    """What rules ask about the return as a whole."""

    facts: OrganisationFacts
    today: date
    stated: tuple[Stated, ...]

    @cached_property
    def pasted(self) -> dict[int, tuple[str, tuple[int, ...]]]:
        texts = {one.criterion.id: one.commentary for one in self.stated if not one.not_applicable}
        return pasted(texts, often=PASTED_OFTEN)

    def number(self, criterion_id: int) -> str:
        return next(one.criterion.number for one in self.stated if one.criterion.id == criterion_id)


@dataclass(frozen=True)
class Doubt:
    """Something odd about one answer, in the sentence people read."""

    code: str
    criterion_id: int
    number: str
    standard_number: str
    sentence: str
