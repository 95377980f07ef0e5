"""A lead and a contributor at the same return: one criterion is given, asked about, written, put back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.world import POLICE_HELPER, POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def test_two_people_complete_one_criterion(page: Page, world: World, chromium: Browser, address: str) -> None:
    sign_in(page, POLICE_LEAD)
    give_one_criterion(page, world)
    context = chromium.new_context(base_url=address, viewport=page.viewport_size)
    helper = context.new_page()
    sign_in(helper, POLICE_HELPER)
    ask_and_answer(helper)
    the_lead_sees_who_is_at_work_and_settles(page, helper, world)
    finish(helper, world)
    put_back(page, world)
    context.close()


def test_a_page_left_open_is_silent(page: Page, world: World) -> None:
    """Else it would keep a sign-in alive while nobody is there."""
    sign_in(page, POLICE_LEAD)
    page.clock.install()
    page.goto(f"/returns/{world.police}/standards/1")
    told: list[str] = []
    page.on("request", lambda sent: told.append(sent.url) if sent.url.endswith("/presence") else None)
    page.clock.run_for(60_000)
    assert not told
    words = page.locator("[id='q1.1']").get_by_label("What lies behind your rating")
    words.focus()
    page.clock.run_for(2_000)
    page.clock.run_for(180_000)
    assert len(told) == 1
    words.press("a")
    page.clock.run_for(10_000)
    assert len(told) == 2


def give_one_criterion(page: Page, world: World) -> None:
    page.goto(f"/returns/{world.police}/colleagues")
    page.get_by_role("link", name="Give to a contributor", exact=True).first.click()
    page.get_by_label("Who", exact=True).select_option("Helen Helper")
    page.get_by_text("Single criteria of 2").click()
    page.get_by_label("2.1 Criterion 2.1 is met.").check()
    page.get_by_label("Note").fill("The training figures, please.")
    sound(page)
    page.get_by_role("button", name="Give").click()
    expect(page.get_by_text("Helen Helper now answers 1 criterion more.")).to_be_visible()
    expect(page.get_by_text("2.1 not started")).to_be_visible()
    sound(page)


def ask_and_answer(helper: Page) -> None:
    helper.get_by_role("link", name="Start").click()
    expect(helper.get_by_text("The training figures, please.")).to_be_visible()
    sound(helper)
    helper.get_by_role("link", name="2.1 Criterion 2.1 is met.").click()
    expect(helper.get_by_text("You answer 2.1 here.")).to_be_visible()
    expect(helper.get_by_label("What lies behind your rating")).to_have_count(1)
    sound(helper)
    helper.get_by_label("What lies behind your rating").fill("Three in four are trained.")
    helper.locator("[id='thread-2.1'] summary").click()
    helper.get_by_label("Say or ask something about 2.1").fill("With agency staff?")
    helper.get_by_role("button", name="Ask as a question on 2.1").click()
    expect(helper.get_by_text("Your question about 2.1 is asked.")).to_be_visible()
    expect(helper.get_by_label("What lies behind your rating")).to_have_value("Three in four are trained.")
    sound(helper)


def the_lead_sees_who_is_at_work_and_settles(page: Page, helper: Page, world: World) -> None:
    page.goto(f"/returns/{world.police}")
    expect(page.get_by_text("1 open question between colleagues:")).to_be_visible()
    sound(page)
    with helper.expect_response("**/presence") as told:
        helper.get_by_label("What lies behind your rating").press("End")
        helper.keyboard.type(" Since May.")
    assert told.value.status == 200
    page.get_by_role("link", name="2.1", exact=True).click()
    expect(page.get_by_text("Helen Helper is working on 2.1 now")).to_be_visible()
    expect(page.get_by_text("With agency staff?")).to_be_visible()
    sound(page)
    page.get_by_label("Say or ask something about 2.1").fill("Yes, with them.")
    page.get_by_role("button", name="Settle the question of Helen Helper on 2.1").click()
    expect(page.get_by_text("The question about 2.1 is settled.")).to_be_visible()
    expect(page.get_by_text("Yes, with them.")).to_be_visible()
    # At work too, so that each hears of the other without opening the page anew.
    with page.expect_response("**/presence"):
        page.locator("[id='q2.1']").get_by_label("What lies behind your rating").click()
    expect(page.get_by_text("Helen Helper is working on 2.1 now")).to_be_visible()


def finish(helper: Page, world: World) -> None:
    helper.get_by_role("radio", name="Green").check()
    helper.get_by_role("button", name="Save and finish").click()
    expect(helper.get_by_text("Saved: 2 Standard 2")).to_be_visible()
    helper.get_by_role("button", name="I have finished my part").click()
    expect(helper.get_by_text("You have said that your part is finished.")).to_be_visible()
    sound(helper)


def put_back(page: Page, world: World) -> None:
    question = page.locator("[id='q2.1']")
    page.goto(f"/returns/{world.police}/standards/2")
    question.get_by_label("What lies behind your rating").fill("Nearly all are trained.")
    page.get_by_role("button", name="Save and stay here").click()
    page.get_by_role("link", name="History of 2.1").click()
    expect(page.get_by_text("What stands now")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Put this text back").first.click()
    expect(page.get_by_text("The earlier text of 2.1 stands again.")).to_be_visible()
    sound(page)
    page.goto(f"/returns/{world.police}/standards/2")
    expect(question.get_by_label("What lies behind your rating")).to_have_value(
        "Three in four are trained. Since May."
    )
    page.goto(f"/returns/{world.police}/colleagues")
    expect(page.get_by_text("Finished", exact=False).first).to_be_visible()
    page.get_by_role("link", name="What is given to Helen Helper").click()
    sound(page)
    page.get_by_role("button", name="Ask again for 2.1").click()
    expect(page.get_by_text("Helen Helper is asked to look again at 2.1.")).to_be_visible()
