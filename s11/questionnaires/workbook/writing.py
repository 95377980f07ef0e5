"""Writing a questionnaire as a workbook in which a business manager finds their way.

Everything is written as text or as a number, never as a formula: text that begins with a sign of one is
marked as text, and stays so when somebody edits the cell.
"""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from s11.core.sheets import STARTS_A_FORMULA
from s11.questionnaires.format.shape import QuestionnaireFile
from s11.questionnaires.workbook.layout import (
    EDITION,
    LAYOUTS,
    README,
    Column,
    Layout,
    columns_of,
)
from s11.questionnaires.workbook.rows import Value, edition_values, level_codes, rows_of, value_of
from s11.questionnaires.workbook.strings import with_strings

BLUE, PALE, LINE = "#1D4F7A", "#EEF3F7", "#C9D3DB"
LINE_HEIGHT, HIGHEST = 15.0, 405.0  # points; Excel takes no row higher than 409
SPARE_ROWS = 500  # further rows with drop-downs and the look of the others
TEXT = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": LINE}
LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "font_color": "white", "bg_color": BLUE},
    "key": {**TEXT, "bold": True, "bg_color": PALE},
    "text": TEXT,
    "signed": {**TEXT, "quote_prefix": True},
    "number": {**TEXT, "num_format": "General", "align": "left"},
    "note": {"text_wrap": True, "valign": "top", "font_color": "#4C5B67"},
    "title": {"bold": True, "font_size": 16, "font_color": BLUE},
    "words": {"text_wrap": True, "valign": "top"},
}
FIRST_WORDS = (
    "Change the words on the other sheets, save the workbook, and load it into the draft it came from. "
    "You see what would change, and every fault with its sheet and cell, before anything is kept.",
    "Each sheet has its headings in the first row. Columns may be moved, but keep every sheet "
    "and every heading.",
    "A new criterion: insert a row on Criteria, write the number of its standard, a number and a key of its "
    "own. The key is a lasting name in small letters and dashes; last year's answers find this year's "
    "question by it, so never change the key of a criterion that stays.",
    "A criterion that goes: delete its row, and write its key and the reason on Retired.",
    "Cells that hold several things have one on each line (Alt and Enter make a new line in a cell). A line "
    "that begins with two spaces belongs to the one above it.",
    "Numbers such as 1.10 are text, and their columns are set so. Write no formulas and merge no cells.",
)


def write_workbook(file: QuestionnaireFile) -> bytes:
    """The workbook, as bytes. Raises DomainError for words that no cell can hold."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    writer = _Writer(book)
    writer.readme(file)
    writer.edition(file)
    rows, codes = rows_of(file), level_codes(file)
    for layout in LAYOUTS:
        writer.sheet(layout, columns_of(layout, codes), rows[layout.title])
    book.close()
    return with_strings(written.getvalue(), book.str_table.string_array)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.looks: dict[str, Format] = {name: book.add_format(look) for name, look in LOOKS.items()}

    def readme(self, file: QuestionnaireFile) -> None:
        sheet = self.book.add_worksheet(README)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, "A questionnaire to edit", self.looks["title"])
        at = 2
        for words in FIRST_WORDS:
            sheet.write_string(at, 1, words, self.looks["words"])
            sheet.set_row(at, height_of([(words, 90)]))
            at += 1
        at += 1
        for title, about in ((EDITION, "The words of the edition."), *((s.title, s.about) for s in LAYOUTS)):
            sheet.write_url(at, 0, f"internal:'{title}'!A1", string=title)
            sheet.write_string(at, 1, about, self.looks["words"])
            at += 1

    def edition(self, file: QuestionnaireFile) -> None:
        sheet = self.book.add_worksheet(EDITION)
        for at, (title, width) in enumerate((("What", 26), ("Words", 80), ("About", 50))):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, self.looks["heading"])
        sheet.freeze_panes(1, 1)
        for row, (line, value) in enumerate(edition_values(file), start=1):
            sheet.set_row(row, height_of([(value, 80), (line.about, 50)]))
            sheet.write_string(row, 0, line.title, self.looks["key"])
            self.cell(sheet, row, 1, line, value)
            sheet.write_string(row, 2, line.about, self.looks["note"])
            offer(sheet, line, row, 1, row)

    def sheet(self, layout: Layout, columns: tuple[Column, ...], parts: list[dict[str, Any]]) -> None:
        sheet = self.book.add_worksheet(layout.title)
        sheet.freeze_panes(1, layout.frozen)
        sheet.set_row(0, 34)
        last = len(parts) + SPARE_ROWS
        for at, column in enumerate(columns):
            numeric = column.kind in ("whole", "decimal")
            sheet.set_column(at, at, column.width, self.looks["number" if numeric else "text"])
            sheet.write_string(0, at, column.title, self.looks["heading"])
            if column.about:
                sheet.write_comment(0, at, column.about, {"x_scale": 1.6})
            offer(sheet, column, 1, at, last)
        for row, part in enumerate(parts, start=1):
            values = [value_of(part, column) for column in columns]
            sheet.set_row(row, height_of(zip(values, (column.width for column in columns), strict=True)))
            for at, (column, value) in enumerate(zip(columns, values, strict=True)):
                self.cell(sheet, row, at, column, value)
        if parts:
            sheet.autofilter(0, 0, len(parts), len(columns) - 1)

    def cell(self, sheet: Worksheet, row: int, at: int, column: Column, value: Value) -> None:
        if value is None:
            sheet.write_blank(row, at, None, self.looks["text"])
        elif isinstance(value, str):
            signed = value.lstrip().startswith(STARTS_A_FORMULA)
            sheet.write_string(row, at, value, self.looks["signed" if signed else "text"])
        else:
            sheet.write_number(row, at, value, self.looks["number"])


def height_of(cells: Iterable[tuple[Value, int]]) -> float:
    """How high a row has to be, in points, to show the longest of its cells: each a value and a width.

    Excel would find it by itself; other programs show only the first line, or lay the lines over each other.
    """
    lines = [
        sum(1 + len(line) // max(width, 1) for line in value.split("\n"))
        for value, width in cells
        if isinstance(value, str)
    ]
    return min(HIGHEST, LINE_HEIGHT * max(lines, default=1))


def offer(sheet: Worksheet, column: Column, first: int, at: int, last: int) -> None:
    """A drop-down where there is something to choose from."""
    if column.offered:
        sheet.data_validation(
            first,
            at,
            last,
            at,
            {
                "validate": "list",
                "source": list(column.offered),
                "show_error": column.strict,
                "error_title": column.title,
                "error_message": "Choose one from the list, or leave the cell empty.",
            },
        )
