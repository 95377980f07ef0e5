"""Where one is in the year: the bar at the top, the breadcrumbs, and one word for each page."""

import re

import pytest

from tests.factories.world import DSL, MANAGER, POLICE_LEAD, World
from tests.pages import Browser


def current(browser: Browser) -> list[str]:
    """The entries of the bar at the top that are marked as current."""
    html = browser.response.get_data(as_text=True)
    return re.findall(r'class="s11-nav__link" href="[^"]*" aria-current="page">([^<]+)<', html)


def trodden(browser: Browser) -> list[str]:
    """The words of the breadcrumbs."""
    html = browser.response.get_data(as_text=True)
    return re.findall(r'govuk-breadcrumbs__link" href="[^"]*">([^<]+)<', html)


@pytest.mark.parametrize(
    "path",
    [
        "/cycles/", "/cycles/today", "/cycles/calendar", "/cycles/new", "/evidence-requests/",
        "/evidence-requests/new", "/mail/", "/mail/words", "/mail/words/letter", "/schools/cycles",
    ],
)  # fmt: skip
def test_every_page_of_the_year_is_marked_as_one(browser: Browser, world: World, path: str) -> None:
    browser.sign_in(MANAGER)
    browser.open(path)
    assert current(browser) == ["The year"]


def test_pages_of_one_cycle_are_of_the_year(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    for path in (f"/cycles/{world.cycle}", f"/cycles/{world.cycle}/chase", f"/schools/cycles/{world.cycle}"):
        browser.open(path)
        assert current(browser) == ["The year"] and trodden(browser)[:2] == ["Home", "The year"], path


@pytest.mark.parametrize("path", ["/organisations", "/questionnaires", "/analysis/", "/home"])
def test_other_pages_are_not_of_the_year(browser: Browser, world: World, path: str) -> None:
    browser.sign_in(MANAGER)
    browser.open(path)
    assert "The year" not in current(browser)


def test_whoever_has_no_year_is_not_led_to_it(browser: Browser, world: World) -> None:
    for email in (POLICE_LEAD, DSL):
        browser.sign_in(email)
        assert "The year" not in browser.open("/home").text
        browser.sign_out()


def test_a_tab_and_the_page_it_leads_to_have_one_name(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open("/cycles/")
    html = browser.response.get_data(as_text=True)
    tabs = re.findall(r's11-subnav__link" href="([^"]+)"[^>]*>([^<]+)<', html)
    assert len(tabs) >= 5
    for href, label in tabs:
        browser.open(href)
        heading = re.search(r"<h1[^>]*>([^<]+)<", browser.response.get_data(as_text=True))
        assert heading is not None and label.lower() in heading.group(1).lower(), href
