"""Challenge days on the screen."""

from datetime import timedelta

import pytest

from s11.core import clock
from tests.challenge.some import a_day, held_on, in_words
from tests.factories.world import CHAIR, MANAGER, MODERATOR, OUTSIDER, POLICE_LEAD, a_return

pytestmark = pytest.mark.database


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
    day = held_on()
    page = browser.submit(
        "/challenge/new", cycle=world.cycle, title="Section 11 day", held_on=f"{day:%d/%m/%Y}",
        place="County Hall",
    )  # fmt: skip
    assert "Section 11 day" in page.text and f"{in_words(day)}, County Hall" in page.text


@pytest.mark.parametrize(("years", "sentence"), [(-3, "opened on"), (9, "Check the year")])
def test_a_day_before_the_cycle_or_long_after_it_is_refused(world, browser, years, sentence):
    day = held_on()
    browser.sign_in(MANAGER)
    browser.open("/challenge/new")
    page = browser.submit(
        "/challenge/new",
        status=422,
        cycle=world.cycle,
        title="Day",
        held_on=f"1 {day.month} {day.year + years}",
    )
    assert sentence in page.text


def test_a_cycle_leads_to_its_day_or_to_planning_one(world, browser):
    browser.sign_in(MANAGER)
    assert "Plan a challenge day" in followed(browser, f"/challenge/cycles/{world.cycle}").text
    assert browser.page.form("/challenge/new").data()["cycle"] == world.cycle
    a_day(world)
    assert "County Hall" in followed(browser, f"/challenge/cycles/{world.cycle}").text


def followed(browser, path):
    """The page a link leads to in the end."""
    browser.open(path, status=302)
    return browser.open(browser.response.headers["Location"].split("#")[0])


def test_a_day_is_moved_and_its_whole_agenda_with_it(world, browser):
    path = f"/challenge/{a_day(world, 'Northshire Police', 'Harbour Housing')}"
    later = held_on() + timedelta(days=7)
    browser.sign_in(CHAIR)
    browser.open(browser.open(path).href("Change the day"))
    page = browser.submit(
        "/change", held_on=f"{later.day} {later.month} {later.year}", place="Town Hall", starts_at="13:00"
    )
    assert f"{in_words(later)}, Town Hall" in page.text and "13:20 to 13:40" in page.text


def test_a_start_that_is_no_time_is_refused_and_kept(world, browser):
    path = f"/challenge/{a_day(world, 'Northshire Police')}"
    browser.sign_in(MANAGER)
    browser.open(f"{path}/change")
    page = browser.submit("/change", status=422, starts_at="half nine")
    assert "Enter a time" in page.text and page.form("/change").data()["starts_at"] == "half nine"
    assert "past midnight" in browser.submit("/change", status=422, starts_at="23:55").text


def test_a_session_gets_another_questioner_length_and_place(world, app, browser):
    path = f"/challenge/{a_day(world, 'Northshire Police', 'Harbour Housing')}"
    browser.sign_in(MANAGER)
    page = browser.open(path)
    browser.open(page.href("Change the session of Harbour Housing"))
    police = option(browser, "Northshire Police")
    page = browser.submit(browser.page.forms[1].action, questioner=police, minutes="45", place="1")
    assert "Harbour Housing 09:30 to 10:15 Northshire Police" in page.text
    assert "Northshire Police 10:15 to 10:35 The chair" in page.text


