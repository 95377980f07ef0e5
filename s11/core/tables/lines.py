"""Rows and cells as text: what was pasted, sheets with merged cells, files of separated values."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from s11.core.tables.opening import Cell, Sheet

# A cell in quotes, as a spreadsheet copies one with lines; quotes of the author's own do not end at a tab.
QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
MARKS = (",", ";", "\t")


def fields_of(text: str) -> Iterator[list[str]]:
    """The lines of a text with their cells; quoted ones may hold lines and tabs."""
    at, row = 0, []
    while at < len(text):
        quoted = QUOTED.match(text, at) if text[at] == '"' else None
        end = quoted.end() if quoted else min(_next(text, "\t", at), _next(text, "\n", at))
        row.append(quoted[1].replace('""', '"') if quoted else text[at:end])
        at = end + 1
        if end >= len(text) or text[end] == "\n":
            yield row
            row = []
        elif at >= len(text):
            yield [*row, ""]


def _next(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found if found >= 0 else len(text)


def unmerged(sheet: Sheet) -> list[list[str]]:
    """The rows of a sheet as text; the words of merged cells stand in each of them."""
    rows = [["" if cell == "" else said(cell) for cell in row] for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        words = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [words] * len(row[left : right + 1])
    return rows


def said(cell: Cell) -> str:
    """A cell as text; 3.0 is how a spreadsheet keeps 3."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def decoded(data: bytes) -> str:
    """The text of a file, as most programmes write it or as Excel does."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separated(text: str) -> list[list[str]]:
    """The rows of a CSV file, as Excel writes it in any of its ways. Raises csv.Error.

    The mark between cells is the one that makes most rows equally wide.
    """
    found = [list(csv.reader(io.StringIO(text), delimiter=mark)) for mark in MARKS]
    return max(found, key=_evenness)


def _evenness(rows: list[list[str]]) -> tuple[int, int]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    (width, times), *_ = [*widths.most_common(1), (1, 0)]
    return times, width
