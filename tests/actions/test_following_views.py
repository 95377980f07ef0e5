"""Following an action on the screen: what is offered to whom, refusals that keep what was typed, files."""

import io
from datetime import timedelta

import pytest

from s11.actions import operations, queries
from s11.actions.rules import MilestoneDraft
from s11.core import clock
from s11.core.database import unit_of_work
from tests.actions.some import an_action
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    INSPECTOR,
    MANAGER,
    MODERATOR,
    POLICE_LEAD,
    POLICE_VIEWER,
    World,
)
from tests.pages import Browser, Page

pytestmark = pytest.mark.database
WORDS = "Twenty records sampled; all show the child’s voice."
SHOWN = "The register shows it."
WHERE = "In the training register, ask Asha Rahman."


def typed(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def send(browser: Browser, ref: str, what: str, status: int = 302, **fields: object) -> Page:
    """Open the page of an act and send its form."""
    browser.open(f"/actions/{ref}/{what}")
    return browser.submit(f"/actions/{ref}/{what}", status=status, **fields)


def say(browser: Browser, ref: str, answered: int = 302, **fields: object) -> Page:
    """Say how an action goes."""
    update = browser.open(f"/actions/{ref}").form(f"/actions/{ref}").data(**fields)
    return browser.post(f"/actions/{ref}", update, status=answered)


def claimed(world: World, browser: Browser, **changes: object) -> str:
    """An action that its organisation said to be complete."""
    ref = an_action(world, **changes)
    browser.sign_in(POLICE_LEAD)
    page = say(browser, ref, status="complete", text=WORDS, seen_at=WHERE)
    assert "Your update has been saved" in page.text
    return ref


def test_complete_with_nothing_to_show_is_refused_at_the_field_and_kept(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    page = say(browser, ref, 422, status="complete", text=WORDS)
    assert "Nothing shows yet that this is complete" in page.text
    assert page.form(f"/actions/{ref}").data()["text"].strip() == WORDS


def test_a_file_shows_an_action_and_the_board_opens_it(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}/evidence")
    form = next(one for one in browser.page.forms if any(name == "file-note" for name, _ in one.fields))
    sent = {
        **form.data(what="file", personal_data="no", **{"file-note": "Page 2"}),
        "file": (io.BytesIO(b"All twenty were trained.\n"), "trained.txt"),
    }
    page = browser.post(f"/actions/{ref}/evidence", sent)
    assert "1 file added." in page.text and "Page 2" in page.text
    address = page.href("trained.txt")
    for email, status in ((MANAGER, 200), (INSPECTOR, 200), (POLICE_VIEWER, 200), (MODERATOR, 403)):
        browser.sign_in(email)
        browser.open(f"/actions/{ref}")
        assert ("trained.txt" in browser.page.text) == (status == 200)
        browser.client.get(address)
        assert browser.client.get(address).status_code == status
    browser.sign_in(HOUSING_LEAD)
    assert browser.client.get(address).status_code == 404


def test_a_document_of_the_library_is_used_and_taken_off(world, browser):
    ref, other = an_action(world), an_action(world, text="Another")
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}/evidence")
    link = {"what": "link", "link-target": "https://intranet.example/register", "link-title": "Register"}
    token = browser.page.forms[-1].data()["csrf_token"]
    browser.post(f"/actions/{ref}/evidence", {"csrf_token": token, **link})
    page = browser.open(f"/actions/{other}/evidence")
    box = next(value for form in page.forms for name, value in form.fields if name == "csrf_token")
    with world.app.app_context():
        revision = queries.shown_for(queries.by_ref(ref).id)[0].revision.ref
    sent = {"csrf_token": box, "what": "library", "revision": revision}
    assert "Register" in browser.post(f"/actions/{other}/evidence", sent).text
    removed = f"/actions/{other}/evidence/remove/{revision}"
    page = browser.post(removed, browser.page.form(removed).data())
    assert "still in the library" in page.text and "Nothing has been added yet" in page.text
    refused = browser.post(
        f"/actions/{ref}/evidence", {"csrf_token": token, "what": "link", "link-target": "x"}, status=422
    )
    assert "begins with https://" in refused.text


def test_the_board_is_asked_first_of_all_whether_it_is_complete(world, browser):
    ref = claimed(world, browser)
    assert "Waits for the Board" in browser.open(f"/actions/{ref}").text
    browser.open(f"/actions/{ref}/verdict", status=403)
    browser.sign_in(CHAIR)
    assert "Look and decide" in browser.open(f"/actions/{ref}").text
    page = send(browser, ref, "verdict", 422, verdict="give_back", reason="")
    assert "Say what shows it, or what is missing." in page.text
    page = send(browser, ref, "verdict", verdict="give_back", reason="Only sixteen were trained.")
    assert "The action is open again." in page.text and "Returned by the Board" in page.text


def test_who_presses_twice_is_told_it_is_done(world, browser):
    ref = claimed(world, browser)
    browser.sign_in(MANAGER)
    browser.open(f"/actions/{ref}/verdict")
    sent = browser.page.form(f"/actions/{ref}/verdict").data(verdict="accept", reason=SHOWN)
    browser.post(f"/actions/{ref}/verdict", sent)
    page = browser.post(f"/actions/{ref}/verdict", sent)
    assert "Accepted. It will be asked" in page.text
    with world.app.app_context():
        assert len(queries.updates(queries.by_ref(ref).id)) == 2


def test_a_verdict_on_what_was_taken_back_meanwhile_is_refused_and_kept(world, browser):
    ref = claimed(world, browser)
    browser.sign_in(MANAGER)
    browser.open(f"/actions/{ref}/verdict")
    sent = browser.page.form(f"/actions/{ref}/verdict").data(verdict="accept", reason=SHOWN)
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        operations.update(action, status="at_risk", text="Not yet.", by=None, version=action.version)
    page = browser.post(f"/actions/{ref}/verdict", sent, status=409)
    assert "Nobody says any more that this action is complete" in page.text
    assert page.form(f"/actions/{ref}/verdict").data()["reason"].strip() == SHOWN


def test_opening_again_wants_what_showed_it_and_a_day(world, browser):
    ref = claimed(world, browser)
    browser.sign_in(MANAGER)
    send(browser, ref, "verdict", verdict="accept", reason=SHOWN)
    page = send(browser, ref, "open-again", 422, reason="Six of ten.", due_on="ongoing")
    assert "Choose what showed that it did not last." in page.text and "“ongoing” is not a date" in page.text
    page = send(
        browser, ref, "open-again", because="deep_dive", reason="Six of ten records.", due_on=typed(40)
    )
    assert "The action is open again." in page.text and "A deep dive: Six of ten records." in page.text
    assert "Moved from" in page.text


def test_closing_what_nobody_knows_the_difference_of_asks_why(world, browser):
    ref = claimed(world, browser)
    browser.sign_in(MANAGER)
    send(browser, ref, "verdict", verdict="accept", reason=SHOWN)
    assert "Nobody has said that it made a difference" in browser.open(f"/actions/{ref}/close").text
    page = send(browser, ref, "close", reason="The service it was for has ended.")
    assert "The action is closed." in page.text and "Say how it goes" not in page.text


def test_owners_are_changed_on_a_page_of_their_own(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}/owners")
    page = browser.submit("/owners/lead", status=422, name="Director", role="Director", reason="")
    assert "first name and a surname" in page.text and "Say why somebody else leads it now." in page.text
    browser.open(f"/actions/{ref}/owners")
    page = browser.submit("/owners/lead", name="Pat Lead", role="Head of training", reason="Asha has left.")
    assert "Pat Lead leads this action now." in page.text
    browser.open(f"/actions/{ref}/owners")
    page = browser.submit("/owners/add", **{"other-name": "Ola Other", "other-role": "Trainer"})
    assert "Ola Other has a part in this action." in page.text and "Ola Other, Trainer" in page.text
    browser.open(f"/actions/{ref}/owners")
    assert "no part in this action any more" in browser.submit("/remove").text


def test_a_step_is_reached_on_the_page_and_a_bad_day_is_said_at_it(world, browser):
    step = MilestoneDraft("Agree the course.", clock.today() - timedelta(days=2))
    ref = an_action(world, milestones=[step], agreed_at=clock.now() - timedelta(days=90))
    browser.sign_in(POLICE_LEAD)
    assert "Overdue by 2 days" in browser.open(f"/actions/{ref}").text
    address = next(form.action for form in browser.page.forms if "/steps/" in form.action)
    page = browser.submit(address, status=422, done_on="soon")
    assert "Enter the day on which it was reached" in page.text
    page = browser.submit(address, done_on=typed(0), go="done")
    assert "Reached on" in page.text


def test_who_only_looks_says_nothing_and_a_comment_reaches_both_sides(world, browser):
    ref = an_action(world)
    browser.sign_in(INSPECTOR)
    assert "Add a comment" not in browser.open(f"/actions/{ref}").text
    browser.sign_in(MANAGER)
    browser.open(f"/actions/{ref}")
    browser.submit("/comments", comment="Which course is it?")
    browser.sign_in(POLICE_LEAD)
    assert "Which course is it?" in browser.open(f"/actions/{ref}").text


def test_earlier_dates_stay_with_why_each_was_moved(world, browser):
    ref = an_action(world, days=5)
    browser.sign_in(POLICE_LEAD)
    for days, why in ((40, "The trainer left."), (80, "The hall was flooded.")):
        say(browser, ref, status="at_risk", text="It waits.", due_on=typed(days), reason=why)
    text = browser.open(f"/actions/{ref}").text
    assert "First promised for" in text
    assert "because: The trainer left." in text and "because: The hall was flooded." in text
