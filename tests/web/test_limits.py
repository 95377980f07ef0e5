"""How often somebody may download, send files and build packs."""

import io
import logging
import secrets
import socket
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from s11.core import clock
from s11.core.errors import TooMany
from s11.people import queries as people
from s11.trail import queries as trail
from s11.web import limits
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD, World
from tests.pages import Browser

REDIS = "redis://127.0.0.1:6379/9"


def redis_answers() -> bool:
    try:
        socket.create_connection(("127.0.0.1", 6379), timeout=1).close()
    except OSError:
        return False
    return True


def downloads(browser: Browser, times: int) -> list[int]:
    return [browser.client.get("/actions/plan.csv").status_code for _ in range(times)]


def test_sixty_downloads_in_ten_minutes_and_no_more(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    assert downloads(browser, 61) == [200] * 60 + [429]
    page = browser.open("/trail/trail.csv", status=429)
    assert "You have downloaded 60 files in ten minutes." in page.text
    assert "Wait 10 minutes, then try again." in page.text
    assert 0 < int(browser.response.headers["Retry-After"]) <= 600
    browser.open("/actions/")
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1)):
        assert downloads(browser, 1) == [200]


def test_one_person_reaching_the_limit_holds_up_nobody_else(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    downloads(browser, 61)
    other = Browser(app)
    other.sign_in(CHAIR)
    assert downloads(other, 1) == [200]


def test_reaching_the_limit_is_told_in_the_trail_once(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    downloads(browser, 65)
    with world.app.app_context():
        manager = people.by_address(MANAGER)
        assert manager is not None
        entries = trail.of("person", manager.id)
        (entry,) = (entry for entry in entries if entry.tag == "person:downloads:stopped")
        assert entry.person_name == "Mary Manager" and entry.role == "Business manager"


def test_sending_files_is_counted_and_looking_at_the_page_is_not(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    address = f"/returns/{world.police}/evidence/1.1"
    for _ in range(70):
        browser.client.get(address)
    browser.open(address)
    form = browser.page.form("/evidence/1.1")
    statuses = []
    for number in range(61):
        data = form.data(
            what="file", note="Seen by the inspectorate", file=(io.BytesIO(b"a,b\n"), f"{number}.csv")
        )
        answer = browser.client.post(address, data=data, headers={"Sec-Fetch-Site": "same-origin"})
        statuses.append(answer.status_code)
    assert statuses == [303] * 60 + [429]
    assert "Seen by the inspectorate" in answer.text


def test_what_the_guard_refuses_is_not_counted(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    assert {browser.client.get("/trail/trail.csv").status_code for _ in range(70)} == {404}
    assert downloads(browser, 1) == [200]


def test_a_storage_that_is_away_lets_people_through_and_says_so(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def hit(self, *_: object) -> bool:
            raise limits.StorageError(OSError("connection refused"))

    monkeypatch.setitem(world.app.extensions, "s11-limits", Away())
    browser.sign_in(MANAGER)
    with caplog.at_level(logging.ERROR, logger="s11.limits"):
        assert downloads(browser, 70) == [200] * 70
    assert "S11_RATE_LIMITS does not answer" in caplog.text


@pytest.mark.skipif(
    not redis_answers(), reason="no Redis answers on 127.0.0.1:6379, or its package is missing"
)
def test_several_processes_count_together_in_redis(app: Flask) -> None:
    one, other = Flask("one"), Flask("other")
    for process in (one, other):
        limits.init(process, REDIS)
    kind = limits.Kind(3, 1, "Enough.")
    # A name of its own, so that tests that run side by side do not count together.
    name = f"test-{secrets.token_hex(8)}"
    for process in (one, other, one):
        with process.test_request_context():
            app.login_manager.init_app(process)  # type: ignore[attr-defined]
            limits.count(name, kind)
    with other.test_request_context(), pytest.raises(TooMany):
        limits.count(name, kind)


def test_a_redis_that_does_not_answer_lets_people_through(app: Flask) -> None:
    limits.init(app, "redis://127.0.0.1:1/0")
    with app.test_request_context():
        for _ in range(5):
            limits.count("test", limits.Kind(1, 1, "Enough."))
