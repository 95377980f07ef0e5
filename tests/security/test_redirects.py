"""Nobody is ever led to another site: not after signing in, not by words kept for another address."""

import json
import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from s11.web.kept import is_local, next_page
from tests.factories.world import POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

OURS = "http://localhost"
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "//evil.example/home", "/\\evil.example",
    "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "//\\evil.example", "\\evil.example",
    "/\\\\evil.example", "https://evil.example", "http://evil.example", "HTTPS://evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "http:\\\\evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "file:///etc/passwd", "blob:https://evil.example/x", "ftp://evil.example", "mailto:a@evil.example",
    "view-source:https://evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example",
    "\t//evil.example", "\n//evil.example", " //evil.example", "\x00//evil.example", "/\x00/evil.example",
    "/\x0b/evil.example", "//evil.example\\@localhost", "//localhost@evil.example",
    "https://localhost@evil.example", "https://localhost.evil.example", "//evil.example#localhost",
    "//evil.example?localhost", "//evil.example:80", "//127.0.0.1:1", "//[::1]", "//0", "//2130706433",
    "evil.example", "evil.example/home", "home", "./home", "../home", "?next=//evil.example", "#//evil",
    "/home\r\nLocation: https://evil.example", "/home\r\nSet-Cookie: s11=x", "//%65vil.example",
    "/\\%65vil.example", "\u2028//evil.example", "／／evil.example", "/home\x7f\n", "",
]  # fmt: skip
HERE = ["/", "/home", "/returns/abcdefghjkmn/standards/1?from=x#q1.1", "/trail/?person=Mary%20Bell", "/a//b"]


def leads_to(path: str) -> str:
    """Where a browser goes: it drops tabs and line ends, trims control characters, and turns backslashes."""
    cleaned = re.sub(r"[\t\r\n]", "", path).strip("".join(map(chr, range(33)))).replace("\\", "/")
    return urlsplit(urljoin(f"{OURS}/sign-in", cleaned)).netloc


def test_there_are_sixty_ways_to_try() -> None:
    assert len(set(ELSEWHERE)) >= 60


@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_way_out_is_taken_for_none_of_ours(app: Flask, path: str) -> None:
    assert not is_local(path)
    with app.test_request_context():
        assert next_page(path) == "/home"


@pytest.mark.parametrize("path", HERE)
def test_an_address_of_ours_is_known(app: Flask, path: str) -> None:
    assert is_local(path)
    with app.test_request_context():
        assert next_page(path) == path


@given(st.text(alphabet="/\\:.@?#ahjt \t\r\n\x00é", max_size=12))
def test_whatever_is_taken_for_ours_leads_to_ours(path: str) -> None:
    if is_local(path):
        assert leads_to(path) == "localhost"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
def test_signing_in_leads_home_instead(app: Flask, world: World, path: str) -> None:
    browser = Browser(app)
    browser.open(f"/sign-in?next={quote(path)}")
    data = browser.page.form("/sign-in").data(email=POLICE_LEAD, password=PASSWORD, next=path)
    answer = browser.client.post("/sign-in", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"] == "/home"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x"]
)
def test_kept_words_are_offered_to_no_other_site(app: Flask, world: World, path: str) -> None:
    browser = Browser(app)
    browser.open("/sign-in")
    kept = json.dumps([["c1", "An hour of careful typing."]])
    data = browser.page.form("/sign-in").data(email=POLICE_LEAD, password=PASSWORD, kept=kept, kept_to=path)
    answer = browser.client.post("/sign-in", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert "evil" not in answer.get_data(as_text=True) and "javascript:" not in answer.get_data(as_text=True)
    assert answer.headers.get("Location", "/home") == "/home"
