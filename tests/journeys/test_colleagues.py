"""A lead shares a return out: a contributor answers their part, a colleague without an account theirs."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from s11.notices import queries as notices
from tests.factories.world import POLICE_HELPER, POLICE_LEAD, World
from tests.journeys.conftest import SIZES, sign_in, sound

pytestmark = pytest.mark.browser


def rate(page: Page, number: str, level: str, words: str) -> None:
    question = page.locator(f"[id='q{number}']")
    question.get_by_role("radio", name=level).check()
    question.get_by_label("What lies behind your rating").fill(words)


def link_in_mail(app: Flask) -> str:
    with app.app_context():
        bodies = [notice.body for notice in notices.waiting() if "/asked/" in notice.body]
    return re.search(r"(/asked/\S+)", bodies[-1])[1]


def test_a_return_is_shared_out(
    app: Flask, page: Page, world: World, chromium: Browser, address: str
) -> None:
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}")
    page.get_by_role("link", name="Colleagues: who answers what").click()
    sound(page)
    page.get_by_role("link", name="Give to a contributor", exact=True).first.click()
    page.get_by_label("Who").select_option("Helen Helper")
    page.get_by_label("2. Standard 2").check()
    page.get_by_label("Note").fill("The training figures, please.")
    sound(page)
    page.get_by_role("button", name="Give").click()
    expect(page.get_by_text("Helen Helper now answers 1 standard more.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Change what Helen Helper answers").first.click()
    sound(page)
    page.get_by_role("link", name="Colleagues").click()
    page.get_by_role("link", name="Invite a contributor").click()
    sound(page)
    page.get_by_role("link", name="Colleagues").click()
    page.get_by_role("link", name="Ask somebody without an account").click()
    page.get_by_label("Full name").fill("Jo Ashworth")
    page.get_by_label("E-mail address").fill("jo@hr.police.example")
    page.get_by_label("What they answer").select_option("1. Standard 1")
    page.get_by_label("Note").fill("You know the recruitment checks.")
    sound(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("The link for 1 is on its way to Jo Ashworth.")).to_be_visible()
    sound(page)
    a_contributor_answers(chromium, address, page)
    jo_answers_on_a_phone(chromium, address, link_in_mail(app))
    page.reload()
    expect(page.get_by_text("Answered", exact=True)).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Jo Ashworth").click()
    expect(page.get_by_text("Last saved")).to_be_visible()
    sound(page)
    page.goto(f"/returns/{world.police}/standards/1")
    expect(page.get_by_text("by Jo Ashworth, by personal link")).to_be_visible()


def a_contributor_answers(chromium: Browser, address: str, lead: Page) -> None:
    context = chromium.new_context(base_url=address, viewport=lead.viewport_size)
    page = context.new_page()
    sign_in(page, POLICE_HELPER)
    expect(page.get_by_text("0 of 4 of your questions answered.")).to_be_visible()
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_text("The training figures, please.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="2. Standard 2").click()
    sound(page)
    rate(page, "2.1", "Green", "All staff are trained.")
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("Saved: 2 Standard 2")).to_be_visible()
    context.close()


def jo_answers_on_a_phone(chromium: Browser, address: str, link: str) -> None:
    context = chromium.new_context(base_url=address, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="Pat Lead asks you to answer one part")).to_be_visible()
    assert page.url == f"{address}/asked"
    sound(page)
    page.get_by_role("button", name="Begin").click()
    sound(page)
    rate(page, "1.1", "Amber", "We check 40 files a year.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. You can close this page")).to_be_visible()
    expect(page.get_by_text("1 of 2 complete.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Leave this page").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    sound(page)
    page.goto("/asked")
    sound(page)
    context.close()
