"""Getting the cells out of a file that somebody brought: whatever it is, a table or a sentence."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from s11.core import apart
from s11.core.errors import Invalid
from s11.core.tables import Cell, Sheet, sheets_of
from s11.register.files.columns import AUTHORITY_COLUMNS, EVERY_HEADING
from s11.register.files.rules import CELL_LONGEST, HEADING_WITHIN, LARGEST, MEGABYTE, ROWS_AT_MOST, Table
from s11.register.files.words import plain

WORKER = Path(__file__).with_name("worker.py")
PATIENCE_SECONDS = 90
AT_LEAST_HEADINGS = 2
WORKBOOK_AT_MOST = 5 * MEGABYTE
UTF16 = (b"\xff\xfe", b"\xfe\xff")
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
WRONG_SORT = (
    "This file is of a kind that is not read here. Save it as CSV or as an Excel workbook (.xlsx), and "
    "choose that one."
)


def refused(sentence: str) -> Invalid:
    return Invalid(sentence, field="file")


def table_of(
    source: IO[bytes], file_name: str, authorities: Iterable[str] = (), *, most: int = ROWS_AT_MOST
) -> Table:
    """The table in a file, held to these local authorities, and little more than `most` of its rows.

    Raises Invalid, at the field "file".
    """
    size = source.seek(0, 2)
    source.seek(0)
    head = source.read(1024)
    source.seek(0)
    if not size:
        raise refused("This file is empty. Check it on your computer and choose it again.")
    if size > LARGEST:
        raise refused(f"This file is larger than {LARGEST // MEGABYTE} MB. Choose the register itself.")
    name = file_name.lower()
    if head.startswith((OLD_OFFICE, PDF)) or name.endswith((".xls", ".ods", ".pdf", ".docx", ".doc")):
        raise refused(WRONG_SORT)
    if head.startswith(ZIP) and not name.endswith(".zip"):
        return checked(workbook(source, size, authorities))
    if b"\0" in head and not head.startswith((ZIP, *UTF16)):
        raise refused(WRONG_SORT)
    return checked(separated(source, authorities, most))


def checked(table: Table) -> Table:
    """The table, if it has headings and rows and not too many."""
    if not table.headings:
        raise refused(
            f"None of the first {HEADING_WITHIN} rows of this file names columns that are known here. The "
            "first row has to: download the template to see how."
        )
    if not table.count:
        raise refused("There are headings in this file and no rows beneath them. Choose the file again.")
    return table


def separated(source: IO[bytes], authorities: Iterable[str], most: int) -> Table:
    """The table of a CSV file, also within a ZIP, read by a process of its own."""
    wanted = {
        "headings": sorted(EVERY_HEADING),
        "authority_columns": sorted(AUTHORITY_COLUMNS),
        "authorities": list(authorities),
        "at_least": AT_LEAST_HEADINGS,
        "within": HEADING_WITHIN,
        "most": most,
    }
    try:
        found = apart.ask(
            [str(WORKER), json.dumps(wanted)], cast(BinaryIO, source), patience=PATIENCE_SECONDS
        )
    except apart.GaveUp:
        raise refused(
            "This file could not be read. If it is packed, unpack it; save it as CSV, and choose that one."
        ) from None
    return Table(
        found["heading_at"],
        tuple(found["headings"]),
        tuple((number, tuple(cells)) for number, cells in found["rows"]),
        found["authorities"],
        found["count"],
        found["broken_at"],
    )


def workbook(source: IO[bytes], size: int, authorities: Iterable[str]) -> Table:
    """The table of a workbook: of its first sheet that has headings we know."""
    if size > WORKBOOK_AT_MOST:
        raise refused(
            "This workbook is larger than 5 MB. Save the sheet with the list as CSV, and choose that."
        )
    only = {plain(name) for name in authorities}
    for sheet in sheets_of(source.read()):
        at = heading_in(sheet)
        if at is not None:
            return of_sheet(sheet, at, only)
    return Table(0, (), ())


def heading_in(sheet: Sheet) -> int | None:
    """The row with the headings, counted from 0; None if the sheet has none."""
    for at, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        if sum(plain(text_of(cell)) in EVERY_HEADING for cell in row) >= AT_LEAST_HEADINGS:
            return at
    return None


def of_sheet(sheet: Sheet, at: int, only: set[str]) -> Table:
    headings = tuple(text_of(cell) for cell in sheet.rows[at])
    place = next((n for n, heading in enumerate(headings) if plain(heading) in AUTHORITY_COLUMNS), None)
    rows = [
        (number, tuple(text_of(cell) for cell in row))
        for number, row in enumerate(sheet.rows[at + 1 :], at + 2)
    ]
    filled = [(number, cells) for number, cells in rows if any(cells)]
    named = Counter(cells[place] for _, cells in filled if place is not None)
    kept = [row for row in filled if place is None or not only or is_of(row[1], place, only)]
    return Table(at + 1, headings, tuple(kept), dict(named), len(filled))


def is_of(cells: Sequence[str], place: int, only: set[str]) -> bool:
    return any(plain(cell) in only for cell in cells[max(0, place - 1) : place + 2])


def text_of(cell: Cell) -> str:
    """A cell as text without needless blanks; 3.0 is how a spreadsheet keeps 3."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:CELL_LONGEST]
