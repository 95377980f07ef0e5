"""Every page of the demonstration, opened by each kind of person: sound, and without a trace.

A page that is only read changes nothing but the trail; no link leads nowhere; no page is a fault.
"""

import hashlib
from collections import Counter

import pytest
from flask import Flask

from s11.core.database import db
from tests.pages import Browser, Page
from tests.seeding.conftest import Demo

OF_A_KIND = 3  # pages opened of each route: the ten-thousandth answer looks like the first
MOST = 160

PEOPLE = {
    "business manager": "philippa.garroway@culvershirescp.example",
    "chair": "harriet.lyndhurst-moss@culvershirescp.example",
    "moderator": "winston.draycote@culvershirescp.example",
    "education adviser": "jacqueline.amory@culvershirescp.example",
    "inspector": "edmund.farthingale@culvershirescp.example",
    "agency lead": "deborah.winspear@culverhamcity.example",
    "submitted lead": "simon.threlkeld@culvershirepolice.example",
    "contributor": "sue.brocklebank@culverhamcity.example",
    "signatory": "bridget.oyelaran@culvershireicb.example",
    "head": "ben.hallam@kettlemere-academy.example",
    "childcare": "michelle.ravenhall@puddle-lane-day-nursery.example",
}


def digest() -> str:
    """A hash of every row of every table but the trail."""
    found = hashlib.sha256()
    cursor = db.session.connection().connection.cursor()  # as SQLite gives them: there are many rows
    for table in db.metadata.sorted_tables:
        if table.name not in ("trail_entry", "trail_head"):
            found.update(repr(cursor.execute(f'SELECT * FROM "{table.name}"').fetchall()).encode())
    return found.hexdigest()


def shape(app: Flask, path: str) -> str:
    """The route a path belongs to."""
    adapter = app.url_map.bind("localhost")
    return str(adapter.match(path.split("?")[0].split("#")[0], method="GET")[0])


def local(page: Page) -> list[str]:
    return [href for href, _ in page.links if href.startswith("/") and not href.startswith("/static")]


@pytest.mark.slow
@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_everything_a_person_can_reach_is_sound_and_reading_changes_nothing(demo: Demo, role: str) -> None:
    app, browser = demo.app, Browser(demo.app)
    password = app.config["S11"].demo_password.get_secret_value()
    page = browser.sign_in(PEOPLE[role], password)
    with app.app_context():
        before = digest()
    waiting, seen, opened = local(page), set(), Counter()
    while waiting and sum(opened.values()) < MOST:
        path = waiting.pop(0).split("#")[0]
        kind = shape(app, path) + ("?" if "?" in path else "")
        if path in seen or opened[kind] >= OF_A_KIND:
            continue
        seen.add(path)
        opened[kind] += 1
        response = browser.client.get(path)
        assert response.status_code in (200, 302), f"{role} followed a link to {path}: {response.status_code}"
        if response.mimetype == "text/html" and response.status_code == 200:
            read = Page(response.text)
            read.check(path)
            assert "{{" not in read.text and "Undefined" not in read.text, path
            waiting += local(read)
    assert sum(opened.values()) > 8
    with app.app_context():
        assert digest() == before
