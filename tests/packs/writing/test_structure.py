"""Papers are built so that they can be read aloud, found through, edited and counted on."""

import io
import re
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from s11.packs.document import Cell, Column, Of, Section, Sheet, Table
from s11.packs.kinds import Format
from s11.packs.writing import formats
from s11.packs.writing.columns import parts
from s11.packs.writing.powerpoint.deck import HIGH, WIDE
from tests.packs.writing import extracting
from tests.packs.writing.sample import everything
from tests.packs.writing.test_same_words import written


def said_of_pictures(reader: PdfReader) -> list[str]:
    """What somebody who hears a paper is told instead of each picture."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


@cache
def pdf() -> PdfReader:
    return PdfReader(io.BytesIO(written(Format.PDF).content))


@cache
def word():
    return docx.Document(io.BytesIO(written(Format.WORD).content))


@cache
def slides():
    return Presentation(io.BytesIO(written(Format.POWERPOINT).content))


@cache
def book():
    return openpyxl.load_workbook(io.BytesIO(written(Format.EXCEL).content))


def tags(reader: PdfReader) -> list[str]:
    """The tags of a PDF in reading order."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            found += [str(node["/S"])] if "/S" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_a_pdf_is_tagged_titled_in_its_language_and_counts_its_pages():
    root = pdf().trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB"
    assert pdf().metadata.title == "Challenge day pack: Section 11, 2027 & after"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert len(pdf().pages) == written(Format.PDF).pages
    assert f"page 2 of {len(pdf().pages)}" in pdf().pages[1].extract_text()


def test_the_bookmarks_of_a_pdf_are_its_sections():
    def titles(items) -> list[str]:
        return [title for one in items for title in (titles(one) if isinstance(one, list) else [one.title])]

    assert titles(pdf().outline) == [section.title for section in everything().sections]


def test_headings_of_a_pdf_never_jump_and_tables_have_heads():
    found = tags(pdf())
    levels = [int(tag[2:]) for tag in found if tag.startswith("/H") and tag[2:].isdigit()]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert found.count("/TH") >= 3 + 12 + 26 and "/Caption" in found
    said = " ".join(said_of_pictures(pdf()))
    assert "Ratings by organisation. Organisation 1 stands at 3 of 6." in said
    assert "It rose from 40 % to 61 %." in said


def test_a_wide_table_of_a_pdf_stands_on_a_page_on_its_side():
    sideways = [page for page in pdf().pages if page.mediabox.width > page.mediabox.height]
    assert "14 organisations against 10 standards" in sideways[0].extract_text()
    assert 2 <= len(sideways) <= 3


def test_a_profile_stands_on_one_page():
    on = [
        n
        for n, page in enumerate(pdf().pages)
        if "Nothing stands below the best level." in page.extract_text()
    ]
    assert "Harrowmere & Dale <Police>" in pdf().pages[on[0]].extract_text()


def test_a_word_paper_has_real_headings_that_never_jump():
    names = [one.style.name for one in word().paragraphs if one.style.name.startswith("Heading")]
    levels = [int(name.split()[1]) for name in names]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
    assert word().core_properties.title == "Challenge day pack: Section 11, 2027 & after"
    assert {lang.get(qn("w:val")) for lang in word().styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_tables_in_word_repeat_their_heads_and_keep_their_rows_whole():
    sixty = next(t for t in word().tables if len(t.rows) == 61)
    assert sixty.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in sixty.rows)
    assert [int(one.get(qn("w:w"))) for one in sixty._tbl.tblGrid] == sorted(
        int(one.get(qn("w:w"))) for one in sixty._tbl.tblGrid
    )


def test_word_turns_the_page_for_wide_tables_and_says_pictures_in_words():
    turned = [wide for wide, _ in groupby(s.page_width > s.page_height for s in word().sections)]
    assert turned == [False, True, False]
    drawings = list(word().element.body.iter(qn("wp:docPr")))
    assert len(drawings) == 2 and all(one.get("descr") for one in drawings)
    assert len({one.get("id") for one in drawings}) == 2


def test_what_stands_side_by_side_stands_in_two_columns_in_word_and_turns_no_page():
    runs = [(s._sectPr.xpath("string(./w:cols/@w:num)"), s.start_type) for s in word().sections]
    place = next(n for n, (columns, _) in enumerate(runs) if columns == "2")
    assert [starts for _, starts in runs[place : place + 2]] == [WD_SECTION.CONTINUOUS] * 2


