"""Being signed in: where, for how long, and how it ends."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from s11 import create_app
from s11.access import operations
from s11.access.models import SignIn
from s11.access.rules import device_words
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.trail.models import Entry
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
NEW = "four other quiet words"


def after(**time: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**time))


def a_browser(app: Flask, agent: str, email: str = POLICE_LEAD) -> Browser:
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    browser.sign_in(email)
    return browser


def is_signed_in(browser: Browser) -> bool:
    return browser.client.get("/home").status_code == 200


def cookie(browser: Browser, name: str = "s11") -> str:
    found = browser.client.get_cookie(name)
    assert found is not None
    return found.value


def person(email: str) -> Person:
    found = people.by_address(email)
    assert found is not None
    return found


# How long it lasts.


def test_it_ends_after_its_hours_however_busy(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    for minutes in range(50, 12 * 60, 50):
        with after(minutes=minutes):
            assert is_signed_in(browser)
    with after(hours=12, minutes=1):
        assert not is_signed_in(browser)


@pytest.mark.parametrize(("email", "minutes"), [(POLICE_LEAD, 60), (CHAIR, 30), (MANAGER, 30)])
def test_it_ends_when_nothing_happens(browser: Browser, world: World, email: str, minutes: int) -> None:
    browser.sign_in(email)
    with after(minutes=minutes - 1):
        assert is_signed_in(browser)
    with after(minutes=2 * minutes - 2):
        assert is_signed_in(browser)
    with after(minutes=3 * minutes):
        assert not is_signed_in(browser)


def test_whoever_runs_the_service_has_half_an_hour_too(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context(), unit_of_work():
        people_operations.give_role(person(POLICE_LEAD), Role.SYSTEM_ADMINISTRATOR, at=None)
    browser.sign_in(POLICE_LEAD)
    with after(minutes=31):
        assert not is_signed_in(browser)


def test_a_copy_of_a_cookie_runs_out_from_when_it_was_made(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    copied = cookie(browser)
    with after(minutes=40):
        assert is_signed_in(browser)
    with after(minutes=70):
        assert is_signed_in(browser)
        thief = Browser(browser.app)
        thief.client.set_cookie("s11", copied)
        assert not is_signed_in(thief)


def test_every_page_says_how_long_is_left(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(CHAIR)
    shown = browser.client.get("/account").text
    assert 'data-idle="1800"' in shown and 'data-warning="300"' in shown
    left = re.search(r'data-longest="(\d+)"', shown)
    assert left and 12 * 3600 - 60 <= int(left[1]) <= 12 * 3600
    assert 'id="still-there"' not in Browser(app).client.get("/").text


def test_staying_counts_as_activity(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account")
    data = browser.page.form("/stay").data()
    with after(minutes=58):
        assert browser.client.post("/stay", data=data).status_code == 204
    with after(minutes=100):
        assert is_signed_in(browser)
    with after(minutes=200):
        assert browser.client.post("/stay", data=data).status_code in (400, 401)


def test_staying_needs_the_token_of_a_form(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    assert browser.client.post("/stay", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


# A key that is new each time.


def test_a_cookie_from_before_signing_in_is_not_kept(app: Flask, browser: Browser, world: World) -> None:
    browser.open("/sign-in")
    planted = cookie(browser)
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD)
    assert cookie(browser) != planted
    attacker = Browser(app)
    attacker.client.set_cookie("s11", planted)
    assert not is_signed_in(attacker)


def test_what_a_session_held_before_signing_in_is_gone(browser: Browser, world: World) -> None:
    with browser.client.session_transaction() as before:
        before["place"] = before["planted"] = "somewhere"
        before["key"] = "chosen by an attacker"
    browser.sign_in(POLICE_LEAD)
    with browser.client.session_transaction() as now:
        assert "planted" not in now and "place" not in now and now["key"] != "chosen by an attacker"


def test_signing_in_again_gives_a_new_key(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    first = cookie(browser)
    browser.open("/account")
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    old = Browser(app)
    old.client.set_cookie("s11", first)
    assert not is_signed_in(old) and is_signed_in(browser)


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    thief = Browser(app)
    thief.client.set_cookie("s11", cookie(browser))
    assert is_signed_in(thief)
    browser.sign_out()
    thief.client.set_cookie("s11", cookie(thief))
    assert not is_signed_in(thief)


def test_a_new_password_ends_every_other_sign_in_and_the_old_key(
    app: Flask, browser: Browser, world: World
) -> None:
    elsewhere = a_browser(app, PHONE)
    browser.sign_in(POLICE_LEAD)
    thief = Browser(app)
    thief.client.set_cookie("s11", cookie(browser))
    browser.open("/account/password")
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert "You were signed out everywhere else." in browser.page.text
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere) and not is_signed_in(thief)
    browser.open("/account/sign-ins")
    assert browser.page.text.count("Signed in ") == 1
    with app.app_context():
        ended = db.session.scalars(select(SignIn.ended_at).order_by(SignIn.id)).all()
        assert [moment is not None for moment in ended] == [True, False]


def test_somebody_who_may_not_sign_in_any_more_is_out_at_once(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    with app.app_context(), unit_of_work():
        person(POLICE_LEAD).active = False
    assert not is_signed_in(browser)


def test_raising_the_version_ends_every_sign_in(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    with app.app_context(), unit_of_work():
        people_operations.end_sessions(person(POLICE_LEAD))
    assert not is_signed_in(browser)
    browser.sign_in(POLICE_LEAD)
    assert browser.open("/account/sign-ins").text.count("Signed in ") == 1


def test_the_office_can_end_every_sign_in_of_a_person(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    phone, other = a_browser(app, PHONE), a_browser(app, CHROME, HOUSING_LEAD)
    with app.app_context(), unit_of_work():
        assert operations.end_all_of(person(POLICE_LEAD), by=person(MANAGER)) == 2
    assert not is_signed_in(browser) and not is_signed_in(phone) and is_signed_in(other)
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.tag == "person:sessions:revoked")).one()
        assert (entry.person_name, entry.after) == ("Mary Manager", {"name": "Pat Lead", "ended": 2})


# The list.


def test_somebody_sees_where_they_are_signed_in(app: Flask, browser: Browser, world: World) -> None:
    a_browser(app, CHROME)
    a_browser(app, CHROME, HOUSING_LEAD)
    text = a_browser(app, PHONE).open("/account/sign-ins").text
    assert "Safari on iPhone (this one)" in text and "Chrome on Windows Signed in" in text
    assert text.count("from 127.0.0.1") == 2 and "with password" in text


def test_what_has_run_out_is_not_in_the_list(app: Flask, world: World) -> None:
    a_browser(app, CHROME)
    with after(minutes=70):
        text = a_browser(app, PHONE).open("/account/sign-ins").text
        assert "iPhone" in text and "Windows" not in text


def test_one_is_ended_from_another(app: Flask, world: World) -> None:
    desk, laptop, phone = a_browser(app, CHROME), a_browser(app, CHROME), a_browser(app, PHONE)
    page = phone.open("/account/sign-ins")
    action = [form.action for form in page.forms if re.fullmatch(r"/account/sign-ins/\w+/end", form.action)][
        -1
    ]
    assert "Signed out: Chrome on Windows." in phone.submit(action).text
    assert [is_signed_in(one) for one in (desk, laptop, phone)] == [False, True, True]


def test_all_others_are_ended_at_once(app: Flask, world: World) -> None:
    desk, laptop, phone = a_browser(app, CHROME), a_browser(app, CHROME), a_browser(app, PHONE)
    phone.open("/account/sign-ins")
    assert "You were signed out everywhere else." in phone.submit("/account/sign-ins/end-others").text
    assert [is_signed_in(one) for one in (desk, laptop, phone)] == [False, False, True]
    assert not [form for form in phone.page.forms if form.action.endswith("/end-others")]


def test_nobody_ends_the_sign_in_of_somebody_else(app: Flask, browser: Browser, world: World) -> None:
    other = a_browser(app, CHROME, HOUSING_LEAD)
    browser.sign_in(POLICE_LEAD)
    with app.app_context():
        ref = db.session.scalars(
            select(SignIn.ref).join(Person, SignIn.person_id == Person.id).where(Person.email == HOUSING_LEAD)
        ).one()
    browser.open("/account/sign-ins")
    data = browser.page.form("/stay").data()
    browser.post(f"/account/sign-ins/{ref}/end", data, status=404)
    browser.post("/account/sign-ins/nothinghere22/end", data, status=404)
    assert is_signed_in(other)


# When it was last seen.


def seen(app: Flask) -> list[float]:
    """How many minutes ago each sign-in was last seen."""
    with app.app_context():
        found = db.session.scalars(select(SignIn).order_by(SignIn.id)).all()
        return [round((clock.now() - one.seen_at).total_seconds() / 60) for one in found]


def test_it_is_noted_as_used_every_five_minutes(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    with after(minutes=4):
        browser.open("/home")
        assert seen(app) == [4]
    with after(minutes=6):
        browser.open("/home")
        assert seen(app) == [0]
        browser.client.get("/static/js/s11.js")
    with after(minutes=20):
        browser.client.post("/nowhere")
        assert seen(app) == [0]


def test_a_style_sheet_is_no_activity_and_sets_no_cookie(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    with after(minutes=50):
        assert "Set-Cookie" not in browser.client.get("/static/js/s11.js").headers
    with after(minutes=70):
        assert not is_signed_in(browser)


def test_a_page_is_answered_though_its_use_cannot_be_noted(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(POLICE_LEAD)

    def locked(_id: int) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(operations, "touch", locked)
    with after(minutes=10):
        assert "Hello, Pat" in browser.open("/home").text


def test_an_ended_sign_in_is_not_brought_back_by_being_seen(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    with app.app_context(), unit_of_work():
        only = db.session.scalars(select(SignIn)).one()
        seen_at = only.seen_at
        db.session.execute(update(SignIn).values(ended_at=clock.now()))
        with time_machine.travel(clock.now() + timedelta(hours=1)):
            operations.touch(only.id)
        db.session.refresh(only)
        assert only.ended_at is not None and only.seen_at == seen_at


def test_the_cookie_cannot_be_read_by_scripts_or_sent_in_the_open(app: Flask, world: World) -> None:
    told = app.config["S11"].model_copy(
        update={
            "base_url": "https://s11.example.org",
            "proxies": 1,
            "secret_key": SecretStr("an8Kq3z7Lw1x5Vd9Tg2m6Rb4Yc0Hj8Ps"),
            "fast_passwords": False,
            "mail_server": "127.0.0.1",
        }
    )
    secure = create_app(told).test_client()
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', secure.get("/sign-in", base_url="https://localhost").text
    )
    assert token
    answer = secure.post(
        "/sign-in",
        base_url="https://localhost",
        data={"csrf_token": token[1], "email": POLICE_LEAD, "password": PASSWORD},
    )
    cookies = {one.split("=", 1)[0]: one for one in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-s11", "__Host-s11-known"}
    for one in cookies.values():
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(one.split("; "))
        assert "Domain" not in one


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome on Windows"),
        (PHONE, "Safari on iPhone"),
        (CHROME + " Edg/126.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 "
            "Chrome/121.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.5 Safari/605.1.15",
            "Safari on Mac",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/126.0.0.0 Safari/537.36", "Chrome on Chromebook"),
        ("curl/8.5.0", "An unknown browser"),
        ("<script>alert(1)</script>", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(agent: str, words: str) -> None:
    assert device_words(agent) == words


def test_where_somebody_works_is_looked_up_anew(app: Flask, browser: Browser, world: World) -> None:
    """A role that has ended gives nothing from the next request on, the shorter idle time included."""
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        people_operations.give_role(person(POLICE_LEAD), Role.MODERATOR, at=board)
    browser.sign_in(POLICE_LEAD)
    assert 'data-idle="1800"' in browser.client.get("/account").text
    with app.app_context(), unit_of_work():
        role = next(m for m in person(POLICE_LEAD).memberships if m.role == Role.MODERATOR)
        people_operations.end_role(role, by=None)
    assert 'data-idle="3600"' in browser.client.get("/account").text
