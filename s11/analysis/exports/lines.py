"""Many lines of a sheet at once, for tables of tens of thousands.

XlsxWriter looks at every cell for itself, which is most of what such a table costs: the words of ratings
repeat, so that here each is made fit for the file once. Nothing is kept in memory but the words. It reaches
into XlsxWriter where lines are kept until the file is put together; a test reads both ways of writing back
and finds them equal.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from s11.analysis.exports.tables import As, Column, Table

# What XML cannot hold, or a sheet would show as something else.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CELL_LONGEST = 32_767
WRITTEN_AT_ONCE = 2_000


def write_lines(sheet: Worksheet, table: Table, share: Format) -> None:
    """The lines of a table beneath its head, which has been written."""
    lines = table.lines
    sheet._check_dimensions(lines, len(table.columns) - 1)
    sheet._write_single_row(lines)  # the head, and what comes next is the last line
    written: list[str] = []
    for line in _lines(table, share):
        written.append(line)
        if len(written) == WRITTEN_AT_ONCE:
            sheet.fh.write("".join(written))
            written.clear()
    sheet.fh.write("".join(written))


def _lines(table: Table, share: Format) -> Iterator[str]:
    letters = [f'<c r="{xl_col_to_name(place)}' for place in range(len(table.columns))]
    columns = [_cells(column, share) for column in table.columns]
    for number, cells in enumerate(zip(*columns, strict=True), start=2):
        row = str(number)
        made = "".join([start + row + cell for start, cell in zip(letters, cells, strict=True) if cell])
        yield f'<row r="{row}">{made}</row>'


def _cells(column: Column, share: Format) -> list[str]:
    """What follows the address of each cell; empty where nothing stands."""
    made: dict[object, str] = {"": "", None: ""}
    style = f' s="{share._get_xf_index()}"' if column.kind is As.SHARE else ""
    for value in set(column.values) - made.keys():
        if column.is_text:
            text = escape(UNFIT.sub(" ", str(value))[:CELL_LONGEST])
            kept = ' xml:space="preserve"' if text != text.strip() else ""
            made[value] = f'" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
        else:
            made[value] = f'"{style}><v>{value}</v></c>'
    return [made[value] for value in column.values]
