"""Whoever is signed in and refused a page that exists leaves an entry."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.core.refs import new_ref
from s11.trail.models import Entry
from s11.trail.rules import REFUSED, Head
from s11.trail.verifying import verify
from tests.factories.world import CHAIR, MANAGER, OUTSIDER, POLICE_LEAD, POLICE_VIEWER, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def refusals(app: Flask) -> list[tuple[str, dict[str, object]]]:
    """Who was refused, and what the entry tells, in order."""
    with app.app_context():
        entries = db.session.scalars(select(Entry).where(Entry.tag == REFUSED).order_by(Entry.number))
        return [(entry.person_name, entry.after or {}) for entry in entries]


def test_a_refusal_tells_who_and_what_and_nothing_that_was_written(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}", status=404)
    assert refusals(app) == [("Mary Manager", {"page": "returns.tasks", "ref": world.police, "answer": 404})]
    with app.app_context():
        assert isinstance(verify(), Head)


def test_what_is_seen_and_not_allowed_is_a_refusal_too(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_VIEWER)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.post(
        f"/returns/{world.police}/decline", {**token(browser), "reason": "Hush-hush words."}, status=403
    )
    assert refusals(app) == [
        ("Vi Viewer", {"page": "returns.decline_signature", "ref": world.police, "answer": 403})
    ]


def test_the_same_refusal_is_written_once_a_minute(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    now = clock.now()
    with clock.pretend(now):
        for _ in range(5):
            browser.open(f"/returns/{world.police}", status=404)
        browser.open(f"/returns/{world.housing}", status=404)
    assert [told["ref"] for _, told in refusals(app)] == [world.police, world.housing]
    with clock.pretend(now + timedelta(seconds=61)):
        browser.open(f"/returns/{world.police}", status=404)
    assert [told["ref"] for _, told in refusals(app)] == [world.police, world.housing, world.police]


def test_what_does_not_exist_and_what_comes_too_late_are_no_refusals(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.open("/home", status=302)  # not signed in
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{new_ref()}", status=404)
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    browser.open("/account")
    browser.post(f"/returns/{world.police}/evidence/1.1", {**token(browser), "what": "link",
        "target": "https://police.example", "title": "Site"}, status=409)  # fmt: skip
    assert refusals(app) == []


def test_the_readers_of_the_partnership_s_trail_read_it(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OUTSIDER)
    browser.open(f"/cycles/{world.cycle}", status=404)
    browser.open("/trail/")
    assert "was refused a cycle" not in browser.page.text  # it is not about the partnership of theirs
    browser.sign_out()
    browser.sign_in(CHAIR)
    browser.open("/trail/")
    assert "Ellie Elsewhere was refused a cycle" in browser.page.text


def token(browser: Browser) -> dict[str, object]:
    browser.open("/account")
    return {name: value for form in browser.page.forms for name, value in form.fields if name == "csrf_token"}
