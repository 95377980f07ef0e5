"""The form for an action with all it may say, and correcting and mending one."""

from datetime import date, timedelta

import pytest

from s11.actions import operations, queries
from s11.actions.models import PlanImport
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from tests.actions.some import a_review, an_action, answering
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, POLICE_HELPER, POLICE_LEAD

pytestmark = pytest.mark.database


def day_in(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def place_key(world, name: str = "") -> str:
    """What the form calls a place: an organisation of the Board, or the Board itself."""
    with world.app.app_context():
        board, one = organisations.partnership_by_code(world.partnership), organisations.by_name(name)
        return f"{board.ref}.{one.ref if one else ''}"


def added(browser) -> str:
    """The ref of the action on whose page the browser is."""
    return browser.page.href("Change it").split("/")[2]


FULL = {
    "text": "Train everybody.",
    "owner_name": "Asha Rahman",
    "owner_role": "Head of service",
    "priority": "high",
    "resources": "Two days",
    "contingency": "Hire a trainer",
    "owners-0-name": "Jo Bloggs",
    "owners-0-role": "Midwife",
    "owners-0-organisation": "harbour housing",
    "milestones-0-text": "Course written",
}


def test_an_action_says_everything_and_answers_all_with_one_tick(world, browser):
    review, next_year = a_review(world), clock.today().year + 1
    browser.sign_in(MANAGER)
    browser.open(f"/actions/new?review={review}")
    form = next(one for one in browser.page.forms if one.action.startswith("/actions/new"))
    typed = form.data(
        **FULL, place=place_key(world, "Northshire Police"), answers_all="y", due_on=f"May {next_year}"
    )
    page = browser.post(form.action, {**typed, "milestones-0-due_on": day_in(30)})
    assert f"“May {next_year}” was read as 31 May {next_year}." in page.text
    with world.app.app_context():
        action = queries.by_ref(added(browser))
        assert [one.number for one in action.recommendations] == ["1", "2", "2"]
        assert (action.due_on, action.priority, action.contingency) == (
            date(next_year, 5, 31), "high", "Hire a trainer",
        )  # fmt: skip
        (owner,), (step,) = action.owners, action.milestones
        assert (owner.name, owner.organisation.name) == ("Jo Bloggs", "Harbour Housing")
        assert (step.text, step.due_on) == ("Course written", clock.today() + timedelta(days=30))


def test_more_lines_keep_what_was_typed_and_the_board_has_actions_of_its_own(world, browser):
    browser.sign_in(MANAGER)
    browser.open("/actions/new")
    typed = browser.page.form("/actions/new").data(**FULL, place=place_key(world), due_on=day_in(40))
    page = browser.post("/actions/new", {**typed, "go": "more-steps"}, status=200)
    more = page.form("/actions/new").data()
    assert more["milestones-0-text"] == "Course written" and "milestones-5-text" in more
    more |= {"milestones-0-due_on": day_in(10), "milestones-5-text": "Course held"}
    page = browser.post("/actions/new", {**more, "milestones-5-due_on": "ongoing"}, status=422)
    assert "Step 6: “ongoing” is not a date" in page.text
    page = browser.post("/actions/new", {**more, "milestones-5-due_on": day_in(20)})
    assert "Northshire" in page.text and "Train everybody." in page.text
    with world.app.app_context():
        action = queries.by_ref(added(browser))
        assert action.organisation is None
        assert [one.text for one in action.milestones] == ["Course written", "Course held"]


def test_what_a_role_without_a_name_and_a_month_without_a_year_are_told(world, browser):
    browser.sign_in(HOUSING_LEAD)
    browser.open("/actions/new")
    page = browser.submit(
        "/actions/new", status=422, text="Visit.", owner_name="Head of Service", due_on="March",
        **{"owners-0-role": "Midwife", "milestones-²-text": "x"},
    )  # fmt: skip
    assert "“Head of Service” is a post." in page.text and "“March” has no year." in page.text
    assert "Others who have a part, line 1: Enter the full name" in page.text


def test_a_review_chosen_in_the_form_shows_what_can_be_ticked_before_it_is_saved(world, browser):
    review = a_review(world)
    browser.sign_in(MANAGER)
    browser.open("/actions/new")
    typed = browser.page.form("/actions/new").data(
        text="Visit.", owner_name="Asha Rahman", owner_role="Head", due_on=day_in(9), source=review,
        place=place_key(world, "Harbour Housing"),
    )  # fmt: skip
    page = browser.post("/actions/new", typed, status=422)
    assert "Tick which of these recommendations it answers" in page.text and "Meet sooner." in page.text
    page = browser.post("/actions/new", page.form("/actions/new").data())
    assert "Child Harbour" in page.text


def test_a_lead_corrects_their_action_and_its_history_says_from_what_to_what(world, browser):
    ref = answering(world, a_review(world), 0)
    browser.sign_in(POLICE_LEAD)
    where = f"/actions/{ref}/change"
    form = browser.open(where).form(where)
    page = browser.post(where, form.data(owner_role="Director", due_on=day_in(90), priority="low"))
    assert "Owner: from “Asha Rahman, Head of service” to “Asha Rahman, Director”." in page.text
    assert "How much hangs on it" not in page.text and "Priority: from nothing to “Low”." in page.text
    with world.app.app_context():
        action = queries.by_ref(ref)
        assert action.due_on == clock.today() + timedelta(days=30) and len(action.recommendations) == 1
    browser.open(where)
    assert "Nothing was changed." in browser.submit(where).text


def test_who_saves_an_older_state_is_shown_the_newer(world, browser):
    ref = an_action(world)
    browser.sign_in(MANAGER)
    where = f"/actions/{ref}/change"
    mine = browser.open(where).form(where).data(text="Mine.")
    browser.post(where, {**mine, "text": "Theirs."})
    page = browser.post(where, mine, status=412)
    assert "to “Theirs.”." in page.text and page.form(where).data()["text"].strip() == "Mine."
    assert "Mine." in browser.post(where, page.form(where).data()).text


@pytest.mark.parametrize("email", [POLICE_HELPER, CHAIR])
def test_others_change_nothing(world, browser, email):
    ref = an_action(world)
    browser.sign_in(email)
    assert "Change it" not in browser.open(f"/actions/{ref}").text
    browser.open(f"/actions/{ref}/change", status=403)


def brought_in(world) -> str:
    """The ref of an action that was brought in with a post for an owner and no date."""
    ref = an_action(world)
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        action.imported = PlanImport(partnership=action.partnership, begun_at=clock.now())
        db.session.flush()
        action.import_row, action.printed = 7, {"Owner": "Head of Safeguarding", "Timescale": "Ongoing"}
        action.owner_name, action.owner_role, action.due_on, action.first_due_on = "", "Head", None, None
    return ref


def test_what_was_brought_in_is_mended_beside_its_printed_row(world, browser):
    ref = brought_in(world)
    browser.sign_in(POLICE_LEAD)
    where = f"/actions/{ref}/change"
    page = browser.open(where)
    assert "Mend this action" in page.text and "As it was printed, row 7" in page.text
    assert "There is no completion date." in page.text and "Ongoing" in page.text
    page = browser.post(where, page.form(where).data(owner_name="Asha Rahman"))
    assert "Saved. There is no completion date." in page.text
    page = browser.open(where)
    page = browser.post(where, page.form(where).data(due_on="TBC"), status=422)
    assert "“TBC” is not a date" in page.text
    page = browser.post(where, page.form(where).data(due_on=day_in(50)))
    assert "Mended." in page.text
    with world.app.app_context():
        action = queries.by_ref(ref)
        assert action.due_on == action.first_due_on == clock.today() + timedelta(days=50)
        assert [one.kind for one in queries.updates(action.id)] == ["mended", "mended"]


def test_a_step_that_is_done_stays_done_when_others_are_changed(world):
    ref = an_action(world)
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        steps = [operations.StepDetails(text, action.due_on) for text in ("Write", "Hold")]
        said = operations.ActionDetails(action.text, action.owner_name, action.owner_role, milestones=steps)
        operations.change(action, said, version=1, by=None)
        action.milestones[1].done_on = clock.today()
        kept = operations.StepDetails("Hold it twice", action.due_on, ref=action.milestones[1].ref)
        said = operations.ActionDetails(action.text, action.owner_name, action.owner_role, milestones=[kept])
        operations.change(action, said, version=action.version, by=None)
        assert [(one.text, one.done_on) for one in action.milestones] == [("Hold it twice", clock.today())]
