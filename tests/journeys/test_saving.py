"""A page that saves itself: while somebody types, and through all that happens on an afternoon."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from s11.returns import queries
from s11.returns.models import Answer
from tests.factories.world import POLICE_DEPUTY, POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound
from tests.pages import PASSWORD

pytestmark = pytest.mark.browser
SAVED = re.compile(r"^Saved \d\d:\d\d$")


def kept(app: Flask, world: World, number: str) -> Answer | None:
    """What the database holds for a criterion of the police's return."""
    with app.app_context():
        return_ = queries.by_ref(world.police)
        ids = {c.number: c.id for s in queries.standards_of(return_) for c in s.criteria}
        return queries.answer_of(return_.id, ids[number])


def begin(page: Page, world: World, who: str = POLICE_LEAD) -> None:
    sign_in(page, who)
    page.goto(f"/returns/{world.police}/standards/1")


def words(page: Page, number: str):
    return page.locator(f"[id='q{number}']").get_by_label("What lies behind your rating")


def state(page: Page, number: str):
    return page.locator(f"[id='q{number}'] [data-state]").first


def test_what_is_typed_is_saved_by_itself_and_said_to_be(page: Page, world: World, app: Flask) -> None:
    begin(page, world)
    question = page.locator("[id='q1.1']")
    question.get_by_role("radio", name="Green").focus()
    page.keyboard.press("a")
    expect(question.get_by_role("radio", name="Amber")).to_be_checked()
    words(page, "1.1").fill("A policy of 2026.")
    expect(state(page, "1.1")).to_have_text(SAVED)
    answer = kept(app, world, "1.1")
    assert answer.commentary == "A policy of 2026." and answer.level_id
    expect(page.locator(".s11-savebar [data-saving]")).to_have_text(SAVED)
    expect(state(page, "1.2")).to_have_text("")
    sound(page)
    # A link out of the page waits for the last words.
    words(page, "1.2").fill("Typed and left at once.")
    page.locator(".s11-savebar").get_by_role("link", name="Task list").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url(re.compile(r"/returns/\w+$"))
    assert kept(app, world, "1.2").commentary == "Typed and left at once."


def test_words_typed_without_a_connection_are_saved_when_it_is_back(
    page: Page, world: World, app: Flask
) -> None:
    begin(page, world)
    page.context.set_offline(True)
    words(page, "1.1").fill("Written on the train.")
    expect(state(page, "1.1")).to_contain_text("Not saved yet")
    sound(page)
    assert kept(app, world, "1.1") is None
    page.context.set_offline(False)
    expect(state(page, "1.1")).to_have_text(SAVED)
    assert kept(app, world, "1.1").commentary == "Written on the train."
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"


def test_somebody_signed_out_signs_in_again_beside_the_page(page: Page, world: World, app: Flask) -> None:
    begin(page, world)
    page.context.clear_cookies()
    words(page, "1.1").fill("Twenty minutes of careful typing.")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_be_visible()
    sound(page)
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in again").click()
    window = opened.value
    window.get_by_label("E-mail address").fill(POLICE_LEAD)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(state(page, "1.1")).to_have_text(SAVED)
    assert kept(app, world, "1.1").commentary == "Twenty minutes of careful typing."


def test_words_are_not_saved_under_another_persons_name(page: Page, world: World, app: Flask) -> None:
    begin(page, world)
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, POLICE_DEPUTY)
    words(page, "1.1").fill("The lead’s own words.")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_contain_text("this page was written by somebody else")
    assert kept(app, world, "1.1") is None
    expect(words(page, "1.1")).to_have_value("The lead’s own words.")


def test_two_at_one_criterion_see_both_texts_and_lose_neither(page: Page, world: World, app: Flask) -> None:
    begin(page, world)
    elsewhere = page.context.browser.new_context(base_url=page.url.split("/returns")[0])
    colleague = elsewhere.new_page()
    begin(colleague, world, POLICE_DEPUTY)
    # Different parts of one answer meet without a word.
    colleague.locator("[id='q1.1']").get_by_role("radio", name="Red").check()
    expect(state(colleague, "1.1")).to_have_text(SAVED)
    words(page, "1.1").fill("Mine.")
    expect(state(page, "1.1")).to_have_text(SAVED)
    expect(page.locator("[id='q1.1']").get_by_role("radio", name="Red")).to_be_checked()
    # The same part does not.
    words(colleague, "1.1").fill("Theirs.")
    choice = colleague.locator("[id='q1.1'] [data-clash]")
    expect(choice).to_contain_text("Mine.")
    sound(colleague)
    expect(words(colleague, "1.1")).to_have_value("Theirs.")
    assert kept(app, world, "1.1").commentary == "Mine."
    words(colleague, "1.1").fill("Mine. And theirs.")
    choice.get_by_role("button", name="Save mine").click()
    expect(state(colleague, "1.1")).to_have_text(SAVED)
    assert kept(app, world, "1.1").commentary == "Mine. And theirs."
    elsewhere.close()


def test_a_remark_that_is_not_sent_is_never_called_saved(page: Page, world: World, app: Flask) -> None:
    begin(page, world)
    question = page.locator("[id='q1.1']")
    question.get_by_text("Remarks between colleagues").click()
    question.get_by_label("Say or ask something about 1.1").fill("Please ask HR.")
    bar = page.locator(".s11-savebar [data-saving]")
    expect(bar).to_contain_text("not sent yet")
    words(page, "1.1").fill("Beside it an answer.")
    expect(state(page, "1.1")).to_have_text(SAVED)
    expect(bar).to_contain_text("not sent yet")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".s11-savebar").get_by_role("link", name="Task list").click()
    page.wait_for_function("() => true")
    expect(question.get_by_label("Say or ask something about 1.1")).to_have_value("Please ask HR.")
    assert asked == ["beforeunload"]
    question.get_by_role("button", name="Add remark").click()
    expect(page.locator("[id='q1.1']")).to_contain_text("Please ask HR.")
