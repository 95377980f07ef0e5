"""The plan on the screen: who sees what, filters, updates and refusals."""

import csv
from datetime import timedelta

import pytest

from s11.actions import queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.people import queries as people
from tests.actions.some import an_action
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    OUTSIDER,
    POLICE_HELPER,
    POLICE_LEAD,
)  # fmt: skip

LONG_AGO = timedelta(days=90)

pytestmark = pytest.mark.database


def test_the_plan_counts_what_is_open_and_overdue(world, browser):
    an_action(world)
    an_action(world, days=-5, agreed_at=clock.now() - LONG_AGO)
    browser.sign_in(MANAGER)
    page = browser.open("/actions/")
    assert "2 open, 1 overdue" in page.text
    assert "Overdue by 5 days" in page.text


def test_an_agency_sees_its_own_actions_only(world, browser):
    mine, theirs = (
        an_action(world, text="Police action"),
        an_action(world, of="Harbour Housing", text="Housing action"),
    )
    browser.sign_in(POLICE_LEAD)
    page = browser.open("/actions/")
    assert "Police action" in page.text and "Housing action" not in page.text
    browser.open(f"/actions/{mine}")
    browser.open(f"/actions/{theirs}", status=404)


def test_another_partnership_sees_nothing(world, browser):
    ref = an_action(world)
    browser.sign_in(OUTSIDER)
    assert "No actions yet" in browser.open("/actions/").text
    browser.open(f"/actions/{ref}", status=404)


def test_filters_narrow_the_plan_and_stay_in_the_download(world, browser):
    an_action(world, text="Sergeants", source="review")
    an_action(world, text="Leaflet", source="audit", of="Harbour Housing")
    browser.sign_in(MANAGER)
    page = browser.open("/actions/?source=audit&status=nonsense")
    assert "Leaflet" in page.text and "Sergeants" not in page.text
    browser.open(page.href("Download"))
    rows = list(csv.DictReader(browser.response.get_data().decode("utf-8-sig").splitlines()))
    assert [row["Action"] for row in rows] == ["Leaflet"]


def test_a_formula_in_an_action_is_text_in_the_download(world, browser):
    an_action(world, text="=HYPERLINK(1)")
    browser.sign_in(MANAGER)
    browser.open("/actions/plan.csv")
    assert "'=HYPERLINK(1)" in browser.response.get_data().decode("utf-8-sig")


@pytest.mark.parametrize("email", [POLICE_LEAD, POLICE_HELPER, MANAGER])
def test_its_own_people_and_the_office_say_how_it_goes(world, browser, email):
    ref = an_action(world)
    browser.sign_in(email)
    browser.open(f"/actions/{ref}")
    typed = browser.page.form(f"/actions/{ref}").data(
        status="on_track", text="Ten of twenty sergeants trained."
    )
    page = browser.post(f"/actions/{ref}", typed)
    assert "Your update has been saved" in page.text
    assert "Ten of twenty sergeants trained." in page.text


@pytest.mark.parametrize("email", [CHAIR, MODERATOR])
def test_others_of_the_board_read_and_do_not_write(world, browser, email):
    ref = an_action(world)
    browser.sign_in(email)
    page = browser.open(f"/actions/{ref}")
    assert "Say how it goes" not in page.text
    token = page.form("/sign-out").data()
    browser.post(f"/actions/{ref}", {**token, "version": 1, "status": "on_track", "text": "x"}, status=403)


def test_a_refused_update_keeps_what_was_typed(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}")
    page = browser.submit(f"/actions/{ref}", status=422, **{"text": "Half way there.", "due_on": "ongoing"})
    assert "“ongoing” is not a date" in page.text
    assert page.form(f"/actions/{ref}").data()["text"].strip() == "Half way there."


