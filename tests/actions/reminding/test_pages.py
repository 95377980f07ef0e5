"""People choose how they are reminded, and read their due dates in a calendar of their own."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.organisations import queries as organisations
from tests.actions.some import an_action
from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.pages import Browser

pytestmark = pytest.mark.database


def settings_of(world: World) -> str:
    with world.app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        return f"/actions/settings/{board.ref}"


def test_somebody_chooses_one_mail_a_week(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/actions/reminders")
    assert "Choose one of the three." in browser.submit("/reminders", how="sometimes", status=422).text
    assert "Saved." in browser.submit("/reminders", how="weekly").text
    assert browser.open("/actions/reminders").form("/reminders").data()["how"] == "weekly"


def test_a_calendar_reads_due_dates_without_a_password_and_without_words(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_action(world, owner_name="Pat Lead", days=20)
    browser.sign_in(POLICE_LEAD)
    browser.open("/actions/reminders")
    made = browser.submit("/reminders/calendar", status=200)
    (address,) = re.findall(r"https?://[^/\s]+(/actions/calendar/\S+\.ics)", made.text)
    calendar = app.test_client().get(address)
    text = calendar.get_data(as_text=True)
    day = clock.today() + timedelta(days=20)
    assert calendar.status_code == 200 and calendar.mimetype == "text/calendar"
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in text and f"UID:{ref}@" in text
    assert "duty sergeant" not in text
    again = browser.open("/actions/reminders")
    assert address not in again.text and "It is not shown again" in again.text
    browser.submit("/reminders/calendar/end")
    gone = app.test_client().get(address)
    assert gone.status_code == 404 and "opens no calendar" in gone.get_data(as_text=True)


def test_the_office_changes_the_days_and_is_told_what_is_wrong_at_the_field(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    page = settings_of(world)
    browser.open(page)
    wrong = browser.submit(page, before="a fortnight", to_lead_after="20", to_office_after="10", status=422)
    assert "Enter whole numbers of days with commas between them, for example 3, 14." in wrong.text
    assert "The office is told after the lead, not before." in wrong.text
    assert wrong.form(page).data()["before"] == "a fortnight"
    assert "Saved." in browser.submit(page, before="7, 21", to_office_after="30").text
    kept = browser.open(page).form(page).data()
    assert (kept["before"], kept["to_lead_after"], kept["to_office_after"]) == ("7, 21", "20", "30")
