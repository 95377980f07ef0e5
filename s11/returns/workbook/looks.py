"""How a return's workbook looks: the cells to fill are yellow, all others are locked."""

import re
import zipfile
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from s11.core.sheets import STARTS_A_FORMULA
from s11.questionnaires.workbook.writing import BLUE, HIGHEST, LINE, PALE, height_of

YELLOW, GREY, DARK = "#FFF8DC", "#4C5B67", "#7A5C00"
LOWEST = 48.0  # points: room to write in a row whose cells are empty
# Letters of 10 points: more of them stand in a line than a column's width says, and lines are lower.
MORE_FITS, LOWER = 1.1, 13 / 15
# Words that begin like a formula are marked as words. In cells to fill it is done only where they do, so
# that whoever writes there is not surprised.
WORDS: dict[str, Any] = {"font_size": 10, "valign": "top", "text_wrap": True, "quote_prefix": True}
BOX = {"border": 1, "border_color": LINE}
LOCKED = {**WORDS, **BOX, "num_format": "@", "bg_color": PALE}
FILLED = {**LOCKED, "bg_color": YELLOW, "locked": False, "quote_prefix": False}
HEADING = {**WORDS, **BOX, "bold": True, "font_color": "white", "bg_color": BLUE}
NUMBER, DATE = {"num_format": "General", "align": "left"}, {"num_format": "d mmmm yyyy", "align": "left"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": BLUE, "quote_prefix": True},
    "line": {"font_size": 10, "font_color": GREY, "quote_prefix": True},
    "words": WORDS,
    "bold": {**WORDS, "bold": True},
    "part": {"bold": True, "font_size": 12, "font_color": BLUE},
    "heading": HEADING,
    "heading filled": {**HEADING, "bg_color": DARK},
    "locked": LOCKED,
    "locked bold": {**LOCKED, "bold": True},
    "filled": FILLED,
    "filled signed": {**FILLED, "quote_prefix": True},
    "filled number": {**FILLED, **NUMBER},
    "locked number": {**LOCKED, **NUMBER, "quote_prefix": False},
    "filled date": {**FILLED, **DATE},
    "locked date": {**LOCKED, **DATE, "quote_prefix": False},
    "stamp": {**BOX, "font_size": 8, "font_color": GREY, "valign": "top", "num_format": "@",
              "bg_color": PALE, "shrink": True},
}  # fmt: skip
# Without a password: it keeps people from slips, and nobody from anything.
PROTECTION = {"format_cells": True, "format_columns": True, "format_rows": True}
FIXED_HEIGHT = re.compile(rb' customHeight="1"')
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


class Looks:
    """The formats of one workbook, by name."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.formats: dict[str, Format] = {name: book.add_format(look) for name, look in LOOKS.items()}

    def __getitem__(self, name: str) -> Format:
        return self.formats[name]

    def text(self, kind: str, words: str) -> Format:
        """The format of a text cell: one to fill that begins like a formula is marked as text."""
        signed = kind == "filled" and words.lstrip().startswith(STARTS_A_FORMULA)
        return self.formats["filled signed" if signed else kind]


def row_height(cells: list[tuple[str, int]], *, lowest: float = LOWEST) -> float:
    """How high a row has to be for its cells, each a text and the width of its column."""
    reckoned = height_of([(words, round(width * MORE_FITS)) for words, width in cells]) * LOWER
    return min(HIGHEST, max(lowest, reckoned + 4))


def growing(workbook: bytes) -> bytes:
    """The workbook with rows that grow when somebody writes in them: their height is a beginning only."""
    copied = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            content = source.read(member)
            if SHEET.fullmatch(member.filename):
                content = FIXED_HEIGHT.sub(b"", content)
            target.writestr(member, content)
    return copied.getvalue()
