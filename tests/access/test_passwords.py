"""New passwords: changed knowing the old one, or set through a link that was sent by mail."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select

from s11.access.models import Link
from s11.access.operations import passwords
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.notices.models import Notice
from s11.people import passwords as password_hashing
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.models import Entry
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database

NEW = "four other quiet words"


def after(**time: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**time))


def person(email: str = POLICE_LEAD) -> Person:
    found = people.by_address(email)
    assert found is not None
    return found


def mails(app: Flask, to: str = POLICE_LEAD) -> list[Notice]:
    """The mails about passwords that somebody was sent."""
    about = Notice.subject.contains("password")
    with app.app_context():
        sent = select(Notice).where(Notice.to_address == to, about).order_by(Notice.id)
        return list(db.session.scalars(sent))


def ask(browser: Browser, email: str = POLICE_LEAD) -> None:
    browser.open("/forgotten")
    browser.submit("/forgotten", email=email, status=200)
    assert "Look at your e-mail" in browser.page.text


def link(app: Flask, to: str = POLICE_LEAD) -> str:
    """The path of the newest link that was sent."""
    found = re.findall(r"^http://localhost(/password/\S+)$", mails(app, to)[-1].body, re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def follow(browser: Browser, path: str) -> None:
    browser.open(path, status=302)
    assert browser.response.headers["Location"] == "/password"


def choose(browser: Browser, password: str = NEW, *, status: int = 302, again: str | None = None) -> None:
    browser.submit("/password", new=password, again=again or password, status=status)


# Changed by who knows the old one.


def test_a_password_is_changed_by_who_knows_the_old_one(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/password")
    browser.submit("/account/password", old="wrong", new=NEW, again=NEW, status=422)
    assert "not your present password" in browser.page.text
    browser.submit("/account/password", old=PASSWORD, new="short", again="short", status=422)
    assert "at least 12 characters" in browser.page.text
    browser.submit("/account/password", old=PASSWORD, new=NEW, again="something else here", status=422)
    assert "The two new passwords differ." in browser.page.text
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert "Your password has been changed" in browser.page.text
    browser.sign_out()
    browser.open("/sign-in")
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=422)
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD, NEW).text


def test_the_owner_is_told_of_a_new_password(app: Flask, browser: Browser, world: World) -> None:
    with time_machine.travel("2027-06-21 13:32 +0000"):
        browser.sign_in(POLICE_LEAD)
        browser.open("/account/password")
        browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
    (mail,) = mails(app)
    assert mail.subject == "Your password has been changed"
    assert "21 June 2027 at 14:32" in mail.body and "http://localhost/forgotten" in mail.body
    assert NEW not in mail.body


def test_the_old_password_cannot_be_guessed_on_a_page_left_open(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/password")
    for _ in range(10):
        browser.submit("/account/password", old="wrong", new=NEW, again=NEW, status=422)
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW, status=429)
    assert "Wait 5 minutes" in browser.page.text and browser.response.headers["Retry-After"]
    with after(minutes=6):
        browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
        assert "Your password has been changed" in browser.page.text


def test_a_new_password_that_is_refused_uses_up_no_try(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/password")
    for _ in range(12):
        browser.submit("/account/password", old=PASSWORD, new="short", again="short", status=422)
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)


# Set through a link.


def test_a_forgotten_password_is_replaced_through_a_link(app: Flask, browser: Browser, world: World) -> None:
    browser.open("/sign-in")
    browser.open(browser.page.href("Forgotten your password?"))
    browser.submit("/forgotten", email=f"  {POLICE_LEAD.upper()}", status=200)
    (mail,) = mails(app)
    assert mail.subject == "Choose a new password" and "within 30 minutes" in mail.body
    follow(browser, link(app))
    assert POLICE_LEAD in browser.open("/password").text
    choose(browser, "short", status=422)
    assert "at least 12 characters" in browser.page.text
    choose(browser, NEW, again="another one altogether", status=422)
    assert "The two new passwords differ." in browser.page.text
    choose(browser)
    assert "Your new password is set. Sign in with it." in browser.page.text
    assert "Hello, Pat" in browser.submit("/sign-in", email=POLICE_LEAD, password=NEW).text
    assert [mail.subject for mail in mails(app)][1:] == ["Your password has been changed"]


def test_a_link_does_not_sign_in(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    follow(browser, link(app))
    browser.open("/home", status=302)
    browser.open("/password")
    choose(browser)
    browser.open("/home", status=302)


def test_a_link_ends_every_sign_in_also_of_somebody_else_in_this_browser(
    app: Flask, browser: Browser, world: World
) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in(POLICE_LEAD)
    ask(browser)
    browser.sign_in(HOUSING_LEAD)
    follow(browser, link(app))
    browser.open("/password")
    choose(browser)
    assert "Sign in with it." in browser.page.text
    elsewhere.open("/home", status=302)
    browser.open("/home", status=302)


def test_a_mail_scanner_that_follows_the_link_uses_nothing_up(
    app: Flask, browser: Browser, world: World
) -> None:
    ask(browser)
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.head(link(app)).status_code == scanner.get(link(app)).status_code == 302
        assert scanner.get("/password").status_code == 200
    follow(browser, link(app))
    browser.open("/password")
    choose(browser)
    assert "Your new password is set." in browser.page.text


def test_the_token_leaves_the_address_at_once(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    token = link(app).rsplit("/", 1)[1]
    follow(browser, link(app))
    browser.open("/password")
    assert token not in browser.response.text
    assert browser.response.headers["Referrer-Policy"] == "same-origin"


def spent(browser: Browser, path: str) -> bool:
    browser.open(path, status=302)
    browser.open("/password", status=410)
    return "This link does not work any more" in browser.page.text


def test_a_link_works_once(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    path, second = link(app), Browser(app)
    follow(browser, path)
    browser.open("/password")
    follow(second, path)
    second.open("/password")
    choose(browser)
    second.submit("/password", new="yet another phrase 7", again="yet another phrase 7", status=410)
    assert spent(browser, path)
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD, NEW).text


def test_a_link_works_for_half_an_hour(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    with after(minutes=29):
        follow(browser, link(app))
        browser.open("/password")
    with after(minutes=31):
        browser.submit("/password", new=NEW, again=NEW, status=410)
        assert spent(browser, link(app))


def test_a_link_dies_with_the_password_or_the_address(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    first = link(app)
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/password")
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert spent(browser, first)
    ask(browser)
    second = link(app)
    with app.app_context(), unit_of_work():
        person().email = "pat@new.example"
    assert spent(browser, second)


def test_a_link_dies_when_a_newer_one_is_sent(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    first = link(app)
    ask(browser)
    assert spent(browser, first)
    follow(browser, link(app))


@pytest.mark.parametrize("path", ["/password/x", "/password/" + "a" * 43, "/password/%00"])
def test_an_invented_link_opens_nothing(browser: Browser, world: World, path: str) -> None:
    browser.open(path, status=404 if "%00" in path else 302)
    browser.open("/password", status=410)
    browser.open("/forgotten")
    data = browser.page.form("/forgotten").data(new=NEW, again=NEW)
    browser.post("/password", data, status=410)


def test_only_the_digest_of_a_token_is_stored(app: Flask, browser: Browser, world: World) -> None:
    ask(browser)
    token = link(app).rsplit("/", 1)[1]
    with app.app_context():
        kept = db.session.scalars(select(Link)).one()
        assert token not in str(vars(kept)) and kept.token_hash in str(vars(kept))


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_the_link_is_ours_whatever_a_request_calls_us(
    app: Flask, browser: Browser, world: World, header: str
) -> None:
    browser.open("/forgotten")
    data = browser.page.form("/forgotten").data(email=POLICE_LEAD)
    answer = browser.client.post("/forgotten", data=data, headers={header: "evil.example"})
    if header == "Forwarded":
        assert "evil" not in mails(app)[0].body and "http://localhost/password/" in mails(app)[0].body
    else:
        assert answer.status_code == 400 and not mails(app)


# Nothing says who is known.


def same_for(app: Flask, email: str) -> tuple[int, str]:
    browser = Browser(app)
    ask(browser, email)
    shown = re.sub(r'name="csrf_token" value="[^"]+"', "", browser.response.text)
    return browser.response.status_code, shown.replace(email, "ADDRESS")


def test_unknown_inactive_and_not_yet_joined_get_the_same_page(
    app: Flask, browser: Browser, world: World
) -> None:
    with app.app_context(), unit_of_work():
        person(HOUSING_LEAD).active = False
        person(MANAGER).password_hash = None
    answers = [same_for(app, one) for one in (POLICE_LEAD, "nobody@nowhere.example", HOUSING_LEAD, MANAGER)]
    assert all(answer == answers[0] for answer in answers)
    assert not mails(app, "nobody@nowhere.example") and not mails(app, HOUSING_LEAD)
    (mail,) = mails(app, MANAGER)
    assert mail.subject == "You have no password here" and "/password/" not in mail.body


def test_asking_for_nobody_leaves_everybody_as_they_were(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        first = people.anybody()
        assert first is not None
    ask(browser, first.email)
    for number in range(3):
        ask(browser, f"nobody{number}@nowhere.example")
    assert len(mails(app, first.email)) == 1
    follow(browser, link(app, first.email))
    assert "Choose a new password" in browser.open("/password").text


def statements(app: Flask, work: Callable[[], object]) -> list[str]:
    """What the database is asked meanwhile, without how a savepoint ends."""
    said: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if "SAVEPOINT" not in statement:
            said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return said


@pytest.mark.parametrize("page", ["/forgotten", "/sign-in"])
def test_as_much_is_done_for_nobody_as_for_somebody(
    app: Flask, world: World, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), unit_of_work():
        person(HOUSING_LEAD).active = False
    hashed: list[str] = []
    really_fits = password_hashing.fits

    def fits(password: str, password_hash: str | None) -> bool:
        hashed.append(password)
        return really_fits(password, password_hash)

    monkeypatch.setattr(password_hashing, "fits", fits)
    done = []
    for email in (POLICE_LEAD, "nobody@nowhere.example", HOUSING_LEAD):
        browser = Browser(app)
        browser.open(page)
        data = browser.page.form(page).data(email=email, password="a wrong guess")
        hashed.clear()
        asked = statements(app, lambda data=data, client=browser.client: client.post(page, data=data))
        # Who somebody is has to be looked up; that is all that may differ, and takes no time to speak of.
        lookups = [one for one in asked if one.startswith("SELECT")]
        done.append(([one for one in asked if one not in lookups], len(hashed)))
    assert done[0] == done[1] == done[2]
    assert done[0][0]


def test_many_requests_send_few_mails_and_leave_the_newest_link_good(
    app: Flask, browser: Browser, world: World
) -> None:
    for _ in range(8):
        ask(browser)
    assert len(mails(app)) == 3
    follow(browser, link(app))
    assert "Choose a new password" in browser.open("/password").text
    with after(minutes=16):
        ask(browser)
    assert len(mails(app)) == 4


def test_one_place_asks_for_so_many_links_and_no_more(app: Flask, browser: Browser, world: World) -> None:
    for number in range(30):
        ask(browser, f"person{number}@nowhere.example")
    browser.open("/forgotten")
    browser.submit("/forgotten", email=POLICE_LEAD, status=429)
    assert "Wait 15 minutes" in browser.page.text and int(browser.response.headers["Retry-After"]) > 800
    assert browser.page.form("/forgotten").data()["email"] == POLICE_LEAD
    assert not mails(app)
    browser.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    ask(browser)
    assert len(mails(app)) == 1


def test_an_empty_form_says_what_to_enter(browser: Browser, world: World) -> None:
    browser.open("/forgotten")
    assert "Enter your e-mail address." in browser.submit("/forgotten", status=422).text


# The administrator's part.


def test_an_administrator_has_a_link_sent_and_never_sees_it(
    app: Flask, browser: Browser, world: World
) -> None:
    with app.app_context(), unit_of_work():
        passwords.start_reset(person(), by=person(MANAGER))
    (mail,) = mails(app)
    assert "Mary Manager has had this link sent to you" in mail.body
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.tag == "person:password:reset_started")).one()
        assert (entry.person_name, entry.after) == ("Mary Manager", {"name": "Pat Lead"})
    assert "Hello, Pat" in Browser(app).sign_in(POLICE_LEAD).text  # the old one is good until then
    follow(browser, link(app))
    browser.open("/password")
    choose(browser)
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD, NEW).text


def test_no_link_is_sent_to_who_may_not_or_cannot_use_it(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        person().active = False
        person(HOUSING_LEAD).password_hash = None
        with pytest.raises(DomainError, match="may not sign in"):
            passwords.start_reset(person(), by=person(MANAGER))
        with pytest.raises(DomainError, match="Send the invitation again"):
            passwords.start_reset(person(HOUSING_LEAD), by=person(MANAGER))
    assert not mails(app) and not mails(app, HOUSING_LEAD)
