"""A whole paper as a workbook: a front sheet with links to all others, tables, and words in order."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from s11.packs.document import Block, Document, Table
from s11.packs.writing.excel.blocks import Blocks, tables_in
from s11.packs.writing.excel.paper import Formats, Paper, text_of, widths_of
from s11.packs.writing.shades import FRAME, INK, SOFT, frame
from s11.packs.writing.texts import levelled, plain
from s11.partnerships.looks import NONE, Look

FRONT = "Contents"
NAME_LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# With more sections than this, only the highest get a sheet of their own.
SHEETS_AT_MOST = 60
PLAIN_WIDTHS = (30.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0)
FOOT_LONGEST = 180
LANDSCAPE_LETTERS = 150
# How wide a column becomes at most, in letters; less where a table has to be read on a printed page.
BROAD, NARROW = 46.0, 28.0


@dataclass
class Planned:
    """A sheet before it is written: what it is called, and what stands on it."""

    name: str
    title: str
    parts: list[tuple[int, str, tuple[Block, ...]]] = field(default_factory=list)
    lone: Table | None = None
    section: str = ""  # whose table stands alone on it


def write(document: Document, look: Look = NONE) -> bytes:
    """The paper as the bytes of an .xlsx file."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        book.set_properties(
            {
                "title": plain(": ".join(part for part in (document.title, document.subtitle) if part))[:255],
                "author": plain(document.partnership)[:255],
                "subject": plain(document.notice)[:255],
                "comments": plain(document.built)[:255],
            }
        )
        book.set_size(2400, 1500)
        formats, sheets = Formats(book), list(_planned(document))
        front = book.add_worksheet(FRONT)
        for planned in sheets:
            _sheet(book, formats, planned, document)
        _front(front, formats, document, look, sheets)
    return kept.getvalue()


def _planned(document: Document) -> Iterator[Planned]:
    """Which sheets there are: one for each table that names one, and one for each higher section."""
    levels = list(levelled(document))
    deepest = 2 if sum(level <= 2 for level, _ in levels) <= SHEETS_AT_MOST else 1
    taken = {FRONT.lower(), "history"}
    sheets: list[Planned] = []
    by_name: dict[str, Planned] = {}
    current: Planned | None = None
    for level, section in levels:
        own = [block for block in section.blocks if isinstance(block, Table) and block.sheet]
        others = tuple(block for block in section.blocks if block not in own)
        # A section that is nothing but a table has the table's sheet.
        alone = bool(own) and not others and own[0].sheet not in by_name
        if not alone and (current is None or level <= deepest):
            current = Planned(_name(section.title, taken), section.title)
            sheets.append(current)
        if not alone and current is not None:
            current.parts.append((level, section.title, others))
        for table in own:
            if table.sheet not in by_name:
                title = section.title if alone and table is own[0] else ""
                named = Planned(_name(table.sheet, taken), table.caption, lone=table, section=title)
                by_name[table.sheet] = named
                sheets.append(named)
            else:
                _joined(by_name[table.sheet], table)
    yield from sheets


def _joined(planned: Planned, table: Table) -> None:
    """A second table under the same name of a sheet stands beneath the first."""
    if planned.lone is not None:
        planned.parts, planned.lone = [(2, planned.section, (planned.lone,))], None
    planned.parts.append((2, "", (table,)))


def _name(title: str, taken: set[str]) -> str:
    """A name a sheet may have, and no other has."""
    base = FORBIDDEN.sub(" ", plain(title)).replace("\n", " ").strip().strip("'")[:NAME_LONGEST] or "Sheet"
    name, turn = base.strip(), 1
    while name.lower() in taken:
        turn += 1
        name = f"{base[: NAME_LONGEST - len(str(turn)) - 1].rstrip()} {turn}"
    taken.add(name.lower())
    return name


