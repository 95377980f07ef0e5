"""A business manager makes next year's edition on screen: ten changes, seen at a glance."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.world import MANAGER, World
from tests.journeys.conftest import sign_in, sound
from tests.questionnaires.drafting import BUILD, a_draft, the_file

pytestmark = pytest.mark.browser

REASON = "Two reviews asked for it."


def line(page: Page, number: str) -> Locator:
    """The line of a criterion at a glance."""
    return page.locator(".s11-build__line").filter(has=page.get_by_text(number, exact=True))


def more(page: Page, number: str, act: str) -> None:
    """Open the menu of a criterion or standard, and choose from it by keyboard."""
    menu = page.locator("details.s11-menu").filter(has=page.get_by_text(f"More for {number}", exact=True))
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    wanted = menu.get_by_role("link", name=act).or_(menu.get_by_role("button", name=act))
    expect(wanted).to_be_visible()
    wanted.focus()
    page.keyboard.press("Enter")


def done(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_a_manager_makes_next_years_edition(page: Page, world: World) -> None:
    sign_in(page, MANAGER)
    page.goto("/questionnaires")
    sound(page)
    page.get_by_role("link", name="Start next year’s edition after TINY-2026").click()
    expect(page.get_by_label("Code")).to_have_value("TINY-2027")
    sound(page)
    page.get_by_role("button", name="Start it").click()
    done(page, "TINY-2027 is a draft that asks what TINY-2026 asks.")
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    sound(page)

    # Added
    page.get_by_role("link", name="Add a criterion to 1 Standard 1").click()
    sound(page)
    page.get_by_label("What is to be rated").fill("Staff know whom to tell.")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Say why it is asked from now on.").click()
    expect(page.get_by_label("Why is it asked from now on?")).to_be_focused()
    expect(page.get_by_label("What is to be rated")).to_have_value("Staff know whom to tell.")
    sound(page)
    page.get_by_label("Why is it asked from now on?").fill(REASON)
    page.get_by_role("button", name="Add it").click()
    done(page, "The criterion is in 1 Standard 1.")
    expect(line(page, "1.3").get_by_text("new", exact=True)).to_be_visible()

    # Reworded, with a condition
    page.get_by_role("link", name="1.1 Criterion 1.1 is met.").click()
    sound(page)
    page.get_by_label("What is to be rated").fill("Everybody knows who leads.")
    page.get_by_label("Why is it changed?").fill(REASON)
    page.get_by_label("What prompted it?").select_option("A case review")
    page.get_by_text("Write it yourself", exact=True).click()
    page.get_by_label("Who is asked").fill("kind = 'police'")
    page.get_by_text("What can be written under “Who is asked”").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Rewrite the condition").first).to_be_visible()
    sound(page)
    page.get_by_label("Who is asked").fill("kind == 'police'")
    page.get_by_role("button", name="Save").click()
    done(page, "1.1 is saved.")
    expect(line(page, "1.1").get_by_text("reworded", exact=True)).to_be_visible()
    expect(line(page, "1.1").get_by_text("asked of some")).to_be_visible()

    # Split
    more(page, "1.2", "Split 1.2")
    expect(page.get_by_role("heading", name="Split 1.2")).to_be_visible()
    sound(page)
    page.get_by_label("Part 1").fill("Staff are trained.")
    page.get_by_label("Part 2").fill("Volunteers are trained.")
    page.get_by_label("Why is it split?").fill(REASON)
    page.get_by_label("Number the criteria of this standard anew, by their place").check()
    page.get_by_role("button", name="Split it").click()
    done(page, "1.2 is split.")
    expect(line(page, "1.3").get_by_text("split", exact=True)).to_be_visible()

    # A new standard
    page.get_by_role("link", name="Add a standard").click()
    sound(page)
    page.get_by_label("Title").fill("Online safety")
    page.get_by_label("What is to be rated").fill("Filters are on.")
    page.get_by_label("Why is it asked from now on?").fill(REASON)
    page.get_by_role("button", name="Add it").click()
    done(page, "Online safety is in the draft.")

    # Moved, by a list of places and by one step
    more(page, "2.2", "Move to")
    expect(page.get_by_role("heading", name="Move 2.2")).to_be_visible()
    sound(page)
    page.get_by_label("Where to?").select_option("First in 3")
    page.get_by_role("button", name="Move it").click()
    done(page, "2.2 is now in 3 Online safety, as the first.")
    expect(line(page, "2.2").get_by_text("moved", exact=True)).to_be_visible()
    more(page, "1.4", "Move up")
    expect(page.locator(".s11-build__line").nth(2)).to_contain_text("1.4")
    page.get_by_role("button", name="Number all anew").click()
    done(page, "The numbers follow the order now.")
    expect(page.locator(".s11-build__line").nth(2)).to_contain_text("1.3")

    # Merged
    page.get_by_label("Merge 1.2").check()
    page.get_by_label("Merge 1.4").check()
    page.get_by_role("button", name="Merge those ticked").click()
    expect(page.get_by_role("heading", name="Merge 1.2, 1.4")).to_be_visible()
    sound(page)
    page.get_by_label("The joint text").fill("Staff and volunteers are trained.")
    page.get_by_label("Why are they merged?").fill(REASON)
    page.get_by_role("button", name="Merge them").click()
    done(page, "1.2, 1.4 are one criterion now.")
    expect(line(page, "1.2").get_by_text("merged", exact=True)).to_be_visible()

    # Retired, with the standard it stood in
    more(page, "2 Standard 2", "Retire 2")
    expect(page.get_by_role("heading", name="Retire 2?")).to_be_visible()
    sound(page)
    page.get_by_label("Why is it no longer asked?").fill("It is asked elsewhere.")
    page.get_by_role("button", name="Retire it").click()
    done(page, "2 Standard 2 is no longer asked.")
    expect(page.get_by_role("heading", name="No longer asked")).to_be_visible()

    # Another meaning of a level
    page.get_by_role("link", name="Red, amber, green").click()
    sound(page)
    page.get_by_label("What it means").first.fill("In place, and shown.")
    page.get_by_label("Why is the scale another than in TINY-2026?").fill("It was read in two ways.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    done(page, "The scale is saved.")

    # Something asked about the whole return
    page.get_by_role("link", name="Once about the return").click()
    sound(page)
    page.get_by_label("Question").fill("How many staff?")
    page.get_by_label("Kind of answer").select_option("A number")
    page.get_by_role("button", name="Save", exact=True).last.click()
    done(page, "The fields are saved.")
    page.get_by_role("link", name="Back to the draft").first.click()
    expect(page.get_by_text("1 field", exact=False).first).to_be_visible()

    expect(page.get_by_text("1 reworded, 1 merged, 2 new, 1 moved, 1 retired")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="See it as an organisation would").click()
    page.get_by_label("Kind of organisation").select_option("School")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("4 criteria of 5")).to_be_visible()
    expect(page.get_by_label("How many staff?")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Build", exact=True).click()
    page.get_by_role("link", name="Title, introduction").or_(
        page.get_by_role("link", name="Change the edition’s own words")
    ).click()
    sound(page)
    page.goto("/questionnaires/new")
    sound(page)
    page.goto("/questionnaires/TINY-2027")
    page.get_by_role("link", name="Build this draft").click()
    page.get_by_role("link", name="Another scale").click()
    sound(page)


def test_a_criterion_is_dragged_to_another_place(page: Page, world: World) -> None:
    if page.viewport_size is not None and page.viewport_size["width"] < 640:
        pytest.skip("There is nothing to drag on a phone: the menu moves it.")
    a_draft(world)
    sign_in(page, MANAGER)
    page.goto(BUILD)
    sound(page)
    line(page, "2.2").scroll_into_view_if_needed()
    handle = line(page, "1.1").locator(".s11-build__handle").bounding_box()
    target = line(page, "2.1").bounding_box()
    assert handle is not None and target is not None
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, handle["y"] + 30, steps=4)
    page.mouse.move(target["x"] + 200, target["y"] + 4, steps=8)
    page.mouse.up()
    done(page, "1.1 is now in 2 Standard 2, as the first.")
    standards = [[one.number for one in standard.criteria] for standard in the_file(world).standards]
    assert standards == [["1.2"], ["1.1", "2.1", "2.2"]]
