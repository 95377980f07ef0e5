"""Challenge days on the screen."""

from datetime import timedelta

import pytest

from s11.core import clock
from tests.challenge.some import a_day
from tests.factories.world import CHAIR, MANAGER, MODERATOR, OUTSIDER, POLICE_LEAD, a_return


@pytest.fixture
def path(world, app):
    """The address of the police's session on a day."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref = a_day(world, "Northshire Police")
    return f"/challenge/{ref}"


def police_page(browser, path):
    return browser.open(browser.open(path).href("Northshire Police"))


def test_the_office_plans_a_day_from_the_first_page(world, browser):
    browser.sign_in(MANAGER)
    browser.open(browser.open("/challenge/").href("Plan a challenge day"))
    page = browser.submit(
        "/challenge/new", cycle=world.cycle, title="Section 11 day", held_on="31/03/2027", place="County Hall"
    )
    assert "Section 11 day" in page.text and "31 March 2027, County Hall" in page.text


def test_a_day_that_does_not_exist_is_refused_and_kept_as_typed(world, browser):
    browser.sign_in(MANAGER)
    browser.open("/challenge/new")
    page = browser.submit("/challenge/new", status=422, cycle=world.cycle, title="Day", held_on="31 2 2027")
    assert "Enter a date that exists" in page.text
    assert page.form("/challenge/new").data()["held_on"] == "31 2 2027"


def test_every_organisation_that_has_returned_gets_a_session_at_one_press(world, app, browser):
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    path = f"/challenge/{a_day(world)}"
    browser.sign_in(CHAIR)
    browser.open(path)
    page = browser.submit("/sessions/fill")
    assert "Sessions added: 1" in page.text and "09:30 to 09:50" in page.text
    page = browser.submit("/sessions/remove")
    assert "No sessions yet" in page.text


def test_nobody_is_made_to_question_themselves(world, browser):
    path = f"/challenge/{a_day(world)}"
    browser.sign_in(MANAGER)
    page = browser.open(path)
    housing = next(
        value for value in browser.response.get_data(as_text=True).split('"') if len(value) == 12 and
        f'<option value="{value}">Harbour Housing' in browser.response.get_data(as_text=True)
    )  # fmt: skip
    page = browser.submit("/sessions", status=422, organisation=housing, questioner=housing, minutes="20")
    assert "does not question itself" in page.text


def test_a_question_is_prepared_and_printed_with_why(world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    shown = browser.response.get_data(as_text=True)
    police = shown.split('">Northshire Police</option>')[0].rsplit('"', 1)[-1]
    page = browser.submit(
        "/enquiries", about=police, standard_key="standard-1", question="Who speaks to the child?",
        why="Red in 2.1",
    )  # fmt: skip
    assert "Who speaks to the child?" in page.text and "Why: Red in 2.1" in page.text


def test_the_session_shows_the_ratings_as_submitted(browser, path):
    browser.sign_in(CHAIR)
    page = police_page(browser, path)
    assert "1 Green, 1 Amber Not moderated 1 of 2" in page.text
    assert "1 Red, 1 not applicable Not moderated 0 of 1" in page.text


def test_a_return_that_is_not_in_shows_no_rating(world, app, browser):
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    path = f"/challenge/{a_day(world, 'Northshire Police')}"
    browser.sign_in(CHAIR)
    page = police_page(browser, path)
    assert "Its return is not in" in page.text and "Amber, " not in page.text


def test_an_outcome_with_an_action_lands_in_the_plan(browser, path):
    browser.sign_in(CHAIR)
    police_page(browser, path)
    due = clock.today() + timedelta(days=60)
    action = browser.page.forms[-1].action
    page = browser.submit(
        action, challenge="Who speaks to the child?", answer="The first officer.", with_action="y",
        action_text="Sample twenty records.", action_owner_name="Asha Rahman",
        action_owner_role="Superintendent", action_due_on=f"{due.day} {due.month} {due.year}",
    )  # fmt: skip
    assert "Recorded, and the action is in the plan." in page.text
    assert "Sample twenty records." in browser.open("/actions/?source=challenge").text


def test_an_action_without_person_or_date_is_refused_and_everything_typed_is_kept(browser, path):
    browser.sign_in(CHAIR)
    police_page(browser, path)
    action = browser.page.forms[-1].action
    page = browser.submit(
        action, status=422, challenge="Who speaks to the child?", answer="The first officer.",
        action_text="Sample twenty records.", action_owner_name="Superintendent", action_due_on="ongoing",
    )  # fmt: skip
    assert "first name and a surname" in page.text and "“ongoing” is not a date" in page.text
    assert "Enter the role" in page.text
    typed = page.form(action).data()
    assert typed["answer"].strip() == "The first officer."
    assert typed["action_text"].strip() == "Sample twenty records."
    assert typed["action_due_on"] == "ongoing"


def test_an_outcome_needs_no_action(browser, path):
    browser.sign_in(CHAIR)
    police_page(browser, path)
    page = browser.submit(
        browser.page.forms[-1].action, challenge="Is it still so?", good_practice="The buddy scheme."
    )
    assert "The buddy scheme." in page.text


def test_a_moderator_reads_and_does_not_record(browser, path):
    browser.sign_in(MODERATOR)
    page = police_page(browser, path)
    assert "Record an outcome" not in page.text
    data = page.form("/sign-out").data(challenge="x")
    browser.post(f"{path}/enquiries", data, status=403)


@pytest.mark.parametrize("email", [POLICE_LEAD, OUTSIDER])
def test_agencies_and_other_partnerships_do_not_see_a_day(browser, path, email):
    browser.sign_in(email)
    browser.open(path, status=404)
