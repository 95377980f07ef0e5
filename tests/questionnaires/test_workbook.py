"""A questionnaire as a workbook: nothing is lost on the way out and in, and every fault names its cell."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from openpyxl.workbook import Workbook

from s11.core.errors import DomainError, Invalid
from s11.core.tables import opening, worker
from s11.questionnaires.format import QuestionnaireFile, read
from s11.questionnaires.workbook import WorkbookFaults, read_workbook, write_workbook
from s11.questionnaires.workbook.layout import CRITERIA, TITLES
from s11.questionnaires.workbook.reading import questionnaire_of
from s11.questionnaires.workbook.rows import off_lines, on_lines
from tests.factories.files import files
from tests.factories.questionnaires import tiny

SEEDS = sorted((Path(__file__).parents[2] / "seeds" / "questionnaires").glob("*.yaml"))
Change = Callable[[Workbook], object]


def a_file(**parts: Any) -> QuestionnaireFile:
    return read(tiny(**parts))


def opened(file: QuestionnaireFile) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(file)))


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def edited(change: Change, **parts: Any) -> bytes:
    """The workbook of a tiny questionnaire, after somebody has changed something in it."""
    book = opened(a_file(**parts))
    change(book)
    return saved(book)


def put(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def read_here(data: bytes) -> QuestionnaireFile:
    """What `read_workbook` reads, without a process of its own, which takes its time."""
    sheets = opening.told_sheets(worker.sheets_of(data, opening.ROWS_AT_MOST))
    return questionnaire_of(sheets, "w.xlsx")


def faults_of(data: bytes) -> list[str]:
    with pytest.raises(WorkbookFaults) as refusal:
        read_here(data)
    return [line.removeprefix("w.xlsx: ") for line in refusal.value.lines()]


def under(sheet: str, title: str, row: int) -> str:
    """The cell of a row under a heading."""
    (cell,) = [cell for cell in opened(a_file())[sheet][1] if cell.value == title]
    return f"{cell.column_letter}{row}"


# Nothing is lost


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_questionnaires_we_ship_come_back_from_a_workbook(path: Path):
    file = read(path.read_text(encoding="utf-8"), path.name)
    assert read_workbook(write_workbook(file)) == file


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(files())
def test_any_questionnaire_comes_back_from_a_workbook_as_it_went_in(file: QuestionnaireFile):
    assert read_here(write_workbook(file)) == file


def test_a_workbook_saved_by_another_programme_is_read_the_same():
    file = a_file(
        standards=2, criteria=3, extra={"1.1": "evidence: [Minutes, Plans]\ndescriptors: {red: No.}"}
    )
    assert read_workbook(saved(opened(file))) == file


@pytest.mark.parametrize(
    "words",
    [
        "<r>rich & raw</r>",
        "<r><t>rich</t></r>",
        "_x000D_",
        "_x005F_x005F_",
        "_x0041_x0042_",
        "x005F_",
        "'quoted",
        "a \n  b",
        "]]>",
        "&lt;",
    ],
)
def test_words_that_look_like_marks_of_a_workbook_stay_words(words: str):
    file = a_file()
    standard = file.standards[0]
    criterion = standard.criteria[0].model_copy(update={"text": words, "evidence": [words]})
    standard = standard.model_copy(update={"criteria": [criterion, *standard.criteria[1:]]})
    file = file.model_copy(update={"standards": [standard], "introduction": words})
    assert read_here(write_workbook(file)) == file


def test_a_number_keeps_its_nought_and_a_sign_stays_text():
    file = a_file(texts={"1.1": '"=HYPERLINK(1)"'}, extra={"1.2": "guidance: '+44 1234'"})
    numbered = file.criteria[0].model_copy(update={"number": "1.10"})
    standard = file.standards[0].model_copy(update={"criteria": [numbered, file.criteria[1]]})
    book = opened(file.model_copy(update={"standards": [standard]}))
    cells = book["Criteria"]
    assert cells["B2"].value == "1.10" and cells["B2"].data_type == "s" and cells["B2"].number_format == "@"
    assert cells["E2"].value == "=HYPERLINK(1)" and cells["E2"].data_type == "s" and cells["E2"].quotePrefix
    assert cells["F3"].value == "+44 1234" and cells["F3"].quotePrefix


@pytest.mark.parametrize(
    "items", [["Minutes"], ["Minutes", "Plans\nof two years\n\n  and more"], ["- dash", "last"], []]
)
def test_items_come_back_from_their_lines(items: list[str]):
    assert off_lines(on_lines(items)) == items


def test_an_empty_line_between_items_is_no_item():
    assert off_lines("Minutes\n\nPlans\n") == ["Minutes", "Plans"]


def test_words_that_no_cell_can_hold_are_refused_with_what_to_do():
    criterion = a_file().criteria[0].model_copy(update={"evidence": ["x" * 19_000, "y" * 19_000]})
    file = a_file()
    standard = file.standards[0].model_copy(update={"criteria": [criterion]})
    with pytest.raises(DomainError, match=r"“Evidence” of “1.1” is longer"):
        write_workbook(file.model_copy(update={"standards": [standard]}))


# How it looks


def test_headings_stay_in_sight_and_there_is_something_to_choose_from():
    book = opened(a_file())
    assert book.sheetnames == list(TITLES)
    assert book["Criteria"].freeze_panes == "C2"
    offered = {
        title: [one.formula1 for one in book[title].data_validations.dataValidation] for title in TITLES
    }
    assert '"unchanged,reworded,new,split,merged"' in offered["Criteria"]
    assert any("voice-of-the-child" in one for one in offered["Criteria"])
    assert any("lightgreen" in one for one in offered["Levels"])
    assert any("long_text" in one for one in offered["Fields"])
    assert '"yes,no"' in offered["Edition"]
    assert not any(book[title].protection.sheet for title in TITLES)


def test_each_level_has_a_column_beside_the_criteria():
    titles = [cell.value for cell in opened(a_file())["Criteria"][1]]
    assert titles[6:10] == ["Evidence", "Descriptor: green", "Descriptor: amber", "Descriptor: red"]


def test_the_first_sheet_leads_to_the_others():
    sheet = opened(a_file())["Read me"]
    words = " ".join(str(cell.value) for row in sheet for cell in row if cell.value)
    assert "never change the key" in words
    assert all(title in words for title in TITLES[1:])


# What a manager changes


def test_a_manager_rewords_adds_and_retires_in_the_sheets():
    def change(book: Workbook) -> None:
        criteria = book["Criteria"]
        criteria[under("Criteria", "Text", 2)] = "Better words."
        criteria[under("Criteria", "Change", 2)] = "reworded"
        criteria[under("Criteria", "Reason for change", 2)] = "Clearer."
        criteria.delete_rows(3)
        criteria.append(["1", "1.3", "brand-new", None, "Something new."])
        criteria[under("Criteria", "Change", 3)] = "new"
        criteria[under("Criteria", "Reason for change", 3)] = "Two reviews asked."
        book["Retired"].append(["criterion-1-2", "No longer needed."])

    file = read_here(edited(change, predecessor="TINY-2025"))
    assert [(c.number, c.text, c.lineage.change) for c in file.criteria if c.lineage] == [
        ("1.1", "Better words.", "reworded"),
        ("1.3", "Something new.", "new"),
    ]
    assert file.retired[0].key == "criterion-1-2"


def test_columns_may_be_moved_and_their_headings_written_in_any_case():
    def change(book: Workbook) -> None:
        sheet = book["Retired"]
        sheet["A1"], sheet["B1"] = "REASON ", "key"
        sheet.append(["No longer needed.", "old-one"])

    assert read_here(edited(change, predecessor="TINY-2025")).retired[0].key == "old-one"


def test_html_and_numbers_in_text_stay_what_they_are():
    def change(book: Workbook) -> None:
        book["Criteria"]["E2"] = "<script>alert(1)</script>"
        book["Criteria"]["E3"] = 42

    assert [c.text for c in read_here(edited(change)).criteria] == ["<script>alert(1)</script>", "42"]


def test_windows_line_ends_are_line_ends():
    assert read_here(edited(put("Criteria", "E2", "One\r\n\r\nTwo"))).criteria[0].text == "One\n\nTwo"


# Faults


@pytest.mark.parametrize(
    ("sheet", "title", "row", "value", "says"),
    [
        ("Criteria", "Text", 2, None, "Write something here: it is empty."),
        ("Criteria", "Number", 3, "1.1", "Change this number: '1.1' is used twice in criteria."),
        ("Criteria", "Number", 3, 1.2, "write it again: Excel may have made 1.2 of 1.20"),
        ("Criteria", "Number", 3, date(2026, 10, 1), "Excel made a date or a time of it."),
        ("Criteria", "Key", 2, "Not A Key", "Use small letters, digits and single dashes here"),
        ("Criteria", "Standard", 2, "7", "Unknown standard '7'. Use one of: 1."),
        ("Criteria", "Standard", 2, None, "Write the standard it belongs to."),
        ("Criteria", "Statutory", 2, "perhaps", "Write yes or no here."),
        ("Criteria", "Weight", 2, "heavy", "Write a number here, for example 3 or 0.5."),
        ("Criteria", "Weight", 2, 0, "Write a number that is more than 0."),
        ("Criteria", "Themes", 2, "ownershp", "Did you mean 'ownership'?"),
        ("Criteria", "Asked only if", 2, "kind = 'school'", "Rewrite the condition"),
        ("Criteria", "Change", 2, "reworded", "Leave Change and its reason empty, or name the edition"),
        ("Criteria", "Text", 2, "=B2", "Write the value here in place of the formula."),
        ("Levels", "Colour", 3, "ambre", "Did you mean 'amber'?"),
        ("Levels", "Order", 3, "two", "Write a whole number here, for example 3."),
        ("Levels", "Scale", 3, "rga", "Unknown scale 'rga'. Did you mean 'rag'?"),
        ("Levels", "Meaning", 2, None, "Write something here: it is empty."),
        ("Standards", "Title", 2, "x" * 201, "Shorten this to at most 200 characters"),
        ("Sign-off", "Label", 2, None, "Write something here: it is empty."),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell_and_what_to_do(sheet: str, title: str, row: int, value: object, says: str):
    cell = under(sheet, title, row)
    found = faults_of(edited(put(sheet, cell, value)))
    assert any(line.startswith(f"{sheet}!{cell}: ") and says in line for line in found), found


@pytest.mark.parametrize(
    ("line", "value", "says"),
    [
        ("Year", "soon", "Write a whole number here, for example 3."),
        ("Year", 26, "Write a year, for example 2026."),
        ("Declaration", None, "Write something here: it is empty."),
        ("Not applicable allowed", None, "Write something here: it is empty."),
        ("What changed the scale", "whim", "Unknown source of a change 'whim'"),
        ("Edition code", "A B", "Use letters, digits and dashes here"),
    ],
)
def test_a_fault_of_the_edition_names_its_line(line: str, value: object, says: str):
    book = opened(a_file())
    (row,) = [cell.row for cell in book["Edition"]["A"] if cell.value == line]
    book["Edition"][f"B{row}"] = value
    assert any(said.startswith(f"Edition!B{row}: ") and says in said for said in faults_of(saved(book)))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (put("Criteria", "F1", "Guidence"), "Criteria!F1: Unknown column 'Guidence'. Did you mean 'Guid"),
        (put("Criteria", "F1", "Guidence"), "Criteria: Add the column Guidance: it is missing."),
        (put("Criteria", "F1", "Evidence"), "Criteria!G1: Remove one of the two columns 'Evidence'."),
        (put("Criteria", "H1", "Descriptor: blue"), "Criteria!H2: Unknown level 'blue'"),
        (put("Edition", "A2", "Framwork code"), "Edition!A2: Unknown line 'Framwork code'. Did you mean"),
        (lambda book: book["Criteria"].merge_cells("E2:E3"), "Criteria!E2:E3: Unmerge these cells"),
        (lambda book: book.remove(book["Retired"]), "Retired: Add the sheet Retired: it is missing."),
        (lambda book: book.create_sheet("Critera"), "Critera: Unknown sheet 'Critera'. Did you mean"),
        (lambda book: book["Criteria"].delete_rows(2, 2), "Standards!A2: Write at least one criterion"),
        (lambda book: book["Levels"].delete_rows(3, 9), "Scales!A2: Write at least two levels of this scale"),
        (lambda book: book["Standards"].delete_rows(2), "Standards!A2: Write at least one standard here."),
        (lambda book: book["Sign-off"].delete_rows(2), "Sign-off!A2: Write at least one row here"),
        (lambda book: book["Scales"].delete_rows(2), "Scales!A2: Write at least one scale here."),
        (lambda book: book["Fields"].append(["somewhere"]), "Fields!A2: Unknown place 'somewhere'."),
        (lambda book: book["Fields"].append(["once", "1.1", "x", "X?"]), "Fields!B2: Leave this empty"),
        (
            lambda book: book["Fields"].append(["once", None, "x", "X?", None, "choice"]),
            "Fields!A2: Add at least two options",
        ),
        (lambda book: book["Variants"].append(["9.9", "residential"]), "Variants!A2: Unknown criterion"),
        (lambda book: book["Table columns"].append(["x", "y", "Y"]), "Table columns!A2: Unknown field 'x'."),
    ],
)  # fmt: skip
def test_a_fault_of_a_sheet_says_what_to_do(change: Change, line: str):
    found = faults_of(edited(change, extra={"1.1": "descriptors: {green: All of it.}"}))
    assert any(one.startswith(line) for one in found), found


def test_every_fault_is_named_at_once_in_the_order_of_the_sheets():
    def change(book: Workbook) -> None:
        book["Levels"]["G2"] = "ambre"
        book["Criteria"]["E3"] = None
        book["Criteria"]["E2"] = "=1+1"
        book["Edition"]["B6"] = "soon"

    assert [line.partition(":")[0] for line in faults_of(edited(change))] == [
        "Edition!B6",
        "Criteria!E2",
        "Criteria!E3",
        "Levels!G2",
    ]


def test_no_fault_speaks_of_the_signs_of_a_file():
    """Conditions, lineage, tables and steps are checked by the same rules, in words for cells."""

    def change(book: Workbook) -> None:
        book["Fields"].append(["once", None, "t", "T?", None, "table"])
        book["Fields"].append(["once", None, "o", "O?", None, "text", None, "A\nB"])
        book["Criteria"]["A2"].value = "1"
        book["Scales"]["C2"], book["Scales"]["D2"], book["Scales"]["E2"] = 5, 1, 1
        for title in ("split", "merged"):
            book["Criteria"].append(["1", f"1.{title}", title, None, "Text."])
            book["Criteria"][under("Criteria", "Change", book["Criteria"].max_row)] = title

    found = faults_of(edited(change, predecessor="TINY-2025"))
    assert len(found) > 6
    for words in ("lineage:", "square brackets", "kind:", "without quotes", "'to'", "under fields", "dash."):
        assert not any(words in line for line in found), words


# What is no workbook of ours


def refusal_of(data: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read_workbook(data)
    assert refusal.value.field == "file"
    return refusal.value.sentence


def a_zip(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file is empty."),
        (b"just words", "This is not an Excel workbook (.xlsx). Choose another file."),
        (b"PK\x03\x04 and no more", "This is not an Excel workbook (.xlsx)."),
        (opening.OLD_OFFICE + b"\0" * 5000, "is of an old kind (.xls) or has a password"),
        (b"PK" + b"\0" * (6 * 1024 * 1024), "is larger than 5 MB"),
        (a_zip(word__document_xml=b"<w/>"), "This is not an Excel workbook (.xlsx)."),
        (a_zip(xl__workbook_xml=b"<not xml"), "Open it in Excel, save it again as an Excel workbook (.xlsx)"),
        (a_zip(xl__workbook_xml=b"\0" * (61 * 1024 * 1024)), "unpacks to far more than it should"),
    ],
    ids=["empty", "words", "broken", "old", "large", "document", "damaged", "bomb"],
)
def test_what_is_no_workbook_gets_a_sentence(data: bytes, says: str):
    assert says in refusal_of(data)


def test_a_workbook_of_something_else_is_told_apart_by_its_sheets():
    book = Workbook()
    book.active.title = "Budget"
    found = faults_of(saved(book))
    assert found[-1].startswith("Budget: Unknown sheet 'Budget'. Use one of: Read me, Edition")
    assert "Criteria: Add the sheet Criteria: it is missing." in found


def test_a_hundred_thousand_rows_are_refused_with_a_sentence():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Criteria")
    for row in range(100_000):
        sheet.append([str(row)])
    assert "Criteria has 100,000 rows, and no more than 5,000 are read" in refusal_of(saved(book))


def test_a_cell_at_the_far_end_of_a_sheet_is_refused_with_a_sentence():
    assert "Criteria has 1,048,576 rows" in refusal_of(edited(put("Criteria", "A1048576", "far")))
    assert refusal_of(edited(put("Criteria", "XFD1048576", "farther")))
    assert "Criteria has 16,384 columns" in refusal_of(edited(put("Criteria", "XFD2", "wide")))


def test_the_layout_names_every_column_once():
    titles = [column.title for column in CRITERIA.columns]
    assert len(titles) == len(set(titles))
