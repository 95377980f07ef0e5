"""A business manager brings in a table from Word or Excel, step by step."""

import io

import openpyxl
import pytest
from flask import Flask

from s11.questionnaires import queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from tests.factories.tables import DESCRIBED, PLAIN, SEVEN
from tests.factories.world import CHAIR, MANAGER, World
from tests.pages import Browser, Page

STEP = "/questionnaires/from-a-table"


@pytest.fixture
def manager(browser: Browser, world: World) -> Browser:
    browser.sign_in(MANAGER)
    return browser


def paste(browser: Browser, table: str, *, status: int = 200) -> Page:
    browser.open(STEP)
    return browser.submit(STEP, table=table, status=status)


def result(browser: Browser, *, status: int = 200, **changes: object) -> Page:
    return browser.submit(f"{STEP}/result", status=status, **changes)


def keep(browser: Browser, *, status: int = 302, **named: object) -> Page:
    fields: dict[str, object] = {
        "title": "Our own tool, 2027",
        "code": "OWN-2027",
        "year": "2027",
        "framework_code": "OWN",
        "framework_title": "Our own tool",
    }
    return browser.submit(f"{STEP}/keep", status=status, **{**fields, **named})


def stored(app: Flask, code: str = "OWN-2027") -> QuestionnaireFile | None:
    with app.app_context():
        edition = queries.edition_by_code(code)
        return file_of(edition) if edition else None


def test_the_list_of_questionnaires_leads_there(manager: Browser):
    assert manager.open("/questionnaires").href("Bring in a table from Word or Excel") == STEP


def test_whoever_makes_no_questionnaires_is_not_led_there(browser: Browser, world: World):
    browser.sign_in(CHAIR)
    assert "Bring in a table" not in browser.open("/questionnaires").text
    browser.open(STEP, status=404)


def test_a_plain_table_becomes_a_draft_in_three_steps(manager: Browser, world: World):
    page = paste(manager, PLAIN)
    assert "Column 1: Number" in page.text and "Holds: 1.1 | 1.2 | 2.1" in page.text
    assert page.form("/result").data()["column-1"] == "text"
    page = result(manager)
    assert "2 Standards" in page.text and "4 Criteria" in page.text and "0 Rows not understood" in page.text
    assert stored(world.app) is None
    page = keep(manager)
    assert "OWN-2027 is a draft now, with 4 criteria." in page.text
    file = stored(world.app)
    assert file is not None and file.framework.title == "Our own tool"
    assert [c.number for c in file.criteria] == ["1.1", "1.2", "1.10", "2.1"]
    with world.app.app_context():
        edition = queries.edition_by_code("OWN-2027")
        assert edition and edition.stage == "draft"
        assert edition.partnership and edition.partnership.code == world.partnership


def test_seven_columns_become_a_draft_with_fields(manager: Browser, world: World):
    paste(manager, SEVEN)
    page = result(manager)
    assert "Beside every criterion is asked: Areas for improvement; Deadline" in page.text
    assert "Columns left out: Evidence (list and reference all evidence); Self Assessment" in page.text
    keep(manager, framework="TINY", framework_code="", framework_title="")
    file = stored(world.app)
    assert file is not None and file.framework.code == "TINY" and file.framework.duty == "Tiny Act"
    assert [level.code for level in file.scale.levels] == ["3", "2", "1", "0"]


def test_descriptions_of_ratings_find_their_level(manager: Browser, world: World):
    paste(manager, DESCRIBED)
    assert "what 3 ratings look like" in result(manager).text
    keep(manager)
    file = stored(world.app)
    assert file is not None and file.criteria[0].descriptors["red"] == "No governor is named"
    assert file.criteria[0].group == "Those who lead"


def test_a_manager_corrects_a_guess(manager: Browser, world: World):
    paste(manager, PLAIN.replace("Number\tCriterion", "One\tTwo"))
    page = result(manager, heading="0", **{"column-0": "guidance"})
    assert page.form("/result").data()["heading"] == "0"
    page = manager.submit(f"{STEP}/result", status=200)
    assert page.form("/keep").data()["column-0"] == "guidance"


def test_one_can_go_back_and_nothing_said_is_lost(manager: Browser):
    paste(manager, DESCRIBED)
    page = result(manager, scale="columns", **{"column-5": ""})
    page = manager.post(STEP, page.form("/result").data(), status=200)
    assert page.form("/result").data()["column-5"] == "" and page.form("/result").data()["scale"] == "columns"
    page = manager.post(f"{STEP}/again", page.form("/result").data(), status=200)
    assert "Governors oversee it" in str(page.form(STEP).data()["table"])


