"""Plans as files and as pasted: which tables and rows come out, and that nothing is lost."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from s11.actions.bringing.columns import guess_all
from s11.actions.bringing.reading import read, read_pasted
from s11.actions.bringing.reading.blocks import Grid
from s11.actions.bringing.reading.colours import colour_named
from s11.actions.bringing.reading.grids import tables_of
from s11.actions.bringing.shapes import Meaning
from s11.actions.bringing.understanding import understand
from s11.core.errors import Invalid
from s11.core.tables import worker
from tests.actions.bringing.plans import BY_FINDING, BY_THEME, KNOWN, one_table

HEADINGS = ["Rec No.", "Action", "Owner", "Timescale"]


def a_document() -> bytes:
    """Number 5 stands over three actions, the title of the table over its whole width."""
    document = docx.Document()
    document.add_paragraph("FINDING 2: Nobody counted.")
    table = document.add_table(rows=6, cols=4)
    for column, heading in enumerate(HEADINGS):
        table.cell(1, column).text = heading
    table.cell(0, 0).merge(table.cell(0, 3)).text = "Policy and procedure"
    for row, action in enumerate(("Count", "Count again", "Report"), start=2):
        table.cell(row, 1).text = action
    table.cell(2, 0).merge(table.cell(4, 0)).text = "5"
    table.cell(2, 2).text = "Head of QA"
    table.cell(2, 3).text = "May 2027"
    table.cell(5, 0).text = "6"
    table.cell(4, 1).merge(table.cell(5, 1))
    document.add_paragraph("Agreed in May.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def a_workbook() -> bytes:
    """A title, headings, a merged number, a real date, a second sheet with nothing in it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Case Q: action plan"])
    sheet.append(HEADINGS)
    sheet.append([5, "Count", "Head of QA", date(2027, 3, 31)])
    sheet.append([None, "Count again", "Head of QA", 46477])
    sheet.merge_cells("A3:A4")
    book.create_sheet("Notes")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_number_merged_over_three_rows_of_a_document_is_answered_by_all_three():
    (table,) = read(a_document(), "plan.docx")
    assert table.headings == tuple(HEADINGS)
    assert table.above == ("FINDING 2: Nobody counted.", "Policy and procedure")
    assert table.below == ("Agreed in May.",)
    assert [row.cells[0] for row in table.rows] == ["5", "5", "5", "6"]
    plan = understand([table], guess_all([table]), {}, KNOWN)
    actions = [row for row in plan.rows if row.kind == "action"]
    assert [(row.text, row.numbers) for row in actions] == [
        ("Count", ("5",)), ("Count again", ("5",)), ("Report", ("5", "6")),
    ]  # fmt: skip
    assert plan.rows[3].continues == 3
    assert {row.mechanism for row in actions} == {"policy_and_procedure"}


def a_coloured_document() -> bytes:
    """Ratings in colours alone, as many Boards print them; the headings are shaded, too."""
    document = docx.Document()
    table = document.add_table(rows=5, cols=3)
    for column, heading in enumerate(("Action", "Owner", "RAG")):
        table.cell(0, column).text = heading
        shade(table.cell(0, column), "92D050")
    for row, (action, colour) in enumerate(
        (("Count", "00B050"), ("Report", "FFC000"), ("Train", "FF0000"), ("Ask", "auto")), start=1
    ):
        table.cell(row, 0).text = action
        shade(table.cell(row, 1), "DCE6F1")
        shade(table.cell(row, 2), colour)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def shade(cell: Any, colour: str) -> None:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(element)


