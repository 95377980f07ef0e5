"""Saying the same of several actions at once."""

from datetime import timedelta

import pytest

from s11.actions import queries
from s11.core import clock
from tests.actions.some import an_action
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD

pytestmark = pytest.mark.database


def stands(world, ref):
    with world.app.app_context():
        action = queries.by_ref(ref)
        return action.status, action.times_moved


def ticked(browser, *refs):
    page = browser.open("/actions/several?" + "&".join(f"action={ref}" for ref in refs))
    return page.form("/actions/several").data()


def test_the_same_is_said_of_every_action_ticked(world, browser):
    one, other, third = (an_action(world), an_action(world, of="Harbour Housing"), an_action(world))
    browser.sign_in(MANAGER)
    due = clock.today() + timedelta(days=90)
    data = ticked(browser, one, other) | {
        "status": "at_risk", "text": "The trainer left.", "reason": "A new one starts in spring.",
        "due_on": f"{due.day} {due.month} {due.year}",
    }  # fmt: skip
    assert "2 actions updated." in browser.post("/actions/several", data).text
    assert [stands(world, ref) for ref in (one, other, third)] == [
        ("at_risk", 1), ("at_risk", 1), ("not_started", 0),
    ]  # fmt: skip


def test_who_was_refused_comes_back_ticked_with_why_and_the_others_are_kept(world, browser):
    one, other = an_action(world, text="One."), an_action(world, text="Other.")
    browser.sign_in(POLICE_LEAD)
    data = ticked(browser, one, other)
    # Somebody else says something of the second meanwhile.
    alone = ticked(browser, other) | {"status": "on_track", "text": "Theirs."}
    browser.post("/actions/several", alone)
    page = browser.post("/actions/several", data | {"status": "at_risk", "text": "Both wait."}, status=422)
    assert "1 action updated." in page.text and "1 action was not updated" in page.text
    assert "This action was updated while you were writing" in page.text and "One." not in page.text
    kept = page.form("/actions/several").data()
    assert kept["action"].startswith(other) and kept["text"].strip() == "Both wait."
    assert [stands(world, ref)[0] for ref in (one, other)] == ["at_risk", "on_track"]
    assert "1 action updated." in browser.post("/actions/several", kept).text


def test_nothing_said_nobody_ticked_and_a_bad_date_are_refused_and_what_was_typed_stays(world, browser):
    one = an_action(world)
    browser.sign_in(POLICE_LEAD)
    data = ticked(browser, one) | {"text": " ", "due_on": "ongoing", "reason": "Because"}
    del data["action"]
    page = browser.post("/actions/several", data, status=422)
    for sentence in ("Tick the actions", "Say what has been done", "“ongoing” is not a date"):
        assert sentence in page.text
    kept = page.form("/actions/several").data()
    assert kept["reason"].strip() == "Because" and "action" not in kept and kept["shown"].startswith(one)


def test_what_is_not_ones_own_is_neither_shown_nor_changed(world, browser):
    theirs = an_action(world, of="Harbour Housing", text="Housing action")
    mine = an_action(world)
    browser.sign_in(POLICE_LEAD)
    data = ticked(browser, mine, theirs)
    assert "Housing action" not in browser.page.text
    page = browser.post(
        "/actions/several", data | {"action": f"{theirs}.1", "text": "It goes well."}, status=422
    )
    assert "not in the plan, or not for you" in page.text and stands(world, theirs)[0] == "not_started"


def test_who_only_reads_the_plan_ticks_nothing(world, browser):
    ref = an_action(world)
    browser.sign_in(CHAIR)
    assert "Update those ticked" not in browser.open("/actions/").text
    page = browser.open(f"/actions/several?action={ref}")
    data = page.form("/actions/several").data(action=f"{ref}.1", text="It goes well.")
    browser.post("/actions/several", data, status=422)
    assert stands(world, ref)[0] == "not_started"


def test_afterwards_the_plan_is_narrowed_as_it_was(world, browser):
    an_action(world, days=-5, agreed_at=clock.now() - timedelta(days=90), text="Late at the police.")
    an_action(world, text="In time.")
    browser.sign_in(MANAGER)
    page = browser.open("/actions/?status=overdue&group=theme")
    asked = page.form("/actions/several").data()
    assert asked["back"] in ("group=theme&status=overdue", "status=overdue&group=theme")
    ref = next(href for href, words in page.links if words == "Late at the police.").rpartition("/")[2]
    page = browser.open(f"/actions/several?action={ref}&back=status%3Doverdue%26next%3Dhttps://evil.example")
    data = page.form("/actions/several").data() | {"text": "The trainer is ill."}
    page = browser.post("/actions/several", data)
    assert "1 action found" in page.text and "In time." not in page.text
