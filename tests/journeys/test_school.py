"""A school on a phone: the DSL answers, the head and the chair of governors sign, each in two taps."""

import pytest
from playwright.sync_api import Page, expect

from s11.core.database import unit_of_work
from s11.returns import queries
from tests.factories.audit import an_audit_of
from tests.factories.questionnaires import tiny
from tests.factories.world import DSL, GOVERNOR, HEAD, World
from tests.journeys.conftest import sign_in, sound
from tests.journeys.test_agency import rate

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("context", ["phone"], indirect=True)]
PROFILE = """
fields:
- {code: pupils, label: Pupils on roll, kind: number, required: true, prefill: pupils}
- {code: head, label: Headteacher, required: true, prefill: head}
"""
WORDS = "Two governors visit each term, talk to staff and children, and report to all the others in writing."


def a_school_audit(world: World) -> str:
    """What the school is asked: its profile from the register, and two criteria."""
    with world.app.app_context(), unit_of_work():
        queries.by_ref(world.school).organisation.pupils = 206
    steps = ("lead", "headteacher", "chair_of_governors")
    text = tiny(1, 2, code="PROFILE-2026", framework="PROFILE", steps=steps, top=PROFILE)
    return an_audit_of(world, text, beside=world.school)


def signs(page: Page, email: str, button: str) -> None:
    """Read and sign, then Sign: two taps from home."""
    page.context.clear_cookies()
    sign_in(page, email)
    sound(page)
    page.get_by_role("link", name="Read and sign").click()
    expect(page.get_by_text("Yes, nothing is missing")).to_be_visible()
    expect(page.get_by_text("1 thing the Board may ask about")).to_be_visible()
    expect(page.get_by_text(WORDS).first).to_be_hidden()
    sound(page)
    page.get_by_text("1. Standard 1").click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_role("button", name=button, exact=True).click()


def test_a_school_completes_its_audit_on_a_phone(page: Page, world: World) -> None:
    ref = a_school_audit(world)
    sign_in(page, DSL)
    page.goto(f"/returns/{ref}")
    page.get_by_role("link", name="About the whole return").click()
    expect(page.get_by_label("Pupils on roll")).to_have_value("206")
    expect(page.get_by_label("Headteacher")).to_have_value("Hetty Head")
    sound(page)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="1. Standard 1").click()
    rate(page, "1.1", "Green", WORDS)
    rate(page, "1.2", "Amber", "Half of the staff were trained this year, and the others follow in March.")
    sound(page)
    page.get_by_role("button", name="Save and finish").click()
    page.get_by_role("link", name="Check your answers").click()
    sound(page)
    page.get_by_role("link", name="Say why it is right").click()
    sound(page)
    page.get_by_label("Why is it right as it stands?").fill("The visit notes can be seen in school.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The visit notes can be seen").first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Awaiting sign-off").first).to_be_visible()
    signs(page, HEAD, "Sign")
    expect(page.get_by_text("Hetty Head").first).to_be_visible()
    signs(page, GOVERNOR, "Sign and submit")
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()
    sound(page)