def test_a_session_taken_off_leaves_its_questions(world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    browser.submit("/enquiries", about=option(browser, "Northshire Police"), question="Who speaks?")
    browser.open(browser.page.href("Change the session of Northshire Police"))
    page = browser.submit("/remove")
    assert "No sessions yet" in page.text and "Who speaks?" in page.text
    assert "No session on the agenda" in page.text


def option(browser, name):
    """The value of the option with this name on the present page."""
    shown = browser.response.get_data(as_text=True)
    return shown.split(f">{name}</option>")[0].rsplit('value="', 1)[-1].split('"')[0]


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
    assert "1 session added" in page.text and "09:30 to 09:50" in page.text
    assert "has its session already" in browser.submit("/sessions/fill").text


def test_nobody_is_made_to_question_themselves(world, browser):
    path = f"/challenge/{a_day(world)}"
    browser.sign_in(MANAGER)
    browser.open(path)
    housing = option(browser, "Harbour Housing")
    page = browser.submit("/sessions", status=422, organisation=housing, questioner=housing, minutes="20")
    assert "does not question itself" in page.text


def test_a_question_is_prepared_and_printed_with_why(world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    page = a_question(browser)
    assert "Who speaks to the child? Why: Red in 2.1 1 Standard 1; asked by the chair" in page.text


def a_question(browser):
    """A question prepared for the police, and the page of the day after it."""
    return browser.submit(
        "/enquiries", about=option(browser, "Northshire Police"), standard_key="standard-1",
        question="Who speaks to the child?", why="Red in 2.1",
    )  # fmt: skip


def test_who_asks_is_named_where_that_is_settled(world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    change = a_question(browser).href("Change the question")
    browser.open(change)
    browser.submit(change, asker_name="Asha Rahman", asked_by=option(browser, "Harbour Housing"))
    words = "asked by Asha Rahman, Harbour Housing"
    assert words in browser.open(path).text and words in police_page(browser, path).text


def test_a_question_is_put_differently_or_taken_off(world, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    change = a_question(browser).href("Change the question")
    browser.open(change)
    page = browser.submit(change, question="Who hears the child?", why="")
    assert "Who hears the child?" in page.text and "Who speaks" not in page.text
    assert "Write down the question" in emptied(browser, change).text
    assert "No question is prepared yet" in browser.submit("/remove").text


def outcome_form(browser):
    """Where the form goes that records an outcome: the last of the page, less "Are you still there?"."""
    return [form.action for form in browser.page.forms if form.action != "/stay"][-1]


def emptied(browser, change):
    browser.open(change)
    return browser.submit(change, status=422, question="  ")


def test_recording_starts_from_the_question_and_the_day_shows_the_answer_beneath_it(world, browser, path):
    browser.sign_in(CHAIR)
    browser.open(path)
    a_question(browser)
    browser.open(browser.open(browser.page.href("Northshire Police")).href("Record what came of it"))
    action = outcome_form(browser)
    typed = browser.page.form(action).data()
    assert typed["challenge"].strip() == "Who speaks to the child?" and typed["standard_key"] == "standard-1"
    browser.submit(action, answer="The first officer at the door.")
    page = browser.open(path)
    assert "asked by the chair Answered The first officer at the door." in page.text
    assert "Change the question" not in page.text


def test_sessions_lead_to_each_other_past_welcome_and_breaks(world, browser, path):
    browser.sign_in(CHAIR)
    browser.open(path)
    browser.submit(f"{path}/parts", **{"part-title": "Welcome", "part-minutes": "10", "part-place": "1"})
    browser.submit(f"{path}/parts", **{"part-title": "Break", "part-minutes": "10", "part-place": "3"})
    browser.submit(f"{path}/sessions", organisation=option(browser, "Harbour Housing"), minutes="20")
    police = police_page(browser, path)
    assert "09:40 to 10:00" in police.text
    housing = browser.open(police.href("Harbour Housing"))
    assert "10:10 to 10:30" in housing.text and housing.href("Northshire Police")


def test_a_question_that_was_answered_stays(world, app, browser, path):
    browser.sign_in(CHAIR)
    browser.open(path)
    change = a_question(browser).href("Change the question")
    browser.open(browser.open(browser.page.href("Northshire Police")).href("Record what came of it"))
    browser.submit(outcome_form(browser), answer="The first officer.")
    browser.open(change)
    assert "is recorded, so it stays" in browser.submit("/remove").text


def test_the_session_shows_the_ratings_as_submitted(browser, path):
    browser.sign_in(CHAIR)
    page = police_page(browser, path)
    assert "By its own rating 1 of 3 at the best level (33.3 %); not moderated yet." in page.text
    assert "1 Standard 1 1 G Green 1 A Amber Not yet" in page.text
    assert "2 Standard 2 1 R Red 1 N/A Not yet" in page.text


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
    action = outcome_form(browser)
    page = browser.submit(
        action, challenge="Who speaks to the child?", answer="The first officer.",
        action_text="Sample twenty records.", action_owner_name="Asha Rahman",
        action_owner_role="Superintendent", action_due_on=f"{due.day} {due.month} {due.year}",
    )  # fmt: skip
    assert "Recorded, and the action is in the plan." in page.text
    assert "Sample twenty records. Asha Rahman, Superintendent, by" in page.text
    browser.open(page.href("Sample twenty records."))
    page = followed(browser, browser.page.href("See the challenge"))
    assert "Asked Who speaks to the child?" in page.text


def test_the_agency_reads_what_was_asked_and_is_offered_no_page_of_the_board(world, browser, path):
    browser.sign_in(CHAIR)
    police_page(browser, path)
    due = clock.today() + timedelta(days=60)
    browser.submit(
        outcome_form(browser), challenge="Who speaks to the child?", action_text="Sample records.",
        action_owner_name="Asha Rahman", action_owner_role="Superintendent",
        action_due_on=f"{due.day} {due.month} {due.year}",
    )  # fmt: skip
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    browser.open(browser.open("/actions/").href("Sample records."))
    assert "What was asked Who speaks to the child?" in browser.page.text
    assert "See the challenge" not in browser.page.text and "See the cycle" not in browser.page.text
    browser.open(f"/challenge/actions/{browser.response.request.path.rsplit('/', 1)[-1]}", status=404)


def test_an_action_without_person_or_date_is_refused_and_everything_typed_is_kept(browser, path):
    browser.sign_in(CHAIR)
    police_page(browser, path)
    action = outcome_form(browser)
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
        outcome_form(browser), challenge="Is it still so?", good_practice="The buddy scheme."
    )
    assert "The buddy scheme." in page.text


def test_a_moderator_reads_and_does_not_record(browser, path):
    browser.sign_in(MODERATOR)
    page = police_page(browser, path)
    assert "Record an outcome" not in page.text
    data = page.form("/sign-out").data(challenge="x")
    for form in ("/enquiries", "/sessions", "/sessions/fill", "/change"):
        browser.post(f"{path}{form}", data, status=403)
    browser.open(f"{path}/change", status=403)


@pytest.mark.parametrize("email", [POLICE_LEAD, OUTSIDER])
def test_agencies_and_other_partnerships_do_not_see_a_day(browser, path, email):
    browser.sign_in(email)
    browser.open(path, status=404)
