"""A lead with two contributors and a director: what eight colleagues know, in one return, signed."""

import pytest
from playwright.sync_api import Page, expect

from s11.core.database import unit_of_work
from s11.people.rules import Role
from s11.returns import queries
from tests.factories.audit import an_audit
from tests.factories.world import POLICE_HELPER, POLICE_LEAD, POLICE_SIGNATORY, World, a_person
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser
TRAINER = "trainer@police.example"


def as_(page: Page, email: str, ref: str) -> None:
    page.context.clear_cookies()
    sign_in(page, email)
    page.goto(f"/returns/{ref}")


def answer(page: Page, number: str, level: str, words: str) -> None:
    question = page.locator(f"[id='q{number}']")
    question.get_by_role("radio", name=level).check()
    question.get_by_label("What lies behind your rating").fill(words)


def saved(page: Page) -> None:
    """The page has said that everything on it is saved."""
    page.locator("h1").click()
    expect(page.locator(".s11-savebar [data-saving]")).to_contain_text("Saved ")


def give(page: Page, ref: str, who: str, *things: str) -> None:
    page.goto(f"/returns/{ref}/colleagues")
    page.get_by_role("link", name="Give to a contributor", exact=True).first.click()
    page.get_by_label("Who", exact=True).select_option(who)
    for thing in things:
        if "." in thing.split()[0].rstrip("."):  # a criterion is folded under its standard
            page.get_by_text(f"Single criteria of {thing[0]}").click()
        page.get_by_label(thing).check()
    page.get_by_role("button", name="Give").click()
    expect(page.get_by_text(f"{who} now answers")).to_be_visible()


def test_a_return_is_completed_by_four_people(page: Page, world: World) -> None:
    ref = an_audit(world, 2, 2, steps=("lead", "director"))
    with world.app.app_context(), unit_of_work():
        a_person("Tess Trainer", TRAINER, Role.CONTRIBUTOR, queries.by_ref(ref).organisation)
    sign_in(page, POLICE_LEAD)
    give(page, ref, "Helen Helper", "1. Standard 1")
    give(page, ref, "Tess Trainer", "2.1 Criterion 2.1 is met.")

    as_(page, POLICE_HELPER, ref)
    page.get_by_role("link", name="1. Standard 1").click()
    answer(page, "1.1", "Green", "Custody sergeants know whom to tell.")
    answer(page, "1.2", "Amber", "Two of forty have still to be trained.")
    saved(page)
    page.goto(f"/returns/{ref}")
    page.get_by_role("button", name="I have finished my part").click()

    as_(page, TRAINER, ref)
    page.get_by_role("link", name="2.1").first.click()
    expect(page.locator("[id='q2.2']").get_by_role("radio")).to_have_count(0)
    answer(page, "2.1", "Green", "Every course of 2026 was evaluated.")
    saved(page)
    sound(page)

    as_(page, POLICE_LEAD, ref)
    page.goto(f"/returns/{ref}/colleagues")
    expect(page.get_by_text("finished", exact=False).first).to_be_visible()
    page.goto(f"/returns/{ref}")
    page.get_by_role("link", name="Go to the next unanswered").click()
    answer(page, "2.2", "Red", "Nothing is in place yet.")
    saved(page)
    page.goto(f"/returns/{ref}/check")
    expect(page.get_by_text("Two of forty have still to be trained.")).to_be_visible()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Awaiting sign-off").first).to_be_visible()

    as_(page, POLICE_SIGNATORY, ref)
    page.get_by_role("link", name="Read and sign").click()
    sound(page)
    page.get_by_role("button", name="Sign and submit").click()
    expect(page.get_by_role("heading", name="Submitted", exact=True)).to_be_visible()
    with world.app.app_context():
        return_ = queries.by_ref(ref)
        assert return_.stage == "submitted" and len(queries.submissions(return_.id)) == 1
