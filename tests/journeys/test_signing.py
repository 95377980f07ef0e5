"""A lead signs, the director declines, the lead mends, the director signs; the copy and its receipt hold."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.factories.audit import an_audit
from tests.factories.world import POLICE_LEAD, POLICE_SIGNATORY, World, a_return
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser
WHY = "1.2 says that every sergeant is trained. Two are not."


def another(page: Page, email: str) -> None:
    page.context.clear_cookies()
    sign_in(page, email)


def signs(page: Page, ref: str, button: str) -> None:
    page.goto(f"/returns/{ref}/check")
    sound(page)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_from_the_leads_signature_to_a_receipt_that_anybody_checks(page: Page, world: World) -> None:
    ref = an_audit(world, 1, 2, steps=("lead", "director"))
    a_return(world.app, ref, "G G", by=POLICE_LEAD)
    sign_in(page, POLICE_LEAD)
    signs(page, ref, "Sign")
    expect(page.get_by_text("Awaiting sign-off").first).to_be_visible()

    another(page, POLICE_SIGNATORY)
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_text("Something has to change before I can sign").click()
    page.get_by_label("What has to change?").fill(WHY)
    page.get_by_role("button", name="Send it back").click()
    expect(page.get_by_text("This return went back to its author.")).to_be_visible()

    another(page, POLICE_LEAD)
    page.goto(f"/returns/{ref}")
    expect(page.get_by_text("Sig Natory did not sign")).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    sound(page)
    a_return(world.app, ref, "G A", by=POLICE_LEAD)
    signs(page, ref, "Sign")

    another(page, POLICE_SIGNATORY)
    signs(page, ref, "Sign and submit")
    expect(page.get_by_role("heading", name="Submitted", exact=True)).to_be_visible()
    sound(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as PDF").click()
    pages = PdfReader(io.BytesIO(taken.value.path().read_bytes())).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert "Why 1.2 is A." in text and "Sig Natory" in text and "Pat Lead" in text

    page.get_by_role("link", name="/verify").click()
    page.context.clear_cookies()
    page.reload()
    sound(page)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="This receipt is genuine")).to_be_visible()
    expect(page.get_by_text("Northshire Police")).to_have_count(0)
    sound(page)
