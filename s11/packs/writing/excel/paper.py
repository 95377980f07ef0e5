"""A sheet of a workbook as it fills, from top to bottom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from math import inf
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from s11.core.sheets import safe_cell
from s11.packs.document import Cell, Column, Of, Table
from s11.packs.writing.excel.figures import Figure, figure
from s11.packs.writing.excel.layout import BUTTON, POINTS_A_LINE, Holds, Laid, laid_out, lines_in, said_in
from s11.packs.writing.shades import FRAME, INK, PANEL, RULE, SOFT, Shade, shade
from s11.packs.writing.texts import plain, stands_out

LONGEST_TEXT = 32_000  # a cell holds 32,767 letters
# How wide a digit is printed at the most.
POINTS_A_ROW, POINTS_A_LETTER, TALLEST = 15.0, 5.65, 405.0
# A page on its side between its margins, in points.
PAGE_HIGH, PAGE_WIDE = 494.0, 770.0
FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top", "text_wrap": True}
CENTRED = {"valign": "vcenter"}
HEAD = {"bold": True, "bg_color": PANEL}
LINED = {"bottom": 4, "bottom_color": RULE}
BOXED = {"border": 1, "border_color": RULE}
# Nought as a dash: in a table of counts it is what one looks past.
COUNT_SHOWN = '0;-0;"–"'


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


@dataclass(frozen=True)
class Placed:
    """Where a table stands: its first row, the row of its heads, its last row and its last column."""

    first: int
    head: int
    last: int
    right: int


def points_of(widths: Sequence[float]) -> float:
    """How wide columns are together, in points."""
    return sum(POINTS_A_LETTER * width + 4 for width in widths)


def coloured(colours: Shade) -> dict[str, Any]:
    return {"bg_color": colours.fill, "font_color": colours.ink}


class Paper:
    """One sheet. `widths`: of its columns, in letters; text goes over all of them."""

    def __init__(self, sheet: Worksheet, formats: Formats, widths: Sequence[float]) -> None:
        self.sheet, self.formats, self.widths = sheet, formats, list(widths)
        self.row = 0
        self.points = 0.0  # how high everything above is
        # The page in hand: where it begins, how high pages are, and before which rows they are turned.
        self.begun, self.room, self.breaks = 0.0, inf, list[int]()
        self.stretched: int | None = None
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
        high = min(max(points, 16.0), TALLEST)
        self.fill(high)
        self.sheet.set_row(self.row, high)

    def skip(self, rows: int = 1) -> None:
        for _ in range(rows):
            self.fill(POINTS_A_ROW)
        self.row += rows

    def fill(self, points: float) -> None:
        """A row so high is put on the page in hand; one that does not fit begins the next."""
        if self.points + points - self.begun > self.room:
            self.begun = self.points
        self.points += points

    def printed_whole(self) -> None:
        """Print the sheet as large as its columns fit on a page, with pages turned where `keep` says so.

        A sheet that is fitted to the width of a page instead is broken by Excel as it likes.
        """
        scale = max(10, min(100, int(97 * PAGE_WIDE / points_of(self.widths))))
        self.sheet.set_print_scale(scale)
        self.room = 0.95 * PAGE_HIGH * 100 / scale

    def keep(self, points: float) -> None:
        """Turn the page where what comes would not stay together on this one."""
        if points <= self.room < self.points + points - self.begun and self.points > self.begun:
            self.turn()

    def turn(self) -> None:
        self.breaks.append(self.row)
        self.begun = self.points

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
        if label:
            self.sheet.write_string(self.row, 0, text_of(label), self.formats.of(font_color=SOFT, **BOXED))
        self.put("", self.formats.of(**BOXED), start=1)
        self.high(max(lines, lines_in(label, self.widths[0])) * POINTS_A_LINE + 4)
        self.row += 1

    def table(
        self,
        table: Table,
        *,
        series: bool = False,
        stretch: bool = False,
        boxes: Collection[int] = (),
        lines: Sequence[int] = (),
    ) -> Placed:
        """The heads and the rows of a table.

        `series`: its rows belong together by their first column, and levels have columns of numbers.
        `stretch`: its last column takes the rest of the sheet. `boxes`: the columns that are written in by
        hand, and `lines` how many lines each row has for it at least.
        """
        columns = laid_out(table, counts=series)
        widths = self.widths[: len(columns)]
        self.stretched = None
        if stretch and len(columns) < len(self.widths) and table.columns[columns[-1].at].of == Of.TEXT:
            widths[-1] += sum(self.widths[len(columns) :])
            self.stretched = len(columns) - 1
        first = self.row
        if any(laid.group for laid in columns):
            self.groups([laid.group for laid in columns])
        head, high = self.row, 1
        for place, laid in enumerate(columns):
            self.write(place, laid.title, self.head_of(table, laid))
            high = max(high, lines_in(laid.title + BUTTON, widths[place] - 1.5))
        self.high(high * POINTS_A_LINE + 4)
        self.row += 1
        for at, row in enumerate(table.rows):
            high = lines[at] if lines else 1
            begins = bool(at and series and row[0].text != table.rows[at - 1][0].text)
            for place, laid in enumerate(columns):
                look = BOXED if laid.at in boxes else LINED
                if begins:
                    look = look | {"top": 1, "top_color": SOFT}
                words = self.cell(place, row[laid.at], table.columns[laid.at], laid, look, table.names)
                high = max(high, lines_in(words, widths[place] - 1.5))
            self.high(high * POINTS_A_LINE + 3)
            self.row += 1
        return Placed(first, head, self.row - 1, len(columns) - 1)

    def groups(self, names: Sequence[str]) -> None:
        """What stands above several columns at once."""
        look = self.formats.of(**HEAD, align="center")
        place = 0
        for name, held in groupby(names):
            wide = len(list(held))
            if name and wide > 1:
                self.sheet.merge_range(self.row, place, self.row, place + wide - 1, "", look)
            for column in range(place, place + (wide if not name else 1)):
                self.sheet.write_string(self.row, column, text_of(name), look)
            place += wide
        self.row += 1

    def head_of(self, table: Table, laid: Laid) -> Format:
        look: dict[str, Any] = HEAD | {"bottom": 1, "bottom_color": SOFT, "valign": "bottom"}
        if laid.chip is not None:
            colours = shade(laid.chip.colour)
            return self.formats.of(**look | coloured(colours) | {"align": "center"})
        flush = laid.holds == Holds.WORDS and table.columns[laid.at].of in (Of.NUMBER, Of.SHARE)
        if laid.at or flush:
            look["indent"] = 1
        return self.formats.of(**look, align="right") if flush else self.formats.of(**look)

    def cell(
        self, place: int, cell: Cell, column: Column, laid: Laid, look: dict[str, Any], names: int
    ) -> str:
        """One cell; gives the words it shows."""
        look = CENTRED | look
        if stands_out(cell, names=laid.at < names):
            look["bold"] = True
        if laid.holds == Holds.COUNT:
            return self.count(place, cell, laid, look | {"bold": False})
        if laid.holds == Holds.NOTES:
            self.write(place, cell.note, self.formats.of(**look, font_color=SOFT, indent=1))
            return cell.note
        found = figure(cell, column.of)
        if found is not None:
            return self.figure(place, cell.text, found, look, right=column.of != Of.DATE)
        if cell.chip is not None and column.of == Of.RATING:
            look |= coloured(shade(cell.chip.colour)) | {"border": 1, "border_color": "#ffffff"}
            look["align"] = "center"
        elif cell.chip is not None:
            look |= {"left": 5, "left_color": shade(cell.chip.colour).fill}
        words = said_in(cell, column, laid.holds)
        if column.of in (Of.NUMBER, Of.SHARE):
            look |= {"align": "right", "indent": 1}
        elif place and "align" not in look:
            look["indent"] = 1
        self.write(place, words, self.formats.of(**look))
        return words

    def write(self, place: int, words: str, look: Format) -> None:
        """Words of a table; its last column may take the rest of the sheet."""
        if place == self.stretched:
            self.sheet.merge_range(self.row, place, self.row, self.last, "", look)
        if words:
            self.sheet.write_string(self.row, place, text_of(words), look)
        else:
            self.sheet.write_blank(self.row, place, None, look)

    def count(self, place: int, cell: Cell, laid: Laid, look: dict[str, Any]) -> str:
        """How often a level was given; nothing at all where nothing was rated."""
        made = self.formats.of(**look, num_format=COUNT_SHOWN, align="center")
        if cell.counted:
            number = sum(one.count for one in cell.counted if one.chip == laid.chip)
            self.sheet.write_number(self.row, place, number, made)
        else:
            self.sheet.write_blank(self.row, place, None, made)
        return ""

    def figure(self, place: int, words: str, found: Figure, look: dict[str, Any], *, right: bool) -> str:
        made = self.formats.of(**look, num_format=found.shown, align="right" if right else "left", indent=1)
        if isinstance(found.value, datetime):
            self.sheet.write_datetime(self.row, place, found.value, made)
        else:
            self.sheet.write_number(self.row, place, found.value, made)
        return words
