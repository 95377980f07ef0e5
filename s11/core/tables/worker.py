"""Reads a workbook or a Word document from standard input and writes what stands in it as JSON.

Runs as a process of its own, without our application: a file of a few kilobytes can ask for hours and
gigabytes, so it is given seconds and megabytes.
"""

import datetime
import io
import json
import re
import sys
import zipfile
from typing import Any
from xml.etree import ElementTree

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
COLUMNS_AT_MOST = 200
FORMULAS_NAMED = 50
# Of a larger sheet only the words are read: colours take as long again, and this process has seconds.
CELLS_COLOURED = 200_000
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
A_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')


def restrain() -> None:
    """Take memory and time away from this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the caller's clock stops it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def sheets_of(data: bytes, rows_at_most: int) -> list[dict[str, Any]]:
    """Every sheet with its rows from A1 on, its merged ranges, and the cells that hold a formula."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    formulas = formulas_of(data)
    sheets = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        found: dict[str, Any] = {"name": name, "rows": [], "merged": [], "formulas": formulas.get(name, [])}
        row, column = sheet.end or (-1, -1)
        found["height"], found["width"] = row + 1, column + 1
        if row < rows_at_most and column < COLUMNS_AT_MOST:
            found["rows"] = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            found["merged"] = [[*start, *end] for start, end in sheet.merged_cell_ranges or []]
        sheets.append(found)
    return sheets


def coloured_sheets_of(data: bytes, rows_at_most: int) -> list[dict[str, Any]]:
    """As sheets_of, with the cells that hold nothing but a colour: row, column and colour as RRGGBB.

    A workbook whose styles cannot be read has no colours, and all its words.
    """
    from openpyxl import load_workbook

    sheets = sheets_of(data, rows_at_most)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        for sheet in sheets:
            if sheet["rows"] and sheet["height"] * sheet["width"] <= CELLS_COLOURED:
                rows = book[sheet["name"]].iter_rows(max_row=sheet["height"], max_col=sheet["width"])
                sheet["colours"] = [
                    [cell.row - 1, cell.column - 1, cell.fill.fgColor.rgb[-6:]]
                    for row in rows
                    for cell in row
                    if cell.value is None and getattr(cell, "has_style", False) and is_filled(cell.fill)
                ]
    except Exception:
        for sheet in sheets:
            sheet["colours"] = []
    return sheets


def is_filled(fill: Any) -> bool:
    return fill.fill_type == "solid" and fill.fgColor.type == "rgb"


def plain(cell: Any) -> Any:
    """A value as JSON holds it; what the spreadsheet took for a date or a time is marked as such."""
    if isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    return {"dated": str(cell)}


def formulas_of(data: bytes) -> dict[str, list[str]]:
    """The cells of each sheet, by its name, that hold a formula."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        related = {
            one.get("Id"): str(one.get("Target"))
            for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
            if not sheet.tag.endswith("}sheet"):
                continue
            target = related.get(sheet.get(f"{OFFICE}id") or sheet.get(f"{STRICT}id"), "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if member in archive.namelist():
                cells = A_FORMULA.findall(archive.read(member))[:FORMULAS_NAMED]
                found[str(sheet.get("name"))] = [cell.decode() for cell in cells]
    return found


def blocks_of(data: bytes, rows_at_most: int) -> list[dict[str, Any]]:
    """The tables and paragraphs of a Word document in order; words of merged cells stand in each of them.

    `merged` are their ranges, as of a sheet; `left` is how many rows were too many to be read.
    """
    import docx
    from docx.table import Table

    blocks: list[dict[str, Any]] = []
    left = rows_at_most
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            rows = [row.cells for row in block.rows[:left]]
            left -= len(rows)
            words = [[words_of(cell) for cell in row] for row in rows]
            more = len(block.rows) - len(rows)
            blocks.append(
                {
                    "rows": words,
                    "words": "",
                    "merged": merged_in(rows),
                    "left": more,
                    "colours": colours_in(rows),
                }
            )
        elif block.text.strip():
            blocks.append({"rows": [], "words": block.text.strip()[:4_000], "merged": [], "left": 0})
    return blocks


def words_of(cell: Any) -> str:
    """The words of a cell, those of a table within it among them."""
    lines = [cell.text]
    for table in cell.tables:
        lines += [words_of(inner) for row in table.rows for inner in dict.fromkeys(row.cells)]
    return "\n".join(line for line in lines if line.strip())


def merged_in(rows: list[Any]) -> list[list[int]]:
    """The ranges of merged cells, as first and last row and column: a merged cell is met again in each."""
    met: dict[Any, list[int]] = {}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            top, left, _, right = met.setdefault(cell._tc, [at, column, at, column])
            met[cell._tc] = [top, left, at, max(right, column)]
    return [place for place in met.values() if place[:2] != place[2:]]


def colours_in(rows: list[Any]) -> list[list[Any]]:
    """The cells that hold nothing but a colour: row, column and colour as RRGGBB."""
    found = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            shade = cell._tc.find("./{*}tcPr/{*}shd")
            fill = "" if shade is None else next((v for k, v in shade.items() if k.endswith("}fill")), "")
            if re.fullmatch("[0-9A-Fa-f]{6}", fill) and not cell.text.strip():
                found.append([at, column, fill])
    return found


if __name__ == "__main__":
    restrain()
    what, most = sys.argv[1], int(sys.argv[2])
    read = {"sheets": sheets_of, "coloured": coloured_sheets_of, "blocks": blocks_of}[what]
    json.dump(read(sys.stdin.buffer.read(), most), sys.stdout)
