"""Downloading a questionnaire, and loading what was changed in it into one's own draft."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from openpyxl.workbook import Workbook
from sqlalchemy import select

from s11.core.database import db, unit_of_work
from s11.questionnaires import queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile, read, write
from s11.questionnaires.workbook import read_workbook
from s11.trail.models import Entry
from tests.factories.drafts import a_draft
from tests.factories.world import CHAIR, MANAGER, OFFICE, OUTSIDER, World
from tests.pages import Browser, Page
from tests.questionnaires.test_workbook import saved, under

DRAFT = "/questionnaires/DRAFT-2027"
Change = Callable[[Workbook], object]


@pytest.fixture
def manager(browser: Browser, world: World) -> Browser:
    """A business manager at work, with a draft of their partnership."""
    a_draft(world.app)
    browser.sign_in(MANAGER)
    return browser


def downloaded(browser: Browser, path: str = f"{DRAFT}/workbook.xlsx") -> Workbook:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def send(browser: Browser, data: bytes, name: str = "draft.xlsx", *, status: int = 200) -> Page:
    browser.open(f"{DRAFT}/load")
    fields = browser.page.form(f"{DRAFT}/load").data(file=(io.BytesIO(data), name))
    return browser.post(f"{DRAFT}/load", fields, status=status)


def reworded(book: Workbook, words: str = "Better words.") -> Workbook:
    cells = book["Criteria"]
    cells[under("Criteria", "Text", 2)] = words
    cells[under("Criteria", "Change", 2)] = "reworded"
    cells[under("Criteria", "Reason for change", 2)] = "Clearer."
    return book


def stored(app: Flask, code: str = "DRAFT-2027") -> QuestionnaireFile:
    with app.app_context():
        edition = queries.edition_by_code(code)
        assert edition is not None
        return file_of(edition)


# Out


def test_an_edition_is_downloaded_as_a_workbook_and_as_a_file(manager: Browser, world: World):
    page = manager.open("/questionnaires/TINY-2026")
    answer = manager.client.get(page.href("Download as Excel"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=TINY-2026.xlsx"
    assert read_workbook(answer.data) == stored(world.app, "TINY-2026")
    answer = manager.client.get(page.href("Download as file (YAML)"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=TINY-2026.yaml"
    assert read(answer.text) == stored(world.app, "TINY-2026")


def test_a_draft_of_another_partnership_is_not_there(manager: Browser):
    manager.sign_out()
    manager.sign_in(OUTSIDER)
    for path in ("workbook.xlsx", "questionnaire.yaml", "load"):
        assert manager.client.get(f"{DRAFT}/{path}").status_code == 404


def test_who_only_reads_a_draft_loads_nothing_into_it(manager: Browser):
    manager.sign_out()
    manager.sign_in(CHAIR)
    assert "Load changes" not in manager.open(DRAFT).text
    manager.open(f"{DRAFT}/load", status=403)
    manager.open(f"{DRAFT}/workbook.xlsx")


def test_an_edition_that_came_from_a_file_takes_no_changes_on_screen(manager: Browser):
    assert "Load changes" not in manager.open("/questionnaires/TINY-2026").text
    manager.open("/questionnaires/TINY-2026/load", status=403)


# In


def test_a_manager_sees_what_would_change_and_loads_it(manager: Browser, world: World):
    before = stored(world.app)
    book = reworded(downloaded(manager))
    book["Criteria"].delete_rows(5)
    book["Retired"].append(["criterion-2-2", "No longer needed."])
    book["Criteria"].append(["1", "1.9", "brand-new", None, "Something <new>."])
    book["Criteria"][under("Criteria", "Change", 5)] = "new"
    book["Criteria"][under("Criteria", "Reason for change", 5)] = "A review asked."
    page = send(manager, saved(book))
    assert "1 New" in page.text and "1 Reworded" in page.text and "1 Retired or removed" in page.text
    assert "Now: Criterion 1.1 is met. Then: Better words." in page.text
    assert "Something <new>." in page.text and "No longer needed." in page.text
    assert stored(world.app) == before
    page = manager.submit("/load/confirm")
    assert "DRAFT-2027 has the words of your file now." in page.text
    after = stored(world.app)
    assert [(c.number, c.text) for c in after.criteria] == [
        ("1.1", "Better words."),
        ("1.2", "Criterion 1.2 is met."),
        ("1.9", "Something <new>."),
        ("2.1", "Criterion 2.1 is met."),
    ]
    with world.app.app_context():
        edition = queries.edition_by_code("DRAFT-2027")
        assert edition and edition.partnership and edition.partnership.code == world.partnership
        told = db.session.scalars(
            select(Entry).where(Entry.tag == "questionnaire:edition:loaded", Entry.subject_id == edition.id)
        )
        assert [entry.person_name for entry in told] == ["Mary Manager"]


def test_a_file_written_by_hand_is_loaded_the_same_way(manager: Browser, world: World):
    text = write(stored(world.app)).replace("Be brief.", "Be very brief.")
    page = send(manager, text.encode(), "draft.yaml")
    assert "The introduction" in page.text and "No criterion would change" in page.text
    manager.submit("/load/confirm")
    assert "Be very brief." in stored(world.app).introduction


def test_the_office_loads_changes_too(manager: Browser, world: World):
    manager.sign_out()
    manager.sign_in(OFFICE)
    send(manager, saved(reworded(downloaded(manager))))
    manager.submit("/load/confirm")
    assert stored(world.app).criteria[0].text == "Better words."


def test_the_same_words_change_nothing(manager: Browser):
    assert "your file says what the draft says already" in send(manager, saved(downloaded(manager))).text


def test_faults_are_listed_by_cell_and_nothing_is_kept(manager: Browser, world: World):
    before = stored(world.app)
    book = downloaded(manager)
    book["Criteria"]["E3"] = None
    book["Levels"]["G2"] = "ambre"
    page = send(manager, saved(book), status=422)
    assert "2 things to put right in your file" in page.text
    assert "Criteria!E3 Write something here: it is empty." in page.text
    assert "Levels!G2 Unknown colour 'ambre'. Did you mean 'amber'?" in page.text
    assert stored(world.app) == before


def test_a_fault_of_a_file_names_its_line(manager: Browser, world: World):
    text = write(stored(world.app)).replace("colour: amber", "colour: ambre")
    assert "Line 1" in send(manager, text.encode(), "draft.yaml", status=422).text
    assert "Did you mean 'amber'?" in manager.page.text


def test_what_does_not_follow_from_the_edition_before_is_said(manager: Browser):
    book = downloaded(manager)
    book["Criteria"].delete_rows(5)
    page = send(manager, saved(book), status=422)
    assert "Say what became of 'criterion-2-2' (2.2 before): name it under retired." in page.text


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "empty.xlsx", "This file is empty."),
        (b"words", "words.xlsx", "This is not an Excel workbook (.xlsx)."),
        (b"PK\x03\x04 broken", "x.yaml", "This is not an Excel workbook (.xlsx)."),
        (b"\xff\xfe", "x.yaml", "Save the file as UTF-8"),
        (b"words", "x.yaml", "Begin the file with the line: format: 1"),
    ],
)
def test_what_is_no_questionnaire_gets_a_sentence(manager: Browser, data: bytes, name: str, says: str):
    assert says in send(manager, data, name, status=422).text


def test_without_a_file_the_page_asks_for_one(manager: Browser):
    manager.open(f"{DRAFT}/load")
    page = manager.post(f"{DRAFT}/load", manager.page.form("/load").data(), status=422)
    assert "Choose the file with your changes." in page.text


def test_the_file_of_another_edition_is_refused(manager: Browser):
    book = downloaded(manager, "/questionnaires/TINY-2026/workbook.xlsx")
    page = send(manager, saved(book), status=422)
    assert "This is TINY-2026, and the draft here is DRAFT-2027." in page.text


def test_the_draft_of_another_board_cannot_be_named_as_the_edition_before(manager: Browser, world: World):
    a_draft(world.app, code="THEIRS-2027", board="elsewhere")
    text = write(stored(world.app)).replace("predecessor: TINY-2026", "predecessor: THEIRS-2027")
    page = send(manager, text.encode(), "draft.yaml", status=422)
    assert "names THEIRS-2027 as the edition before, and there is none of that code" in page.text


def test_a_change_made_meanwhile_is_noticed(manager: Browser, world: World):
    book = downloaded(manager)
    first = send(manager, saved(reworded(book, "First."))).form("/load/confirm")
    send(manager, saved(reworded(book, "Second.")))
    manager.submit("/load/confirm")
    page = manager.post(first.action, first.data())
    assert "Somebody changed DRAFT-2027 after this preview was made" in page.text
    assert stored(world.app).criteria[0].text == "Second."


def test_only_what_was_shown_here_is_loaded(manager: Browser, world: World):
    before = stored(world.app)
    form = send(manager, saved(reworded(downloaded(manager)))).form("/load/confirm")
    a_draft(world.app, code="OTHER-2027")
    for path, changes in (
        (form.action, "made up"),
        (form.action, ""),
        ("/questionnaires/OTHER-2027/load/confirm", form.data()["changes"]),
    ):
        page = manager.post(path, form.data(changes=changes))
        assert "This preview is no longer good. Choose the file again." in page.text
    assert stored(world.app) == before


@pytest.mark.parametrize(
    ("stage", "says"), [("in_review", "is in review"), ("approved", "has been approved")]
)
def test_what_is_no_draft_any_more_is_not_replaced(manager: Browser, world: World, stage: str, says: str):
    form = send(manager, saved(reworded(downloaded(manager)))).form("/load/confirm")
    with world.app.app_context(), unit_of_work():
        edition = queries.edition_by_code("DRAFT-2027")
        assert edition is not None
        edition.stage = stage
    assert says in manager.post(form.action, form.data()).text
    assert says in manager.open(f"{DRAFT}/load", status=409).text
    assert stored(world.app).criteria[0].text == "Criterion 1.1 is met."
