"""Guessing is slowed, and nobody can lock the owner out."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from s11 import create_app
from s11.access.models import Guess
from s11.access.operations import throttling
from s11.access.operations.throttling import Count
from s11.access.rules import Allowance, minutes, network_of
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import TooMany
from s11.notices.models import Notice
from s11.people import passwords
from tests.factories.world import HOUSING_LEAD, POLICE_HELPER, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database

THREE = Allowance(3, timedelta(minutes=5))
STRANGER, OTHER = "203.0.113.7", "203.0.113.8"
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(address: str, app: Flask) -> Browser:
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def guess(browser: Browser, email: str = POLICE_LEAD, password: str = "a wrong guess") -> int:
    """The status of one try, from a page opened for it."""
    browser.open("/sign-in")
    data = browser.page.form("/sign-in").data(email=email, password=password)
    browser.response = browser.client.post("/sign-in", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    return browser.response.status_code


def guesses(browser: Browser, count: int, email: str = POLICE_LEAD) -> list[int]:
    return [guess(browser, email) for _ in range(count)]


# How often.


def test_ten_wrong_guesses_and_then_even_the_right_password_waits(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    with time_machine.travel(FIRST, tick=False) as now:
        assert guesses(stranger, 10) == [422] * 10
        assert guess(stranger, password=PASSWORD) == 429
        assert "Wait 5 minutes and try again" in stranger.response.text
        assert stranger.response.headers["Retry-After"] == "300"
        now.shift(299)
        assert guess(stranger, password=PASSWORD) == 429
        assert "Wait 1 minute and try again" in stranger.response.text
        now.shift(1)
        assert guess(stranger, password=PASSWORD) == 303


def test_no_five_minutes_hold_more_than_ten_guesses(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    taken = []
    with time_machine.travel(FIRST, tick=False) as now:
        for _ in range(60):
            if guess(stranger) == 422:
                taken.append(clock.now())
            now.shift(20)
    assert all(
        sum(begin <= moment < begin + timedelta(minutes=5) for moment in taken) <= 10 for begin in taken
    )
    assert len(taken) == 40  # four whole stretches, and no time lost between them


def test_tries_that_are_refused_do_not_lengthen_the_wait(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    with time_machine.travel(FIRST, tick=False) as now:
        guesses(stranger, 10)
        now.shift(200)
        assert guesses(stranger, 5) == [429] * 5
        now.shift(100)
        assert guess(stranger, password=PASSWORD) == 303


def test_the_account_is_counted_from_wherever_it_is_tried(app: Flask, world: World) -> None:
    for number in range(10):
        assert guess(at(f"203.0.113.{number}", app), POLICE_LEAD.upper()) == 422
    assert guess(at(OTHER, app)) == 429
    assert guess(at(OTHER, app), HOUSING_LEAD) == 422


def test_a_network_is_counted_over_all_accounts(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    for number in range(30):
        assert guess(stranger, f"person{number}@police.example") == 422
    assert guess(stranger, HOUSING_LEAD) == 429
    assert guess(at(OTHER, app), HOUSING_LEAD) == 422


def test_a_building_full_of_people_who_know_their_passwords_is_let_in(app: Flask, world: World) -> None:
    assert [guess(at(STRANGER, app), POLICE_HELPER, PASSWORD) for _ in range(35)] == [303] * 35


@pytest.mark.parametrize("email", [POLICE_LEAD, "nobody@nowhere.example"])
def test_the_refusal_says_nothing_of_whether_the_address_is_known(
    app: Flask, world: World, email: str
) -> None:
    stranger = at(STRANGER, app)
    with time_machine.travel(FIRST, tick=False):
        guesses(stranger, 10, email)
        browser = at(STRANGER, app)
        browser.open("/sign-in")
        page = browser.submit("/sign-in", email=email, password=PASSWORD, status=429)
    assert (
        "There have been too many tries to sign in. Wait 5 minutes and try again, or choose “Forgotten your "
        "password?”: with a new password you can sign in at once." in page.text
    )
    assert page.form("/sign-in").data()["email"] == email


def test_what_was_typed_before_is_still_there_when_it_is_too_much(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    guesses(stranger, 10)
    stranger.open("/sign-in")
    page = stranger.submit(
        "/sign-in", email=POLICE_LEAD, password="x", kept='[["c1", "An hour of typing."]]', kept_to="/x",
        status=429,
    )  # fmt: skip
    assert "An hour of typing." in page.form("/sign-in").data()["kept"]


def test_an_invented_forwarded_address_changes_nothing(app: Flask, world: World) -> None:
    stranger = at(STRANGER, app)
    for number in range(30):
        stranger.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        assert guess(stranger, f"person{number}@police.example") == 422
    stranger.client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.99"
    assert guess(stranger, HOUSING_LEAD) == 429


def test_behind_our_proxy_the_address_it_names_is_counted(app: Flask, world: World) -> None:
    told = app.config["S11"].model_copy(update={"proxies": 1})
    behind = create_app(told)
    stranger = at("192.0.2.1", behind)
    stranger.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.5, {STRANGER}"
    for number in range(30):
        assert guess(stranger, f"person{number}@police.example") == 422
    assert guess(stranger, HOUSING_LEAD) == 429
    stranger.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.5, {OTHER}"
    assert guess(stranger, HOUSING_LEAD) == 422


# The owner gets in.


def test_a_stranger_cannot_lock_the_owner_out(app: Flask, world: World) -> None:
    owner = Browser(app)
    owner.sign_in(POLICE_LEAD)
    owner.sign_out()
    assert guesses(at(STRANGER, app), 12)[-1] == 429
    assert guesses(at("127.0.0.1", app), 1) == [429]  # also from where the owner sits, in another browser
    assert guess(owner, password=PASSWORD) == 303


def test_the_owner_gets_in_though_the_whole_building_is_refused(app: Flask, world: World) -> None:
    owner = at(STRANGER, app)
    owner.sign_in(POLICE_LEAD)
    owner.sign_out()
    for number in range(30):
        guess(at(STRANGER, app), f"person{number}@police.example")
    assert guess(at(STRANGER, app), HOUSING_LEAD) == 429
    assert guess(owner, password=PASSWORD) == 303


def test_the_owners_browser_has_ten_guesses_too(app: Flask, world: World) -> None:
    owner = Browser(app)
    owner.sign_in(POLICE_LEAD)
    owner.sign_out()
    assert guesses(owner, 11) == [422] * 10 + [429]
    assert guess(at(STRANGER, app)) == 422  # counted apart


def test_a_known_browser_is_known_for_its_own_people_only(app: Flask, world: World) -> None:
    insider = Browser(app)
    insider.sign_in(HOUSING_LEAD)
    insider.sign_out()
    assert guesses(insider, 11) == [422] * 10 + [429]
    assert guess(at(STRANGER, app)) == 429


def test_two_people_who_share_a_browser_are_both_known(app: Flask, world: World) -> None:
    shared = Browser(app)
    for email in (POLICE_LEAD, HOUSING_LEAD):
        shared.sign_in(email)
        shared.sign_out()
    for email in (POLICE_LEAD, HOUSING_LEAD):
        guesses(at(STRANGER, app), 10, email)
        assert guess(shared, email, PASSWORD) == 303
        shared.open("/home")
        shared.sign_out()


def test_a_browser_is_forgotten_after_a_year(app: Flask, world: World) -> None:
    owner = Browser(app)
    owner.sign_in(POLICE_LEAD)
    owner.sign_out()
    kept = owner.client.get_cookie("s11-known")
    assert kept is not None
    with time_machine.travel(clock.now() + timedelta(days=366)):
        guesses(at(STRANGER, app), 10)
        owner.client.set_cookie("s11-known", kept.value)
        assert guess(owner, password=PASSWORD) == 429


@pytest.mark.parametrize("forged", ["", "nonsense", "eyJhIjoiYiJ9.aQ.x", '{"a": "b"}'])
def test_a_forged_cookie_is_no_known_browser(app: Flask, world: World, forged: str) -> None:
    guesses(at(STRANGER, app), 10)
    thief = at(OTHER, app)
    thief.client.set_cookie("s11-known", forged)
    assert guess(thief, password=PASSWORD) == 429


def test_a_new_password_by_link_opens_the_door_at_once(app: Flask, world: World) -> None:
    owner = at(STRANGER, app)
    guesses(at(STRANGER, app), 10)
    for number in range(20):
        guess(at(STRANGER, app), f"person{number}@police.example")
    assert guess(owner, password=PASSWORD) == 429
    owner.open("/forgotten")
    owner.submit("/forgotten", email=POLICE_LEAD, status=200)
    owner.open(newest_link(app), status=302)
    owner.open("/password")
    owner.submit("/password", new="four other quiet words", again="four other quiet words")
    assert guess(owner, password="four other quiet words") == 303


def newest_link(app: Flask) -> str:
    with app.app_context():
        sent = select(Notice.body).where(Notice.subject == "Choose a new password").order_by(Notice.id.desc())
        found = re.search(r"/password/\S+", db.session.scalars(sent).first() or "")
    assert found
    return found[0]


# Many at once.


def at_once(count: int, work: Callable[[], object]) -> None:
    together = threading.Barrier(count)

    def one() -> None:
        together.wait()
        work()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_a_hundred_guesses_at_once_ten_are_looked_at(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    statuses: list[int] = []
    really_fits = passwords.fits

    def fits(password: str, password_hash: str | None) -> bool:
        looked_at.append(password)
        return really_fits(password, password_hash)

    monkeypatch.setattr(passwords, "fits", fits)
    app.config["WTF_CSRF_ENABLED"] = False

    def attack() -> None:
        client = app.test_client()
        for _ in range(5):
            data = {"email": POLICE_LEAD, "password": "a wrong guess"}
            statuses.append(client.post("/sign-in", data=data).status_code)

    at_once(20, attack)
    assert len(looked_at) == 10
    assert sorted(statuses) == [422] * 10 + [429] * 90


def test_tries_counted_on_several_things_at_once_never_block_each_other(app: Flask) -> None:
    taken: list[bool] = []

    def work() -> None:
        with app.app_context():
            for one, two in (("a", "b"), ("b", "a"), ("a", "b")):
                try:
                    throttling.take([Count(one, "x", THREE), Count(two, "x", THREE)], lambda wait: "No.")
                    taken.append(True)
                except TooMany:
                    taken.append(False)
            db.session.remove()

    at_once(8, work)
    assert taken.count(True) == 3 and len(taken) == 24


# The counting itself.


def test_a_try_that_one_count_refuses_counts_on_none(app: Flask) -> None:
    full, empty = Count("full", "x", Allowance(1, timedelta(minutes=5))), Count("empty", "x", THREE)
    with app.app_context():
        throttling.take([full], lambda wait: "No.")
        for _ in range(5):
            with pytest.raises(TooMany):
                throttling.take([empty, full], lambda wait: "No.")
        throttling.take([empty], lambda wait: "No.")


def test_a_try_given_back_does_not_count(app: Flask) -> None:
    count = Count("given back", "x", THREE)
    with app.app_context():
        for _ in range(9):
            counted = throttling.take([count], lambda wait: "No.")
            with unit_of_work():
                throttling.give_back([count], counted)
        for _ in range(3):
            throttling.take([count], lambda wait: "No.")
        with pytest.raises(TooMany, match=r"No\.") as refusal:
            throttling.take([count], lambda wait: "No.")
        assert 290 < refusal.value.seconds <= 300


def test_old_counts_are_swept_and_name_nobody(app: Flask) -> None:
    with app.app_context():
        for number in range(5):
            throttling.take([Count("old", f"person{number}@police.example", THREE)], lambda wait: "No.")
        kept = db.session.scalars(select(Guess.key)).all()
        assert len(kept) == 5 and not any("police" in key for key in kept)
        with time_machine.travel(clock.now() + timedelta(minutes=6)):
            throttling.take([Count("new", "x", THREE)], lambda wait: "No.")
            assert db.session.scalar(select(func.count()).select_from(Guess)) == 1


@given(st.lists(st.floats(0, 3_000), max_size=40), st.integers(1, 12))
def test_no_stretch_of_time_holds_more_than_is_allowed(offsets: list[float], tries: int) -> None:
    allowance = Allowance(tries, timedelta(minutes=5))
    taken: list[float] = []
    for offset in sorted(offsets):
        now = FIRST + timedelta(seconds=offset)
        wait = allowance.wait(taken, now)
        assert timedelta(0) <= wait <= allowance.within
        if not wait:
            taken = [*allowance.recent(taken, now), now.timestamp()]
            assert len(taken) <= tries
        else:
            freed = now + wait + timedelta(milliseconds=1)
            assert not allowance.wait(taken, freed)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one(address: str, counted: str) -> None:
    assert network_of(address) == counted


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 minute"), (1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_a_wait_is_said_in_minutes(seconds: int, words: str) -> None:
    assert minutes(timedelta(seconds=seconds)) == words
