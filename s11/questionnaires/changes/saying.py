"""Who is asked, in plain English, of two editions that stand in files."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from s11.questionnaires.format.shape import FieldPart, QuestionnaireFile, ScalePart
from s11.questionnaires.wording import Wording

Say = Callable[[str], str]


@dataclass(frozen=True)
class Rated:
    """A criterion as a condition names it."""

    number: str
    scale: ScalePart


@dataclass(frozen=True)
class Names:
    """What the conditions of a file can name."""

    file: QuestionnaireFile

    @cached_property
    def by_key(self) -> dict[str, Rated]:
        scales, own = self.file.scales, self.file.scale.code
        return {one.key: Rated(one.number, scales[one.scale or own]) for one in self.file.criteria}

    @cached_property
    def by_number(self) -> dict[str, Rated]:
        return {one.number: one for one in self.by_key.values()}

    def all_fields(self) -> Iterator[FieldPart]:
        file = self.file
        yield from (*file.fields, *file.each_standard, *file.each_criterion)
        for standard in file.standards:
            yield from standard.fields
            for criterion in standard.criteria:
                yield from criterion.fields


class Sayings:
    """How the conditions of this edition and of the earlier one are said."""

    def __init__(self, file: QuestionnaireFile, earlier: QuestionnaireFile) -> None:
        self.now: Say = Wording(Names(file)).asked_of
        self._earlier: Say = Wording(Names(earlier)).asked_of

    def before(self, kept: Collection[str]) -> Say:
        """How an earlier condition is said. One that is `kept` as it was is said as it is said now: another
        number of the criterion it names is no change of who is asked."""
        return lambda condition: (self.now if condition in kept else self._earlier)(condition)
