"""An edition is reviewed: put in review, commented on, answered, approved, and taken back with a reason."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from s11.core import clock
from tests.factories.world import MANAGER, QUALITY, World
from tests.journeys.conftest import sign_in, sound
from tests.questionnaires.drafts import DRAFT, a_draft

pytestmark = pytest.mark.browser

REVIEW = f"/questionnaires/{DRAFT}/review"
WANTED_BY = clock.today() + timedelta(days=14)


def typed(day) -> str:
    return f"{day.day} {day.month} {day.year}"


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="signed out").wait_for()


def put_in_review(page: Page) -> None:
    page.goto("/questionnaires")
    page.get_by_role("link", name="Draft of 2027").click()
    sound(page)
    page.get_by_role("link", name="Review, comments and approval").click()
    sound(page)
    page.get_by_role("link", name="Put in review").click()
    sound(page)
    page.get_by_label("Note to the reviewers").fill("Please look at 1.2.")
    page.get_by_label("Comments wanted by").fill("31 2 2027")
    page.get_by_role("button", name="Put in review").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a date that exists")
    sound(page)
    expect(page.get_by_label("Note to the reviewers")).to_have_value("Please look at 1.2.")
    page.get_by_label("Comments wanted by").fill(typed(WANTED_BY))
    page.get_by_role("button", name="Put in review").click()
    expect(page.get_by_text("Those who read it for the Board are told by mail.")).to_be_visible()
    sound(page)


def comment(page: Page) -> None:
    """Read what changed in 1.2, and say something beside it."""
    page.goto(REVIEW)
    expect(page.get_by_text("Please look at 1.2.").first).to_be_visible()
    page.get_by_role("heading", name="1 Standard 1").click()
    expect(page.locator("ins", has_text="fully")).to_be_visible()
    page.get_by_text("Comment on 1.2", exact=True).click()
    sound(page)
    page.get_by_role("button", name="Add comment on 1.2").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your comment.")
    sound(page)
    page.get_by_label("Your comment on 1.2").fill("How would a small charity show this?")
    page.get_by_role("button", name="Add comment on 1.2").dblclick()
    expect(page.get_by_text("Your comment has been added.")).to_be_visible()
    expect(page.get_by_text("How would a small charity show this?")).to_have_count(1)
    expect(page.get_by_text("How would a small charity show this?")).to_be_visible()
    sound(page)


def answer(page: Page) -> None:
    page.goto(REVIEW)
    page.get_by_role("heading", name="1 Standard 1").click()
    page.get_by_text("Answer or resolve").click()
    page.get_by_label("Your answer to Quinn Quality").fill("By its minutes. We say so in the guidance.")
    sound(page)
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("The comment is resolved.")).to_be_visible()
    expect(page.get_by_text("Resolved by Mary Manager")).to_be_visible()
    sound(page)


def record_approval(page: Page) -> None:
    page.get_by_role("link", name="Record approval, or take it out of review").click()
    sound(page)
    page.get_by_label("Who approved it?").fill("Quality-assurance sub-group")
    page.get_by_label("At which meeting?").fill("Meeting of today, item 6")
    page.get_by_label("When?").fill(typed(clock.today() + timedelta(days=1)))
    page.get_by_role("button", name="Record approval").click()
    expect(page.get_by_role("alert")).to_contain_text("It cannot be in the future")
    sound(page)
    page.get_by_label("When?").fill(typed(clock.today()))
    page.get_by_role("button", name="Record approval").click()
    expect(page.get_by_text("Approved by Quality-assurance sub-group")).to_be_visible()
    sound(page)


def back_to_draft(page: Page) -> None:
    page.get_by_role("link", name="Move it on").click()
    sound(page)
    page.get_by_role("button", name="Back to draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why it goes back to draft")
    page.get_by_label("Why does it go back to draft?").fill("A new Act was passed.")
    page.get_by_role("button", name="Back to draft").click()
    expect(page.get_by_text("has to be approved anew")).to_be_visible()
    expect(page.get_by_text("A new Act was passed.")).to_be_visible()
    sound(page)


def test_a_draft_is_reviewed_approved_and_taken_back(page: Page, world: World) -> None:
    a_draft(world)
    sign_in(page, MANAGER)
    put_in_review(page)
    sign_out(page)

    sign_in(page, QUALITY)
    comment(page)
    sign_out(page)

    sign_in(page, MANAGER)
    answer(page)
    record_approval(page)
    # Nobody changes or comments on it any more.
    expect(page.get_by_text("Its words no longer change unless it goes back to draft.")).to_be_visible()
    expect(page.get_by_text("Comment on 1.2", exact=True)).to_have_count(0)
    page.get_by_role("link", name="changes", exact=True).or_(
        page.get_by_role("link", name="change", exact=True)
    ).click()
    expect(page.get_by_role("heading", name="What changed since TINY-2026")).to_be_visible()
    sound(page)
    page.goto(REVIEW)
    back_to_draft(page)
