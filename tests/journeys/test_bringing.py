"""The partnership office brings in an action plan that exists already, with the flaws such plans have."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.printed_plans import a_flawed_plan
from tests.factories.world import MANAGER, World
from tests.golden.test_eight_standards_matrix import REAL
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def row(page: Page, number: int) -> Locator:
    return page.locator(f"#row-{number}")


def save(page: Page, number: int, **fields: str) -> None:
    """Mend a row on the spot: what is folded is opened for it."""
    card, labels = row(page, number), {
        "name": "Full name of the owner", "role": "Role of the owner", "organisation": "Organisation",
        "due": "To be done by", "numbers": "Numbers of the recommendations",
    }  # fmt: skip
    for name, value in fields.items():
        box = card.get_by_label(labels[name])
        if not box.is_visible():
            card.locator("summary").click()
        box.fill(value)
    card.get_by_role("button", name=f"Save row {number}").click()


def saved(page: Page, number: int) -> None:
    """The row says that it is saved, and is what the eye falls on."""
    expect(row(page, number).get_by_role("status")).to_have_text(f"Row {number} is saved.")
    expect(row(page, number)).to_be_in_viewport()


def begin(page: Page, title: str) -> None:
    page.goto("/actions/bring")
    page.get_by_label("Practice review").check()
    page.get_by_label("What is it called?").fill(title)


def test_a_flawed_plan_comes_in_and_is_mended_on_screen(page: Page, world: World, tmp_path: Path) -> None:
    plan = tmp_path / "case-r.docx"
    plan.write_bytes(a_flawed_plan())
    sign_in(page, MANAGER)

    # What it is
    begin(page, "Case R")
    sound(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the file with the plan")
    expect(page.get_by_label("What is it called?")).to_have_value("Case R")
    page.get_by_label("The plan as a file").set_input_files(plan)
    page.get_by_role("button", name="Continue").click()

    # Which column is what
    expect(page.get_by_text("3 tables were found, with 13 rows.")).to_be_visible()
    sound(page)
    page.get_by_label("What “Recommendation” holds").select_option("Words of the recommendation")
    expect(page.get_by_label("What “Timescales” holds")).to_have_value("due")
    page.get_by_role("button", name="Show what was understood").click()

    # What was understood, and what is wrong
    expect(page.get_by_role("heading", name="What is wrong with the plan")).to_be_visible()
    sound(page)
    faults = page.locator(".s11-bring__faults li")
    expect(faults).to_have_count(4)

    # Number 5 stands twice, and 4 is missing: the first of the two is 4
    page.get_by_role("link", name="See the rows of number 5").click()
    expect(row(page, 4)).to_contain_text("Missed appointments of children should be followed up")
    save(page, 4, numbers="4")
    saved(page, 4)
    expect(faults).to_have_count(1)

    # Nothing answers 6
    page.get_by_role("link", name="See what is said of 6").click()
    expect(row(page, 6)).to_be_visible()
    page.get_by_role("navigation", name="Which rows").get_by_role("link", name="Actions").click()
    save(page, 13, numbers="4, 5 & 6")
    saved(page, 13)
    expect(page.get_by_role("heading", name="What is wrong with the plan")).to_have_count(0)

    # One post, spelt three ways
    page.get_by_text("Is this one post? 1 to decide").click()
    asked = page.locator("#post-1")
    for spelling in ("Board Business Manager", "Business Manager of the Board", "Board Business Manger"):
        expect(asked.get_by_label(spelling, exact=True)).to_be_checked()
    sound(page)
    asked.get_by_label("Role").fill("Board Business Manager")
    asked.get_by_label("Full name").fill("Mary Manager")
    asked.get_by_role("button", name="Save for its rows").click()
    expect(page.get_by_text("The owners of the plan")).to_be_visible()
    page.get_by_role("navigation", name="Which rows").get_by_role("link", name="Actions").click()
    for number in (10, 11, 12):
        expect(row(page, number).locator(".s11-bring__made")).to_contain_text(
            "Mary Manager, Board Business Manager"
        )
    expect(row(page, 12)).to_contain_text("Board Business Manger")

    # Nobody, and "Ongoing"
    page.get_by_role("navigation", name="Which rows").get_by_role("link", name="To be mended").click()
    save(page, 9, name="Nadia Nurse", role="Named Nurse", organisation="Harbour Housing")
    saved(page, 9)
    expect(row(page, 9)).to_contain_text("Nadia Nurse, Named Nurse, Harbour Housing")
    save(page, 10, due="Ongoing")
    expect(page.get_by_role("alert")).to_contain_text("“Ongoing” is not a date.")
    expect(row(page, 10).get_by_label("To be done by")).to_have_value("Ongoing")
    sound(page)
    save(page, 10, due="31 3 2028")
    saved(page, 10)
    expect(row(page, 10)).to_contain_text("31 March 2028")

    # Brought in, what is not mended too
    page.get_by_role("link", name="Go on to the last step").click()
    expect(page.get_by_role("heading", name="Bring in 7 actions")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Bring in 7 actions").click()
    expect(page.get_by_role("heading", name="The plan as it was brought in")).to_be_visible()
    sound(page)
    expect(row(page, 10)).to_contain_text("Ongoing")
    row(page, 10).get_by_role("link", name="What was learnt is shared").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What was learnt is shared")


def published(name: str) -> str:
    source = REAL / "plans" / name
    if not source.exists():
        pytest.skip("The published plans are not on this machine.")
    return source.read_text()


def paste(page: Page, title: str, name: str) -> None:
    """Begin with a published plan as it is pasted, with its columns as they are guessed."""
    words = published(name)
    begin(page, title)
    page.get_by_label("Or paste the tables").fill(words)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show what was understood").click()
    page.get_by_role("heading", name="What was understood").wait_for()


def count(page: Page, label: str) -> str:
    item = page.locator(".s11-stats__item").filter(has=page.get_by_role("link", name=label, exact=True))
    return item.locator(".s11-stats__number").inner_text()


@pytest.mark.real
def test_a_published_plan_is_pasted_and_its_flaws_are_found(page: Page, world: World) -> None:
    sign_in(page, MANAGER)
    paste(page, "Case P", "case-p-action-plan.txt")
    assert [count(page, label) for label in ("actions", "without an owner", "without a date")] == [
        "35", "10", "10",
    ]  # fmt: skip
    faults = page.locator(".s11-bring__faults li")
    expect(faults).to_have_count(3)
    sound(page)

    # Number 16 stands twice, and there is no 15: the audit of notifications is 15
    page.get_by_role("link", name="See the rows of number 16").click()
    second = page.locator(".s11-bring__row").filter(has_text="Recommendation").first
    number = int((second.get_attribute("id") or "").removeprefix("row-"))
    save(page, number, numbers="15")
    saved(page, number)
    expect(faults.filter(has_text="16 is used")).to_have_count(0)
    expect(faults.filter(has_text="no recommendation 15")).to_have_count(0)

    # One post in four spellings, said once for all its rows
    page.get_by_text("Is this one post?").first.click()
    page.locator("#post-1").get_by_label("Full name").fill("Ed Adviser")
    page.locator("#post-1").get_by_role("button", name="Save for its rows").click()
    expect(page.get_by_text("Is this one post? 5 to decide")).to_be_visible()

    page.get_by_role("link", name="Go on to the last step").click()
    page.get_by_role("button", name="Bring in 35 actions").click()
    expect(page.get_by_role("heading", name="The plan as it was brought in")).to_be_visible()
    sound(page)


@pytest.mark.real
def test_a_published_plan_without_numbers_comes_in_too(page: Page, world: World) -> None:
    sign_in(page, MANAGER)
    paste(page, "Case L", "case-l-action-plan.txt")
    assert count(page, "actions") == "19" and count(page, "open-ended or unclear dates") == "2"
    sound(page)
    page.get_by_role("link", name="open-ended or unclear dates").click()
    first = page.locator(".s11-bring__row").first
    number = int((first.get_attribute("id") or "").removeprefix("row-"))
    save(page, number, due="31 12 2014")
    saved(page, number)
    assert count(page, "open-ended or unclear date") == "1"
    page.get_by_role("link", name="Go on to the last step").click()
    page.get_by_role("button", name="Bring in 19 actions").click()
    expect(page.get_by_role("heading", name="The plan as it was brought in")).to_be_visible()