def test_rows_that_were_not_understood_are_listed(manager: Browser):
    paste(manager, PLAIN.replace("1.1\tOne", "\tWords before\n1.1\tOne", 1))
    page = result(manager)
    assert "1 Rows not understood" in page.text
    assert "Row 2 Words before It has no number" in page.text


def test_a_fault_names_its_row_and_keeps_the_table(manager: Browser, world: World):
    paste(manager, PLAIN.replace("2.1", "1.1"))
    page = result(manager)
    assert "Row 4: 1.1 Change this number: '1.1' is used twice" in page.text
    assert not [form for form in page.forms if form.action.endswith("/keep")]
    page = manager.post(f"{STEP}/again", page.form("/result").data(), status=200)
    assert "New staff are checked" in str(page.form(STEP).data()["table"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"column-1": "guidance"}, "Say in which column stands what is asked."),
        ({"column-0": "text"}, "Only one column can be “What is asked”."),
    ],
)
def test_columns_that_cannot_be_meant_are_said(manager: Browser, changes: dict[str, object], says: str):
    paste(manager, PLAIN)
    assert says in result(manager, status=422, **changes).text


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({"title": ""}, "Write a title."),
        ({"code": ""}, "Write a code."),
        ({"code": "OUR OWN"}, "Use letters, digits and dashes, without spaces."),
        ({"code": "TINY-2026"}, "TINY-2026 is the code of another edition, perhaps of another Board."),
        ({"year": "soon"}, "Write a year, for example 2027."),
        ({"year": "27"}, "Write a year, for example 2027."),
        ({"framework_code": ""}, "Write a code for the new framework"),
        ({"framework_title": " "}, "Write a title for the new framework"),
        ({"framework_code": "TINY"}, "There is a framework with this code already."),
    ],
)
def test_a_name_that_cannot_be_used_is_said_and_nothing_is_lost(
    manager: Browser, world: World, named: dict[str, object], says: str
):
    paste(manager, PLAIN)
    result(manager)
    page = keep(manager, status=422, **named)
    assert says in page.text
    assert "One person leads" in str(page.form("/keep").data()["table"])
    assert stored(world.app) is None


@pytest.mark.parametrize(
    ("table", "says"), [("", "Paste a table, or choose a file"), ("no table", "at least two columns")]
)
def test_what_is_no_table_is_said_where_it_was_pasted(manager: Browser, table: str, says: str):
    page = paste(manager, table, status=422)
    assert says in page.text and page.form(STEP).data()["table"] == table


def test_a_workbook_with_a_table_is_taken_too(manager: Browser):
    book = openpyxl.Workbook()
    for row in (["Ref", "Item"], ["1.1", "One leads."], ["1.2", "All\nknow."]):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    manager.open(STEP)
    fields = manager.page.form(STEP).data(file=(io.BytesIO(written.getvalue()), "tool.xlsx"))
    page = manager.post(STEP, fields, status=200)
    assert "Column 2: Item" in page.text
    assert "2 Criteria" in result(manager).text


def test_a_file_that_is_none_is_said_at_the_file(manager: Browser):
    manager.open(STEP)
    fields = manager.page.form(STEP).data(file=(io.BytesIO(b"%PDF"), "tool.pdf"))
    assert "Choose a Word document (.docx)" in manager.post(STEP, fields, status=422).text


def test_markup_in_a_table_is_text(manager: Browser):
    paste(manager, PLAIN.replace("One person", "<script>alert(1)</script> person"))
    result(manager)
    assert b"<script>alert" not in manager.response.data
    keep(manager)
    assert b"<script>alert" not in manager.response.data


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"table": "a\tb\n1\t2", "column-0": "nonsense", "column-9": "text", "heading": "99"},
        {"table": "a\tb\n1\t2", "column-0": "text", "scale": "x", "heading": "-7"},
        {"table": "a\tb\n1\t2", "column-0": "text", "scale": "columns", "best": "x", "heading": "²"},
    ],
)
@pytest.mark.parametrize("step", ["", "/again", "/result", "/keep"])
def test_a_form_made_by_hand_gets_a_page(manager: Browser, step: str, form: dict[str, object]):
    manager.open(STEP)
    token = manager.page.form(STEP).data()["csrf_token"]
    answer = manager.client.post(
        STEP + step, data={**form, "csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code in (200, 422)
