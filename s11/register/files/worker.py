"""Reads a register as CSV from standard input, or the one CSV file within a ZIP, and writes its rows as JSON.

Runs as a process of its own, without our application. The national register has fifty thousand rows of a
hundred and forty columns, so it is read as a stream, and only the rows of the local authorities wanted are
kept. A row whose values stand beside their headings is kept too where the authority stands one cell beside
its own, so that it is named and not lost.
"""

import codecs
import csv
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

MEMORY = 512 * 1024 * 1024
SECONDS = 60
CHUNK = 1024 * 1024
UNPACKED_AT_MOST = 300 * 1024 * 1024
COLUMNS_AT_MOST = 400
CELL_LONGEST = 1_000
AUTHORITIES_AT_MOST = 500


def restrain() -> None:
    """Take memory, time and the power to write away from this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def the_table(source: IO[bytes]) -> IO[bytes]:
    """The bytes of the table: the file itself, or the only CSV file in a ZIP."""
    if source.read(4) != b"PK\x03\x04":
        source.seek(0)
        return source
    archive = zipfile.ZipFile(source)
    tables = [member for member in archive.infolist() if member.filename.lower().endswith(".csv")]
    if len(tables) != 1 or tables[0].file_size > UNPACKED_AT_MOST:
        raise ValueError("not one table")
    return archive.open(tables[0])


def encoding_of(source: IO[bytes]) -> str:
    """UTF-8 where every byte of it is, and else what Windows in this country writes."""
    head = source.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while chunk := source.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def rows_of(source: IO[bytes], encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with its number as a spreadsheet counts."""
    text = io.TextIOWrapper(source, encoding=encoding, errors="replace", newline="")
    first = text.readline()
    mark = max(",;\t|", key=first.count)
    csv.field_size_limit(CHUNK)

    def lines() -> Iterator[str]:
        yield first
        yield from text

    for number, row in enumerate(csv.reader(lines(), delimiter=mark), start=1):
        if any(row) and any(cell.strip() for cell in row):
            yield number, row[:COLUMNS_AT_MOST]


def tidy(row: list[str]) -> list[str]:
    return [" ".join(cell.split())[:CELL_LONGEST] for cell in row]


def read(source: IO[bytes], wanted: dict[str, Any]) -> dict[str, Any]:
    """The headings, the rows kept, and how many rows each local authority has."""
    with_encoding = the_table(source)
    encoding = encoding_of(with_encoding)
    source.seek(0)
    rows = rows_of(the_table(source), encoding)
    headings_known, only = set(wanted["headings"]), {plain(name) for name in wanted["authorities"]}
    found: dict[str, Any] = {"heading_at": 0, "headings": [], "rows": [], "count": 0, "broken_at": None}
    counted: Counter[str] = Counter()
    place: int | None = None
    full, last = True, (0, 0)
    for number, row in rows:
        if not found["headings"]:
            if sum(plain(cell) in headings_known for cell in row) >= wanted["at_least"]:
                found["heading_at"], found["headings"] = number, tidy(row)
                place = next(
                    (at for at, c in enumerate(row) if plain(c) in wanted["authority_columns"]), None
                )
            elif number >= wanted["within"]:
                break
            continue
        found["count"] += 1
        full, last = full and (last[0] == 0 or last[1] >= len(found["headings"])), (number, len(row))
        if place is not None and len(counted) < AUTHORITIES_AT_MOST and place < len(row):
            counted[row[place].strip()[:CELL_LONGEST]] += 1
        if is_wanted(row, place, only) and len(found["rows"]) <= wanted["most"]:
            found["rows"].append([number, tidy(row)])
    # Every row is as wide as the headings, and the last is not: the file ends in the middle of it.
    if full and found["count"] > 1 and last[1] < len(found["headings"]):
        found["broken_at"] = last[0]
    found["authorities"] = dict(counted)
    return found


def is_wanted(row: list[str], place: int | None, only: set[str]) -> bool:
    if place is None or not only:
        return True
    return any(cell in only or plain(cell) in only for cell in row[max(0, place - 1) : place + 2])


if __name__ == "__main__":
    restrain()
    with open(0, "rb", closefd=False) as file:
        json.dump(read(file, json.loads(sys.argv[1])), sys.stdout)
