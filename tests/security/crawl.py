"""Walking through the whole service as somebody, the way a curious person would: link by link.

`a_full_world` is a partnership in which every page has something to show. `crawl` opens every page
one person can reach by links and gives back each answer.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from s11.core.database import db
from tests.actions.some import an_action
from tests.challenge.some import a_day
from tests.factories.world import (
    ADMINISTRATOR,
    CHAIR,
    DSL,
    MANAGER,
    MODERATOR,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser, Page

# Between them they reach every page.
CRAWLERS = (MANAGER, CHAIR, MODERATOR, POLICE_LEAD, DSL, ADMINISTRATOR)
# Entries that somebody looked are written while a page is read; so is when somebody was last seen.
WRITTEN_BY_READING = frozenset({"trail_entry", "trail_head", "guess"})
EVIDENCE = b"name,count\nLesson plans,12\n"
SOURCES = re.compile(r'(?:src|href)="(/[^"]*)"')


def a_full_world(world: World) -> World:
    """A return that is in with evidence and moderation, one being written, a day, a pack, an action."""
    app = world.app
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    lead.open(f"/returns/{world.police}/evidence/1.1")
    lead.submit("/evidence/1.1", what="file", note="", file=(io.BytesIO(EVIDENCE), "plans.csv"))
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(app, world.school, "G -", by=DSL)
    an_action(world)
    a_day(world, "Northshire Police")
    office = Browser(app)
    office.sign_in(MANAGER)
    office.open(f"/packs/cycles/{world.cycle}")
    # Checkboxes share a name, and the form keeps one of them: there is one organisation that is in.
    office.submit(f"/packs/cycles/{world.cycle}", formats="docx")
    office.submit("/go-on")
    return world


def in_hand(app: Flask, email: str | None) -> Browser:
    """A browser in which somebody is signed in, or nobody."""
    browser = Browser(app)
    if email:
        browser.sign_in(email)
    return browser


def links_of(response: TestResponse, at: str) -> Iterator[str]:
    """The addresses of ours that a page names, without their fragments; redirects name one too."""
    named = [response.headers["Location"]] if "Location" in response.headers else []
    if response.mimetype == "text/html":
        html = response.get_data(as_text=True)
        named += [href for href, _ in Page(html).links] + SOURCES.findall(html)
    for one in named:
        parts = urlsplit(urljoin(f"http://localhost{at}", one))
        if parts.scheme in ("http", "https") and parts.hostname == "localhost":
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


# Sorting and narrowing a list shows no more than the list: so many ways of asking for one page are followed.
WAYS_OF_ASKING = 2


class Ways:
    """How often each page was asked for with another query."""

    def __init__(self) -> None:
        self.asked: dict[str, set[str]] = {}

    def are_enough(self, address: str) -> bool:
        """Whether a page was asked for in so many ways that this one more can be left out."""
        path, _, query = address.partition("?")
        known = self.asked.setdefault(path, set())
        if query in known:
            return False
        if len(known) >= WAYS_OF_ASKING:
            return True
        known.add(query)
        return False


def count_anew(app: Flask) -> None:
    """Whoever walks through everything takes more files away than somebody may in ten minutes, and would read
    a refusal in the place of a page. How often is tried in tests/web/test_limits.py."""
    app.extensions["s11-limits"].storage.reset()


def crawl(browser: Browser, *starts: str, most: int = 900) -> dict[str, TestResponse]:
    """Every page that can be reached by links from the home page, by its address."""
    waiting = [*(starts or ("/", "/home", "/help", "/account"))]
    found: dict[str, TestResponse] = {}
    ways = Ways()
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path in found or path == "/sign-out" or ways.are_enough(path):
            continue
        count_anew(browser.app)
        found[path] = browser.client.get(path)
        waiting += [link for link in links_of(found[path], path) if link not in found]
    assert not waiting, f"more than {most} pages: narrow what is walked through"
    return found


class Walks:
    """What people found who walked through the full world. Reading changes nothing, so they walk once."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, TestResponse]] = {}

    def of(self, app: Flask, email: str) -> dict[str, TestResponse]:
        """Every page that somebody can reach by links, by its address."""
        if email not in self.found:
            self.found[email] = crawl(in_hand(app, email))
        return self.found[email]


def state(app: Flask) -> dict[str, str]:
    """A hash of every table, to tell whether anything was changed."""
    with app.app_context(), closing(db.session()):
        return {
            table.name: table_hash(table)
            for table in db.metadata.sorted_tables
            if table.name not in WRITTEN_BY_READING
        }


def table_hash(table: Any) -> str:
    columns = [c for c in table.c if (table.name, c.name) != ("sign_in", "seen_at")]
    names = ", ".join(f'"{column.name}"' for column in columns)
    rows = db.session.execute(text(f'SELECT {names} FROM "{table.name}"'))
    return hashlib.sha256("\n".join(sorted(str(tuple(row)) for row in rows)).encode()).hexdigest()
