"""The manager prepares and records a challenge day; the owner updates the action; the manager sees it."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from s11.core import clock
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_return
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser

HELD_ON = clock.today() + timedelta(days=40)
DUE_ON = clock.today() + timedelta(days=120)


@pytest.fixture
def returned(world: World) -> World:
    """Both agencies have returned."""
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(world.app, world.housing, "G G A G", by=HOUSING_LEAD, submit=True)
    return world


def typed(day) -> str:
    return f"{day.day} {day.month} {day.year}"


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="signed out").wait_for()


def plan_the_day(page: Page) -> None:
    """A day with a session for each agency, and a question for the police."""
    page.goto("/challenge/")
    sound(page)
    page.get_by_role("link", name="Plan a challenge day").click()
    page.get_by_label("Which cycle is it about?").select_option(label="Cycle TINY-2026")
    page.get_by_label("What is the day called?").fill("Section 11 day")
    page.get_by_label("When is it held?").fill("31 2 2027")
    page.get_by_role("button", name="Plan this day").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a date that exists")
    sound(page)
    expect(page.get_by_label("What is the day called?")).to_have_value("Section 11 day")
    page.get_by_label("When is it held?").fill(typed(HELD_ON))
    page.get_by_role("button", name="Plan this day").click()
    expect(page.get_by_role("heading", name="Section 11 day")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Add every organisation that has returned").click()
    expect(page.get_by_text("2 sessions added.")).to_be_visible()
    page.get_by_role("link", name="Change the session of Northshire Police").click()
    sound(page)
    page.get_by_label("How many minutes does it last?").fill("half an hour")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("alert")).to_contain_text("from 1 to 240")
    page.get_by_label("How many minutes does it last?").fill("30")
    page.get_by_label("Where in the agenda?").select_option(label="First")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text("09:30 to 10:00").first).to_be_visible()
    page.get_by_text("Prepare a question").click()
    sound(page)
    page.get_by_label("For which organisation?").select_option(label="Northshire Police")
    page.get_by_label("About which standard?").select_option(label="2 Standard 2")
    page.get_by_label("The question", exact=True).fill("Who speaks to the child?")
    page.get_by_role("button", name="Add question").click()
    expect(page.get_by_text("The question is prepared.")).to_be_visible()
    sound(page)


def record_an_outcome(page: Page) -> None:
    """What came of the question, with an action whose date is first refused."""
    page.get_by_role("link", name="Northshire Police", exact=True).first.click()
    sound(page)
    page.get_by_role("link", name="Record what came of it").click()
    expect(page.get_by_label("What was asked?")).to_have_value("Who speaks to the child?")
    page.get_by_label("What was answered?").fill("The first officer at the door.")
    page.get_by_text("Add the action that was agreed").click()
    page.get_by_label("What will be done?").fill("Sample twenty records each month.")
    page.get_by_label("Full name of the owner").fill("Pat Lead")
    page.get_by_label("Role of the owner").fill("Head of Vulnerability")
    page.get_by_label("To be done by").fill("ongoing")
    sound(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“ongoing” is not a date")
    sound(page)
    expect(page.get_by_label("What was answered?")).to_have_value("The first officer at the door.")
    expect(page.get_by_label("What will be done?")).to_have_value("Sample twenty records each month.")
    page.get_by_role("link", name="“ongoing” is not a date").click()
    expect(page.get_by_label("To be done by")).to_be_focused()
    page.get_by_label("To be done by").fill(typed(DUE_ON))
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recorded, and the action is in the plan.")).to_be_visible()
    expect(page.get_by_role("link", name="Sample twenty records each month.")).to_be_visible()
    sound(page)


def test_a_day_is_prepared_and_recorded_and_its_action_lives_on(page: Page, returned: World) -> None:
    sign_in(page, MANAGER)
    plan_the_day(page)
    record_an_outcome(page)
    sign_out(page)

    sign_in(page, POLICE_LEAD)
    page.get_by_role("link", name="Update").click()
    expect(page.get_by_role("heading", name="Sample twenty records each month.")).to_be_visible()
    expect(page.get_by_text("Who speaks to the child?")).to_be_visible()
    sound(page)
    page.get_by_role("radio", name="Complete").check()
    page.get_by_label("What has been done, and what shows it?").fill("Done.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("what difference it made")
    sound(page)
    page.get_by_role("radio", name="On track").check()
    page.get_by_label("What has been done, and what shows it?").fill("Ten of twenty records sampled.")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("Your update has been saved.")).to_be_visible()
    sound(page)
    sign_out(page)

    sign_in(page, MANAGER)
    page.goto("/actions/")
    sound(page)
    if (folded := page.get_by_text("Narrow the plan")).is_visible():  # on a telephone
        folded.click()
    page.get_by_label("Status").select_option(label="On track")
    page.get_by_role("button", name="Show").click()
    sound(page)
    page.get_by_role("link", name="Sample twenty records each month.").click()
    expect(page.get_by_text("Ten of twenty records sampled.")).to_be_visible()
    page.get_by_role("link", name="See the challenge").click()
    expect(page.get_by_role("heading", name="Northshire Police")).to_be_visible()
    expect(page.get_by_text("The first officer at the door.")).to_be_visible()
    expect(page.get_by_text("On track")).to_be_visible()


def test_a_pack_is_built_from_the_day_and_downloaded(page: Page, returned: World, tmp_path: Path) -> None:
    sign_in(page, MANAGER)
    plan_the_day(page)
    page.get_by_role("link", name="Packs for this day").click()
    sound(page)
    for box in page.get_by_role("group", name="Which organisations?").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Build the pack").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one organisation")
    sound(page)
    page.get_by_role("checkbox", name="Northshire Police").check()
    page.get_by_role("button", name="Build the pack").click()
    expect(page.get_by_role("link", name="Excel")).to_be_visible(timeout=60_000)
    sound(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").first.click()
    pack = tmp_path / "pack.pdf"
    waiting.value.save_as(pack)
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(pack).pages).split())
    assert "Who speaks to the child?" in text and "09:30 to 10:00" in text
    page.get_by_role("link", name="Packs of").click()
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.get_by_role("link", name="Section 11 day").first.click()
    expect(page.get_by_role("heading", name="Section 11 day")).to_be_visible()


def test_of_two_people_updating_at_once_the_second_reads_what_the_first_saved(
    page: Page, returned: World
) -> None:
    sign_in(page, MANAGER)
    plan_the_day(page)
    record_an_outcome(page)
    page.get_by_role("link", name="Sample twenty records each month.").click()
    page.get_by_label("What has been done, and what shows it?").fill("My own words.")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("What has been done, and what shows it?").fill("Their words came first.")
    other.get_by_role("button", name="Save update").click()
    expect(other.get_by_text("Your update has been saved.")).to_be_visible()
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("heading", name="Saved meanwhile by Mary Manager")).to_be_visible()
    expect(page.get_by_label("What has been done, and what shows it?")).to_have_value("My own words.")
    sound(page)
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("Your update has been saved.")).to_be_visible()
