"""Opening a workbook or a Word document that somebody sent. Whatever it is, the answer is its tables or a
sentence: sizes are looked at before anything is unpacked, and the rest is done by a process that may fail."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from s11.core.errors import Invalid

WORKER = Path(__file__).with_name("worker.py")
PATIENCE_SECONDS = 30
MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
ROWS_AT_MOST = 5_000
MEMBERS_AT_MOST = 1_000
UNPACKED_AT_MOST = 60 * MEGABYTE
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # before 2007, and whatever has a password
UNREADABLE = (
    "This file could not be read. Open it in {programme}, save it again as {kind}, and choose that one."
)


class Dated(str):
    """What a spreadsheet took for a date or a time, as text."""


Cell = str | float | bool


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook from its first cell on. `merged` counts rows and columns from 0, and so do
    `colours`: of cells that hold nothing else, as RRGGBB, where they were asked for."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    formulas: tuple[str, ...]
    colours: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of file, as people know it, and what it must hold to be one."""

    name: str
    programme: str
    member: str
    old: str

    @property
    def unreadable(self) -> Invalid:
        return refused(UNREADABLE.format(programme=self.programme, kind=self.name))


WORKBOOK = Kind("an Excel workbook (.xlsx)", "Excel", "xl/workbook.xml", ".xls")
DOCUMENT = Kind("a Word document (.docx)", "Word", "word/document.xml", ".doc")


def refused(sentence: str) -> Invalid:
    return Invalid(sentence, field="file")


def sheets_of(data: bytes, *, colours: bool = False) -> tuple[Sheet, ...]:
    """Every sheet of a workbook. Raises Invalid, at the field "file", with what to do."""
    check(data, WORKBOOK)
    return told_sheets(ask_worker("coloured" if colours else "sheets", data, WORKBOOK))


def told_sheets(told: list[dict[str, Any]]) -> tuple[Sheet, ...]:
    """The sheets as the worker tells them; Invalid where one is too large to be told."""
    for sheet in told:
        if sheet["height"] > ROWS_AT_MOST:
            raise refused(
                f"The sheet {sheet['name']} has {sheet['height']:,} rows, and no more than {ROWS_AT_MOST:,} "
                "are read. Delete the rows that are not needed, and choose the file again."
            )
        if sheet["width"] and not sheet["rows"]:
            raise refused(
                f"The sheet {sheet['name']} has {sheet['width']:,} columns. Delete those that are not "
                "needed, and choose the file again."
            )
    return tuple(
        Sheet(
            sheet["name"],
            tuple(tuple(dated(cell) for cell in row) for row in sheet["rows"]),
            tuple(tuple(merged) for merged in sheet["merged"]),
            tuple(sheet["formulas"]),
            tuple(tuple(colour) for colour in sheet.get("colours", ())),
        )
        for sheet in told
    )


def documents_blocks(data: bytes) -> list[dict[str, Any]]:
    """The tables of a Word document as rows of cells, and the paragraphs between them as words."""
    check(data, DOCUMENT)
    blocks: list[dict[str, Any]] = ask_worker("blocks", data, DOCUMENT)
    return blocks


def dated(cell: Any) -> Cell:
    return Dated(cell["dated"]) if isinstance(cell, dict) else cell


def check(data: bytes, kind: Kind) -> None:
    """Refuse what is no such file, or more than it should be, by its list of contents alone."""
    if not data:
        raise refused("This file is empty. Check it on your computer and choose it again.")
    if len(data) > LARGEST:
        raise refused(
            f"This file is larger than {LARGEST // MEGABYTE} MB. Take out pictures and what is not needed, "
            "and choose it again."
        )
    if data.startswith(OLD_OFFICE):
        raise refused(
            f"This file is of an old kind ({kind.old}) or has a password. Open it in {kind.programme}, save "
            f"it as {kind.name} without a password, and choose that one."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise refused(f"This is not {kind.name}. Choose another file.") from None
    if kind.member not in {member.filename for member in members}:
        raise refused(f"This is not {kind.name}. Choose another file.")
    if len(members) > MEMBERS_AT_MOST or sum(member.file_size for member in members) > UNPACKED_AT_MOST:
        raise refused("This file unpacks to far more than it should. Copy its words into a new file.")


def ask_worker(what: str, data: bytes, kind: Kind) -> Any:
    """What the process of its own found; a sentence where it was stopped or gave up."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(WORKER), what, str(ROWS_AT_MOST)],
            input=data,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise kind.unreadable from None
