"""A list as an Excel workbook: one sheet of text, numbers and days; nothing in it is run."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter

from s11.core.sheets import safe_cell

WIDEST, NARROWEST = 48, 10  # characters


def write_xlsx(rows: Iterable[Mapping[str, object]], columns: Sequence[str], title: str) -> bytes:
    """Rows by name of column, a line of names first that stays in sight, with filters on it."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    book.set_properties({"title": title[:200]})
    sheet = book.add_worksheet("List")
    head, a_day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
    widths = [len(column) for column in columns]
    sheet.write_row(0, 0, columns, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, date):
                sheet.write_datetime(last, place, value, a_day)
                continue
            cell = safe_cell(value)
            widths[place] = max(widths[place], len(str(cell)))
            sheet.write(last, place, cell)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return written.getvalue()
