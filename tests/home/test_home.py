"""The front door."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from s11.actions import queries as actions
from s11.actions.rules import Status
from s11.core import clock, database
from s11.core.database import unit_of_work
from s11.cycles import operations as cycle_operations
from s11.cycles import queries as cycles
from s11.people import operations as people
from s11.people import queries as people_queries
from tests.actions.some import an_action
from tests.factories.world import (
    ADMINISTRATOR,
    CHAIR,
    DSL,
    HEAD,
    INSPECTOR,
    MANAGER,
    MODERATOR,
    OFFICE,
    POLICE_LEAD,
    QUALITY,
    TRUST_LEAD,
    World,
    a_return,
)
from tests.pages import PASSWORD, Browser


@pytest.mark.parametrize("path", ["/", "/help", "/accessibility", "/privacy", "/sign-in", "/signed-out"])
def test_everybody_can_read_the_public_pages(browser: Browser, path: str) -> None:
    browser.open(path)


@pytest.mark.database
def test_the_health_check_answers_when_the_database_does(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    response = app.test_client().get("/healthz")
    assert response.status_code == 200 and response.json["status"] == "ok"

    def away() -> None:
        raise OperationalError("SELECT 1", {}, OSError("away"))

    monkeypatch.setattr(database, "ping", away)
    response = app.test_client().get("/healthz")
    assert response.status_code == 503 and response.json["status"] == "unavailable"


def test_home_says_what_to_do_now(app: Flask, world: World) -> None:
    lead = Browser(app)
    page = lead.sign_in(POLICE_LEAD)
    assert "Cycle TINY-2026" in page.text and page.href("Start") == f"/returns/{world.police}"
    a_return(app, world.school, "G A", by=DSL, submit=True)
    head = Browser(app)
    assert "It waits for your signature as headteacher." in head.sign_in(HEAD).text
    manager = Browser(app)
    page = manager.sign_in(MANAGER)
    assert "This year's returns" in page.text and "0 of 2" in page.text


def test_an_unknown_page_says_so_plainly(browser: Browser) -> None:
    browser.open("/nothing-here", status=404)
    assert "Page not found" in browser.page.text


def test_a_strange_host_is_refused(app: Flask) -> None:
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_fault_of_ours_shows_a_reference_and_no_details(app: Flask) -> None:
    def fault() -> str:
        raise RuntimeError("secret detail")

    app.view_functions["home.help"] = fault
    response = app.test_client().get("/help")
    assert response.status_code == 500
    assert "give this reference" in response.text and "secret detail" not in response.text


def test_a_head_sees_a_return_that_is_still_in_hand(browser: Browser, world: World) -> None:
    a_return(world.app, world.school, "G -", by=DSL)
    page = browser.sign_in(HEAD)
    assert "Nothing waits for you" in page.text and "Under way" in page.text
    assert page.href("Cycle SCHOOL-2026") == f"/returns/{world.school}"


def test_a_trust_lead_sees_how_each_school_stands_in_one_table(app: Flask, world: World) -> None:
    a_return(app, world.school, "G -", by=DSL)
    trust = Browser(app)
    page = trust.sign_in(TRUST_LEAD)
    assert "Schools of your trust" in page.text and "Hill Primary School" in page.text
    assert "In progress" in page.text and "1 of 2" in page.text
    page = trust.open(page.href("Hill Primary School"))
    assert "Cycle SCHOOL-2026" in page.text
    trust.open(page.href("Standard 1"))
    page = trust.submit("/standards/1", go="check")
    assert not any("/sign/" in form.action for form in page.forms)


@pytest.mark.parametrize(
    ("email", "offered"),
    [(MODERATOR, True), (CHAIR, True), (QUALITY, False), (OFFICE, False), (INSPECTOR, False)],
)
def test_moderating_is_offered_to_whoever_moderates(
    app: Flask, world: World, email: str, offered: bool
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    assert ("Moderate Cycle TINY-2026" in Browser(app).sign_in(email).text) is offered


def test_who_holds_no_role_is_told_so_and_what_to_do(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        people.add(name="Nora Norole", email="nora@nowhere.example", password=PASSWORD)
    nobody = Browser(app)
    page = nobody.sign_in("nora@nowhere.example")
    assert "You hold no role here at the moment" in page.text
    assert "invite you at nora@nowhere.example" in page.text
    assert [label for _, label in page.links].count("Home") == 1 and "Actions" not in page.text


def test_the_administrator_is_no_stranger_at_home(app: Flask, world: World) -> None:
    administrator = Browser(app)
    assert "You hold no role" not in administrator.sign_in(ADMINISTRATOR).text


def test_anybody_can_read_who_may_do_what(browser: Browser) -> None:
    page = browser.open(browser.open("/privacy").href("Who may see and do what"))
    rows = " ".join(page.text.split())
    assert "Read the working copy Everybody Nobody Nobody" in rows
    assert (
        "Answer Lead, deputy, contributors in the standards given to them, trust lead: while the return"
        in rows
    )
    assert "Read what was submitted Everybody: once the return is submitted" in rows
    assert browser.open("/help").href("Who may see and do what") == "/who-may-do-what"


@pytest.mark.parametrize("email", [CHAIR, MANAGER, MODERATOR])
def test_planning_next_year_leaves_the_running_audit_at_home(
    browser: Browser, world: World, email: str
) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with world.app.app_context(), unit_of_work():
        running = cycles.by_ref(world.cycle)
        assert running is not None
        day = running.due_on + timedelta(days=365)
        cycle_operations.plan(
            running.partnership, running.edition, code="NEXT", title="Next year", opens_on=day, due_on=day
        )
    text = browser.sign_in(email).text
    assert "1 of 2" in text and text.index("Cycle TINY-2026") < text.index("Next year")
    assert "Planned, and nobody asked yet" in text and "Moderate Cycle TINY-2026" in text


def test_what_was_said_to_be_complete_waits_on_the_home_of_whoever_decides(app: Flask, world: World) -> None:
    """The office that said so itself does not decide; the agency sees it waiting nowhere."""
    ref = an_action(world)
    with app.app_context(), unit_of_work():
        action = actions.by_ref(ref)
        action.status, action.completed_at = Status.COMPLETE, clock.now()
        action.completed_by_id = people_queries.by_address(OFFICE).id
    page = Browser(app).sign_in(CHAIR)
    assert "1 to accept or return: Northshire Police." in page.text
    assert page.href("Look and decide") == f"/actions/{ref}"
    for email in (OFFICE, POLICE_LEAD):
        assert "to accept or return" not in Browser(app).sign_in(email).text


def test_what_difference_an_action_made_is_asked_on_the_home_of_its_owner(app: Flask, world: World) -> None:
    ref = an_action(world)
    with app.app_context(), unit_of_work():
        action = actions.by_ref(ref)
        action.status, action.ask_on = Status.VERIFIED, clock.today()
        action.owner_id = people_queries.by_address(POLICE_LEAD).id
    page = Browser(app).sign_in(POLICE_LEAD)
    assert "What difference did it make for children?" in page.text
    assert any(href == f"/actions/{ref}/difference" for href, _ in page.links)
    with app.app_context(), unit_of_work():
        actions.by_ref(ref).ask_on = clock.today() + timedelta(days=1)
    assert "What difference did it make" not in Browser(app).sign_in(POLICE_LEAD).text
