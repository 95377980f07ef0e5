"""A lead begins this year's return with last year's: takes it over, reviews it, and changes one answer."""

import pytest
from playwright.sync_api import Page, expect

from s11.returns import queries
from tests.factories.world import POLICE_LEAD, World
from tests.factories.years import a_challenge_then, an_action_then, last_year, this_year
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def test_a_lead_takes_over_last_year_reviews_it_and_asks_what_became_of_an_action(
    page: Page, world: World
) -> None:
    last_year(world)
    an_action_then(world)
    a_challenge_then(world)
    ref = this_year(world)
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{ref}/standards/1")
    sound(page)
    first = page.locator("[id='q1.1']")
    expect(first.get_by_text("Last year: Green, moderated Amber")).to_be_visible()
    first.get_by_role("button", name="Use last year’s answer").click()
    expect(first.get_by_label("What lies behind your rating")).to_have_value("Why 1.1 is G.")
    expect(first.get_by_text("Taken over, not reviewed")).to_be_visible()
    sound(page)
    first.get_by_role("button", name="What became of it?").click()
    page.get_by_label("On track").check()
    page.get_by_label("What has been done, and what shows it?").fill("Half of the nights have one.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("heading", name="1. Standard 1")).to_be_visible()
    expect(first.get_by_text("On track")).to_be_visible()
    page.goto(f"/returns/{ref}")
    page.get_by_role("link", name="Take over last year’s answers").click()
    sound(page)
    page.get_by_role("button", name="Take over 4 answers").click()
    page.goto(f"/returns/{ref}")
    sound(page)
    page.get_by_role("link", name="Review them one by one").click()
    expect(page.get_by_text("1 of 5: 1. Standard 1")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Still right – confirm and next").last.press("Enter")
    expect(page.get_by_text("2 of 5: 1. Standard 1")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("What lies behind your rating").fill("It was reviewed in June.")
    expect(page.locator(".s11-savebar [data-saving]")).to_contain_text("Saved ")
    sound(page)
    page.get_by_role("button", name="Save and next").last.click()
    expect(page.get_by_text("3 of 5: 2. Standard 2")).to_be_visible()
    page.get_by_role("radio", name="Amber").check()
    page.get_by_role("button", name="Save and next").last.click()
    expect(page.get_by_text("4 of 5: 2. Standard 2")).to_be_visible()
    page.get_by_role("button", name="Clear it").click()
    expect(page.get_by_text("2.2 is empty again")).to_be_visible()
    sound(page)
    with world.app.app_context():
        return_ = queries.by_ref(ref)
        assert return_ is not None and return_.answered == 3
        numbers = {c.id: c.number for c in queries.edition_of(return_).criteria}
        carried = [numbers[a.criterion_id] for a in queries.answers(return_.id).values() if a.carried]
        assert carried == ["2.3"]
