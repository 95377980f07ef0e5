"""A sheet of a workbook as it fills, from top to bottom."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from s11.core.sheets import safe_cell
from s11.packs.document import Cell, Column, Of, Table
from s11.packs.writing.columns import LOOKED_AT
from s11.packs.writing.excel.figures import Figure, figure
from s11.packs.writing.shades import FRAME, INK, PANEL, RULE, SOFT, shade
from s11.packs.writing.texts import heading, in_words, plain, stands_out

LONGEST_TEXT = 32_000  # a cell holds 32,767 letters
POINTS_A_LINE, TALLEST = 14.6, 405.0
FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top", "text_wrap": True}
CENTRED = {"valign": "vcenter"}


class Formats:
    """Looks by what they are made of: a workbook keeps each once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book, self._made = book, dict[tuple[Any, ...], Format]()

    def of(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(FONT | look)
        return self._made[key]


def text_of(words: str) -> str:
    """Words as a cell may hold them: nothing in them is run."""
    return str(safe_cell(plain(words)))[:LONGEST_TEXT]


def lines_in(words: str, width: float) -> int:
    """How many lines words take in a column so many letters wide."""
    return sum(max(1, ceil(1.08 * len(part) / max(width, 1))) for part in words.split("\n"))


class Paper:
    """One sheet. `widths`: of its columns, in letters; text goes over all of them."""

    def __init__(self, sheet: Worksheet, formats: Formats, widths: Sequence[float]) -> None:
        self.sheet, self.formats, self.widths = sheet, formats, list(widths)
        self.row = 0
        sheet.hide_gridlines(2)
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)

    @cached_property
    def last(self) -> int:
        return len(self.widths) - 1

    def say(self, words: str, *, start: int = 0, size: float = 11, least: int = 1, **look: Any) -> None:
        """Words over the whole width from a column on, in a row of their own."""
        self.put(words, self.formats.of(font_size=size, **look), start=start)
        lines = max(lines_in(words, 0.98 * sum(self.widths[start:]) * 11 / size), least)
        self.high(lines * POINTS_A_LINE * size / 11 + 2)
        self.row += 1

    def put(self, words: str, look: Format, *, start: int = 0) -> None:
        """Words over the whole width from a column on; the row goes on."""
        if start < self.last:
            self.sheet.merge_range(self.row, start, self.row, self.last, "", look)
        self.sheet.write_string(self.row, start, text_of(words), look)

    def high(self, points: float) -> None:
        self.sheet.set_row(self.row, min(max(points, 16.0), TALLEST))

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def heading(self, words: str, size: float = 13) -> None:
        if words:
            self.say(words, size=size, bold=True, font_color=FRAME)

    def pair(self, label: str, value: str, *, strong: bool = False) -> None:
        """A label, and what it stands at beside it."""
        self.sheet.write_string(self.row, 0, text_of(label), self.formats.of(font_color=SOFT))
        look = self.formats.of(bold=True, font_size=13) if strong else self.formats.of()
        self.put(value, look, start=1)
        across = sum(self.widths[1:]) * (0.82 if strong else 0.98)
        lines = max(lines_in(value, across), lines_in(label, self.widths[0]))
        self.high(lines * POINTS_A_LINE * (1.2 if strong else 1) + 2)
        self.row += 1

    def blank(self, label: str, lines: int) -> None:
        """A label, and room to write beside it."""
        boxed = {"border": 1, "border_color": RULE}
        if label:
            self.sheet.write_string(self.row, 0, text_of(label), self.formats.of(font_color=SOFT, **boxed))
        self.put("", self.formats.of(**boxed), start=1)
        self.high(max(lines, lines_in(label, self.widths[0])) * POINTS_A_LINE + 4)
        self.row += 1

    def table(self, table: Table) -> tuple[int, int]:
        """The head and the rows of a table; gives the row of its head and its last row."""
        columns = laid_out(table)
        head = self.formats.of(bold=True, bg_color=PANEL, bottom=1, bottom_color=SOFT, valign="bottom")
        right = self.formats.of(
            bold=True, bg_color=PANEL, bottom=1, bottom_color=SOFT, valign="bottom", align="right"
        )
        top, lines = self.row, 1
        for place, (title, at, notes) in enumerate(columns):
            flush = not notes and table.columns[at].of in (Of.NUMBER, Of.SHARE)
            self.sheet.write_string(self.row, place, text_of(title), right if flush else head)
            lines = max(lines, lines_in(title, self.widths[place] * 0.9))
        self.high(lines * POINTS_A_LINE + 4)
        self.row += 1
        for row in table.rows:
            high = 1
            for place, (_, at, notes) in enumerate(columns):
                words = self.cell(place, row[at], table.columns[at], names=at < table.names, notes=notes)
                high = max(high, lines_in(words, self.widths[place]))
            self.high(high * POINTS_A_LINE + 3)
            self.row += 1
        return top, self.row - 1

    def cell(self, place: int, cell: Cell, column: Column, *, names: bool, notes: bool) -> str:
        """One cell; gives the words it shows."""
        look: dict[str, Any] = CENTRED | {"bottom": 4, "bottom_color": RULE}
        if stands_out(cell, names=names):
            look["bold"] = True
        if notes:
            self.sheet.write_string(
                self.row, place, text_of(cell.note), self.formats.of(**look, font_color=SOFT)
            )
            return cell.note
        found = figure(cell, column.of)
        if found is not None:
            return self.figure(place, cell.text, found, look, right=column.of != Of.DATE)
        if cell.chip is not None:
            colours = shade(cell.chip.colour)
            look |= {
                "bg_color": colours.fill,
                "font_color": colours.ink,
                "border": 1,
                "border_color": "#ffffff",
            }
        words = in_words(cell) + (f"\n{cell.note}" if cell.note and not apart(column) else "")
        if column.of in (Of.NUMBER, Of.SHARE):
            look["align"] = "right"
        self.sheet.write_string(self.row, place, text_of(words), self.formats.of(**look))
        return words

    def figure(self, place: int, words: str, found: Figure, look: dict[str, Any], *, right: bool) -> str:
        made = self.formats.of(**look, num_format=found.shown, align="right" if right else "left")
        if isinstance(found.value, datetime):
            self.sheet.write_datetime(self.row, place, found.value, made)
        else:
            self.sheet.write_number(self.row, place, found.value, made)
        return words


def apart(column: Column) -> bool:
    """Whether what is said beneath a cell stands in a column of its own: beside a figure, no words can."""
    return column.of in (Of.NUMBER, Of.SHARE, Of.DATE, Of.RATINGS)


def laid_out(table: Table) -> list[tuple[str, int, bool]]:
    """The columns of a table on a sheet: title, place in the table, and whether it holds the notes of it."""
    found = []
    for place, column in enumerate(table.columns):
        found.append((heading(column), place, False))
        if apart(column) and any(row[place].note for row in table.rows):
            found.append((f"{heading(column)}: note", place, True))
    return found


def widths_of(table: Table, *, least: float = 9, most: float = 46) -> list[float]:
    """How wide the columns of a table should be, in letters."""
    found = []
    for title, place, notes in laid_out(table):
        words = max((len(word) for word in title.split()), default=0) + 3.5
        longest = 0.0
        for row in table.rows[:LOOKED_AT]:
            text = row[place].note if notes else in_words(row[place])
            if not notes and row[place].note and not apart(table.columns[place]):
                text = f"{text}\n{row[place].note}"
            longest = max(longest, max(len(part) for part in text.split("\n")))
        found.append(min(max(least, words, min(1.1 * longest + 2, most)), most))
    return found