def test_a_stale_update_shows_theirs_and_keeps_mine(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    mine = (
        browser.open(f"/actions/{ref}").form(f"/actions/{ref}").data(text="My long text.", status="at_risk")
    )
    browser.post(f"/actions/{ref}", {**mine, "text": "Their text."})
    page = browser.post(f"/actions/{ref}", mine, status=412)
    assert "Their text." in page.text
    assert page.form(f"/actions/{ref}").data()["text"].strip() == "My long text."
    assert "saved" in browser.post(f"/actions/{ref}", page.form(f"/actions/{ref}").data()).text


def test_a_lead_adds_an_action_for_their_own_organisation(world, browser):
    browser.sign_in(HOUSING_LEAD)
    browser.open("/actions/new")
    due = clock.today() + timedelta(days=60)
    page = browser.submit(
        "/actions/new", source="audit", source_title="Case audit", text="Visit every family.",
        owner_name="Hari Lead", owner_role="Director", due_on=f"{due.day} {due.month} {due.year}",
    )  # fmt: skip
    assert "Harbour Housing" in page.text and "Visit every family." in page.text


def test_a_new_action_with_a_post_instead_of_a_person_is_refused_and_kept(world, browser):
    browser.sign_in(MANAGER)
    browser.open("/actions/new")
    page = browser.submit(
        "/actions/new", status=422, text="Visit every family.", owner_name="Director", due_on="TBC"
    )
    assert "first name and a surname" in page.text and "“TBC” is not a date" in page.text
    assert page.form("/actions/new").data()["text"].strip() == "Visit every family."


def test_a_contributor_cannot_add(world, browser):
    browser.sign_in(POLICE_HELPER)
    browser.open("/actions/new", status=404)


def test_the_command_lists_a_plan_as_csv(app, world):
    an_action(world, text="=1+1")
    done = app.test_cli_runner().invoke(
        args=["actions", "list", "--partnership", "northshire", "--format", "csv"]
    )
    assert done.exit_code == 0 and "'=1+1" in done.output


def test_the_command_says_which_partnership_it_does_not_know(app, world):
    done = app.test_cli_runner().invoke(args=["actions", "list", "--partnership", "nowhere"])
    assert done.exit_code != 0 and "No partnership has the code “nowhere”" in done.output


def test_everything_wrong_with_an_update_is_said_at_once(world, browser):
    ref = an_action(world)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}")
    page = browser.submit(f"/actions/{ref}", status=422, text=" ", due_on="1 1 2020")
    assert "Say what has been done" in page.text
    assert "lies in the past" in page.text and "Say why the completion date moves" in page.text


def test_an_overdue_action_is_updated_without_moving_its_date(world, browser):
    ref = an_action(world, days=-5, agreed_at=clock.now() - LONG_AGO)
    due = clock.today() - timedelta(days=5)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/actions/{ref}")
    typed = {"status": "at_risk", "text": "The trainer left.", "due_on": f"{due.day} {due.month} {due.year}"}
    page = browser.post(f"/actions/{ref}", browser.page.form(f"/actions/{ref}").data(**typed))
    assert "Your update has been saved" in page.text and "Overdue by 5 days" in page.text


def test_whoever_has_one_organisation_is_not_asked_whose_action_it_is(world, browser):
    browser.sign_in(HOUSING_LEAD)
    page = browser.open("/actions/new")
    assert "Harbour Housing Add an action" in page.text and "Whose action is it?" not in page.text


def test_the_office_has_to_say_whose_action_it_is_and_hears_so_with_the_rest(world, browser):
    browser.sign_in(MANAGER)
    browser.open("/actions/new")
    page = browser.submit("/actions/new", status=422)
    assert "Choose whose action it is." in page.text and "Say what will be done." in page.text


def test_the_figures_of_the_plan_keep_the_filter_when_they_are_followed(world, browser):
    an_action(world, source="audit")
    an_action(world, source="review")
    browser.sign_in(MANAGER)
    page = browser.open(browser.open("/actions/?source=audit").href("1 open"))
    assert "1 action found" in page.text


def test_an_organisation_is_not_offered_a_choice_of_one(world, browser):
    an_action(world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open("/actions/")
    assert "Everything your organisation has promised: 1 open, 0 overdue." in page.text
    assert "Any organisation" not in page.text
    an_action(world, of="Harbour Housing")
    shared = an_action(world, of="Harbour Housing")
    with world.app.app_context(), unit_of_work():
        queries.by_ref(shared).owner_id = people.by_address(POLICE_LEAD).id
    page = browser.open("/actions/")
    assert "Everything you and your organisations have promised: 2 open, 0 overdue." in page.text
