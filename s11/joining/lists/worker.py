"""Reads the first sheet of a workbook from standard input and writes its rows as JSON.

Runs as a process of its own, without our application: a workbook of a few kilobytes can ask for
hours and gigabytes, so it is given seconds and megabytes, and reads no more rows than are wanted.
"""

import io
import json
import sys
import zipfile

from openpyxl import load_workbook

MEMORY = 512 * 1024 * 1024
SECONDS = 10
MEMBERS_AT_MOST = 300
UNPACKED_AT_MOST = 40 * 1024 * 1024
COLUMNS_AT_MOST = 30
CELL_LONGEST = 300


def restrain() -> None:
    """Take memory and time away from this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def rows_of(data: bytes, at_most: int) -> list[list[str]]:
    """The first rows of the first sheet, as text; values of formulas, never the formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if len(members) > MEMBERS_AT_MOST or sum(m.file_size for m in members) > UNPACKED_AT_MOST:
        raise ValueError("unpacks to too much")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    read = book.worksheets[0].iter_rows(max_row=at_most, max_col=COLUMNS_AT_MOST, values_only=True)
    return [["" if cell is None else str(cell)[:CELL_LONGEST] for cell in row] for row in read]


if __name__ == "__main__":
    restrain()
    json.dump(rows_of(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)
