"""The second step in a browser: turned on with a picture, asked for, remembered, and done without."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.telephone import RECOVERY_CODE, Telephone
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound
from tests.pages import PASSWORD

pytestmark = pytest.mark.browser


def give_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(POLICE_LEAD)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_telephone_is_set_up_used_remembered_and_done_without(page: Page, world: World) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto("/account/second-factor")
    sound(page)
    page.get_by_role("link", name="Turn on the second step").click()
    sound(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    picture = page.get_by_alt_text("QR code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 200, "the policy lets the picture be shown"
    sound(page)
    telephone = Telephone(page.locator(".s11-setup__key").inner_text().replace(" ", "").upper())
    page.get_by_label("Six-digit code").fill(telephone.code())
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    sound(page)
    codes = RECOVERY_CODE.findall(page.locator(".s11-codes").inner_text())
    assert len(codes) == 10
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a text file").click()
    assert codes[9] in saved.value.path().read_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Recovery codes left")).to_be_visible()
    sound(page)
    page.context.clear_cookies()

    give_password(page)
    sound(page)
    # Each code counts once: the next one, which is taken early as a telephone's clock may be fast.
    page.get_by_label("Six-digit code").fill(telephone.code(steps=1))
    page.get_by_label("Do not ask for a code on this device").check()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello").wait_for()
    page.goto("/account/second-factor")
    expect(page.get_by_role("button", name="Forget")).to_be_visible()
    sound(page)
    page.context.clear_cookies(name="s11")
    give_password(page)
    page.get_by_role("heading", name="Hello").wait_for()

    page.context.clear_cookies()
    give_password(page)
    page.get_by_role("button", name="Use a recovery code instead").click()
    sound(page)
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You used a recovery code; 9 are left.")).to_be_visible()
