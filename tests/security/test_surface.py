"""Requests no page of ours makes: none changes anything, and none is told more than that it was refused."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import SecretStr
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from s11.core.refs import new_ref
from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.pages import Browser, Page
from tests.security.crawl import CRAWLERS, Walks, count_anew, crawl, in_hand, state

SAFE = {"GET", "HEAD", "OPTIONS"}
# Sent by programs that have no form of ours: each asks for a secret of its own, and is tried below.
FOR_PROGRAMS = {"notices.stop", "notices.bounces"}
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
# What an error must never let out: where we are, what we are made of, what was asked of the database.
INSIDES = re.compile(
    r"Traceback|File \"|/work/|/tmp/|site-packages|sqlalchemy|sqlite|psycopg|werkzeug|SELECT |INSERT ",
    re.IGNORECASE,
)


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def path_of(app: Flask, rule: Rule, world: World) -> str:
    """An address of a rule, with the ref of something real where one of the world's fits."""
    given = {
        name: "1" if name == "number" else (world.police if rule.rule.startswith("/returns") else new_ref())
        for name in rule.arguments
    }
    return app.url_map.bind("localhost").build(rule.endpoint, given)


def endpoint_of(app: Flask, path: str) -> str:
    endpoint, _ = app.url_map.bind("localhost").match(path.split("?")[0])
    return str(endpoint)


def unsafe_rules(app: Flask) -> list[Rule]:
    unsafe = [rule for rule in rules(app) if (rule.methods or set()) - SAFE]
    return [rule for rule in unsafe if rule.endpoint not in FOR_PROGRAMS]


def test_reading_changes_nothing(app: Flask, full_world: World, walks: Walks) -> None:
    """All links of six people, by GET and by HEAD."""
    reached = set()
    for who in CRAWLERS:
        browser = in_hand(app, who)
        before = state(app)
        pages = walks.found[who] = crawl(browser)  # the tests below look at the same
        for path, response in pages.items():
            count_anew(app)
            head = browser.client.head(path)
            assert head.status_code == response.status_code and not head.data, path
            reached.add(endpoint_of(app, path))
        assert state(app) == before, f"reading as {who} changed something"
    assert len(reached) > 35


def test_what_programs_send_changes_nothing_without_its_secret(app: Flask, world: World) -> None:
    browser, before = in_hand(app, MANAGER), state(app)
    app.config["S11"].bounce_secret = SecretStr("a long secret of the provider")
    told = [{"address": POLICE_LEAD, "kind": "hard"}]
    for given in ({}, {"Authorization": "Bearer another"}, {"Authorization": "a long secret"}):
        assert browser.client.post("/notices/bounces", json=told, headers=given).status_code == 403
    for token in (new_ref(), "gAAAAAB" + "x" * 100, "é"):
        assert browser.client.post(f"/mail/stop/{token}").status_code == 410
    assert state(app) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_no_form_is_taken_without_its_token(app: Flask, world: World, site: str | None) -> None:
    browser = in_hand(app, MANAGER)
    before = state(app)
    headers = {"Sec-Fetch-Site": site} if site else {}
    for rule in unsafe_rules(app):
        path = path_of(app, rule, world)
        for data in ({}, {"csrf_token": "made up"}, {"csrf_token": ""}):
            answer = browser.client.post(path, data={**data, "name": "x"}, headers=headers)
            assert answer.status_code == 400, f"{rule} answered {answer.status_code}"
    assert state(app) == before
    browser.open("/home")  # still signed in


