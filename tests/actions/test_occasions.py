"""Actions that are added where something was found: in moderation, or in evidence that was asked for."""

from datetime import timedelta

import pytest

from s11.actions import queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.evidence.requests import operations as requests
from s11.organisations import queries as organisations
from tests.factories.world import CHAIR, MANAGER, MODERATOR, POLICE_LEAD, a_return
from tests.moderation.some import moderated, person

pytestmark = pytest.mark.database


def day_in(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def test_an_action_after_evidence_that_was_asked_for_names_it(world, browser):
    with world.app.app_context(), unit_of_work():
        asked = requests.ask(
            organisations.partnership_by_code(world.partnership),
            organisations.by_name("Harbour Housing"),
            title="Record of supervision",
            reason="challenge",
            why="It was unclear.",
            what="The record of a year.",
            due_on=clock.today() + timedelta(days=9),
            by=person(MANAGER),
        )
        ref = asked.ref
    browser.sign_in(MANAGER)
    page = browser.open(f"/actions/new?request={ref}")
    assert "Record of supervision" in page.text and "Where does it come from?" not in page.text
    form = next(one for one in page.forms if one.action.startswith("/actions/new"))
    page = browser.post(
        form.action,
        form.data(text="Write it down.", owner_name="Asha Rahman", owner_role="Head", due_on=day_in(60)),
    )
    assert "Evidence request: Record of supervision" in page.text and "Harbour Housing" in page.text
    with world.app.app_context():
        action = queries.by_ref(page.href("Change it").split("/")[2])
        assert action.evidence_request.ref == ref and action.source == "evidence_request"
    browser.sign_in(CHAIR)
    browser.open(f"/actions/new?request={ref}", status=404)


def test_an_action_from_moderation_waits_until_the_agency_has_seen_it(app, world, browser):
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    where = f"/actions/new?moderation={world.police}&criterion=1.2"
    browser.sign_in(MANAGER)
    assert "Add an action for 1.2" not in browser.open(where).text
    assert "Add an action" not in browser.open(f"/moderation/{world.police}/1").text
    moderated(app, world.police, MODERATOR, "A A A N")
    page = browser.open(browser.open(f"/moderation/{world.police}/1").href("Add an action for 1.2"))
    form = next(one for one in page.forms if one.action.startswith("/actions/new"))
    typed = form.data(text="Ask.", owner_name="Asha Rahman", owner_role="Head", due_on=day_in(60))
    page = browser.post(form.action, typed)
    assert "Moderation: " in page.text and "criterion 1.2" in page.text
    with app.app_context():
        action = queries.by_ref(page.href("Change it").split("/")[2])
        assert action.cycle is not None and action.criterion_key and action.recommendation.startswith("1.2 ")
