"""Staying signed in, and getting back in."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from s11.core.database import db
from s11.notices.models import Notice
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser

MINUTE = 60_000


def test_whoever_is_still_there_stays_and_loses_nothing(page: Page, world: World) -> None:
    page.clock.install()
    sign_in(page, POLICE_LEAD)
    page.goto("/account/name")
    page.get_by_label("Full name").fill("Patricia Lead")
    question = page.get_by_role("dialog", name="Are you still there?")
    page.clock.fast_forward(54 * MINUTE)
    expect(question).to_be_hidden()
    page.clock.fast_forward(MINUTE + 2000)
    expect(question).to_be_visible()
    expect(question.get_by_text("5 minutes")).to_be_visible()
    page.clock.fast_forward(2 * MINUTE)
    expect(question.get_by_text("3 minutes")).to_be_visible()
    sound(page)
    page.keyboard.press("Tab")
    with page.expect_response("**/stay") as stayed:
        page.keyboard.press("Enter")
    assert stayed.value.status == 204
    expect(question).to_be_hidden()
    page.clock.fast_forward(50 * MINUTE)
    expect(question).to_be_hidden()
    expect(page.get_by_label("Full name")).to_have_value("Patricia Lead")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your name has been corrected.")).to_be_visible()


def test_whoever_was_away_too_long_is_told_and_keeps_the_words(app: Flask, page: Page, world: World) -> None:
    page.clock.install()
    sign_in(page, POLICE_LEAD)
    page.goto("/account/name")
    page.get_by_label("Full name").fill("Patricia Lead of Northshire")
    page.clock.fast_forward(61 * MINUTE)
    over = page.get_by_role("dialog", name="You have been signed out")
    expect(over).to_be_visible()
    sound(page)
    page.context.clear_cookies()  # as the server, whose clock goes on as before, would have it
    over.get_by_role("button", name="Back to the page").click()
    expect(page.get_by_label("Full name")).to_have_value("Patricia Lead of Northshire")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What you typed is kept on this page")).to_be_visible()


def test_a_forgotten_password_is_replaced(app: Flask, page: Page, world: World) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    sound(page)
    page.get_by_label("E-mail address").fill(POLICE_LEAD)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look at your e-mail")).to_be_visible()
    sound(page)
    with app.app_context():
        sent = select(Notice.body).where(Notice.subject == "Choose a new password")
        found = re.search(r"/password/\S+", db.session.scalars(sent).one())
    assert found
    page.goto(found[0])
    assert page.url.endswith("/password")
    for label in ("New password", "New password again"):
        page.get_by_label(label, exact=True).fill("four other quiet words")
    sound(page)
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    page.get_by_label("E-mail address").fill(POLICE_LEAD)
    page.get_by_label("Password", exact=True).fill("four other quiet words")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    for path in ("/account", "/account/sign-ins", "/account/password"):
        page.goto(path)
        sound(page)
