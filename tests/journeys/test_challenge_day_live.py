"""A whole small day in two browsers at once: one writes the record, the chair leads and writes too."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from s11.actions import queries as actions
from s11.challenge import operations as planning
from s11.challenge import pages, queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from tests.challenge.some import a_day
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD, World, a_return
from tests.journeys.conftest import SIZES, sign_in, sound
from tests.pages import PASSWORD

pytestmark = pytest.mark.browser
SAVED = re.compile(r"^Saved \d\d:\d\d")
FIRST, SECOND = "Who speaks to the child?", "What became of the audit?"


@pytest.fixture
def day(world: World) -> str:
    """A day with a session for each agency, and two questions for the police."""
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with world.app.app_context(), unit_of_work():
        police = organisations.by_name("Northshire Police")
        for question in (FIRST, SECOND):
            planning.add_enquiry(
                queries.by_ref(ref), organisation=police, question=question, standard_key="standard-1"
            )
    return ref


@pytest.fixture
def two(chromium: Browser, address: str) -> Iterator[tuple[Page, Page]]:
    """A window for whoever writes, and one for the chair."""
    contexts = [chromium.new_context(base_url=address, viewport=SIZES["desktop"]) for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(30_000)
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


def entry(page: Page, question: str):
    return page.locator("[data-entry]").filter(has=page.locator("[data-heading]", has_text=question))


def state(page: Page, question: str):
    return entry(page, question).locator("[data-state]")


def look(page: Page) -> None:
    """Let a page ask for news at once, as it does when somebody comes back to it."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_small_day_is_recorded_in_two_browsers(
    two: tuple[Page, Page], world: World, app: Flask, day: str
) -> None:
    scribe, chair = two
    sign_in(scribe, MANAGER)
    sign_in(chair, CHAIR)
    scribe.goto(f"/challenge/{day}/live")
    scribe.get_by_role("button", name="Begin this session").click()
    expect(scribe.locator("[data-bar]")).to_contain_text("20 minutes left")
    chair.goto(f"/challenge/{day}/chair")
    expect(chair.get_by_role("heading", name="Northshire Police")).to_be_visible()
    sound(chair)
    record_with_the_keyboard(scribe)
    expect(chair.get_by_text("The first officer at the door.")).to_be_visible()
    expect(chair.get_by_role("link", name="Sample twenty records.")).to_be_visible()
    the_chair_writes_another(scribe, chair)
    both_write_to_one_part(scribe, chair)
    the_session_of_one_is_lost(scribe)
    run_over(app, day)
    look(scribe)
    expect(scribe.locator("[data-bar]")).to_contain_text(re.compile("Over time by 1[23] minutes"))
    expect(scribe.locator("[data-bar]")).to_contain_text(re.compile("Running 1[234] minutes late"))
    chair.goto(f"/challenge/{day}/room")
    expect(chair.get_by_text(re.compile("Over time by 1[23] minutes"))).to_be_visible()
    expect(chair.get_by_text(FIRST)).to_be_visible()
    sound(chair)
    finish(chair, day)
    scribe.goto(f"/challenge/{day}/live")
    expect(scribe.get_by_text("This day is finished, so nothing more is recorded.")).to_be_visible()
    what_is_left_of_it(app, world, day)


def record_with_the_keyboard(scribe: Page) -> None:
    """Answer, evidence, rating, good practice and an action, without the mouse."""
    keys = scribe.keyboard
    keys.press("Alt+q")
    keys.type("The first officer at the door.")
    keys.press("Tab")
    keys.type("The log of May.")
    keys.press("Alt+r")
    keys.press("a")
    keys.press("Tab")
    keys.type("The buddy scheme.")
    keys.press("Tab")
    keys.type("Sample twenty records.")
    keys.press("Tab")
    keys.type("Pat Lead")
    keys.press("Enter")
    expect(scribe.get_by_label("Role of the owner").first).to_have_value("Head of Vulnerability")
    keys.press("Tab")
    expect(entry(scribe, FIRST).locator("[data-plan]")).to_have_text("Not in the plan yet: needs a date")
    due = clock.today() + timedelta(days=90)
    keys.type(f"{due.day} {due.month} {due.year}")
    keys.press("Tab")
    expect(entry(scribe, FIRST).get_by_text("In the action plan:")).to_be_visible()
    expect(state(scribe, FIRST)).to_have_text(SAVED)
    keys.press("Alt+s")
    expect(entry(scribe, FIRST).locator("[data-in-room]")).to_be_visible()
    sound(scribe)


