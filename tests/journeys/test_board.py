"""A moderator moderates a submitted return; the chair reads the overview and the matrix."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries as returns
from tests.factories.questionnaires import tiny
from tests.factories.world import CHAIR, HOUSING_LEAD, MODERATOR, POLICE_LEAD, World, a_cycle, a_return
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


@pytest.fixture
def submitted(app: Flask, world: World) -> World:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    return world


def criterion(page: Page, number: str) -> Locator:
    return page.get_by_role("region", name=f"{number} Criterion {number} is met.")


def test_a_moderator_moderates_and_the_chair_sees_it(page: Page, submitted: World) -> None:
    sign_in(page, MODERATOR)
    page.goto(f"/moderation/{submitted.police}")
    expect(page.get_by_text("0 of 4")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="1 Standard 1").click()
    sound(page)
    first = criterion(page, "1.1")
    expect(first.get_by_text("Why 1.1 is G.")).to_be_visible()
    expect(first.get_by_role("radio", name="Green the agency’s")).not_to_be_checked()
    first.get_by_role("radio", name="Amber").check()
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Say why your rating of 1.1 differs from the agency’s.").click()
    reason = first.get_by_label("Reason for your rating of 1.1")
    expect(reason).to_be_focused()
    expect(first.get_by_role("radio", name="Amber")).to_be_checked()
    reason.fill("The policy is of 2019.")
    page.get_by_role("button", name="Save, and agree with the rest").click()

    expect(page.get_by_role("heading", name="2 Standard 2")).to_be_visible()
    expect(page.get_by_text("You agreed with 1 rating of the agency.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="All standards").click()
    page.get_by_role("button", name="Agree with all the rest").click()
    expect(page.get_by_text("4 of 4")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Finish moderation").click()
    expect(page.get_by_text("Moderation is finished. Northshire Police can see it now.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, CHAIR)
    page.goto("/analysis/")
    sound(page)
    page.get_by_role("link", name="Cycle TINY-2026", exact=True).click()
    expect(page.get_by_role("heading", name="Not returned")).to_be_visible()
    expect(page.get_by_text("Moderators agreed with 3 of 4 ratings (75.0 %).")).to_be_visible()
    expect(page.get_by_role("heading", name="Weakest standards")).to_be_visible()
    expect(page.get_by_role("row", name="Northshire Police")).to_contain_text("1 of 4")
    sound(page)
    page.get_by_role("link", name="Matrix", exact=True).click()
    sound(page)
    page.get_by_role("link", name="Moderated", exact=True).click()
    sound(page)
    page.get_by_role("link", name="Both", exact=True).click()
    sound(page)
    page.get_by_text("What the ratings mean").click()
    expect(page.get_by_text("Partly in place.")).to_be_visible()
    page.get_by_role("cell", name="1 differs").get_by_role("link").click()
    expect(page.get_by_role("heading", name="1 Standard 1")).to_be_visible()
    shown = criterion(page, "1.1")
    expect(shown.get_by_text("Why 1.1 is G.")).to_be_visible()
    expect(shown.get_by_text("The policy is of 2019.")).to_be_visible()
    expect(shown.get_by_text("Differs")).to_be_visible()
    sound(page)


def wide(app: Flask, world: World) -> str:
    """A cycle of eleven standards with long names, and one return in; its ref."""
    text = tiny(11, 2, code="WIDE-2026", framework="WIDE")
    for number, title in (
        (1, "Leadership, accountability and governance"),
        (4, "Safer recruitment, allegations and whistleblowing"),
        (8, "Commissioning and contracted services"),
    ):
        text = text.replace(f"title: Standard {number}\n", f"title: {title}\n")
    with app.app_context(), unit_of_work():
        load(read(text, "wide.yaml"))
        police, housing = returns.by_ref(world.police), returns.by_ref(world.housing)
        assert police is not None and housing is not None
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        cycle, made = a_cycle(board, "WIDE-2026", "WIDE-2026", [police.organisation, housing.organisation])
        ref, refs = cycle.ref, [return_.ref for return_ in made]
    for one, by in zip(refs, (POLICE_LEAD, HOUSING_LEAD), strict=True):
        a_return(app, one, " ".join("G A" for _ in range(11)), by=by, submit=True)
    return ref


def test_twelve_columns_sit_whole_on_a_desk_and_their_titles_stay_at_the_top(
    app: Flask, page: Page, world: World
) -> None:
    ref = wide(app, world)
    sign_in(page, CHAIR)
    page.goto(f"/analysis/cycles/{ref}/matrix?basis=both")
    sound(page)
    box = page.locator(".s11-matrix")
    hidden = box.evaluate("e => e.scrollWidth - e.clientWidth")
    titles = page.locator(".s11-matrix thead th")
    cut = titles.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)")
    assert not cut
    if page.viewport_size is not None and page.viewport_size["width"] < 1180:
        assert hidden > 0 and page.get_by_text("Scroll sideways to see every column.").is_visible()
        return
    assert hidden <= 0 and box.evaluate("e => getComputedStyle(e).overflowY") == "visible"
    page.locator(".s11-matrix tbody tr").last.evaluate("e => e.scrollIntoView()")
    page.mouse.wheel(0, 60)
    expect(titles.first).to_be_in_viewport()
    assert titles.first.evaluate("e => Math.abs(e.getBoundingClientRect().top)") <= 1