def test_word_has_contents_that_lead_to_sections_and_room_to_write():
    xml = word().element.xml
    assert "TOC \\o" in xml and xml.count("<w:hyperlink ") == 19
    room = [t for t in word().tables if len(t.columns) == 1 and not any(c.text for c in t.columns[0].cells)]
    assert [len(t.rows) for t in room] == [5, 3, 5]


def test_a_file_says_of_itself_whose_it_is_and_nothing_of_the_program_that_wrote_it():
    for made in (word(), slides()):
        said = made.core_properties
        assert said.author == said.last_modified_by == everything().partnership
        assert said.comments == everything().built and said.created.year > 2020
    with ZipFile(io.BytesIO(written(Format.POWERPOINT).content)) as package:
        assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_every_slide_has_a_title_and_nothing_hangs_over_its_edge():
    assert (slides().slide_width.mm, slides().slide_height.mm) == (pytest.approx(WIDE, 0.01), HIGH)
    for slide in slides().slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= slides().slide_width, shape.name
            assert shape.top + shape.height <= slides().slide_height, (shape.name, slide.shapes.title.text)


def test_slides_hold_real_tables_and_charts_with_words_for_them():
    shapes = [shape for slide in slides().slides for shape in slide.shapes]
    charts = [shape for shape in shapes if shape.has_chart]
    assert len(charts) == 2
    bars = charts[0].chart.plots[0]
    assert [one.name for one in bars.series] == ["G  Green", "A  Amber", "R  Red", "N/A  Not applicable"]
    assert list(bars.series[0].values)[:4] == [1, 2, 3, 0]
    assert str(bars.series[0].format.fill.fore_color.rgb) == "1B7837"
    tables = [shape for shape in shapes if shape.has_table]
    for shape in (*charts, *tables):
        assert shape._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr")[0]
    assert sum(len(shape.table.rows) - 1 for shape in tables if len(shape.table.columns) == 3) == 64


def test_a_form_on_a_slide_takes_the_room_there_is_and_a_heading_alone_lists_what_follows():
    form = Sheet("In our own words", (("An example", 6),))
    part = Section("The first part", (form,), 2, starts_page=True)
    document = replace(everything(), sections=(Section("Parts", starts_page=True), part))
    _, _, parts_, slide = Presentation(io.BytesIO(formats.write(document, Format.POWERPOINT).content)).slides
    assert "The first part" in [shape.text_frame.text for shape in parts_.shapes if shape.has_text_frame]
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert frame.height.mm > 120


def test_nothing_on_a_slide_is_too_small_to_read():
    with ZipFile(io.BytesIO(written(Format.POWERPOINT).content)) as package:
        slides_xml = [package.read(name).decode() for name in package.namelist() if "slides/slide" in name]
    sizes = {int(found) for xml in slides_xml for found in re.findall(r' sz="(\d+)"', xml)}
    assert min(sizes) >= Pt(10).pt * 100


def test_every_slide_carries_the_notice_and_its_number():
    for slide in list(slides().slides)[1:]:
        kinds = slide.element.xpath("//p:ph/@type")
        assert "sldNum" in kinds and "ftr" in kinds
        assert everything().notice in "".join(node.text or "" for node in slide.element.iter(qn("a:t")))


def test_a_workbook_begins_with_what_it_is_and_links_to_every_sheet():
    front = book().worksheets[0]
    links = [cell.hyperlink for row in front.iter_rows() for cell in row if cell.hyperlink]
    linked = {link.location.split("!")[0].strip("'") for link in links}
    assert linked == set(book().sheetnames[1:])
    assert all(sheet.sheet_state == "visible" for sheet in book())
    assert not any(
        d.hidden for s in book() for d in (*s.row_dimensions.values(), *s.column_dimensions.values())
    )