def a_coloured_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Action", "Owner", "RAG rating"])
    for row, (action, colour) in enumerate(
        (("Count", "C6EFCE"), ("Report", "FFEB9C"), ("Train", "FFC7CE"), ("Ask", None)), start=2
    ):
        sheet.append([action, None, None])
        sheet.cell(row, 2).fill = PatternFill("solid", "DCE6F1")
        if colour:
            sheet.cell(row, 3).fill = PatternFill("solid", colour)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("file", "name"), [(a_coloured_document, "plan.docx"), (a_coloured_workbook, "plan.xlsx")]
)
def test_a_rating_that_is_only_a_colour_is_read_as_its_word(file: Callable[[], bytes], name: str):
    (table,) = read(file(), name)
    assert [row.cells[1:] for row in table.rows] == [("", "Green"), ("", "Amber"), ("", "Red"), ("", "")]
    plan = understand([table], guess_all([table]), {}, KNOWN)
    assert [row.status for row in plan.rows] == ["on_track", "at_risk", "at_risk", ""]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("00B0F0", "Blue"), ("B8CCE4", ""), ("DCE6F1", ""), ("FFFFFF", ""), ("000000", ""), ("7030A0", ""),
        ("C00000", "Red"), ("FF0066", "Red"), ("FFFF00", "Amber"), ("92D050", "Green"),
    ],
)  # fmt: skip
def test_only_colours_of_a_rating_are_words(colour: str, name: str):
    assert colour_named(colour) == name


def test_a_sheet_too_large_for_its_colours_keeps_its_words(monkeypatch: pytest.MonkeyPatch):
    coloured = a_coloured_workbook()
    assert worker.coloured_sheets_of(coloured, 100)[0]["colours"]
    monkeypatch.setattr(worker, "CELLS_COLOURED", 14)
    (sheet,) = worker.coloured_sheets_of(coloured, 100)
    assert "colours" not in sheet and sheet["rows"][1][0] == "Count"


def test_progress_that_says_only_how_it_stands_is_how_it_stands():
    (table,) = read_pasted(
        "Action\tOwner\tProgress\nCount\tQA\tGreen\nReport\tQA\tOn track\nTrain\tQA\tTwo of six held"
    )
    plan = understand([table], guess_all([table]), {}, KNOWN)
    assert [row.status for row in plan.rows] == ["on_track", "on_track", ""]
    assert plan.rows[2].progress == "Two of six held"


def test_a_workbook_has_its_merged_numbers_and_its_dates():
    (table,) = read(a_workbook(), "plan.xlsx")
    assert table.above == ("Case Q: action plan",)
    plan = understand([table], guess_all([table]), {}, KNOWN)
    assert [(row.numbers, row.due_on) for row in plan.rows] == [(("5",), date(2027, 3, 31))] * 2


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", ",")]
)
def test_a_csv_file_in_any_of_the_ways_of_excel(encoding, mark):
    lines = [HEADINGS, ["5 & 8", "Listen – and write it down", "Head of QA", "May 2027"]]
    data = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    (table,) = read(data, "plan.csv")
    assert table.headings == tuple(HEADINGS)
    assert table.rows[0].cells == ("5 & 8", "Listen – and write it down", "Head of QA", "May 2027")


def test_a_table_of_another_kind_of_text():
    marked = one_table("| No | Action | Owner |\n|---|:--:|---|\n| 5 | Train \\| ask | Head of HR |\n")
    assert marked.rows[0].cells == ("5", "Train | ask", "Head of HR")
    page = (
        "<h2>Audit and monitoring</h2><table><tr><th>No</th><th>Action</th><th>Owner</th></tr>"
        "<tr><td rowspan=2>5</td><td>Train &amp; ask<ul><li>twice</ul></td><td>Head of HR</td></tr>"
        "<tr><td>Count</td><td>Head of IT</td></tr></table>"
    )
    table = one_table(page)
    assert table.headings == ("No", "Action", "Owner")
    assert [row.cells for row in table.rows] == [
        ("5", "Train & ask\n- twice", "Head of HR"), ("5", "Count", "Head of IT"),
    ]  # fmt: skip
    assert table.rows[1].joined == (0,)


