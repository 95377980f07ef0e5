"""Closing a cycle: the late with a date of their own get in, the others are told whom to ask."""

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.models import Invitation
from s11.desk.models import Call, Escalation
from s11.desk.operations import add_usual
from s11.people import queries as people
from s11.returns import queries
from s11.returns.operations import save_answers
from s11.returns.operations.closing import close_cycle, open_cycle_again
from tests.factories.world import (
    CHAIR,
    DSL,
    EDUCATION_ADVISER,
    HEAD,
    HOUSING_LEAD,
    MANAGER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.factories.years import moderate
from tests.pages import Browser

pytestmark = pytest.mark.database
OFFICE = "Ask the partnership office (office@board.example) for a later date"


@pytest.fixture
def overdue(app: Flask, world: World) -> World:
    """The police have submitted, the housing association has not, and the due day was yesterday."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    due(world, clock.today() - timedelta(days=1))
    return world


def due(world: World, day: date) -> None:
    with world.app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(world.cycle)
        cycle.opens_on, cycle.due_on = day - timedelta(days=60), day


def close(world: World, *, with_returns: bool = False) -> int:
    with world.app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(world.cycle)
        return close_cycle(cycle, with_returns=with_returns, by=people.by_address(MANAGER))


def stage(world: World, ref: str) -> str:
    with world.app.app_context():
        return queries.by_ref(ref).stage


def try_to_save(world: World, ref: str, by: str, *, after: timedelta = timedelta(minutes=20)) -> str:
    """What somebody reads who saves so long after now; nothing where it is taken."""
    with world.app.app_context(), clock.pretend(clock.now() + after), unit_of_work():
        try:
            save_answers(queries.by_ref(ref), [], by=people.by_address(by))
        except DomainError as refusal:
            return refusal.sentence
    return ""


def give_longer(world: World, ref: str, days: int) -> None:
    with world.app.app_context(), unit_of_work():
        until = clock.today() + timedelta(days=days)
        cycles.extend(queries.by_ref(ref).invitation, until=until, reason="A flood.", by=None)


def test_whoever_never_came_is_told_that_it_is_closed_and_whom_to_ask(overdue: World) -> None:
    assert not try_to_save(overdue, overdue.housing, HOUSING_LEAD)
    close(overdue)
    said = try_to_save(overdue, overdue.housing, HOUSING_LEAD)
    assert said.startswith("This was closed on") and OFFICE in said


def test_a_page_open_at_the_closing_is_taken_for_a_quarter_of_an_hour(overdue: World) -> None:
    close(overdue)
    assert not try_to_save(overdue, overdue.housing, HOUSING_LEAD, after=timedelta(minutes=14))


def test_one_organisation_gets_in_late_and_the_cycle_stays_closed_for_the_rest(overdue: World) -> None:
    close(overdue)
    give_longer(overdue, overdue.housing, 5)
    assert not try_to_save(overdue, overdue.housing, HOUSING_LEAD)
    assert "closed at the end of" in try_to_save(
        overdue, overdue.housing, HOUSING_LEAD, after=timedelta(days=6)
    )
    a_return(overdue.app, overdue.housing, "G G G G", by=HOUSING_LEAD, submit=True)
    assert stage(overdue, overdue.housing) == "submitted"
    with overdue.app.app_context():
        assert cycle_queries.by_ref(overdue.cycle).closed_at is not None


def test_nobody_loses_the_date_they_were_given(overdue: World) -> None:
    due(overdue, clock.today() + timedelta(days=3))
    close(overdue)
    assert not try_to_save(overdue, overdue.housing, HOUSING_LEAD)
    assert try_to_save(overdue, overdue.housing, HOUSING_LEAD, after=timedelta(days=4))


def test_returns_stay_for_moderation_until_they_are_closed_too(overdue: World) -> None:
    assert close(overdue) == 0 and stage(overdue, overdue.police) == "submitted"
    with overdue.app.app_context(), unit_of_work():
        moderate(queries.by_ref(overdue.police))
    assert close(overdue, with_returns=True) == 1 and stage(overdue, overdue.police) == "closed"
    assert close(overdue, with_returns=True) == 0


@pytest.mark.parametrize("moderated", [True, False])
def test_opened_again_a_return_stands_where_it_stood(overdue: World, moderated: bool) -> None:
    if moderated:
        with overdue.app.app_context(), unit_of_work():
            moderate(queries.by_ref(overdue.police))
    close(overdue, with_returns=True)
    with overdue.app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(overdue.cycle)
        with pytest.raises(DomainError, match="Say why"):
            open_cycle_again(cycle, reason=" ", by=people.by_address(MANAGER))
        open_cycle_again(cycle, reason="The wrong cycle.", by=people.by_address(MANAGER))
    assert stage(overdue, overdue.police) == ("moderated" if moderated else "submitted")
    assert not try_to_save(overdue, overdue.housing, HOUSING_LEAD)


def test_the_page_says_what_closing_does_before_it_is_done(browser: Browser, overdue: World) -> None:
    with overdue.app.app_context(), unit_of_work():
        invitation = db.session.get(Invitation, queries.by_ref(overdue.housing).invitation_id)
        db.session.add(
            Escalation(
                invitation=invitation, to_name="Dame Una High", subject="A return", letter="Dear Dame Una",
                at=clock.now(),
            )
        )  # fmt: skip
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{overdue.cycle}/closing")
    assert "1 submitted 0 moderated 0 closed 0 wait only for a signature" in page.text
    assert "1 never came 0 still waited for" in page.text
    assert "Harbour Housing, not started Escalated to Dame Una High" in page.text
    form = page.form("/close")
    refused = browser.post(form.action, form.data(), status=422)
    assert "Choose what happens to the returns that are in." in refused.text
    done = browser.post(form.action, form.data(returns="close"))
    assert "The cycle is closed. 1 return is closed." in done.text and "Open it again" in done.text
    twice = browser.post(form.action, form.data(returns="close"))
    assert "This cycle is closed" in twice.text
    opened = browser.post(
        done.form("/open-again").action, done.form("/open-again").data(reason="By mistake.")
    )
    assert "The cycle is open again" in opened.text and stage(overdue, overdue.police) == "submitted"


def test_who_came_after_the_closing_is_named(browser: Browser, overdue: World) -> None:
    close(overdue)
    give_longer(overdue, overdue.housing, 5)
    browser.sign_in(MANAGER)
    assert "1 organisation can still answer" in browser.open(f"/cycles/{overdue.cycle}/closing").text
    a_return(overdue.app, overdue.housing, "G G G G", by=HOUSING_LEAD, submit=True)
    page = browser.open(f"/cycles/{overdue.cycle}/closing")
    assert "In after the closing Harbour Housing" in page.text


def test_a_cycle_past_its_last_day_is_said_to_be_due_for_closing(browser: Browser, overdue: World) -> None:
    with overdue.app.app_context(), unit_of_work():
        cycle_queries.by_ref(overdue.cycle).closes_on = clock.today() - timedelta(days=1)
    browser.sign_in(MANAGER)
    assert "this cycle is due to be closed" in browser.open(f"/cycles/{overdue.cycle}").text


@pytest.mark.parametrize(("who", "status"), [(CHAIR, 403), (EDUCATION_ADVISER, 404), (POLICE_LEAD, 404)])
def test_the_office_closes_and_nobody_else(browser: Browser, overdue: World, who: str, status: int) -> None:
    browser.sign_in(who)
    browser.open(f"/cycles/{overdue.cycle}/closing", status=status)


def test_the_return_says_to_its_people_that_it_is_closed(browser: Browser, overdue: World) -> None:
    close(overdue)
    browser.sign_in(HOUSING_LEAD)
    assert OFFICE in browser.open(f"/returns/{overdue.housing}").text


def later(minutes: int = 20) -> AbstractContextManager[None]:
    return clock.pretend(clock.now() + timedelta(minutes=minutes))


def test_whoever_had_to_sign_reads_that_it_is_closed_and_is_offered_no_signature(
    app: Flask, world: World
) -> None:
    a_return(app, world.school, "G A", by=DSL, submit=True)
    with app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(world.school_cycle)
        cycle.opens_on, cycle.due_on = cycle.opens_on, clock.today() - timedelta(days=1)
        cycle.closes_on = clock.today() + timedelta(days=60)
    office = Browser(app)
    office.sign_in(MANAGER)
    page = office.open(f"/cycles/{world.school_cycle}/closing").text
    day = clock.today() + timedelta(days=60)
    assert f"This is 60 days before the last day they were given, {day.day} {day:%B %Y}." in page
    assert "1 organisation is still at work on it" in page
    assert "1 return waits only for a signature" in page and "0 never came" in page
    with app.app_context(), unit_of_work():
        close_cycle(cycle_queries.by_ref(world.school_cycle), with_returns=False, by=None)
    head = Browser(app)
    with later():
        assert "Closed" in head.sign_in(HEAD).text and "It waits for your signature" not in head.page.text
        assert "so it is no longer taken" in head.page.text
        page = head.open(f"/returns/{world.school}/check")
        assert "This was closed on" in page.text and not any("/sign/" in form.action for form in page.forms)
        desk = office.open(f"/cycles/{world.school_cycle}").text
    assert "Closed: only a signature is missing" in desk and "and then escalate" not in desk
    assert "Remind those ticked" not in desk and "Chase " not in office.open("/home").text
    assert "closes " not in desk and "Ask more organisations" not in desk


def test_a_closed_cycle_lists_no_reminders_to_come_and_keeps_what_was_promised(
    app: Flask, world: World
) -> None:
    with app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(world.cycle)
        add_usual(cycle, by=people.by_address(MANAGER))
        organisation = queries.by_ref(world.housing).organisation
        db.session.add(
            Call(
                organisation=organisation,
                cycle=cycle,
                partnership_id=cycle.partnership_id,
                at=clock.now(),
                by_name="Mary Manager",
                said="They will ring.",
                call_back_on=clock.today(),
            )
        )
    office = Browser(app)
    office.sign_in(MANAGER)
    assert "Reminders to come" in office.open(f"/cycles/{world.cycle}/reminders").text
    close(world)
    text = office.open(f"/cycles/{world.cycle}/reminders").text
    assert "Reminders to come" not in text and "As things stand nobody is reminded any more." in text
    assert "Calls to make back" in office.open("/cycles/today").text
