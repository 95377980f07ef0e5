"""Refusals and faults, and the words they must not lose."""

import io

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from s11.access import queries as access
from s11.returns import queries
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database
WORDS = "An hour of careful typing."


def form_of(browser: Browser, world: World) -> tuple[str, dict[str, object]]:
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if name.startswith("c") and name[1:].isdigit())
    return form.action, form.data(**{field: WORDS})


def away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT", {}, OSError("the database is away"))


def test_a_database_that_is_away_is_said_plainly_and_words_are_kept(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(POLICE_LEAD)
    action, data = form_of(browser, world)
    monkeypatch.setattr(access, "sign_in_by_key", away)
    page = browser.post(action, data, status=503)
    assert WORDS in page.text and "It was not saved." in page.text
    assert browser.response.headers["Retry-After"] == "5"


def test_a_database_that_goes_away_in_the_middle_keeps_the_words_too(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(POLICE_LEAD)
    action, data = form_of(browser, world)
    monkeypatch.setattr(queries, "answers_to", away)
    assert WORDS in browser.post(action, data, status=503).text


def test_a_save_that_comes_too_late_gives_the_words_back(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    action, data = form_of(browser, world)
    a_return(world.app, world.police, "- - - -", by=POLICE_LEAD, submit=True)
    page = browser.post(action, data, status=409)
    assert "can no longer be changed" in page.text and WORDS in page.text


def test_a_fault_of_ours_gives_the_words_back(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(POLICE_LEAD)
    action, data = form_of(browser, world)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(queries, "answers_to", broken)
    page = browser.post(action, data, status=500)
    assert WORDS in page.text and "a mistake of ours" not in page.text


def test_a_script_gets_a_sentence_as_data(app: Flask) -> None:
    response = app.test_client().get("/nothing", headers={"Accept": "application/json"})
    assert response.status_code == 404 and response.is_json


def test_a_file_where_words_are_asked_for_is_no_words_and_no_fault(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open("/organisations/new")
    page = browser.submit("/organisations/new", name=(io.BytesIO(b"\x00"), "name.csv"), status=422)
    assert "Enter the name of the organisation." in page.text


def test_a_number_without_end_is_no_fault(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/reminders")
    page = browser.submit("/reminders", status=422, when="before", days="9" * 400, whom="everybody")
    assert "Enter a number of days from 0 to 90." in page.text
    browser.open(f"/mail/?page={'9' * 400}", status=302)
