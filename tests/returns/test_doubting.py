"""Doubts on "check your answers": replied to, sealed, and read by whoever moderates."""

import pytest
from flask import Flask
from sqlalchemy import event

from s11.core.database import db, unit_of_work
from s11.returns import queries
from s11.returns.models import DoubtReply
from s11.returns.sealing import unseal
from tests.factories.world import (
    MANAGER,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    World,
    a_cycle,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database
BARE = "best-without-evidence"


def the_check(world: World) -> str:
    return f"/returns/{world.police}/check"


def doubtful(world: World, browser: Browser, *, by: str = POLICE_LEAD) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(by)
    browser.open(the_check(world))


def test_doubts_are_listed_with_links_and_stop_nobody(browser: Browser, world: World) -> None:
    doubtful(world, browser)
    assert "the Board may ask about" in browser.page.text and "None of this stops you." in browser.page.text
    assert "1.1 is rated “Green”, and no evidence is shown for it." in browser.page.text
    assert "2.1 is rated “Red”, and no action says" in browser.page.text
    assert browser.page.href("Go to the answer 2.1").endswith("/standards/2#q2.1")
    assert "Submitted" in browser.submit("/sign/lead").text


def test_a_return_without_doubts_says_nothing_of_them(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "A A A A", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    assert "may ask about" not in browser.open(the_check(world)).text


def test_a_reply_is_kept_changed_and_taken_back(browser: Browser, world: World) -> None:
    doubtful(world, browser)
    reply = f"/doubts/1.1/{BARE}"
    browser.open(browser.page.href("Say why it is right: 1.1, The best rating, and nothing"))
    assert "Why 1.1 is G." in browser.page.text, "the answer stands beside the doubt"
    browser.submit(reply, reason="The evidence is a live system, shown on request.")
    assert "Why it is right: The evidence is a live system" in browser.page.text
    assert "Pat Lead" in browser.page.text
    browser.open(browser.page.href("Change the reply"))
    browser.submit(reply, reason="Ask for a visit.")
    assert "Ask for a visit." in browser.page.text and "live system" not in browser.page.text
    browser.open(browser.page.href("Change the reply"))
    browser.submit(reply, reason=" ")
    assert "Why it is right:" not in browser.page.text
    with world.app.app_context():
        assert db.session.query(DoubtReply).count() == 0


def test_one_reason_can_be_given_for_all_of_a_kind(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G G G A", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/doubts/1.2/{BARE}")
    browser.submit(BARE, reason="Only for 1.2.")
    page = browser.open(f"/returns/{world.police}/doubts/1.1/{BARE}")
    assert "Say the same of the 1 other like it: 2.1" in page.text, "1.2 has a reply of its own"
    page = browser.submit(BARE, reason="Seen on a visit.", others="y")
    assert "Kept why it is right: 1.1, 2.1." in page.text
    assert page.text.count("Why it is right: Seen on a visit.") == 2 and "Only for 1.2." in page.text


def test_a_reply_that_is_too_long_stays_on_the_page(browser: Browser, world: World) -> None:
    doubtful(world, browser)
    browser.open(f"/returns/{world.police}/doubts/1.1/{BARE}")
    browser.submit(f"/doubts/1.1/{BARE}", status=422, reason="long " * 500)
    assert "There is a problem" in browser.page.text and "long long" in browser.page.text


def test_a_doubt_that_is_gone_meanwhile_is_said_to_be(browser: Browser, world: World) -> None:
    doubtful(world, browser)
    browser.open(f"/returns/{world.police}/doubts/1.1/{BARE}")
    form = browser.page.form(BARE)
    a_return(world.app, world.police, "A - - -", by=POLICE_LEAD)
    page = browser.post(form.action, form.data(reason="A visit."), status=409)
    assert "There is no such doubt any more" in page.text
    browser.open(form.action, status=303)
    assert "no such doubt any more" in browser.open(the_check(world)).text


def test_a_contributor_replies_for_their_own_standard_only(browser: Browser, world: World) -> None:
    doubtful(world, browser, by=POLICE_HELPER)
    assert browser.page.href("Say why it is right: 1.1")
    assert "Say why it is right: 2.1" not in browser.page.text and browser.page.href("See the answer 2.1")
    browser.open(f"/returns/{world.police}/doubts/2.1/worst-without-action", status=403)


def test_a_signatory_reads_doubts_and_replies(browser: Browser, world: World) -> None:
    doubtful(world, browser, by=POLICE_SIGNATORY)
    assert "2.1 is rated “Red”" in browser.page.text and "Say why it is right" not in browser.page.text


def test_doubts_are_sealed_and_reach_the_moderator_and_the_board(app: Flask, world: World) -> None:
    lead = Browser(app)
    doubtful(world, lead)
    lead.open(f"/returns/{world.police}/doubts/1.1/{BARE}")
    lead.submit(f"/doubts/1.1/{BARE}", reason="Ask for a visit.")
    lead.submit("/sign/lead")
    with app.app_context():
        sealed = unseal(queries.submission(queries.by_ref(world.police).id).sealed)
    first = {doubt.code: doubt for doubt in sealed.standards[0].answers[0].doubts}
    assert first[BARE].reason == "Ask for a visit." and first["best-in-few-words"].reason == ""
    assert [d.code for d in sealed.standards[1].answers[0].doubts] == ["worst-without-action"]
    manager = Browser(app)
    manager.sign_in(MANAGER)
    for place in (f"/moderation/{world.police}/1", f"/returns/{world.police}/submitted"):
        page = manager.open(place)
        assert "no evidence is shown for it. Their reply: Ask for a visit." in page.text
        assert "No reply." in page.text


def test_after_submission_no_reply_is_taken(browser: Browser, world: World) -> None:
    doubtful(world, browser)
    browser.open(f"/returns/{world.police}/doubts/1.1/{BARE}")
    form = browser.page.form(BARE)
    a_return(world.app, world.police, "- - - -", by=POLICE_LEAD, submit=True)
    page = browser.post(form.action, form.data(reason="Too late."), status=409)
    assert "can no longer be changed" in page.text


def test_doubts_take_as_many_queries_for_four_answers_as_for_one(app: Flask, world: World) -> None:
    counts = []
    for ratings in ("G - - -", "G G R N"):
        a_return(app, world.police, ratings, by=POLICE_LEAD)
        with app.app_context():
            return_ = queries.by_ref(world.police)
            queries.standards_of(return_), return_.cycle.edition.framework_id
            asked: list[str] = []

            def note(*told: object, asked: list[str] = asked) -> None:
                asked.append(str(told[2]))

            event.listen(db.engine, "before_cursor_execute", note)
            assert queries.doubts_of(return_)
            event.remove(db.engine, "before_cursor_execute", note)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 5, counts


def test_what_two_earlier_submissions_said_is_read(app: Flask, world: World) -> None:
    for days in (10, 20):
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(world.police)
            _, (earlier,) = a_cycle(
                return_.cycle.partnership, "TINY-2026", f"BEFORE-{days}", [return_.organisation], days=days
            )
            ref = earlier.ref
        a_return(app, ref, "A A A R", by=POLICE_LEAD, submit=True)
    a_return(app, world.police, "A A N G", by=POLICE_LEAD)
    with app.app_context():
        found = {(d.number, d.code): d.sentence for d in queries.doubts_of(queries.by_ref(world.police))}
    assert "“Cycle BEFORE-20” and “Cycle BEFORE-10”" in found["1.1", "unchanged"]
    assert "it was rated “Amber”" in found["2.1", "away-after-rating"]
    assert ("2.2", "unchanged") not in found, "its words changed with its rating"
