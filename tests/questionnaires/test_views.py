"""The pages about questionnaires: who reads them, and what they say."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from s11.core.database import unit_of_work
from s11.organisations import operations as organisations
from s11.people import operations as people
from s11.people.rules import Role
from s11.questionnaires import operations
from s11.questionnaires.format import read
from tests.factories.questionnaires import tiny
from tests.pages import Browser

PAGES = ("/questionnaires", "/questionnaires/TINY-2026")


@pytest.fixture
def loaded(app: Flask) -> Flask:
    """Two editions: the second rewords one criterion and retires another."""
    with app.app_context(), unit_of_work():
        operations.load(read(tiny(code="TINY-2025", year=2025, criteria=3)))
        operations.load(
            read(
                tiny(
                    predecessor="TINY-2025",
                    retired="criterion-1-3",
                    texts={"1.2": "Better <words>."},
                    extra={
                        "1.1": "guidance: Think twice.\ndescriptors: {green: All.}\nthemes: [ownership]",
                        "1.2": "lineage: {change: reworded, reason: Clearer.}",
                    },
                )
            )
        )
    return app


def signed_in_as(app: Flask, role: Role) -> FlaskClient:
    """A client with the session of somebody who holds a role at a new partnership."""
    with app.app_context(), unit_of_work():
        partnership = organisations.found(code="north", name="Northshire Partnership")
        at = partnership
        if role == Role.LEAD:
            at = organisations.add(partnership, name="Northshire Police", kind="police")
        person = people.add(name="Sam Hill", email="sam@example.org", password="calm harbour morning")
        people.give_role(person, role, at=at)
    browser = Browser(app)
    browser.sign_in("sam@example.org", "calm harbour morning")
    return browser.client


@pytest.mark.parametrize(
    "role", [Role.BUSINESS_MANAGER, Role.CHAIR, Role.EARLY_YEARS_ADVISER, Role.INSPECTOR]
)
def test_whoever_serves_the_board_reads_questionnaires(loaded: Flask, role: Role):
    client = signed_in_as(loaded, role)
    assert [client.get(page).status_code for page in PAGES] == [200, 200]


def test_for_an_organisation_these_pages_do_not_exist(loaded: Flask):
    client = signed_in_as(loaded, Role.LEAD)
    assert [client.get(page).status_code for page in PAGES] == [404, 404]


def test_a_stranger_is_asked_to_sign_in(loaded: Flask):
    assert [loaded.test_client().get(page).status_code for page in PAGES] == [302, 302]


def test_the_list_names_every_edition_newest_first(loaded: Flask):
    page = signed_in_as(loaded, Role.OFFICE).get("/questionnaires").text
    assert page.index("/questionnaires/TINY-2026") < page.index("/questionnaires/TINY-2025")
    assert "Draft" in page


def test_an_empty_list_says_what_to_do(app: Flask):
    assert "flask questionnaires load" in signed_in_as(app, Role.OFFICE).get("/questionnaires").text


def test_an_edition_shows_its_words_and_what_changed(loaded: Flask):
    page = signed_in_as(loaded, Role.OFFICE).get("/questionnaires/TINY-2026").text
    for words in (
        "Better &lt;words&gt;.",
        "Think twice.",
        "All.",
        "Ownership, accountability",
        "Clearer.",
    ):
        assert words in page
    assert "3 changes" in page and "Retired" in page and "Criterion 1.3 is met." in page


def test_an_edition_nobody_wrote_is_not_found(loaded: Flask):
    assert signed_in_as(loaded, Role.OFFICE).get("/questionnaires/TINY-1999").status_code == 404
