"""Today: what the running cycles ask of the office, in one page, and nothing of what is not theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.models import Issue, IssueLine, SubmissionGroup
from s11.desk.models import Call, Escalation
from s11.evidence.requests import operations as requests
from s11.notices.models import Notice
from s11.notices.operations import queue
from s11.people import queries as people
from s11.returns import queries as returns
from tests.factories.counties import FIRST, a_county
from tests.factories.world import CHAIR, DSL, EARLY_YEARS_ADVISER, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def test_all_is_well_where_nothing_waits(browser: Browser, world: World) -> None:
    for ref in (world.cycle, world.school_cycle):
        with world.app.app_context(), unit_of_work():
            cycle = cycles.by_ref(ref)
            cycle.closed_at = clock.now()
    browser.sign_in(MANAGER)
    assert "All is well" in browser.open("/cycles/today").text


def test_each_running_cycle_says_who_needs_what_and_leads_to_its_list(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 20)
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/today")
    assert "11 of 21" not in page.text and "10 of 21" in page.text
    assert f"/cycles/{world.school_cycle}?show=bounced#list" in [href for href, _ in page.links]
    assert "1 organisation found" in browser.open(f"/cycles/{world.school_cycle}?show=bounced").text


def test_what_is_due_within_seven_days_is_counted_and_its_day_named(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    with world.app.app_context(), unit_of_work():
        cycles.by_ref(world.school_cycle).due_on = clock.today() + timedelta(days=7)
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/today")
    assert "6 due within seven days and not in." in page.text
    assert "This week" in page.text and "Cycle SCHOOL-2026 is due" in page.text


def test_a_call_is_to_be_made_on_its_day_until_somebody_rang(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)

    def rang(back_in: int | None) -> str:
        with world.app.app_context(), unit_of_work():
            cycle = cycles.by_ref(world.school_cycle)
            back = None if back_in is None else clock.today() + timedelta(days=back_in)
            db.session.add(
                Call(organisation_id=FIRST + 9, partnership_id=cycle.partnership_id, cycle_id=cycle.id,
                     at=clock.now(), by_name="Olive", spoke_to="Reception", call_back_on=back)
            )  # fmt: skip
        return browser.open("/cycles/today").text

    browser.sign_in(MANAGER)
    tomorrow = rang(1)
    assert "Calls to make back" not in tomorrow, "tomorrow is another day"
    assert "Call School 0009 back" in tomorrow, "and it stands in the week"
    assert "Calls to make back" in rang(-2)
    assert "Calls to make back" not in rang(None), "they were reached"


def test_evidence_and_answers_asked_for_this_week_stand_in_it(browser: Browser, world: World) -> None:
    with world.app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.cycle)
        police = returns.by_ref(world.police).organisation
        manager = people.by_address(MANAGER)
        for days, title in ((7, "Training record"), (8, "Supervision policy")):
            requests.ask(
                cycle.partnership, police, title=title, reason="review", why="A review.", what="The record.",
                due_on=clock.today() + timedelta(days), by=manager,
            )  # fmt: skip
        db.session.add(
            Escalation(
                invitation_id=returns.by_ref(world.police).invitation_id,
                to_name="Dame Ada Roe",
                subject="S",
                letter="Dear",
                at=clock.now(),
                answer_by=clock.today() + timedelta(days=3),
            )
        )
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/today")
    assert "Evidence from Northshire Police is due: Training record" in page.text
    assert "Supervision policy" not in page.text
    assert "Dame Ada Roe of Northshire Police was asked to answer" in page.text


def test_mail_that_came_back_lately_is_named_with_its_address(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    with world.app.app_context(), unit_of_work():
        bounced = update(Notice).where(Notice.organisation_id == FIRST + 9)
        db.session.execute(bounced.values(bounced_at=clock.now()))
        tried = update(Notice).where(Notice.organisation_id == FIRST + 8)
        db.session.execute(tried.values(given_up_at=clock.now(), sent_at=None))
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/today")
    assert "lead9@county.example Came back" in page.text
    assert "lead8@county.example Could not be sent" in page.text
    with world.app.app_context(), unit_of_work():
        # The address was corrected, and the next mail arrived.
        cycle = cycles.by_ref(world.school_cycle)
        arrived = queue(
            to_address="right@county.example",
            to_name="Lead",
            subject="Again",
            body="",
            organisation_id=FIRST + 9,
            about=cycle.ref,
        )
        arrived.sent_at = clock.now() + timedelta(minutes=1)
    page = browser.open("/cycles/today")
    assert "lead9@county.example" not in page.text and "lead8@county.example" in page.text
    browser.sign_out()
    browser.sign_in(CHAIR)
    page = browser.open("/cycles/today")
    assert "county.example" not in page.text, "addresses are for whoever writes to them"
    assert "Mail came back" in page.text


def test_asking_that_stopped_is_told_and_a_group_of_next_month_is_not(browser: Browser, world: World) -> None:
    with world.app.app_context(), unit_of_work():
        cycle, today = cycles.by_ref(world.cycle), clock.today()
        later = SubmissionGroup(
            cycle_id=cycle.id, name="Late", opens_on=today + timedelta(40), due_on=today + timedelta(60)
        )
        issue = Issue(cycle_id=cycle.id, started_at=clock.now())
        db.session.add_all([later, issue])
        db.session.flush()
        school = returns.by_ref(world.school).organisation
        db.session.add(IssueLine(issue_id=issue.id, organisation_id=school.id, group_id=later.id))
    browser.sign_in(MANAGER)
    assert "Asking stopped half-way" not in browser.open("/cycles/today").text
    with world.app.app_context(), unit_of_work():
        db.session.execute(update(SubmissionGroup).values(opens_on=clock.today()))
    page = browser.open("/cycles/today")
    assert "Asking stopped half-way: 1 organisation is still to be asked." in page.text
    assert "Group Late of Cycle TINY-2026 opens" in page.text
    browser.open(page.href("Carry on"))


def test_what_was_sent_back_is_named(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    assert "Sent back and waiting" not in browser.open("/cycles/today").text
    with world.app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        return_.stage, return_.round = "sent_back", 2
    assert "Sent back and waiting: Northshire Police" in browser.open("/cycles/today").text


def test_an_adviser_sees_the_cycles_of_their_own_audit(browser: Browser, world: World) -> None:
    browser.sign_in(EARLY_YEARS_ADVISER)
    page = browser.open("/cycles/today")
    assert "All is well" in page.text and "TINY" not in page.text and "SCHOOL" not in page.text


@pytest.mark.parametrize("email", [POLICE_LEAD, DSL])
def test_it_does_not_exist_for_organisations(browser: Browser, world: World, email: str) -> None:
    browser.sign_in(email)
    browser.open("/cycles/today", status=404)


def test_the_year_puts_cycles_in_their_parts(browser: Browser, world: World) -> None:
    with world.app.app_context(), unit_of_work():
        cycles.by_ref(world.school_cycle).closed_at = clock.now()
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/")
    assert "Running" in page.text and "Over: 1 cycle" in page.text and "Planned" not in page.text
    assert "in 30 days" in page.text and "Today Cycles" in page.text
