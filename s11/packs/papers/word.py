"""The sub-group's paper as a Word document, which the sub-group can edit.

Marks are Word's own formatting of characters, struck through and underlined, and not tracked changes:
accepting them all must not be a way to approve.
"""

import io
import unicodedata
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from s11.packs.papers.contents import Item, PaperContents, Section, Words
from s11.partnerships.looks import NONE, Look

HAIR_SPACE = "\N{HAIR SPACE}"
TICK = "\N{WHITE SQUARE}"


def write(contents: PaperContents, look: Look = NONE) -> bytes:
    """The whole paper."""
    document = docx.Document()
    _set_up(document, contents)
    _head(document, contents, look)
    _facts(document, contents)
    if contents.impact:
        document.add_paragraph(plain(contents.impact))
    _summary(document, contents)
    document.add_heading("Questions for decision", level=1)
    for question in contents.questions:
        document.add_paragraph(plain(question), style="List Number")
    if contents.comments:
        document.add_heading("Comments not resolved", level=1)
        _rows(_table(document, ("About", "Who", "Comment"), (2.5, 4, 10.5)), contents.comments)
    for section in contents.sections:
        _section(document, section)
    _decision(document, contents)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _head(document: Document, contents: PaperContents, look: Look) -> None:
    """The logo with the words that stand for it, the partnership, and the title in its colour."""
    if look.logo:
        shown = document.add_picture(io.BytesIO(look.logo), height=Cm(1.4))
        shown._inline.docPr.set("descr", plain(look.name))
    document.add_paragraph(plain(contents.partnership))
    title = document.add_heading(plain(contents.title), level=0)
    if look.colour:
        for run in title.runs:
            run.font.color.rgb = RGBColor.from_string(look.colour.removeprefix("#").upper())


def plain(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _set_up(document: Document, contents: PaperContents) -> None:
    document.core_properties.title = plain(contents.title)
    document.core_properties.author = plain(contents.partnership)
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(10.5)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    page.footer.paragraphs[0].text = plain(f"{contents.partnership}. {contents.title}, {contents.made}.")


def _facts(document: Document, contents: PaperContents) -> None:
    rows = (
        ("Date", contents.made),
        ("Questionnaire", f"{contents.edition} ({contents.code}), {contents.stage.lower()}"),
        ("Compared with", contents.earlier or "no earlier edition"),
        ("Size", contents.size),
    )
    table = _table(document, ("Paper for decision", ""), (4, 13))
    _rows(table, rows)


def _summary(document: Document, contents: PaperContents) -> None:
    if not contents.summary:
        return
    document.add_heading("Summary", level=1)
    table = _table(document, ("What", "How many", "Which"), (6, 2.2, 8.8))
    _rows(table, contents.summary)
    told = document.add_paragraph("In what follows, words that were taken out are ")
    told.add_run("struck through").font.strike = True
    told.add_run(" and words that were put in are ")
    told.add_run("underlined").font.underline = True
    told.add_run(".")


def _section(document: Document, section: Section) -> None:
    document.add_heading(plain(section.title), level=1)
    for item in section.items:
        _item(document, item)
    if section.small:
        document.add_heading("Small changes", level=2)
        table = _table(document, ("Number", "What changed"), (2.5, 14.5))
        for item in section.small:
            row = table.add_row()
            row.cells[0].text = plain(item.name)
            told = row.cells[1].paragraphs[0]
            if item.came_from:
                told.add_run(plain(f"Was {item.came_from}. "))
            for part in item.parts:
                told.add_run(f"{plain(part.what)}: ").italic = True
                _marked(told, part)
                told.add_run(" ")


def _item(document: Document, item: Item) -> None:
    was = f"; was {item.came_from}" if item.came_from else ""
    document.add_heading(plain(f"{item.name}: {item.kinds[:1].lower()}{item.kinds[1:]}{was}"), level=2)
    for old in item.before:
        _labelled(document, "Before", old)
    for part in item.parts:
        told = document.add_paragraph()
        if part.what != "Words":
            told.add_run(f"{plain(part.what)}: ").bold = True
        _marked(told, part)
    if item.reason or item.source:
        source = f" ({item.source})" if item.source else ""
        _labelled(document, "Why", f"{item.reason}{source}".strip())
    if item.impact:
        _labelled(document, "Whom it concerns", item.impact)
    if item.decide:
        document.add_paragraph(f"{TICK} Agreed     {TICK} Not agreed     {TICK} Change to:")


def _marked(paragraph: Paragraph, part: Words) -> None:
    for mark, words in part.runs:
        run = paragraph.add_run(plain(words))
        run.font.strike = mark == "deleted"
        run.font.underline = mark == "inserted"
        if mark == "deleted":
            paragraph.add_run(HAIR_SPACE)


def _labelled(document: Document, label: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(plain(words))


def _decision(document: Document, contents: PaperContents) -> None:
    document.add_heading("Decision", level=1)
    document.add_paragraph(
        f"{TICK} Approved     {TICK} Approved with the changes written below     {TICK} Not approved"
    )
    for _ in range(4):
        document.add_paragraph("_" * 84)
    table = _table(
        document,
        (f"Name of the {plain(contents.group)} or person", "Meeting", "Signature", "Date"),
        (5, 5, 4, 3),
    )
    _fill(table.add_row(), ("\n\n", "", "", ""))


def table_of(
    document: Document, head: tuple[str, ...], widths: tuple[float, ...], rows: Iterable[tuple[str, ...]]
) -> Table:
    """A table with its header and its rows; widths in centimetres."""
    table = _table(document, head, widths)
    _rows(table, rows)
    return table


def _table(document: Document, head: tuple[str, ...], widths: tuple[float, ...]) -> Table:
    """A table whose first row is its header, repeated on each page and told to screen readers."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if not head[-1]:
        row.cells[0].merge(row.cells[-1])
        head = head[:1]
    for cell, words in zip(row.cells, head, strict=False):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    return table


def _rows(table: Table, rows: Iterable[tuple[str, ...]]) -> None:
    for row in rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _fill(added, row)


def _fill(row: _Row, words: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, words, strict=True):
        cell.text = plain(text)