def the_chair_writes_another(scribe: Page, chair: Page) -> None:
    chair.get_by_role("link", name="Write the record").click()
    entry(chair, SECOND).locator("summary").first.click()
    entry(chair, SECOND).get_by_label("Answer").fill("It was read in June.")
    expect(state(chair, SECOND)).to_have_text(SAVED)
    look(scribe)
    expect(entry(scribe, SECOND).locator("[data-note]")).to_have_text("Answered")
    # Another question of the chair's own comes onto the other page by itself.
    chair.get_by_role("button", name="Another question").click()
    chair.keyboard.type("And who told the school?")
    expect(entry(scribe, "And who told the school?")).to_be_visible()


def both_write_to_one_part(scribe: Page, chair: Page) -> None:
    """Without a connection for a while, one finds the other's words: both are on the page."""
    entry(scribe, SECOND).locator("summary").first.click()
    expect(entry(scribe, SECOND).get_by_label("Answer")).to_have_value("It was read in June.")
    scribe.context.set_offline(True)
    entry(scribe, SECOND).get_by_label("Answer").fill("It was read in July.")
    expect(state(scribe, SECOND)).to_contain_text("Not saved yet")
    entry(chair, SECOND).locator("summary").first.click()
    entry(chair, SECOND).get_by_label("Answer").fill("It was read in May.")
    expect(chair.locator("[data-saving]")).to_have_text(SAVED)
    scribe.context.set_offline(False)
    clash = entry(scribe, SECOND).get_by_role("alert")
    expect(clash).to_contain_text("It was read in May.")
    expect(entry(scribe, SECOND).get_by_label("Answer")).to_have_value("It was read in July.")
    sound(scribe)
    clash.get_by_role("button", name="Save mine").click()
    expect(state(scribe, SECOND)).to_have_text(SAVED)
    look(chair)
    expect(entry(chair, SECOND).get_by_label("Answer")).to_have_value("It was read in July.")


def the_session_of_one_is_lost(scribe: Page) -> None:
    scribe.context.clear_cookies()
    entry(scribe, SECOND).get_by_label("Good practice to share").fill("A page for parents.")
    dialog = scribe.get_by_role("dialog", name="You have been signed out")
    with scribe.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in again").click()
    window = opened.value
    window.get_by_label("E-mail address").fill(MANAGER)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(state(scribe, SECOND)).to_have_text(SAVED)


def run_over(app: Flask, day: str) -> None:
    """Let the session have begun at its time on the agenda, 32 minutes ago."""
    began = clock.now() - timedelta(minutes=32, seconds=20)
    with app.app_context(), unit_of_work():
        first, second = queries.sessions(queries.by_ref(day).id)
        first.began_at = began
        local = clock.local(began)
        first.starts_at = f"{local:%H:%M}"
        second.starts_at = f"{clock.local(began + timedelta(minutes=20)):%H:%M}"


def finish(chair: Page, day: str) -> None:
    chair.goto(f"/challenge/{day}/chair")
    chair.get_by_role("link", name="Finish the day").click()
    expect(chair.get_by_text("No answer: And who told the school?")).to_be_visible()
    sound(chair)
    chair.get_by_role("button", name="Finish the day").click()
    expect(chair.get_by_text("The day is finished, and its record is closed.")).to_be_visible()


def what_is_left_of_it(app: Flask, world: World, day: str) -> None:
    """The action is in the plan, and the record of the return tells what was said and agreed."""
    with app.app_context():
        police = organisations.by_name("Northshire Police")
        (action,) = actions.of_organisation(police.id)
        assert (action.text, action.owner_name) == ("Sample twenty records.", "Pat Lead")
        return_ = returns.by_ref(world.police)
        said = [line for view in pages.second_views(return_.id, 1).values() for line in view.words]
        assert {
            "You answered: The first officer at the door.", "Rating agreed: Amber",
            "Evidence promised: The log of May.", "You answered: It was read in July.",
        } <= set(said)  # fmt: skip
