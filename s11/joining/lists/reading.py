"""Getting rows out of a file that somebody sent: CSV here, a workbook in a process of its own."""

import csv
import io
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import IO

from s11.core.errors import Invalid
from s11.joining.lists.rules import BYTES_AT_MOST, HEADER_WITHIN, ROWS_AT_MOST

WORKER = Path(__file__).with_name("worker.py")
PATIENCE_SECONDS = 20
MOST_ROWS = ROWS_AT_MOST + HEADER_WITHIN
CELL_LONGEST = 300
UNREADABLE = (
    "This file could not be read. Save it in Excel as a workbook (.xlsx) or as CSV, and choose it again."
)


def rows_of(stream: IO[bytes], file_name: str) -> list[list[str]]:
    """The rows of a file as text. Raises Invalid, at the field "file", with what to do."""
    data = stream.read(BYTES_AT_MOST + 1)
    if not data:
        raise Invalid("This file is empty. Check it on your computer and choose it again.", field="file")
    if len(data) > BYTES_AT_MOST:
        raise Invalid(
            "This file is larger than 1 MB. Split the list, and send its parts one by one.", field="file"
        )
    if data.startswith(b"PK\x03\x04"):
        rows = workbook(data)
    elif file_name.lower().endswith((".xls", ".xlsx", ".ods")) or b"\0" in data:
        raise Invalid(UNREADABLE, field="file")
    else:
        rows = separated(data)
    if len(rows) > ROWS_AT_MOST + 1:
        raise Invalid(
            f"The list has more than {ROWS_AT_MOST:,} rows. Split it, and send its parts one by one.",
            field="file",
        )
    return rows


def workbook(data: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet; refused if reading it takes more than it should."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(WORKER), str(MOST_ROWS)],
            input=data,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        raise Invalid(UNREADABLE, field="file") from None
    rows: list[list[str]] = json.loads(done.stdout)
    return without_end(rows)


def separated(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, as Excel writes it in any of its ways."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        read = csv.reader(io.StringIO(text), delimiter=mark)
        rows = [[cell[:CELL_LONGEST] for cell in row] for row in islice(read, MOST_ROWS)]
    except csv.Error:
        raise Invalid(UNREADABLE, field="file") from None
    return without_end(rows)


def without_end(rows: list[list[str]]) -> list[list[str]]:
    """Without the empty rows at the end that spreadsheets like to keep."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows
