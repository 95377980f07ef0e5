"""An adviser's page: how many of each group are in, and one group beside the others."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.cycles import operations as cycles
from s11.cycles.rules import LetOff
from s11.returns import queries as returns
from s11.schools.pages import listing
from tests.factories.world import EARLY_YEARS_ADVISER, EDUCATION_ADVISER, World
from tests.pages import Browser
from tests.schools.some import Asking, asking

pytestmark = pytest.mark.database
SCHOOLS = {"Ash": "GG AR", "Elm": "GG GG", "Fir": "", "Oak": "AN R-", "Yew": ""}


@pytest.fixture
def asked(app: Flask, world: World) -> Asking:
    schools = {name: letters.replace("-", "R") for name, letters in SCHOOLS.items()}
    asked = asking(app, world, schools, Oak="secondary", Yew="secondary")
    with app.app_context(), unit_of_work():
        cycles.exempt(returns.by_ref(asked.returns["Yew"]).invitation, reason="It closes in July.")
    return asked


@pytest.fixture
def adviser(browser: Browser, asked: Asking) -> Browser:
    browser.sign_in(EDUCATION_ADVISER)
    return browser


def test_each_group_says_how_many_are_due_and_in(adviser: Browser, asked: Asking) -> None:
    page = adviser.open(f"/schools/cycles/{asked.cycle}")
    assert "Primary 3 2 (66.7 %) 0 0 0 0" in page.text
    assert "Secondary 1 1 (100.0 %) 0 0 1 0" in page.text  # the exempt one is in no other column
    assert "All 4 3 (75.0 %) 0 0 1 0" in page.text


def test_a_school_that_is_withdrawn_is_not_called_exempt(app: Flask, adviser: Browser, asked: Asking) -> None:
    with app.app_context(), unit_of_work():
        invitation = returns.by_ref(asked.returns["Fir"]).invitation
        cycles.exempt(invitation, reason="It has closed.", as_=LetOff.WITHDRAWN)
    page = adviser.open(f"/schools/cycles/{asked.cycle}")
    assert "Primary 2 2 (100.0 %) 0 0 0 1" in page.text
    listed = adviser.open(page.href("Primary")).text
    assert "Withdrawn" in listed and "Exempt" not in listed


def test_a_cell_leads_to_the_schools_behind_it_the_lowest_first(adviser: Browser, asked: Asking) -> None:
    page = adviser.open(f"/schools/cycles/{asked.cycle}")
    cell = next(href for href, _ in page.links if "group=Primary" in href and "standard=2" in href)
    listed = adviser.open(cell)
    assert "Primary: 3 organisations" in listed.text
    assert listed.text.index("Ash") < listed.text.index("Elm") < listed.text.index("Fir")
    assert "Oak" not in listed.text and "Not in" in listed.text
    assert listed.href("Ash").startswith(f"/analysis/cycles/{asked.cycle}/answers/")


def test_a_long_list_is_shown_page_by_page(
    adviser: Browser, asked: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ON_A_PAGE", 2)
    address = f"/schools/cycles/{asked.cycle}/list?group=Primary&standard=2"
    first = adviser.open(address)
    assert "Primary: 3 organisations" in first.text and "This is page 1 of 2." in first.text
    assert "Ash" in first.text and "Elm" in first.text and "Fir" not in first.text
    second = adviser.open(next(href for href, _ in first.links if "page=2" in href))
    assert "Fir" in second.text and "Ash" not in second.text
    for page in ("0", "-1", "many"):
        assert "This is page 1 of 2." in adviser.open(f"{address}&page={page}").text
    assert "This is page 2 of 2." in adviser.open(f"{address}&page=99").text


def test_one_group_stands_beside_all_others(adviser: Browser, asked: Asking) -> None:
    page = adviser.open(f"/schools/cycles/{asked.cycle}?group=Primary")
    text = page.text.replace("\u00a0", " ")
    assert "All together 75.0 % (6 of 8) 0.0 % (0 of 3) +75.0 – –" in text
    assert "There is no earlier cycle of this questionnaire" in text
    assert "Weakest in Primary" in text and "2.2 Criterion 2.2 is met. 1 of 2 50.0 %" in text


@pytest.mark.parametrize("by", ["phase", "type", "district", "nonsense"])
def test_groups_go_out_as_a_file(adviser: Browser, asked: Asking, by: str) -> None:
    adviser.open(f"/schools/cycles/{asked.cycle}?by={by}")
    adviser.open(f"/schools/cycles/{asked.cycle}/groups.csv?by={by}")
    lines = adviser.response.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeffcycle,by,group,due,returned,late,exempt,withdrawn,standard,title,green")
    if by == "phase":
        assert "PRIMARY-2026,phase,Primary,3,2,0,0,0,1,Standard 1,4,0,0,100.0,0.0,0.0,0,0" in lines


@pytest.mark.parametrize("address", ["?group=Nobody", "/list?group=Nobody", "/list?standard=99"])
def test_a_group_that_is_none_is_not_found(adviser: Browser, asked: Asking, address: str) -> None:
    adviser.open(f"/schools/cycles/{asked.cycle}{address}", status=404)


def test_the_adviser_of_another_audit_sees_nothing(browser: Browser, asked: Asking) -> None:
    browser.sign_in(EARLY_YEARS_ADVISER)
    assert "PRIMARY" not in browser.open("/schools/cycles").text
    browser.open(f"/schools/cycles/{asked.cycle}", status=404)
