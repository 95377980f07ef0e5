"""Who wrote what: the history of an answer, an earlier text put back, and who is at work now."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db
from s11.returns import queries
from s11.returns.models import Presence
from s11.trail.models import Entry
from tests.factories.world import (
    HOUSING_LEAD,
    MANAGER,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_VIEWER,
    World,
    a_return,
)
from tests.factories.years import last_year, this_year
from tests.pages import Browser
from tests.returns.test_colleagues import ids, signed_in, stored

pytestmark = pytest.mark.database


def write(app: Flask, world: World, email: str, later: int, **fields: str) -> None:
    """Save something for 1.1 so many minutes on: c=words, r=rating."""
    one = ids(world)["1.1"]
    with clock.pretend(clock.now() + timedelta(minutes=later)):
        browser = signed_in(app, email)
        browser.open(f"/returns/{world.police}/standards/1")
        browser.submit("/standards/1", **{f"{part}{one}": text for part, text in fields.items()}, go="stay")


@pytest.fixture
def written(app: Flask, world: World) -> None:
    """Helen writes in two saves of one sitting, Pat changes it an hour later."""
    write(app, world, POLICE_HELPER, 0, c="We train all new staff.", r="amber")
    write(app, world, POLICE_HELPER, 3, c="We train all new staff in their first week.")
    write(app, world, POLICE_LEAD, 60, c="We train most new staff in their first week.", r="red")


@pytest.mark.usefixtures("written")
def test_history_tells_who_changed_which_words(app: Flask, world: World) -> None:
    browser = signed_in(app, POLICE_VIEWER)
    page = browser.open(f"/returns/{world.police}/standards/1")
    page = browser.open(page.href("History of 1.1"))
    text = page.text
    assert text.index("Pat Lead") < text.index("Helen Helper")
    assert "taken out: all put in: most new staff in their first week." in text
    assert "Rating: taken out: Amber put in: Red" in text
    # Two saves of one sitting are one entry, with all the words of it.
    assert text.count("Helen Helper") == 1
    assert "put in: We train all new staff in their first week." in text
    assert "What stands now" in text and not any("/history/" in form.action for form in page.forms)


def test_what_was_taken_over_is_an_entry_of_its_own_although_it_was_rewritten_at_once(
    app: Flask, world: World
) -> None:
    last_year(world)
    ref = this_year(world)
    browser = signed_in(app, POLICE_LEAD)
    browser.open(f"/returns/{ref}/standards/1")
    page = browser.submit("/standards/1", go="carry:1.1")
    words = next(name for name, text in page.form("/standards/1").data().items() if text == "Why 1.1 is G.")
    browser.submit("/standards/1", **{words: "Why 1.1 is still G."}, go="stay")
    browser.open(f"/returns/{ref}/standards/1")
    browser.submit("/standards/1", **{words: "Why 1.1 is still and yet G."}, go="stay")
    text = browser.open(f"/returns/{ref}/history/1.1").text
    wrote, took = text.index("Pat Lead,"), text.index("Pat Lead took over last year’s answer,")
    assert wrote < text.index("put in: still and yet") < took < text.index("put in: Why 1.1 is G.")
    assert text.count("Pat Lead,") == text.count("Pat Lead took over") == 1
    browser.open(f"/returns/{ref}/standards/1")
    browser.submit("/standards/1", go="carry:1.2")
    browser.submit("/standards/1", go="confirm:1.2")
    text = browser.open(f"/returns/{ref}/history/1.2").text
    took = text.index("Pat Lead took over last year’s answer,")
    assert text.index("Pat Lead confirmed what was taken over,") < took


@pytest.mark.usefixtures("written")
def test_an_earlier_text_is_put_back_as_a_new_version(app: Flask, world: World) -> None:
    with clock.pretend(clock.now() + timedelta(hours=3)):
        lead = signed_in(app, POLICE_LEAD)
        page = lead.open(f"/returns/{world.police}/history/1.1")
        assert [form.action.endswith("/history/1.1") for form in page.forms].count(True) == 1
        page = lead.submit("/history/1.1")
    assert "The earlier text of 1.1 stands again." in page.text
    assert stored(world) == {"1.1": "We train all new staff in their first week."}
    with app.app_context():
        answer = queries.answer_of(queries.by_ref(world.police).id, ids(world)["1.1"])
        assert answer.level.code == "amber" and answer.updated_by_name == "Pat Lead"
        words = [one.commentary for one in queries.versions(answer.id)]
    assert words == [
        "We train all new staff.",
        "We train all new staff in their first week.",
        "We train most new staff in their first week.",
        "We train all new staff in their first week.",
    ]
    assert "taken out: most put in: all" in page.text


@pytest.mark.usefixtures("written")
def test_a_newer_text_is_never_overwritten_by_one_put_back(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/history/1.1")
    write(app, world, POLICE_HELPER, 90, c="Newer words.")
    page = lead.submit("/history/1.1", status=412)
    assert "Helen Helper has saved something newer for 1.1, so nothing was changed." in page.text
    assert stored(world) == {"1.1": "Newer words."}
    lead.open(f"/returns/{world.police}/history/1.1")
    lead.submit("/history/1.1", version="77", status=409)


@pytest.mark.usefixtures("written")
def test_history_is_for_the_organisation_and_closed_with_the_return(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    sent = lead.open(f"/returns/{world.police}/history/1.1").form("/history/1.1").data()
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    for email in (MANAGER, HOUSING_LEAD):
        signed_in(app, email).open(f"/returns/{world.police}/history/1.1", status=404)
    page = lead.open(f"/returns/{world.police}/history/1.1")
    assert "Helen Helper" in page.text and not any("/history/" in form.action for form in page.forms)
    page = lead.post(f"/returns/{world.police}/history/1.1", sent, status=409)
    assert "can no longer be changed" in page.text


def test_a_long_history_comes_in_pages(app: Flask, world: World) -> None:
    for place in range(21):
        write(app, world, (POLICE_LEAD, POLICE_DEPUTY)[place % 2], place, c=f"Words {place}.")
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/history/1.1")
    assert "taken out: 19 put in: 20" in page.text and "put in: Words 0." not in page.text
    page = lead.open(f"/returns/{world.police}/history/1.1?page=2")
    assert "put in: Words 0." in page.text
    lead.open(f"/returns/{world.police}/history/1.1?page=3", status=404)
    assert "Nothing was written yet" in lead.open(f"/returns/{world.police}/history/2.1").text


# Who is at work


def ping(world: World, browser: Browser, number: str = "1.1", status: int = 200) -> list[dict]:
    token = dict(browser.open(f"/returns/{world.police}/standards/1").forms[0].fields)["csrf_token"]
    answer = browser.client.post(
        f"/returns/{world.police}/presence",
        data={"criterion": ids(world)[number], "csrf_token": token},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == status
    # Else it could overtake the cookie of a form that was sent at the same moment.
    assert status != 200 or "Set-Cookie" not in answer.headers
    return answer.get_json()["working"] if status == 200 else []


def test_who_is_at_work_is_said_to_colleagues_for_a_minute(app: Flask, world: World) -> None:
    helper, lead = signed_in(app, POLICE_HELPER), signed_in(app, POLICE_LEAD)
    assert ping(world, helper) == []
    there = ping(world, lead, "2.2")
    assert [(one["criterion"], one["words"]) for one in there] == [
        (ids(world)["1.1"], "Helen Helper is working on")
    ]
    assert 0 < there[0]["seconds"] <= 60
    assert "Helen Helper is working on 1.1 now" in lead.open(f"/returns/{world.police}/standards/1").text
    assert "is working on" not in helper.open(f"/returns/{world.police}/standards/1").text
    ping(world, signed_in(app, POLICE_DEPUTY))
    page = lead.open(f"/returns/{world.police}/standards/1")
    assert "Helen Helper and Des Deputy are working on 1.1 now" in page.text
    with clock.pretend(clock.now() + timedelta(seconds=61)):
        page = lead.open(f"/returns/{world.police}/standards/1")
        assert "working on" not in page.text and ping(world, lead) == []


def test_presence_is_one_row_a_person_and_nothing_in_the_trail(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    ping(world, lead)
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Entry))
    ping(world, lead, "2.1")
    ping(world, lead, "2.2")
    with app.app_context():
        (row,) = db.session.scalars(select(Presence)).all()
        assert row.criterion_id == ids(world)["2.2"]
        assert db.session.scalar(select(func.count()).select_from(Entry)) == before


def test_nobody_is_at_work_where_they_do_not_answer(app: Flask, world: World) -> None:
    ping(world, signed_in(app, POLICE_HELPER), "2.1", status=403)
    ping(world, signed_in(app, POLICE_VIEWER), "1.1", status=403)
    lead = signed_in(app, POLICE_LEAD)
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    ping(world, lead, status=409)