def _sheet(book: xlsxwriter.Workbook, formats: Formats, planned: Planned, document: Document) -> None:
    sheet = book.add_worksheet(planned.name)
    _page(sheet, document)
    if planned.lone is not None:
        _lone(sheet, formats, planned.lone, planned.section, NARROW if document.sideways else BROAD)
        return
    widths = _widths(planned)
    paper = Paper(sheet, formats, widths)
    sheet.write_url(0, 0, f"internal:'{FRONT}'!A1", formats.of(font_color=SOFT, underline=1), FRONT)
    paper.skip()
    blocks = Blocks(book, planned.name)
    for place, (level, title, held) in enumerate(planned.parts):
        if place:
            paper.skip()
        paper.heading(title, {1: 18.0, 2: 15.0}.get(level if place else 1, 13.0))
        blocks.write(paper, held)
    sheet.freeze_panes(1, 0)


def _widths(planned: Planned) -> list[float]:
    widths = list(PLAIN_WIDTHS)
    for _, _, held in planned.parts:
        for table in tables_in(held):
            for place, width in enumerate(widths_of(table)):
                if place < len(widths):
                    widths[place] = max(widths[place], width)
                else:
                    widths.append(width)
    return widths


def _lone(sheet: Any, formats: Formats, table: Table, section: str, most: float) -> None:
    """A table on a sheet of its own: its head and its names stay in sight, with filters on it."""
    widths = widths_of(table, most=most) or [30.0]
    paper = Paper(sheet, formats, widths)
    sheet.write_url(0, 0, f"internal:'{FRONT}'!A1", formats.of(font_color=SOFT, underline=1), FRONT)
    # Words that are not wrapped run on over the empty cells beside them.
    run_on = {"text_wrap": False}
    paper.row = 1
    for words, size in ((section, 16), (table.caption, 12)):
        if words:
            look = formats.of(bold=True, font_size=size, font_color=FRAME, **run_on)
            sheet.write_string(paper.row, 0, text_of(words), look)
            paper.high(1.5 * size)
            paper.row += 1
    paper.skip()
    if not table.rows:
        paper.table(table)
        sheet.write_string(paper.row, 0, text_of(table.empty), formats.of(font_color=SOFT, **run_on))
        return
    top, last = paper.table(table)
    sheet.freeze_panes(top + 1, min(table.names, len(widths) - 1))
    sheet.autofilter(top, 0, last, len(widths) - 1)
    sheet.repeat_rows(top)
    if table.note:
        paper.skip()
        broad = Paper(sheet, formats, widths)
        broad.row = paper.row
        broad.say(table.note, font_color=SOFT)


def _page(sheet: Any, document: Document) -> None:
    """How a sheet is printed: on its side, as wide as a page, with the notice and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    notice = " ".join(plain(document.notice).split()).replace("&", "&&")[:FOOT_LONGEST]
    sheet.set_footer(f"&L&8{notice}&R&8Page &P of &N")


def _front(sheet: Any, formats: Formats, document: Document, look: Look, sheets: list[Planned]) -> None:
    """What the workbook is, and a link to each sheet."""
    _page(sheet, document)
    paper = Paper(sheet, formats, (34.0, 90.0))
    paper.say(document.partnership, font_color=SOFT)
    paper.say(document.title, size=22, bold=True, font_color=frame(look.colour))
    if document.subtitle:
        paper.say(document.subtitle, size=14)
    paper.skip()
    for label, value in document.facts:
        paper.pair(label, value)
    paper.skip()
    paper.say(document.notice, font_color=SOFT)
    paper.say(document.built, font_color=SOFT)
    paper.skip()
    paper.heading("In this workbook")
    link = formats.of(font_color="#1d5a9e", underline=1)
    for planned in sheets:
        name = planned.name.replace("'", "''")
        sheet.write_url(paper.row, 0, f"internal:'{name}'!A1", link, text_of(planned.name))
        sheet.write_string(paper.row, 1, text_of(planned.title), formats.of(font_color=INK))
        paper.high(15.5 * max(1, -(-len(planned.title) // 88)))
        paper.row += 1
    sheet.activate()
