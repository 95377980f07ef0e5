"""A school: the DSL completes, the head and the chair of governors sign, in two minutes on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.world import DSL, GOVERNOR, HEAD, World, a_return
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def sign_as(page: Page, email: str, button: str) -> None:
    sign_in(page, email)
    sound(page)
    page.get_by_role("link", name="Read and sign").click()
    sound(page)
    page.get_by_role("button", name=button, exact=True).click()


def test_head_and_chair_of_governors_both_sign(page: Page, world: World) -> None:
    a_return(world.app, world.school, "G A", by=DSL)
    sign_in(page, DSL)
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Check your answers").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Awaiting sign-off").first).to_be_visible()
    sound(page)
    page.context.clear_cookies()
    sign_as(page, HEAD, "Sign")
    expect(page.get_by_text("Hetty Head").first).to_be_visible()
    page.context.clear_cookies()
    sign_as(page, GOVERNOR, "Sign and submit")
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()
