"""What was found in a workbook: answers and entries with their cells, and what has to be put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from s11.questionnaires.rules import CriterionContent
from s11.questionnaires.workbook.layout import cell_name
from s11.returns.workbook.contents import Question
from s11.returns.workbook.stamps import FieldStamp


@dataclass(frozen=True, order=True)
class At:
    """A cell; rows and columns count from 0."""

    sheet: int
    row: int
    column: int
    name: str

    def __str__(self) -> str:
        return f"{self.name}!{cell_name(self.row, self.column)}"


@dataclass(frozen=True, order=True)
class Fault:
    """Something to put right in the workbook: in which cell, and how.

    `about`: what the cell answers, so that nobody is asked to correct what is not theirs.
    """

    at: At
    sentence: str
    about: CriterionContent | Question | None = field(default=None, compare=False)


@dataclass(frozen=True)
class AnswerRow:
    """What a row says of a criterion. Parts whose cell is missing or cannot be read are not in `parts`.

    `cells`: where each part was read.
    """

    criterion: CriterionContent
    at: At
    version: int | None
    parts: dict[str, Any]
    cells: dict[str, At] = field(default_factory=dict)

    def cells_of(self, parts: Iterable[str]) -> str:
        """The cells of these parts in words: "Standard 1!D5, J5"."""
        found = sorted(self.cells[part] for part in parts if part in self.cells) or [self.at]
        return ", ".join([str(found[0]), *(cell_name(one.row, one.column) for one in found[1:])])


@dataclass(frozen=True)
class FieldCell:
    """What a cell says of a field, and what the field was when the workbook was made."""

    question: Question
    at: At
    stamp: FieldStamp | None
    value: Any


@dataclass
class ReadReturn:
    """A whole workbook: what could be read, what could not, and what is good to know."""

    answers: list[AnswerRow] = field(default_factory=list)
    entries: list[FieldCell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
