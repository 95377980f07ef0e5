"""What every answer tells the browser, whatever it answers."""

import io
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from s11 import create_app
from s11.core.config import Settings
from s11.core.database import db
from s11.core.storage import MemoryStorage
from s11.web.headers import FILE_POLICY, POLICY
from tests.factories.world import DSL, MANAGER, POLICE_LEAD, World, a_world
from tests.security.crawl import CRAWLERS, Walks, in_hand

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
FORBIDDEN_IN_POLICY = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")
DEMANDED_OF_POLICY = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("a mistake of ours")


def away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT", {}, OSError("away"))


def every_kind(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestResponse]:
    """An answer of every kind there is."""
    stranger, browser = in_hand(app, None), in_hand(app, MANAGER)
    yield from (
        stranger.client.get(path)
        for path in ("/", "/healthz", "/home", "/static/s11.css", "/no", "/static/no")
    )
    yield stranger.client.get("/no", headers={"Accept": "application/json"})
    yield stranger.client.get("/", headers={"Host": "evil.example"})
    yield stranger.client.post("/sign-in", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    yield stranger.client.post("/home")
    yield stranger.client.get("//localhost/home")
    yield browser.client.get("/questionnaires/")  # a slash too many
    yield browser.client.post("/account/password", data=b"{}", content_type="application/json")
    yield browser.client.get("/actions/plan.csv")
    browser.open("/account/password")
    yield browser.client.post("/account/password", data=browser.page.form("/account/password").data(old="x"))
    yield browser.client.post("/account/password", data={"csrf_token": "x" * 5_000_000})
    lead = in_hand(app, POLICE_LEAD)
    yield lead.client.get(f"/cycles/{world.cycle}")  # not for them
    lead.open(f"/returns/{world.housing}", status=404)
    yield lead.response
    head = in_hand(app, DSL)
    head.open(f"/returns/{world.school}/evidence/1.1")
    bad = head.page.form("/evidence/1.1").data(what="file", file=(io.BytesIO(b"MZ\x90"), "bad.exe"))
    yield head.client.post(f"/returns/{world.school}/evidence/1.1", data=bad)
    for fault in (broken, away):
        monkeypatch.setitem(app.view_functions, "home.help", fault)
        yield browser.client.get("/help")


def test_every_answer_of_every_kind_carries_every_header(
    app: Flask, full_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = set()
    for answer in every_kind(app, full_world, monkeypatch):
        statuses.add(answer.status_code)
        carries_all(answer)
        assert "Strict-Transport-Security" not in answer.headers  # not over plain http
    assert {200, 302, 400, 404, 405, 413, 415, 422, 500, 503} <= statuses


def carries_all(answer: TestResponse) -> None:
    where = f"{answer.request.path} ({answer.status_code})"
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) == value, f"{where} lacks {name}"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    assert policy in (POLICY, FILE_POLICY), where
    for name in ("Server", "X-Powered-By"):
        assert "python" not in answer.headers.get(name, "").lower(), where


def test_the_policy_of_pages_and_of_files_is_strict() -> None:
    for demanded in DEMANDED_OF_POLICY:
        assert demanded in POLICY
    for forbidden in FORBIDDEN_IN_POLICY:
        assert forbidden not in POLICY and forbidden not in FILE_POLICY
    assert FILE_POLICY.startswith("sandbox;") and "default-src 'none'" in FILE_POLICY


def test_nothing_personal_is_kept_by_browser_or_proxy(app: Flask, full_world: World, walks: Walks) -> None:
    for who in CRAWLERS:
        for path, answer in walks.of(app, who).items():
            carries_all(answer)
            if path.startswith("/static/"):
                assert "no-store" not in answer.headers.get("Cache-Control", ""), path
                continue
            assert answer.headers.get("Cache-Control") == "no-store", path
            assert "Cookie" in answer.headers.get("Vary", ""), path


def test_a_stored_file_comes_as_an_attachment_without_rights(
    app: Flask, full_world: World, walks: Walks
) -> None:
    found = walks.of(app, MANAGER)
    of_returns = (path for path in found if path.startswith("/returns/") and "/files/" in path)
    (path,) = (path for path in of_returns if not path.endswith("/preview"))
    headers = found[path].headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"] == FILE_POLICY
    assert headers["Content-Type"].startswith("text/csv")


HTTPS = "https://s11.northshire.example"


@pytest.fixture
def https_app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The service as it is deployed: behind one proxy that ends TLS."""
    (tmp_path / "s11.sqlite3").write_bytes(empty_database.read_bytes())
    settings = Settings(
        data=tmp_path, base_url=HTTPS, proxies=1, mail_server="mail.northshire.example", secret_key=""
    )
    app = create_app(settings, files=MemoryStorage())
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_over_https_the_browser_is_told_to_stay_there(https_app: Flask) -> None:
    client = https_app.test_client()
    for path in ("/", "/no", "/home", "/static/s11.css"):
        answer = client.get(path, base_url=HTTPS, headers={"X-Forwarded-For": "198.51.100.7"})
        carries_all(answer)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path


def test_over_https_every_cookie_is_the_hosts_own_and_secure(https_app: Flask) -> None:
    a_world(https_app)
    client = https_app.test_client()
    set_cookies: list[str] = []

    def took(answer: TestResponse) -> TestResponse:
        set_cookies.extend(answer.headers.getlist("Set-Cookie"))
        return answer

    page = took(client.get("/sign-in", base_url=HTTPS)).get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "email": POLICE_LEAD, "password": "correct horse battery staple"}
    took(client.post("/sign-in", base_url=HTTPS, data=data, headers={"Sec-Fetch-Site": "same-origin"}))
    took(client.get("/home", base_url=HTTPS))
    assert len(set_cookies) >= 2
    for line in set_cookies:
        ((name, cookie),) = SimpleCookie(line).items()
        assert name.startswith("__Host-"), line
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax", line
        assert cookie["path"] == "/" and not cookie["domain"], line
