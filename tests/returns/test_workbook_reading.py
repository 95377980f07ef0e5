"""Reading a return's workbook: every fault at its cell, and what may be moved without harm."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.factories.audit import an_audit
from tests.factories.workbooks import cell, downloaded, question, saved, send
from tests.factories.world import POLICE_LEAD, World, a_return
from tests.pages import Browser, Page
from tests.returns.test_fields import TOP

Change = Callable[[Workbook], object]


@pytest.fixture
def lead(browser: Browser, world: World) -> Browser:
    a_return(world.app, world.police, "G A - -", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    return browser


def put(number: str, title: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        cell(book, number, title).value = value  # type: ignore[assignment]

    return change


def long(count: int) -> str:
    return "é" * count


FAULTS: dict[str, tuple[Change, str, str]] = {
    "a rating that is none": (
        put("1.1", "Rating", "Grene"), "Standard 1!",
        "“Grene” is not one of Green, Amber, Red, Not applicable.",
    ),
    "a rating as a number": (put("1.1", "Rating", 3), "Standard 1!", "“3” is not one of Green, Amber, Red"),
    "a formula": (put("1.1", "Commentary", "=1+1"), "Standard 1!", "Write the value here in place of the"),
    "a formula as rating": (put("2.1", "Rating", '="Red"'), "Standard 2!", "Write the value here in place"),
    "a text too long": (
        put("1.1", "Commentary", long(10_001)), "Standard 1!",
        "Shorten this to 10,000 characters; it has 10,001.",
    ),
    "a reason too long": (
        put("1.1", "Why it does not apply", long(2_001)), "Standard 1!", "Shorten this to 2,000 characters",
    ),
    "a mark that is none": (
        put("1.1", "Come back to it", "later"), "Standard 1!", "Write yes here, or leave it empty.",
    ),
    "a number that is none": (
        lambda book: setattr(book["Standard 1"]["A4"], "value", "9.9"), "Standard 1!A4",
        "There is no 9.9 in this return.",
    ),
    "a row without a number": (
        lambda book: setattr(book["Standard 1"].cell(12, cell(book, "1.1", "Gaps").column), "value", "More"),
        "Standard 1!", "This row has no number, so it belongs to nothing.",
    ),
    "one criterion twice": (
        lambda book: setattr(book["Standard 1"]["A5"], "value", "1.1"), "Standard 1!A5",
        "1.1 stands here and at Standard 1!A4. Keep one of the two rows.",
    ),
    "merged cells": (
        lambda book: book["Standard 1"].merge_cells(
            start_row=4, end_row=5, start_column=cell(book, "1.1", "Commentary").column,
            end_column=cell(book, "1.1", "Commentary").column,
        ),
        "Standard 1!", "Unmerge these cells, and write into each what belongs there.",
    ),
    "one heading twice": (
        lambda book: setattr(cell(book, "1.1", "Gaps").offset(row=-1), "value", "Strengths"),
        "Standard 1!", "Two columns have this heading. Keep one of them.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_at_its_cell(lead: Browser, world: World, what: str):
    change, where, sentence = FAULTS[what]
    book = downloaded(lead, world.police)
    change(book)
    page = send(lead, world.police, saved(book))
    assert where in page.text and sentence in page.text
    assert "0 Will change" in page.text, "what cannot be read changes nothing"


FIELD_FAULTS: dict[str, tuple[str, object, str]] = {
    "a number in words": ("Staff who work with children", "twelve", "Enter a number in figures"),
    "a day that is none": ("Last trained on", "31 February 2027", "Write a date that exists"),
    "maybe": ("Do you let rooms?", "maybe", "Choose yes or no."),
    "a choice that is none": ("Size", "Huge", "“Huge” is not one of Small, Large."),
    "one of several that is none": (
        "Services",
        "Housing\nTea",
        "“Tea” is not one of Housing, Advice, Sport.",
    ),
    "a line too long": ("Substitute contact", long(301), "Shorten this to 300 characters; it has 301."),
}


def test_a_fault_in_a_further_question_is_named_at_its_cell(browser: Browser, world: World):
    ref = an_audit(world, top=TOP)
    browser.sign_in(POLICE_LEAD)
    fresh = saved(downloaded(browser, ref))
    for label, value, sentence in FIELD_FAULTS.values():
        book = openpyxl.load_workbook(io.BytesIO(fresh))
        asked = question(book, label)
        asked.value = value  # type: ignore[assignment]
        page = send(browser, ref, saved(book))
        assert f"Further questions!{asked.coordinate}" in page.text and sentence in page.text, label
        assert "0 Will change" in page.text


def moved(book: Workbook) -> None:
    """Another order of rows, columns and sheets, other names, and a column of one's own."""
    sheet = book["Standard 1"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
    rows = [rows[0], rows[2], rows[1]]
    for at, row in enumerate(rows, start=8):
        for place, value in enumerate(reversed(row), start=2):
            sheet.cell(at, place).value = value
    sheet.delete_rows(3, 4)
    sheet.cell(4, 1).value = "My notes"
    sheet.cell(5, 1).value = "Ask Joe"
    sheet.title = "Ours"
    book.move_sheet("Ours", 2)
    del book["Read me"]


def test_rows_columns_and_sheets_may_be_moved_and_renamed(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.2", "Commentary").value = "Changed."
    moved(book)
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and "3 Stay as they are" in page.text
    assert "0 Cannot be read" in page.text
    assert "The column “My notes” of Ours is none of the return’s, and is not read." in page.text


def test_one_sheet_alone_is_enough(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "2.1", "Commentary").value = "From a colleague."
    for name in ("Read me", "Standard 1"):
        del book[name]
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and "1 Stay as they are" in page.text


def test_a_column_that_is_gone_changes_nothing_and_is_said(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    book["Standard 1"].delete_cols(cell(book, "1.1", "Commentary").column)
    page = send(lead, world.police, saved(book))
    assert "Standard 1 has no column “Commentary”. What the return says there stays as it is." in page.text
    assert "0 Will change" in page.text


def test_without_the_versions_every_difference_has_to_be_chosen(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Another."
    cell(book, "2.1", "Commentary").value = "First words."
    for sheet in ("Standard 1", "Standard 2"):
        number = "1.1" if sheet == "Standard 1" else "2.1"
        book[sheet].delete_cols(cell(book, number, "Version").column)
    page = send(lead, world.police, saved(book))
    assert "1 For you to choose" in page.text and "1 Will change" in page.text
    assert "Standard 1 has no column “Version”" in page.text


def test_a_number_that_a_spreadsheet_shortened_is_none_of_the_two(browser: Browser, world: World):
    ref = an_audit(world, standards=1, criteria=10)
    browser.sign_in(POLICE_LEAD)
    book = downloaded(browser, ref)
    cell(book, "1.10", "Commentary").value = "Ten."
    cell(book, "1.10", "Number").value = 1.1
    cell(book, "1.2", "Commentary").value = "Two."
    cell(book, "1.2", "Number").value = 1.2
    page = send(browser, ref, saved(book))
    assert "1.1 may be one of several numbers." in page.text and "1 Will change" in page.text


def zipped(members: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE workbook [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g SYSTEM "file:///etc/passwd">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>&f;&g;</sheets></workbook>"""


def other_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "A shopping list"  # type: ignore[index]
    return saved(book)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "This file is empty."),
    "no workbook": (lambda: b"Hello there", "This is not an Excel workbook (.xlsx)."),
    "an old one": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "of an old kind (.xls)"),
    "one of LibreOffice": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "save it as an Excel workbook (.xlsx), and choose that one.",
    ),
    "a bomb": (
        lambda: zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 70_000_000}),
        "unpacks to far more than it should",
    ),
    "something broken": (lambda: zipped({"xl/workbook.xml": b"<workbook"}), "This file could not be read."),
    "entities": (
        lambda: zipped({"xl/workbook.xml": ENTITIES, "xl/_rels/workbook.xml.rels": b"<Relationships/>"}),
        "This file could not be read.",
    ),
    "one of their own": (other_workbook, "This workbook does not say which return it is of."),
    "one too large": (lambda: b"PK" + b"\0" * 1_100_000, "This file is larger than 1 MB."),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_what_is_no_workbook_of_this_return_is_refused_with_what_to_do(
    lead: Browser, world: World, what: str
):
    make, sentence = FILES[what]
    assert sentence in send(lead, world.police, make(), status=422).text


def test_a_cell_longer_than_any_spreadsheet_writes_is_a_fault_of_its_own(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "HERE"
    cell(book, "1.2", "Commentary").value = "Good."
    crafted = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(crafted, "w") as target:
        for member in source.namelist():
            target.writestr(member, source.read(member).replace(b"HERE", b"x" * 40_000))
    page = send(lead, world.police, crafted.getvalue())
    assert "Shorten this to 10,000 characters; it has 40,000." in page.text
    assert "1 Will change" in page.text


def test_no_file_is_asked_for(lead: Browser, world: World):
    page: Page = send(lead, world.police, b"", name="", status=422)
    assert "Choose the workbook that you filled in." in page.text


def test_a_workbook_whose_headings_are_gone_is_refused(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    for sheet in ("Standard 1", "Standard 2"):
        book[sheet].delete_rows(3)
    page = send(lead, world.police, saved(book), status=422)
    assert "No sheet of this workbook has the headings" in page.text