def test_a_token_of_somebody_elses_session_is_none(app: Flask, world: World) -> None:
    other, browser = in_hand(app, POLICE_LEAD), in_hand(app, MANAGER)
    other.open("/account")
    token = other.page.forms[0].data()["csrf_token"]
    before = state(app)
    for rule in unsafe_rules(app):
        # The one has a check of its own, the others an answer of their own to a page left open too long.
        if rule.endpoint == "access.sign_out" or hasattr(app.view_functions[rule.endpoint], "session_ended"):
            continue
        path = path_of(app, rule, world)
        answer = browser.client.post(
            path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert answer.status_code == 400, f"{rule} answered {answer.status_code}"
    assert state(app) == before


def test_every_form_of_every_page_is_refused_when_its_token_is_stripped(
    app: Flask, full_world: World, walks: Walks
) -> None:
    tried = 0
    for who in (MANAGER, POLICE_LEAD):
        pages, browser = walks.of(app, who), in_hand(app, who)
        before = state(app)
        for path, response in pages.items():
            if response.mimetype != "text/html" or "Location" in response.headers:
                continue
            page = Page(response.get_data(as_text=True))
            page.check(path)
            for form in page.forms:
                if form.method != "post" or form.action.endswith("/sign-out"):
                    continue
                data = {name: value for name, value in form.data().items() if name != "csrf_token"}
                answer = browser.client.post(
                    form.action or path, data=data, headers={"Origin": "https://a.example"}
                )
                assert answer.status_code == 400, f"{form.action} of {path} answered {answer.status_code}"
                tried += 1
        assert state(app) == before
    assert tried > 25


def test_only_the_methods_a_page_needs_answer(app: Flask, world: World) -> None:
    browser = in_hand(app, MANAGER)
    before = state(app)
    addresses = app.url_map.bind("localhost")
    for rule in rules(app):
        path = path_of(app, rule, world)
        taken = {method for method in ALL_METHODS if addresses.test(path, method)}
        assert taken <= {"GET", "HEAD", "POST"}, f"{path} answers {taken}"
        for method in set(ALL_METHODS) - taken:
            answer = browser.client.open(path, method=method, headers={"Accept": "application/json"})
            assert answer.status_code == 405, f"{method} {path} answered {answer.status_code}"
            assert set(answer.headers["Allow"].split(", ")) == taken
    assert state(app) == before


@pytest.mark.parametrize("content", ["application/json", "text/plain", "application/xml", "multipart/mixed"])
def test_only_forms_are_taken(app: Flask, world: World, content: str) -> None:
    browser = in_hand(app, MANAGER)
    for rule in unsafe_rules(app):
        answer = browser.client.post(path_of(app, rule, world), data=b"{}", content_type=content)
        assert answer.status_code == 415, f"{rule} answered {answer.status_code}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "localhost@evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Host": "localhost, evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/home", "/nothing"])
def test_another_host_is_refused_and_named_nowhere(app: Flask, headers: dict[str, str], path: str) -> None:
    answer = app.test_client().get(path, headers=headers)
    assert answer.status_code == 400 and "evil" not in answer.get_data(as_text=True)
    assert "Location" not in answer.headers


def test_our_own_forwarded_host_is_taken(app: Flask) -> None:
    assert app.test_client().get("/", headers={"X-Forwarded-Host": "localhost"}).status_code == 200


def test_no_address_holds_a_token_an_e_mail_address_or_an_answer(
    app: Flask, full_world: World, walks: Walks
) -> None:
    for who in CRAWLERS:
        for path, response in walks.of(app, who).items():
            addresses = [path, response.headers.get("Location", "")]
            for address in addresses:
                found = re.search(r"@|%40|csrf|token|password=|commentary|Why|Lesson", address, re.IGNORECASE)
                assert not found, f"{address} holds {found and found[0]}"
                # A signed value or a key is longer than any name or ref of ours.
                assert not re.search(r"[A-Za-z0-9_-]{33,}", address), address


JUNK = (
    "page=-1",
    "page=99999999999999999999999",
    "page=%00",
    "basis=%ff",
    "next=%0d%0aX:1",
    "since=%ED%A0%80",
)


def test_junk_in_an_address_is_never_a_fault(app: Flask, full_world: World, walks: Walks) -> None:
    browser = in_hand(app, MANAGER)
    # What is wrong with an address is wrong with its route: some of each are tried.
    tried: Counter[str] = Counter()
    for path in {path.split("?")[0] for path in walks.of(app, MANAGER)}:
        tried[endpoint_of(app, path)] += 1
        for junk in JUNK if tried[endpoint_of(app, path)] <= 2 else ():
            count_anew(app)
            answer = browser.client.get(f"{path}?{junk}")
            assert answer.status_code < 500, f"{path}?{junk}"
            assert not re.search("\\r\\nX:1", str(answer.headers))


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("SELECT secret FROM person -- /work/main/s11 sqlite3.OperationalError")


def shown(answer: TestResponse) -> str:
    """What an answer says apart from the page's own frame."""
    return answer.get_data(as_text=True) + str(answer.headers)


def test_an_error_never_shows_our_insides(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = in_hand(app, POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    multipart = "multipart/form-data; boundary=x"
    ways = [
        browser.client.get("/nothing/at/all"),
        browser.client.get("/returns/" + "a" * 5000),
        browser.client.get("/returns/%00%ff"),
        browser.client.get("/static/../wsgi.py"),
        browser.client.get("/static/%2e%2e/wsgi.py"),
        browser.client.post("/home"),
        browser.client.post(form.action, data=b"\xff\xfe" * 50, content_type=multipart),
        browser.client.post(form.action, data={"x" * 100: "y" * 5_000_000}),
    ]
    monkeypatch.setitem(app.view_functions, "home.home", broken)
    ways += [browser.client.get("/home"), browser.client.get("/home", headers={"Accept": "application/json"})]
    assert [answer.status_code for answer in ways[-2:]] == [500, 500]
    for answer in ways:
        assert answer.status_code >= 400
        found = INSIDES.search(shown(answer))
        assert not found, f"{answer.request.path} shows {found[0]!r}"
        assert "secret" not in shown(answer)


def test_a_sign_out_from_another_site_is_refused(app: Flask, world: World) -> None:
    browser = in_hand(app, POLICE_LEAD)
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert browser.client.post("/sign-out", headers=headers).status_code == 400
    browser.open("/home")


def test_a_browser_without_a_session_reaches_public_pages_only(
    app: Flask, full_world: World, walks: Walks
) -> None:
    browser = Browser(app)
    for path, answer in walks.of(app, MANAGER).items():
        guarded = getattr(
            app.view_functions[app.url_map.bind("localhost").match(path.split("?")[0])[0]], "guarded", ""
        )
        mine = browser.client.get(path)
        if guarded in ("signed_in", "object"):
            assert mine.status_code == 302 and mine.headers["Location"].startswith("/sign-in?next="), path
        assert answer.status_code in (200, 302)
