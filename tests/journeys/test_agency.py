"""An agency lead completes and submits the return; the Board reads, moderates and looks at the matrix."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def rate(page: Page, number: str, level: str, words: str) -> None:
    question = page.locator(f"[id='q{number}']")
    question.get_by_role("radio", name=level).check()
    question.get_by_label("What lies behind your rating").fill(words)


def test_a_lead_rates_shows_evidence_and_submits(page: Page, world: World, tmp_path: Path) -> None:
    sign_in(page, POLICE_LEAD)
    sound(page)
    page.get_by_role("link", name="Start").click()
    sound(page)
    page.get_by_role("link", name="1. Standard 1").click()
    sound(page)
    rate(page, "1.1", "Green", "Our deputy chief constable leads.")
    rate(page, "1.2", "Amber", "The policy is being reviewed.")
    page.locator("[id='q1.1']").get_by_role("button", name="Add evidence").click()
    policy = tmp_path / "Safeguarding policy.pdf"
    policy.write_bytes(b"%PDF-1.7 our policy")
    page.get_by_label("Files").set_input_files(policy)
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("link", name="Safeguarding policy.pdf", exact=True)).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Back to 1.1").click()
    expect(page.locator("[id='q1.2']").get_by_label("What lies behind your rating")).to_have_value(
        "The policy is being reviewed."
    )
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="2. Standard 2")).to_be_visible()
    question = page.locator("[id='q2.1']")
    question.get_by_role("radio", name="Not applicable").check()
    question.get_by_label("Why does this not apply to you?").fill("We commission nothing.")
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("link", name="Check your answers").click()
    sound(page)
    page.get_by_role("link", name="Rate 2.2").click()
    sound(page)
    rate(page, "2.2", "Red", "Nothing is in place yet.")
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("link", name="Check your answers").click()
    sound(page)
    page.get_by_role("button", name="Sign and submit").dblclick()
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()
    sound(page)


def test_the_session_ends_while_somebody_types_and_nothing_is_lost(page: Page, world: World) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}/standards/1")
    rate(page, "1.1", "Amber", "Twenty minutes of careful typing.")
    expect(page.locator(".s11-savebar [data-saving]")).to_contain_text("Saved")  # nothing is on its way
    page.context.clear_cookies()
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("What you typed is kept on this page")).to_be_visible()
    sound(page)
    page.get_by_label("E-mail address").fill(POLICE_LEAD)
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Twenty minutes of careful typing.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Save what I typed").click()
    expect(page.locator("[id='q1.1']").get_by_label("What lies behind your rating")).to_have_value(
        "Twenty minutes of careful typing."
    )
    expect(page.locator("[id='q1.1']").get_by_role("radio", name="Amber")).to_be_checked()


def test_a_file_that_is_too_large_is_named_before_it_is_sent(
    page: Page, world: World, tmp_path: Path
) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}/evidence/1.1")
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-" + b"x" * 1_500_000)
    page.get_by_label("Files").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("is larger than 1 MB")


def test_the_whole_return_can_be_completed_without_javascript(
    chromium: object, address: str, world: World
) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}/standards/1")
    rate(page, "1.1", "Green", "Yes.")
    rate(page, "1.2", "Green", "Yes.")
    page.get_by_role("button", name="Save and continue").click()
    rate(page, "2.1", "Green", "Yes.")
    rate(page, "2.2", "Green", "Yes.")
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("link", name="Check your answers").click()
    page.get_by_role("button", name="Sign and submit").click()
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()
    context.close()


def test_the_office_plans_a_cycle_and_sees_who_has_returned(page: Page, world: World) -> None:
    sign_in(page, MANAGER)
    sound(page)
    page.goto("/cycles/")
    sound(page)
    page.get_by_role("link", name="Cycle TINY-2026").click()
    expect(page.get_by_text("0 of 2").first).to_be_visible()
    sound(page)
    page.goto("/cycles/new")
    sound(page)
