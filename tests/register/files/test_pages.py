"""Bringing a register as the office does it: page by page."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core.database import db
from s11.core.storage import files
from s11.organisations import queries as known
from s11.organisations.models import Organisation
from s11.register.models import RegisterFile
from tests.factories.registers import a_school, a_setting, as_csv, early_years, gias
from tests.factories.world import EARLY_YEARS_ADVISER, EDUCATION_ADVISER, MANAGER, OUTSIDER, World
from tests.pages import Browser, Page

BRING = "/organisations/bring"


def send(browser: Browser, data: bytes, name: str = "register.csv", *, status: int = 302) -> Page:
    browser.open(BRING)
    return browser.submit(BRING, status=status, file=(io.BytesIO(data), name))


def waiting(app: Flask) -> RegisterFile:
    with app.app_context():
        file = db.session.scalars(select(RegisterFile).order_by(RegisterFile.id.desc())).first()
        assert file is not None
        return file


def has(app: Flask, name: str) -> bool:
    with app.app_context():
        return known.by_name(name) is not None


HILL = a_school(100100, "Hill Primary School")
NEW = a_school(100101, "New School")
THEIRS = a_school(100102, "Their School") | {"LA (name)": "Southshire"}


def test_from_the_file_to_the_register_and_the_authority_is_remembered(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    page = send(browser, gias(HILL, NEW, THEIRS))
    assert "2 local authorities" in page.text and "Northshire" in page.text
    page = browser.submit("/authorities", authorities="Northshire")
    assert "Nothing has been changed yet." in page.text and "New School" in page.text
    assert "Their School" not in page.text and not has(app, "New School")
    page = browser.submit("/lines", go="on")
    assert "1 added and 1 changed" in page.text and not has(app, "New School")
    page = browser.submit("/apply")
    assert "The register is up to date: 1 added and 1 changed." in page.text
    assert has(app, "New School") and not has(app, "Their School")
    page = send(browser, gias(HILL, NEW, THEIRS))
    assert "Nothing would change." in page.text and "Rows of Northshire" in page.text


def test_what_is_unticked_on_one_page_stays_unticked(app: Flask, world: World, browser: Browser) -> None:
    many = [a_school(100200 + n, f"School {n:02}") for n in range(60)]
    browser.sign_in(MANAGER)
    page = send(browser, gias(*many))
    first = dict(page.form("/lines").fields)
    assert first["page"] == "1" and page.text.count("School ") >= 50
    ticked = [value for name, value in page.form("/lines").fields if name == "box" and value != "r2"]
    page = browser.submit("/lines", go="stay", box=ticked)
    assert "1 box is not ticked" in page.text
    ref = waiting(app).ref
    page = browser.open(f"{BRING}/{ref}?show=added&page=2")
    assert "School 59" in page.text
    page = browser.submit("/lines", go="on")
    assert "59 added" in page.text
    browser.submit("/apply")
    assert not has(app, "School 00") and has(app, "School 01") and has(app, "School 59")


def test_a_refused_file_says_at_the_field_what_is_wrong(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    page = send(browser, b"", status=422)
    assert "This file is empty." in page.text
    page = send(browser, b"\x89PNG\r\n\x1a\n\0\0\0", "picture.png", status=422)
    assert "of a kind that is not read here" in page.text
    assert "Choose the file with the register." in browser.submit(BRING, status=422).text


def test_the_person_says_which_column_is_what(app: Flask, world: World, browser: Browser) -> None:
    rows = [["Who they are", "Kind", "Patch", "URN"], ["Reed Housing", "Housing association", "Eastham", ""]]
    browser.sign_in(MANAGER)
    page = send(browser, as_csv(rows))
    assert "Which column is what" in page.text and "Who they are (Reed Housing)" in page.text
    assert "Say in which column the name stands." in browser.submit("/columns", status=422).text
    page = browser.submit("/columns", name="0", district="2")
    assert "Reed Housing" in page.text and "District: Eastham" in page.text
    page = browser.open(f"{BRING}/{waiting(app).ref}/columns")
    assert ("district", "2") in page.form("/columns").fields
    page = browser.submit("/columns", name="0", district="0", status=422)
    assert "Two facts cannot stand in one column." in page.text


def test_a_file_put_aside_is_gone_and_changes_nothing(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    send(browser, gias(NEW))
    ref = waiting(app).ref
    with app.app_context():
        assert files().files  # type: ignore[attr-defined]
    page = browser.submit("/aside")
    assert "put aside" in page.text and not has(app, "New School")
    with app.app_context():
        assert not files().files  # type: ignore[attr-defined]
    assert "Put aside" in browser.open(f"{BRING}/{ref}").text
    browser.open(f"{BRING}/{ref}/columns", status=409)


def test_a_double_click_applies_once(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    send(browser, gias(NEW))
    browser.submit("/lines", go="on")
    form = browser.page.form("/apply")
    browser.post(form.action, form.data())
    page = browser.post(form.action, form.data(), status=409)
    assert "This file has been applied or put aside." in page.text
    with app.app_context():
        made = select(func.count(Organisation.id)).where(Organisation.name == "New School")
        assert db.session.scalar(made) == 1


@pytest.mark.parametrize("page", ["9999", "0", "-1", "x", "1e9"])
def test_an_odd_page_number_is_no_fault(app: Flask, world: World, browser: Browser, page: str) -> None:
    browser.sign_in(MANAGER)
    send(browser, gias(NEW))
    browser.open(f"{BRING}/{waiting(app).ref}?show=nonsense&page={page}")


def test_advisers_bring_their_own_register_and_see_no_other(
    app: Flask, world: World, browser: Browser
) -> None:
    schools, settings = gias(NEW), early_years(a_setting("EY200001", "Acorns"))
    browser.sign_in(EDUCATION_ADVISER)
    assert "which the partnership’s office brings" in send(browser, settings, status=422).text
    send(browser, schools)
    browser.sign_out()
    browser.sign_in(EARLY_YEARS_ADVISER)
    browser.open(f"{BRING}/{waiting(app).ref}", status=404)
    assert "Acorns" in send(browser, settings).text
    page = send(browser, as_csv([["Name", "Kind"], ["Extra Police", "Police"]]))
    assert "not one of those whose register you keep" in page.text
    browser.sign_out()
    browser.sign_in(OUTSIDER)
    browser.open(f"{BRING}/{waiting(app).ref}", status=404)


def test_the_template_holds_what_the_person_keeps(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"{BRING}/template.xlsx")
    data = browser.response.get_data()
    assert data.startswith(b"PK")
    page = send(browser, data, "organisations.xlsx")
    assert "Nothing would change." in page.text
