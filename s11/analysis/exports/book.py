"""A table as an Excel workbook: filters, a head that stays in sight, real numbers, and how it is counted."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from s11.analysis.exports.lines import write_lines
from s11.analysis.exports.tables import As, Column, Table

WIDEST, NARROWEST = 60, 9  # letters
MANY = 5_000  # lines from which on they are not written cell by cell
LOOKED_AT = 200  # lines, for the width of a column
CAPTION_LONGEST = 31  # letters of a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook(tables: Sequence[Table]) -> bytes:
    """The tables, a sheet each, and a sheet that says how they are counted. Written line by line, so that
    memory does not grow with them."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": tables[0].title[:200]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    share = book.add_format({"num_format": '0.0" %"'})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables:
        fill(book.add_worksheet(caption_of(table.title)), table, head, share)
    explain(book.add_worksheet("How it is counted"), tables, head, wrapped)
    book.close()
    return written.getvalue()


def caption_of(title: str) -> str:
    return " ".join(title.translate(FORBIDDEN).split())[:CAPTION_LONGEST].strip() or "Figures"


def fill(sheet: Worksheet, table: Table, head: Format, share: Format) -> None:
    """One table. In this way of writing, lines can only be written from the top."""
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, width_of(column), share if column.kind is As.SHARE else None)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(table.lines, 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.write_row(0, 0, [column.title for column in table.columns], head)
    (write_lines if table.lines >= MANY else write_cells)(sheet, table, share)


def write_cells(sheet: Worksheet, table: Table, share: Format) -> None:
    """The lines of a table beneath its head, cell by cell."""
    writers = [
        (place, sheet.write_string if column.is_text else sheet.write_number, column.kind is As.SHARE)
        for place, column in enumerate(table.columns)
    ]
    for line, values in enumerate(zip(*(c.values for c in table.columns), strict=True), start=1):
        for (place, write, is_share), value in zip(writers, values, strict=True):
            if value is not None and value != "":
                write(line, place, value, *((share,) if is_share else ()))


def width_of(column: Column) -> int:
    longest = max((len(str(value)) for value in column.values[:LOOKED_AT]), default=0)
    return min(max(longest + 2, min(len(column.title), 16) + 2, NARROWEST), WIDEST)


def explain(sheet: Worksheet, tables: Sequence[Table], head: Format, wrapped: Format) -> None:
    """What each table is, and how it is counted."""
    sheet.set_column(0, 0, 110)
    lines = [(text, look) for table in tables for text, look in _explained(table, head, wrapped)]
    for place, (text, look) in enumerate(lines):
        sheet.write_string(place, 0, text, look)


def _explained(table: Table, head: Format, wrapped: Format) -> list[tuple[str, Format]]:
    return [(table.title, head), *((rule, wrapped) for rule in table.rules), ("", wrapped)]
