"""The sheets of a workbook as parts of a questionnaire: which column is which, and what its cells hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from s11.core.tables import Cell, Dated, Sheet
from s11.questionnaires.format.faults import Place
from s11.questionnaires.format.shape import nearest
from s11.questionnaires.workbook.faults import At
from s11.questionnaires.workbook.layout import (
    DESCRIPTOR,
    EDITION,
    EDITION_LINES,
    README,
    TITLES,
    Column,
    Layout,
    descriptor_columns,
    said,
)
from s11.questionnaires.workbook.rows import off_lines

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
DATED = "Format this cell as text and write it again: Excel made a date or a time of it."
SHORTENED = "Format this cell as text and write it again: Excel may have made {said} of {said}0."


@dataclass
class Row:
    """A part as a row of a sheet holds it, and where each of its values stands."""

    at: At
    part: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, At] = field(default_factory=dict)

    def take(self, key: str) -> str:
        """The value that only says where the row belongs; it is no value of the part."""
        return str(self.part.pop(key, "")).strip()


class Sheets:
    """The sheets of a workbook by their titles, and all that is wrong with them as sheets."""

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        self.faults: list[tuple[At, str]] = []
        self.by_title: dict[str, Sheet] = {}
        for sheet in sheets:
            self.know(sheet)
        for title in TITLES[1:]:
            if title not in self.by_title:
                self.say(At(TITLES.index(title)), f"Add the sheet {title}: it is missing.")

    def say(self, at: At, sentence: str) -> None:
        self.faults.append((at, sentence))

    def know(self, sheet: Sheet) -> None:
        title = next((title for title in TITLES if said(title) == said(sheet.name)), "")
        if not title:
            unknown = f"Unknown sheet {sheet.name[:60]!r}. {nearest(sheet.name, TITLES)}"
            self.say(At(len(TITLES), name=sheet.name), unknown)
            return
        self.by_title[title] = sheet
        if title == README:
            return
        number = TITLES.index(title)
        for top, left, bottom, right in sheet.merged:
            self.say(
                At(number, top, left, to=cell_named(bottom, right)),
                "Unmerge these cells, and write into each what belongs there.",
            )
        for name in sheet.formulas:
            self.say(At(number, *place_of(name)), "Write the value here in place of the formula.")

    def edition(self) -> Row:
        """The sheet Edition, whose lines are the values of one part."""
        row = Row(At(TITLES.index(EDITION), 0, 0))
        lines = {said(line.title): line for line in EDITION_LINES}
        for at, cells in enumerate(self.rows(EDITION)[1:], start=1):
            title = text_of(cells[0]) if cells else ""
            line = lines.pop(said(title), None)
            here = At(row.at.sheet, at, 0)
            if line is not None:
                self.put(row, line, cells[1] if len(cells) > 1 else "", At(row.at.sheet, at, 1))
            elif title or any(text_of(cell) for cell in cells[1:2]):
                known = tuple(line.title for line in EDITION_LINES)
                self.say(here, f"Unknown line {title[:60]!r}. {nearest(title, known)}")
        for line in lines.values() if EDITION in self.by_title else ():
            self.say(At(row.at.sheet), f"Add the line {line.title}: it is missing.")
        return row

    def parts(self, layout: Layout) -> Iterator[Row]:
        """Every row of a sheet that holds anything."""
        rows = self.rows(layout.title)
        number = TITLES.index(layout.title)
        columns = self.columns(layout, rows[0] if rows else ())
        for at, cells in enumerate(rows[1:], start=1):
            if not any(text_of(cell).strip() for cell in cells):
                continue
            row = Row(At(number, at, min(columns, default=0)))
            for place, cell in enumerate(cells):
                if place in columns:
                    self.put(row, columns[place], cell, At(number, at, place))
                elif text_of(cell).strip():
                    self.say(At(number, at, place), "Give this column a heading, or empty it.")
            yield row

    def rows(self, title: str) -> tuple[tuple[Cell, ...], ...]:
        sheet = self.by_title.get(title)
        return sheet.rows if sheet else ()

    def columns(self, layout: Layout, heading: tuple[Cell, ...]) -> dict[int, Column]:
        """Which column stands where; what is missing, unknown or there twice is said."""
        number = TITLES.index(layout.title)
        known = {said(column.title): column for column in layout.columns}
        found: dict[int, Column] = {}
        for place, cell in enumerate(heading):
            title = text_of(cell).strip()
            column = self.column(layout, known, title)
            if column is None and title:
                titles = tuple(column.title for column in layout.columns)
                self.say(At(number, 0, place), f"Unknown column {title[:60]!r}. {nearest(title, titles)}")
            elif column in found.values():
                self.say(At(number, 0, place), f"Remove one of the two columns {title!r}.")
            elif column is not None:
                found[place] = column
        for column in layout.columns if layout.title in self.by_title else ():
            if column not in found.values():
                self.say(At(number), f"Add the column {column.title}: it is missing.")
        return found

    def column(self, layout: Layout, known: dict[str, Column], title: str) -> Column | None:
        if layout.has_descriptors and said(title).startswith(said(DESCRIPTOR)):
            return descriptor_columns((title.partition(":")[2].strip(),))[0]
        return known.get(said(title))

    def put(self, row: Row, column: Column, cell: Cell, at: At) -> None:
        """Keep what a cell holds where its column says, and remember the cell."""
        for length in range(1, len(column.path) + 1):
            row.cells.setdefault(column.path[:length], at)
        row.cells[column.path] = at
        if text_of(cell).strip() == "":
            return
        if isinstance(cell, Dated):
            self.say(at, DATED)
        elif column.kind == "name" and isinstance(cell, float) and not cell.is_integer():
            self.say(at, SHORTENED.format(said=text_of(cell)))
        here = row.part
        for step in column.path[:-1]:
            here = here.setdefault(step, {})
        here[column.path[-1]] = value_of(column.kind, cell)


def value_of(kind: str, cell: Cell) -> Any:
    """What a cell holds, as its kind; what is not of that kind stays text, and the checks will say so."""
    text = text_of(cell)
    match kind:
        case "yes_no":
            return cell if isinstance(cell, bool) else YES_NO.get(said(text), text)
        case "items":
            return off_lines(text)
        case "whole" | "decimal":
            return number_of(cell, whole=kind == "whole")
    return text


def number_of(cell: Cell, *, whole: bool) -> Any:
    if isinstance(cell, str) and not isinstance(cell, Dated):
        try:
            cell = float(cell.strip().replace(",", ""))
        except ValueError:
            return cell
    if isinstance(cell, bool) or not isinstance(cell, float | int):
        return text_of(cell)
    number = float(cell)
    return int(number) if whole and number.is_integer() else number


def text_of(cell: Cell) -> str:
    """A cell as text; 3.0 is how a spreadsheet keeps 3."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def cell_named(row: int, column: int) -> str:
    return str(At(0, row, column)).partition("!")[2]


def place_of(name: str) -> tuple[int, int]:
    """The row and column of a cell's name, both from 0."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]) - 1, column - 1
