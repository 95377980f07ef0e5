"""Finding the tables of a return in sheets that somebody may have renamed, moved or added to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from s11.core.errors import Invalid
from s11.core.tables import Cell, Sheet
from s11.questionnaires.workbook.layout import said
from s11.questionnaires.workbook.sheets import place_of, text_of
from s11.returns.workbook.layout import (
    ANSWER,
    COMMENTARY,
    GAPS,
    NUMBER,
    QUESTION,
    RATING,
    REFERENCE,
    STRENGTHS,
)

LOOKED_AT = 30  # rows in which headings are looked for
HEAD_ROWS = 12  # and in which the line with the reference is
OF_CRITERIA = {said(column.title) for column in (RATING, COMMENTARY, STRENGTHS, GAPS)}
OF_QUESTIONS = {said(QUESTION), said(ANSWER)}
Spot = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """The table of one sheet: where its headings stand, and what lies under them."""

    place: int
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    head: int
    titles: dict[int, str]  # by column, as compared; those that stand twice are left out
    twice: tuple[int, ...]
    merged: frozenset[Spot]
    formulas: frozenset[Spot]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def is_of_questions(self) -> bool:
        return set(self.titles.values()) >= OF_QUESTIONS

    def place_of(self, title: str) -> int:
        """The column of a heading, -1 where there is none."""
        return next((place for place, known in self.titles.items() if known == said(title)), -1)

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row]
        return cells[column] if 0 <= column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        return text_of(self.cell(row, column)).strip()

    def unknown(self, known: set[str] | frozenset[str]) -> Iterator[tuple[int, str]]:
        """Headings that are none of ours, as they are written."""
        for place, title in self.titles.items():
            if title not in known:
                yield place, self.text(self.head, place)[:60]


def tables_of(sheets: Sequence[Sheet]) -> Iterator[Table]:
    """The table of every sheet that has one."""
    for place, sheet in enumerate(sheets):
        for head, row in enumerate(sheet.rows[:LOOKED_AT]):
            titles = {at: said(text_of(cell)) for at, cell in enumerate(row) if text_of(cell).strip()}
            held = set(titles.values())
            if said(NUMBER) in held and (held & OF_CRITERIA or held >= OF_QUESTIONS):
                yield table_of(place, sheet, head, titles)
                break


def table_of(place: int, sheet: Sheet, head: int, titles: dict[int, str]) -> Table:
    values = list(titles.values())
    twice = tuple(at for at, title in titles.items() if values.count(title) > 1)
    return Table(
        place=place,
        name=sheet.name,
        rows=sheet.rows,
        head=head,
        titles={at: title for at, title in titles.items() if at not in twice},
        twice=twice,
        merged=frozenset(
            (row, column)
            for top, left, bottom, right in sheet.merged
            for row in range(max(top, head + 1), min(bottom, len(sheet.rows) - 1) + 1)
            for column in range(left, min(right, 200) + 1)
        ),
        formulas=frozenset(place_of(name) for name in sheet.formulas),
    )


def check_reference(sheets: Sequence[Sheet], ref: str) -> None:
    """Refuse a workbook that was not made from this return. Raises Invalid, at the field "file"."""
    lines = [line for sheet in sheets for line in reference_lines(sheet)]
    if not lines:
        raise Invalid(
            "This workbook does not say which return it is of. Download your return as a workbook, copy "
            "your answers into it, and choose that one.",
            field="file",
        )
    for found, line in lines:
        if found != ref:
            whose = line.split(" Reference:")[0].strip().rstrip(".")[:150]
            raise Invalid(
                f"This workbook is of another return: {whose or found}. Choose the workbook that was "
                "downloaded from this return.",
                field="file",
            )


def reference_lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows[:HEAD_ROWS]:
        for cell in row:
            if isinstance(cell, str) and (found := REFERENCE.search(cell)):
                yield found[1], cell
