"""The kinds of files a plan comes in, and what was pasted."""

import csv
from pathlib import PurePath

from s11.actions.bringing.reading.blocks import Block, Grid, Words, refused
from s11.actions.bringing.reading.grids import tables_of
from s11.actions.bringing.reading.texts import blocks_of_text
from s11.actions.bringing.shapes import PrintedTable
from s11.core.tables import decoded, documents_blocks, separated, sheets_of, unmerged

LONGEST_TEXT = 1_000_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
DOCUMENTS = (".docx", ".docm", ".doc")
SEPARATED = (".csv", ".tsv")
TEXTS = (".txt", ".md", ".html", ".htm")
KINDS = "a Word document (.docx), an Excel workbook (.xlsx), a CSV file or a text file"


def read(data: bytes, file_name: str) -> list[PrintedTable]:
    """The tables of a plan in a file. Raises Invalid, at the field "file", with what to do."""
    ending = PurePath(file_name.lower()).suffix
    if ending == ".pdf" or data.startswith(b"%PDF"):
        raise refused(
            "A PDF keeps no tables. Choose the Word document it was made from, or copy the table out of the "
            "PDF and paste it here.",
            "file",
        )
    if ending in WORKBOOKS:
        return tables_of(_of_workbook(data), "file")
    if ending in DOCUMENTS:
        return tables_of(_of_document(data), "file")
    if ending not in SEPARATED + TEXTS:
        raise refused(f"Choose {KINDS}.", "file")
    text = _text(data)
    return tables_of([Grid(_cells(text))] if ending in SEPARATED else blocks_of_text(text), "file")


def read_pasted(text: str) -> list[PrintedTable]:
    """The tables of a plan that was pasted. Raises Invalid, at the field "pasted", with what to do."""
    if not text.strip():
        raise refused("Paste the table of the plan, with its headings.", "pasted")
    if len(text) > LONGEST_TEXT:
        raise refused("This is more than can be pasted at once. Bring the plan in in parts.", "pasted")
    return tables_of(blocks_of_text(text), "pasted")


def _of_workbook(data: bytes) -> list[Block]:
    """Every sheet that holds anything, under its name where there are several."""
    sheets = [
        sheet
        for sheet in sheets_of(data, colours=True)
        if any(cell != "" for row in sheet.rows for cell in row)
    ]
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += [Words(sheet.name)] if len(sheets) > 1 else []
        blocks.append(Grid(unmerged(sheet), sheet.merged, sheet.colours))
    return blocks


def _of_document(data: bytes) -> list[Block]:
    blocks: list[Block] = []
    for block in documents_blocks(data):
        if block["left"]:
            raise refused(
                "This document has more rows than can be read at once. Bring it in in parts.", "file"
            )
        if block["words"]:
            blocks.append(Words(block["words"]))
        else:
            merged = [(top, left, bottom, right) for top, left, bottom, right in block["merged"]]
            colours = [(row, column, colour) for row, column, colour in block["colours"]]
            blocks.append(Grid(block["rows"], merged, colours))
    return blocks


def _text(data: bytes) -> str:
    if not data.strip():
        raise refused("This file is empty. Check it on your computer and choose it again.", "file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        raise refused(f"This is not a text file. Choose {KINDS}.", "file")
    else:
        text = decoded(data)
    if len(text) > LONGEST_TEXT:
        raise refused("This file is more than can be read at once. Bring the plan in in parts.", "file")
    return text


def _cells(text: str) -> list[list[str]]:
    try:
        return separated(text)
    except csv.Error:
        raise refused(
            "This CSV file could not be read. Save it again as CSV, and choose that one.", "file"
        ) from None
