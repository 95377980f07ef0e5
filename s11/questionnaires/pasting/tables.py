"""A table out of what was pasted or sent: rows of cells, all as wide as the widest."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence

from s11.core.errors import Invalid
from s11.core.tables import decoded, documents_blocks, fields_of, separated, sheets_of, unmerged
from s11.questionnaires.pasting.marks import BULLET, number_of, section_of, split_number

Row = tuple[str, ...]
LONGEST = 400_000
ROWS_AT_MOST = 2_000
COLUMNS_AT_MOST = 40
NO_TABLE = (
    "Paste a table with at least two columns. Select the table in Word or Excel, copy it, and paste it here."
)


def rows_of_text(text: str) -> list[Row]:
    """The rows of a table as Word and Excel paste it. Raises Invalid, at the field "table"."""
    if len(text) > LONGEST:
        raise refused("This is more than can be pasted at once. Paste one part of the table after the other.")
    lines = _joined(list(fields_of(text.replace("\r\n", "\n").replace("\r", "\n"))))
    rows = squared(lines)
    if not rows or len(rows[0]) < 2:
        raise refused(NO_TABLE)
    return rows


def refused(sentence: str, field: str = "table") -> Invalid:
    return Invalid(sentence, field=field)


def _joined(lines: list[list[str]]) -> list[list[str]]:
    """Lines put together where Word broke a cell: its paragraphs arrive as lines of their own."""
    widths = Counter(len(line) for line in lines if len(line) > 1)
    width = widths.most_common(1)[0][0] if widths else 1
    rows: list[list[str]] = []
    for line in lines:
        if rows and _goes_on(rows[-1], line, width):
            rows[-1][-1] += f"\n{line[0]}"
            rows[-1] += line[1:]
        else:
            rows.append(list(line))
    return rows


def _goes_on(row: list[str], line: list[str], width: int) -> bool:
    """Whether a line is the rest of the row above it."""
    first = line[0].strip()
    if not first or len(line) >= width or section_of(first) or number_of(first) or split_number(first)[0]:
        return False
    if 1 < len(row) < width:
        return len(row) + len(line) - 1 <= width
    return len(row) == width and len(line) == 1 and bool(BULLET.match(first))


def squared(lines: Iterable[Sequence[str]], field: str = "table") -> list[Row]:
    """Rows that are all as wide as the widest, without empty ones and empty columns at the end."""
    rows = [tuple(cell.strip() for cell in line) for line in lines]
    rows = [row for row in rows if any(row)]
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    if len(rows) > ROWS_AT_MOST:
        raise refused(f"The table has more than {ROWS_AT_MOST:,} rows. Bring it in in parts.", field)
    if width > COLUMNS_AT_MOST:
        raise refused(
            f"The table has more than {COLUMNS_AT_MOST} columns. Leave out those that are not needed.", field
        )
    return [(*row, *[""] * (width - len(row)))[:width] for row in rows]


def text_of(rows: Iterable[Row]) -> str:
    """The rows as `rows_of_text` reads them: what travels from page to page."""
    return "".join("\t".join(_cell(cell) for cell in row) + "\n" for row in rows)


def _cell(cell: str) -> str:
    if cell.startswith('"') or "\t" in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def rows_of_file(data: bytes, name: str) -> list[Row]:
    """The rows of a Word document, a workbook or a CSV file. Raises Invalid, at the field "file"."""
    lower = name.lower()
    if lower.endswith((".xlsx", ".xlsm", ".xls")):
        return _needed(_of_workbook(data))
    if lower.endswith((".docx", ".doc")):
        return _needed(_of_document(data))
    if not lower.endswith((".csv", ".tsv", ".txt")):
        raise refused("Choose a Word document (.docx), an Excel workbook (.xlsx) or a CSV file.", "file")
    return _needed(squared(_separated(data), "file"))


def _needed(rows: list[Row]) -> list[Row]:
    if not rows or len(rows[0]) < 2:
        raise refused("There is no table with at least two columns in this file. Choose another.", "file")
    return rows


def _of_workbook(data: bytes) -> list[Row]:
    """The rows of the sheet with the most words."""
    sheets = [unmerged(sheet) for sheet in sheets_of(data)]
    return squared(max(sheets, key=lambda rows: len("".join(map("".join, rows))), default=[]), "file")


def _of_document(data: bytes) -> list[Row]:
    """The rows of a document's tables of one width, and the headings of sections between them.

    Tables of another width are about something else, as a block for names and dates is.
    """
    blocks = documents_blocks(data)
    widths = Counter(len(row) for block in blocks for row in block["rows"])
    width = max((width for width in widths if width > 1), key=lambda one: widths[one], default=0)
    rows: list[Sequence[str]] = []
    for block in blocks:
        if block["words"]:
            rows += [[block["words"]]] if section_of(block["words"]) else []
        elif max(map(len, block["rows"]), default=0) == width:
            rows += block["rows"]
    return squared(rows, "file")


def _separated(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, as Excel writes it in any of its ways."""
    if len(data) > LONGEST or b"\0" in data:
        raise refused("This is not a CSV file, or it is larger than 400 kB. Choose another.", "file")
    try:
        return separated(decoded(data))
    except csv.Error:
        raise refused(
            "This CSV file could not be read. Save it again as CSV, and choose that one.", "file"
        ) from None
