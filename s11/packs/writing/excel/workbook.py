"""A whole paper as a workbook: a front sheet with links to all others, tables, words in order, and charts."""

import io
from typing import Any

import xlsxwriter

from s11.packs.document import Bullets, Document, Facts, Of, Paragraph, Sheet
from s11.packs.writing.excel.blocks import BULLET, put, tables_in
from s11.packs.writing.excel.drawings import Drawings, widths_for
from s11.packs.writing.excel.layout import ACROSS, POINTS_A_LINE, lines_in, narrowed, pages_across, widths_of
from s11.packs.writing.excel.paper import Formats, Paper, text_of
from s11.packs.writing.excel.plan import FRONT, Planned, sheets_of
from s11.packs.writing.excel.stacks import Stacked
from s11.packs.writing.shades import FRAME, INK, SOFT, frame
from s11.packs.writing.texts import plain
from s11.partnerships.looks import NONE, Look

# Of a sheet that is read: labels stand in the first column, or no more than a number does.
LABELS_WIDE, NUMBERS_WIDE, LAST_AT_LEAST, PLAIN_WIDTHS = 28.0, 10.0, 16.0, (16.0,) * 6
FOOT_LONGEST = 180
# Words above a table stay in sight with its heads, so only a few may stand there; letters across a window.
LINES_ABOVE, IN_SIGHT = 2, 130.0
WRITTEN_WIDE = 46.0
A4 = 9
# In points: what stays with a heading.
SOME_LINES = 90.0


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
        formats, sheets = Formats(book), sheets_of(document)
        front = book.add_worksheet(FRONT)
        for planned in sheets:
            _sheet(book, formats, planned, document)
        _front(front, formats, document, look, sheets)
    return kept.getvalue()


def _sheet(book: xlsxwriter.Workbook, formats: Formats, planned: Planned, document: Document) -> None:
    sheet = book.add_worksheet(planned.name)
    _page(sheet, document)
    if planned.drawn:
        paper = Paper(sheet, formats, widths_for(planned.drawn))
        _back(sheet, formats)
        paper.row = 1
        Drawings(book, paper, planned.name).put(planned.drawn)
        sheet.freeze_panes(1, 0)
    elif planned.table is not None:
        paper = _table_sheet(sheet, formats, planned, planned.table)
    else:
        paper = Paper(sheet, formats, _widths(planned))
        paper.printed_whole()
        _back(sheet, formats)
        paper.row = 1
        for place, (level, title, held) in enumerate(planned.parts):
            if place:
                paper.skip()
            paper.keep(SOME_LINES)
            paper.heading(title, {1: 18.0, 2: 15.0}.get(level if place else 1, 13.0))
            put(paper, held)
        sheet.freeze_panes(1, 0)
    sheet.set_h_pagebreaks(paper.breaks)
    sheet.print_area(1, 0, max(paper.row, 1), paper.last)


def _back(sheet: Any, formats: Formats) -> None:
    """The way to the front sheet; it is not printed."""
    sheet.write_url(0, 0, f"internal:'{FRONT}'!A1", formats.of(font_color=SOFT, underline=1), FRONT)


def _widths(planned: Planned) -> list[float]:
    has_labels = any(isinstance(block, Facts | Sheet) for _, _, held in planned.parts for block in held)
    widths = [LABELS_WIDE if has_labels else NUMBERS_WIDE, *PLAIN_WIDTHS]
    for _, _, held in planned.parts:
        for table in tables_in(held):
            found = widths_of(table)
            if table.columns and table.columns[-1].of == Of.TEXT:  # it takes the rest of the sheet
                found = [*found[:-1], LAST_AT_LEAST]
            for place, width in enumerate(found):
                if place < len(widths):
                    widths[place] = max(widths[place], width)
                else:
                    widths.append(width)
    return widths


def _table_sheet(sheet: Any, formats: Formats, planned: Planned, stacked: Stacked) -> Paper:
    """A table that a sheet is for: its heads and its names stay in sight, with filters on it."""
    table = stacked.table
    widths = _box_widths(stacked) or widths_of(table, counts=planned.series) or [30.0]
    paper = Paper(sheet, formats, widths)
    _back(sheet, formats)
    paper.row = 1
    caption = table.caption if table.caption != planned.title else ""
    for words, size in ((planned.title, 16), (caption, 12)):
        if words:
            # Words that are not wrapped run on over the empty cells beside them.
            look = formats.of(bold=True, font_size=size, font_color=FRAME, text_wrap=False)
            sheet.write_string(paper.row, 0, text_of(words), look)
            paper.high(1.5 * size)
            paper.row += 1
    said = _said(planned)
    short = sum(lines_in(words, IN_SIGHT) for words in said) <= LINES_ABOVE
    if short:
        _run_on(paper, said)
    if not table.rows:
        paper.skip()
        _run_on(paper, [table.empty, *(() if short else said)])
        return paper
    pages = pages_across(widths)
    if pages > 1:
        sheet.fit_to_pages(pages, 0)
        sheet.repeat_columns(0, max(table.names - 1, 0))
    placed = paper.table(table, series=planned.series, boxes=stacked.boxes, lines=stacked.lines)
    sheet.freeze_panes(placed.head + 1, min(table.names, placed.right))
    sheet.autofilter(placed.head, 0, placed.last, placed.right)
    sheet.repeat_rows(placed.first, placed.head)
    beneath = [*([table.note] if table.note else []), *(() if short else said)]
    if beneath:
        paper.skip()
        _run_on(paper, beneath)
    return paper


def _said(planned: Planned) -> list[str]:
    """The words of a sheet whose purpose is its table."""
    found = []
    for block in planned.before:
        if isinstance(block, Paragraph) and block.text:
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += [
                f"{f'{place}. ' if block.numbered else BULLET}{item}"
                for place, item in enumerate(block.items, start=1)
            ]
    return found


def _run_on(paper: Paper, said: list[str]) -> None:
    """Sentences over the columns there are, as far as they can be read without moving the sheet."""
    last = next((n for n in range(len(paper.widths)) if sum(paper.widths[: n + 1]) >= IN_SIGHT), paper.last)
    across = sum(paper.widths[: last + 1])
    for words in said:
        if words:
            look = paper.formats.of(font_color=SOFT)
            if last:
                paper.sheet.merge_range(paper.row, 0, paper.row, last, "", look)
            paper.sheet.write_string(paper.row, 0, text_of(words), look)
            paper.high(lines_in(words, 0.96 * across) * POINTS_A_LINE + 2)
            paper.row += 1


def _box_widths(stacked: Stacked) -> list[float]:
    """Columns to write in are as wide as they have room to offer; none where there is nothing to write."""
    if not stacked.boxes:
        return []
    least = widths_of(stacked.table, across=ACROSS - WRITTEN_WIDE)
    wanted = list(least)
    for place in stacked.boxes:
        lines = stacked.table.columns[place].width
        alone = len(stacked.boxes) == 1
        wanted[place] = max(least[place], WRITTEN_WIDE if alone else min(12.0 + 4.0 * lines, WRITTEN_WIDE))
    return narrowed(wanted, least, ACROSS)


def _page(sheet: Any, document: Document) -> None:
    """How a sheet is printed: on its side, as wide as a page, with the notice and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(A4)
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
        sheet.write_string(paper.row, 1, text_of(planned.is_for), formats.of(font_color=INK))
        paper.high(lines_in(planned.is_for, 88) * POINTS_A_LINE + 3)
        paper.row += 1
    sheet.print_area(0, 0, paper.row, 1)
    sheet.activate()