def test_a_cell_that_word_broke_into_lines_is_one_cell():
    table = one_table(
        "No\tAction\tOwner\n5\tTrain\nAsk\nCount\tHead of HR\n6\tReport\tHead of IT\nHead of HR\n"
    )
    assert [row.cells for row in table.rows] == [
        ("5", "Train\nAsk\nCount", "Head of HR"), ("6", "Report", "Head of IT\nHead of HR"),
    ]  # fmt: skip


def test_the_tables_of_a_plan_over_pages_have_what_stands_above_them():
    tables = read_pasted(BY_THEME)
    assert [len(table.rows) for table in tables] == [3, 1, 3, 3, 1, 5]
    assert tables[0].above[-1] == "THEME 1: Professional Curiosity"
    assert tables[4].above == ("Achieving change through policy and procedure, continued",)
    assert tables[5].headings[:2] == ("Rec No.", "THEME")
    assert tables[0].rows[0].cells[0] == "HEALTH: Notes were thin.\n- No dates\n- No names"
    assert [row.number for table in tables for row in table.rows] == list(range(1, 17))


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "plan.txt", "This file is empty"),
        (b"%PDF-1.7", "plan.pdf", "A PDF keeps no tables"),
        (b"\x00\x01", "plan.csv", "This is not a text file"),
        (b"Only words.", "plan.txt", "There is no table"),
        (b"PK\x03\x04", "plan.docx", "This is not a Word document"),
        (b"GIF89a", "plan.gif", "Choose a Word document"),
        (("No\tAction\n" + "1\tTrain\n" * 2_001).encode(), "plan.txt", "Bring it in in parts"),
        (("No,Action" + ",x" * 50 + "\n" + "1,b" + ",x" * 50).encode(), "plan.csv", "columns"),
    ],
)
def test_what_is_no_plan_gets_a_sentence_at_the_file(data, name, says):
    with pytest.raises(Invalid, match=says) as refusal:
        read(data, name)
    assert refusal.value.field == "file"


def test_nothing_pasted_gets_a_sentence():
    with pytest.raises(Invalid) as refusal:
        read_pasted("  \n")
    assert refusal.value.field == "pasted"


CELLS = st.one_of(
    st.sampled_from(
        ["", "5 & 8", "ALL", "Action", "Owner", "Rec No.", "Timescale", "FINDING 2: x", "THEME 1: y",
         "Ongoing", "May 2027", "<p>a</p> <p>b</p>", "<ul> • a • b", "Head of QA & Named GP",
         "Recommendation 5", "- x"]
    ),
    st.text(max_size=12),
)  # fmt: skip
GRIDS = st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=12)


@given(
    rows=GRIDS,
    merged=st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=3),
    meanings=st.none() | st.dictionaries(st.integers(0, 5), st.sampled_from(Meaning), max_size=6),
)
@settings(max_examples=50, deadline=None)
def test_no_row_of_any_table_is_dropped(rows, merged, meanings):
    try:
        tables = tables_of(
            [Grid(rows, [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged])], "file"
        )
    except Invalid:
        return
    chosen = guess_all(tables) if meanings is None else {table.number: meanings for table in tables}
    plan = understand(tables, chosen, {}, KNOWN)
    printed = [row.number for table in tables for row in table.rows]
    assert [row.row for row in plan.rows] == printed == list(range(1, len(printed) + 1))


@given(text=st.text(alphabet='ab5 \t\n|"<>p/&-#', max_size=120))
@settings(max_examples=50, deadline=None)
def test_every_letter_that_is_pasted_stands_somewhere(text):
    try:
        tables = read_pasted(text)
    except Invalid:
        return
    held = "".join(
        "".join(
            (*table.above, *table.headings, *table.below, *(cell for row in table.rows for cell in row.cells))
        )
        for table in tables
    )
    for letter in "ab5":
        if "<" not in text:
            assert held.count(letter) >= text.count(letter)


def test_our_own_plans_are_read_whole():
    for text, rows in ((BY_THEME, 16), (BY_FINDING, 5)):
        assert sum(len(table.rows) for table in read_pasted(text)) == rows
