"""Stopping mail by the link under it, and news put together."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import operations, queries, running
from s11.notices.models import Notice
from s11.notices.rules import Digest, Kind, State, Why, may_unsubscribe, state_of, stopped
from s11.people import queries as people
from tests.factories.world import MANAGER, World
from tests.notices.letterbox import NEWS, a_server, put, send
from tests.pages import Browser

pytestmark = pytest.mark.database


def test_only_what_asks_nothing_of_anybody_can_be_stopped() -> None:
    may = {kind for kind in Kind if may_unsubscribe(kind, "")}
    assert may == {Kind.NEWS, Kind.DIGEST}
    assert may_unsubscribe(Kind.REMINDER, "reminder_copy") and not may_unsubscribe(Kind.REMINDER, "reminder")


@pytest.mark.parametrize(
    ("why", "of", "not_sent"),
    [
        (Why.BOUNCED, "", set(Kind)),
        (Why.COMPLAINED, "", {Kind.REMINDER, Kind.NEWS, Kind.DIGEST}),
        (Why.UNSUBSCRIBED, Kind.NEWS, {Kind.NEWS, Kind.DIGEST}),
        (Why.UNSUBSCRIBED, Kind.REMINDER, set()),
    ],
)
def test_what_is_known_of_an_address_stops_just_what_it_should(
    why: Why, of: str, not_sent: set[Kind]
) -> None:
    assert {kind for kind in Kind if stopped(kind, "", [(why, of)])} == not_sent


def a_link(app: Flask) -> str:
    """The address under a piece of news, as a mail program finds it."""
    put(app, **NEWS)
    with a_server(app) as letterbox:
        send(app)
    (mail,) = [one for one in letterbox.read if one["Subject"] == NEWS["subject"]]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://localhost(/mail/stop/\S+)>", mail["List-Unsubscribe"])
    assert found is not None and found[1] in mail.get_payload(decode=True).decode()
    assert b"ann" not in found[1].encode()
    return found[1]


def test_a_mail_program_stops_news_with_one_request_and_looking_stops_nothing(app: Flask) -> None:
    link, client = a_link(app), app.test_client()
    assert "Stop these mails?" in client.get(link).text
    with app.app_context():
        assert queries.known_of("ann@council.example") == []
    for _ in range(2):
        answer = client.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "gets no more news" in answer.text
    with app.app_context():
        assert queries.known_of("ann@council.example") == [(Why.UNSUBSCRIBED, Kind.NEWS)]
    put(app, **NEWS)
    put(app, kind=Kind.TASK)
    app.config["S11"].mail_server = ""
    assert "1 sent, 0 could not be sent and stay in the outbox. 1 not sent" in send(app)


def test_a_person_stops_them_on_a_page(app: Flask, browser: Browser) -> None:
    link = a_link(app)
    browser.open(link)
    assert "Stopped" in browser.submit(link, status=200).text
    assert browser.open("/mail/stop/nobodys", status=410).text


def news_for(world: World, count: int) -> None:
    for place in range(count):
        put(world.app, MANAGER, **(NEWS | {"to_name": "Mary Manager", "subject": f"Submitted: {place}"}))


def mine(world: World) -> list[tuple[str, State, str]]:
    query = select(Notice).where(Notice.to_address == MANAGER).order_by(Notice.id)
    return [(n.subject, state_of(n, clock.now()), n.body) for n in db.session.scalars(query)]


def test_news_is_put_together_once_a_day_and_what_has_to_be_done_comes_at_once(
    world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open("/account/mail")
    assert "Saved." in browser.submit("/account/mail", digest="daily").text
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False) as now:
        news_for(world, 3)
        put(world.app, MANAGER, kind=Kind.TASK, subject="Sign")
        send(world.app)
        with world.app.app_context():
            states = [state for _, state, _ in mine(world)]
            assert states == [State.WAITING] * 3 + [State.SENT]
            assert running.fold_news() == "1 digests put together."
            assert running.fold_news() == "0 digests put together."
            (*news, _, digest) = mine(world)
            assert [(state, body) for _, state, body in news] == [(State.FOLDED, "")] * 3
            assert digest[0] == "Today’s news from your self-assessments"
            assert digest[2].startswith("Dear Mary Manager,\n\nSubmitted: 0\n\nDear Ann Bell,")
        send(world.app)
        with world.app.app_context():
            assert {state for _, state, _ in mine(world)} == {State.SENT}
        news_for(world, 1)
        now.shift(timedelta(hours=23))
        with world.app.app_context():
            assert running.fold_news() == "0 digests put together."
            now.shift(timedelta(hours=1))
            assert running.fold_news() == "1 digests put together."


def test_who_changes_their_mind_gets_what_was_kept_at_once(world: World) -> None:
    with world.app.app_context():
        person = people.by_address(MANAGER)
        assert person is not None
        with unit_of_work():
            operations.choose(person, Digest.WEEKLY)
        news_for(world, 1)
        send(world.app)
        assert [state for _, state, _ in mine(world)] == [State.WAITING]
        with unit_of_work():
            operations.choose(person, Digest.AT_ONCE)
        send(world.app)
        assert [state for _, state, _ in mine(world)] == [State.SENT]


def test_a_choice_that_is_none_is_refused(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open("/account/mail")
    assert "Choose one of the three." in browser.submit("/account/mail", status=422, digest="hourly").text
