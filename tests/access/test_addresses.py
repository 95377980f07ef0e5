"""A new e-mail address: asked for with the password, in force once its link has been followed."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.notices.models import Notice
from s11.people import queries as people
from tests.factories.world import HOUSING_LEAD, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database

NEW = "pat@new.example"


def ask(browser: Browser, email: str = NEW, password: str = PASSWORD, status: int = 302) -> None:
    browser.open("/account/address")
    browser.submit("/account/address", email=email, password=password, status=status)


def mails(app: Flask, to: str) -> list[str]:
    with app.app_context():
        return [
            f"{notice.subject}\n{notice.body}"
            for notice in db.session.scalars(select(Notice).where(Notice.to_address == to))
        ]


def link(app: Flask, to: str = NEW) -> str:
    return re.findall(r"^http://localhost(/address/\S+)$", mails(app, to)[-1], re.MULTILINE)[0]


def follow(browser: Browser, path: str) -> None:
    browser.open(path, status=302)
    assert browser.response.headers["Location"] == "/address", "the token has left the address"


def owner(app: Flask, email: str) -> str | None:
    with app.app_context():
        person = people.by_address(email)
        return person.name if person else None


def test_a_new_address_is_in_force_once_its_link_was_followed(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser, email=" Pat@NEW.example ")
    assert "A link is on its way to pat@new.example" in browser.page.text
    assert owner(app, POLICE_LEAD) == "Pat Lead", "nothing has changed yet"
    follow(browser, link(app))
    assert f"in place of {POLICE_LEAD}" in browser.open("/address").text
    assert owner(app, NEW) is None, "opening the link changed nothing"
    browser.submit("/address")
    assert "Your address is pat@new.example now" in browser.page.text
    assert (owner(app, NEW), owner(app, POLICE_LEAD)) == ("Pat Lead", None)
    assert "another e-mail address than this one" in mails(app, POLICE_LEAD)[-1]
    elsewhere = Browser(app)
    assert "Pat Lead" in elsewhere.sign_in(NEW).text


def test_own_data_names_the_mail_sent_to_the_old_address_too(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser)
    follow(browser, link(app))
    browser.open("/address")
    browser.submit("/address")
    held = browser.client.get("/account/data.json").get_json()["mail to you"]
    assert {mail["to"] for mail in held} == {POLICE_LEAD, NEW}


def test_the_link_is_good_once_and_for_a_day(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser)
    first = link(app)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        late = Browser(app)
        follow(late, first)
        assert "does not work any more" in late.open("/address", status=410).text
    ask(browser, email="pat@newer.example")
    follow(browser, first)
    browser.open("/address", status=410)
    follow(browser, link(app, "pat@newer.example"))
    browser.open("/address")
    browser.submit("/address")
    again = Browser(app)
    follow(again, link(app, "pat@newer.example"))
    again.open("/address", status=410)
    assert owner(app, "pat@newer.example") == "Pat Lead"


def test_a_page_left_open_is_not_enough(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser, password="not the right one", status=422)
    assert "That is not your present password" in browser.page.text
    assert not mails(app, NEW)


def test_the_address_of_somebody_else_is_not_given_away_and_not_taken(app: Flask, world: World) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser, email=HOUSING_LEAD)
    assert f"A link is on its way to {HOUSING_LEAD}" in browser.page.text, "the same words as for a free one"
    told = mails(app, HOUSING_LEAD)[-1]
    assert "asked to use your address" in told and "/address/" not in told


def test_two_who_want_the_same_address_get_it_once(app: Flask, world: World) -> None:
    paths = []
    for email in (POLICE_LEAD, HOUSING_LEAD):
        browser = Browser(app)
        browser.sign_in(email)
        ask(browser)
        paths.append(link(app))
    for path, status in zip(paths, (302, 410), strict=True):
        browser = Browser(app)
        follow(browser, path)
        browser.open("/address")
        browser.submit("/address", status=status)
    assert owner(app, NEW) == "Pat Lead" and owner(app, HOUSING_LEAD) == "Hari Lead"


@pytest.mark.parametrize("wrong", ["no address", "pat@", POLICE_LEAD.upper()])
def test_what_is_no_new_address_is_said_at_the_field(app: Flask, world: World, wrong: str) -> None:
    browser = Browser(app)
    browser.sign_in(POLICE_LEAD)
    ask(browser, email=wrong, status=422)
    said = "That is your address already" if wrong == POLICE_LEAD.upper() else "is not an e-mail address"
    assert said in browser.page.text
    assert wrong in browser.response.get_data(as_text=True), "what was typed is still there"