def test_a_table_of_a_workbook_can_be_filtered_and_keeps_its_head_and_names_in_sight():
    sheet = book()["Matrix 14 x 10"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Organisation")
    top = head[0].row
    assert sheet.freeze_panes == f"B{top + 1}"
    assert sheet.auto_filter.ref == f"A{top}:L{top + 14}"
    assert sheet.print_title_rows == f"${top}:${top}"
    best = sheet.cell(top + 1, 12)
    assert best.value == pytest.approx(0.375) and best.number_format == "0.0 %"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0


def rows_of(name: str) -> list[list[object]]:
    """The cells of a sheet as they show, from the heads of its table on."""
    sheet = book()[name]
    top = int(re.search(r"\d+", sheet.auto_filter.ref)[0])
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]


def test_sections_of_the_same_shape_are_one_table_of_a_workbook_with_the_name_in_each_row():
    assert rows_of("Profile") == [
        ["Agency", "Kind", "Signed by", "Session"],
        ["Mallow Police", "Police", "'+A. Okonjo", None],
        ["'=Mallow Health", "Health", None, "10:00"],
    ]
    heads, first, *_ = rows_of("Ratings")
    assert heads == ["Agency", "Standard", "Ratings", "G", "A", "R", "Since 2026"]
    assert first == ["Mallow Police", "1 Leadership", "5 G, 2 A", 5, 2, 0, "2 higher of 7"]
    assert [row[3] for row in rows_of("Ratings")[1:5]] == [5, 0, 1, 0]
    assert book()["Ratings"].freeze_panes == "C5" and book()["Ratings"].print_title_rows == "$3:$4"
    assert rows_of("Findings")[1][:5] == ["Mallow Police", "Gaps", "2.3", "R Red", "No lead"]
    assert [row[4] for row in rows_of("Findings")[2:]] == ["and 2", "No gap."]
    assert not any(section.title in book().sheetnames for section in everything().sections[-10:])


def test_a_workbook_has_room_for_answers_and_a_form_is_a_row():
    asked, answer = rows_of("Asked"), book()["Asked"]
    assert asked[0] == ["Agency", "No.", "Question", "Why it is asked", "Asked by", "Answer"]
    assert asked[2] == ["'=Mallow Health", None, "No line of enquiry is prepared.", None, None, None]
    top = int(re.search(r"\d+", answer.auto_filter.ref)[0])
    assert answer.row_dimensions[top + 1].height > 60 and answer.column_dimensions["F"].width >= 40
    assert rows_of("Recorded") == [
        ["Agency", "What was answered", "Rating agreed"],
        ["Mallow Police", None, None],
        ["'=Mallow Health", None, None],
    ]


def test_no_chart_of_a_workbook_is_torn_by_the_edge_of_a_page():
    sheet = book()["Charts"]
    turned = [one.id for one in sheet.row_breaks.brk]
    tops, page = {}, 494 * 100 / (sheet.page_setup.scale or 100)
    heights = {row: sheet.row_dimensions[row + 1].height or 15 for row in range(sheet.max_row + 120)}
    assert not sheet.page_setup.fitToHeight and len(sheet._charts) == 2
    for chart in sheet._charts:
        first, last = chart.anchor._from.row, chart.anchor.to.row
        begins = max((row for row in turned if row <= first), default=0)
        assert sum(heights[row] for row in range(begins, last + 1)) <= page, chart
        assert not [row for row in turned if first < row <= last]
        tops[first] = begins
    assert len(set(tops.values())) == 2


def test_nothing_in_a_workbook_is_run():
    cells = [cell for sheet in book() for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=1+1" in texts and not [text for text in texts if text.startswith(("=", "+", "@"))]


def test_columns_that_do_not_fit_are_set_beneath_with_the_names_of_the_rows():
    table = Table(
        "Wide", (Column("Name", width=3), *(Column(str(n), Of.RATINGS) for n in range(40))),
        ((Cell("Somebody"), *(Cell("5 G, 2 A") for _ in range(40))),), wide=True,
    )  # fmt: skip
    found = parts(table, 200, 1.4)
    assert len(found) > 1 and all(part.places[0] == 0 for part in found)
    assert sorted(place for part in found for place in part.places[1:]) == list(range(1, 41))
    assert all(sum(part.widths) == pytest.approx(200) for part in found)


def test_a_number_stands_apart_from_the_letter_it_counts():
    text = " ".join(extracting.pdf(written(Format.PDF).content).split()).replace(" ,", ",")
    assert "1 G, 2 A, 1 R" in text and "1G" not in text
