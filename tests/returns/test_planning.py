"""Planning a cycle on screen: dates, groups, who is asked, the next round, and changes after issue."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries
from s11.cycles.audience import Audience
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from tests.factories.world import (
    CHAIR,
    EDUCATION_ADVISER,
    HOUSING_LEAD,
    MANAGER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def in_days(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def ref_of(world: World, name: str) -> str:
    with world.app.app_context():
        found = organisations.by_name(name)
        assert found is not None
        return found.ref


def test_wrong_dates_and_placeholders_are_named_before_anything_happens(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    browser.open("/cycles/new")
    fields = {"edition": "TINY-2026", "title": "Next", "code": "NEXT", "opens_on": "1 3 2027"}
    page = browser.submit("/cycles/new", **fields, due_on="30 4 2027", closes_on="1 4 2027", status=422)
    assert "The closing date lies before the due date." in page.text
    page = browser.submit("/cycles/new", **fields, due_on="30 4 2027", closes_on="soon", status=422)
    assert "Enter a date that exists" in page.text
    page = browser.submit("/cycles/new", **fields, due_on="30 4 2207", closes_on="", status=422)
    assert "The year 2207 is too far away." in page.text
    page = browser.submit("/cycles/new", **fields, due_on="30 4 2027", letter="((surname))", status=422)
    assert "((surname)) cannot be filled in. Use ((organisation))" in page.text
    page = browser.submit("/cycles/new", **fields, due_on="26 3 2027", letter="By ((due)).")
    assert "The due date, 26 March 2027, is Good Friday" in page.text and "Who is asked?" in page.text


def test_the_next_round_takes_over_audience_groups_letter_and_standards(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/audience/clause")
    browser.submit("/audience/clause", kinds=["police", "housing"])
    browser.open(f"/cycles/{world.cycle}/groups")
    browser.submit("/groups", name="Spring", opens_on=in_days(5), due_on=in_days(60))
    page = browser.page
    browser.open(page.href("Say who stands in it"))
    page = browser.submit("/audience/clause", kinds="housing")
    assert "All housing associations" in page.text
    page = browser.open(f"/cycles/new?like={world.cycle}")
    data = page.form("/cycles/new").data()
    assert data["title"] == "Cycle TINY-2027" and data["code"] == "TINY-2027"
    assert data["edition"] == "TINY-2026"
    page = browser.submit("/cycles/new")
    assert "2 asked to return" in page.text and "Spring: 1 organisation" in page.text
    with world.app.app_context():
        cycle = queries.by_code("TINY-2027")[0]
        (group,) = queries.groups(cycle.id)
        then = clock.today() + timedelta(days=60)
        assert group.due_on.year == then.year + 1 and (group.due_on - then).days in range(365, 372)
        assert Audience.of(cycle.audience).groups[0].group == group.ref


def test_a_cycle_of_another_partnership_is_no_pattern(browser: Browser, world: World) -> None:
    browser.sign_in("manager@elsewhere.example")
    browser.open(f"/cycles/new?like={world.cycle}", status=404)


def test_an_organisation_is_found_asked_left_out_and_forgotten_by_hand(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    place = f"/cycles/{world.cycle}/audience"
    hill = ref_of(world, "Hill Primary School")
    page = browser.open(f"{place}?q=hill")
    assert "Not asked: no rule names it." in page.text
    sent = {**page.form("/audience").data(), "what": "ask", "organisation": hill, "q": "hill"}
    page = browser.post(place, sent)
    assert "And Hill Primary School" in page.text and "1 asked to return" in page.text
    page = browser.post(place, {**sent, "what": "leave"})
    assert "But not Hill Primary School" in page.text and "0 asked to return" in page.text
    page = browser.post(place, {**sent, "what": "forget"})
    assert "But not" not in page.text
    assert "Choose what to change first." in browser.post(place, {**sent, "what": "nonsense"}).text
    browser.post(place, {**sent, "organisation": "nobody"}, status=404)


def test_a_clause_that_names_nothing_is_refused_and_an_exemption_needs_its_reason(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/audience/clause")
    page = browser.submit("/audience/clause", status=422)
    assert "Choose at least one thing" in page.text
    page = browser.submit("/audience/clause", kinds="police", first="K", last="A", status=422)
    assert "Enter two letters or digits in their order" in page.text
    browser.open(f"/cycles/{world.cycle}/audience/clause?for=exempt")
    page = browser.submit("/audience/clause", kinds="police", status=422)
    assert "Say why they need not return" in page.text
    browser.submit("/audience/clause", kinds="police", reason="Inspected in May")
    assert "Why: Inspected in May" in browser.page.text


def test_a_clause_is_taken_away_and_a_second_press_takes_no_other(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    for kind in ("police", "housing"):
        browser.open(f"/cycles/{world.cycle}/audience/clause")
        browser.submit("/audience/clause", kinds=kind)
    with world.app.app_context():
        cycle = queries.by_ref(world.cycle)
        assert cycle is not None and len(Audience.of(cycle.audience).ask) == 2
    html = browser.client.get(f"/cycles/{world.cycle}/audience").text
    key = html.split('name="drop" value="')[1].split('"')[0]
    place = f"/cycles/{world.cycle}/audience"
    token = browser.page.form("/audience").data()
    page = browser.post(place, {**token, "drop": key})
    assert "All housing associations" in page.text and "All police forces" not in page.text
    page = browser.post(place, {**token, "drop": key})
    assert "Choose what to change first." in page.text and "All housing associations" in page.text


def test_a_group_keeps_its_dates_in_order_and_its_name_to_itself(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    place = f"/cycles/{world.cycle}/groups"
    browser.open(place)
    browser.submit("/groups", name="Autumn", opens_on=in_days(1), due_on=in_days(40))
    wrong = {"name": "autumn", "opens_on": in_days(1), "due_on": in_days(40)}
    assert "already a group of this name" in browser.submit("/groups", **wrong, status=422).text
    early = {"name": "Early", "opens_on": in_days(-90), "due_on": in_days(40)}
    assert "The cycle opens on" in browser.submit("/groups", **early, status=422).text
    change = browser.open(place).href("Change")
    browser.open(change)
    page = browser.submit(change, name="Autumn term", due_on=in_days(20))
    assert "Autumn term is changed." in page.text
    page = browser.submit("/remove")
    assert "Autumn term is removed." in page.text


def test_a_due_date_moved_after_issue_is_told_to_those_who_have_not_returned(
    browser: Browser, world: World
) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/plan")
    page = browser.submit("/plan", due_on=in_days(0), status=422)
    assert "Nobody can be asked to have returned already." in page.text
    page = browser.submit("/plan", due_on=in_days(45), tell="y")
    assert "The plan is changed." in page.text and "1 letter is ready to be sent." in page.text
    with world.app.app_context():
        told = list(db.session.scalars(select(Notice).where(Notice.template == "extension")))
        assert [one.to_address for one in told] == [HOUSING_LEAD]
        due = clock.today() + timedelta(days=45)
        assert f"{due.day} {due:%B %Y}" in told[0].subject


def test_what_is_asked_stays_once_it_is_issued(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.cycle}/plan")
    assert "edition" not in page.form("/plan").data()
    sent = page.form("/plan").data(title="Another title", code="OTHER", asked_as="mini")
    browser.post(f"/cycles/{world.cycle}/plan", sent)
    with world.app.app_context():
        cycle = queries.by_ref(world.cycle)
        assert cycle is not None
        assert (cycle.title, cycle.code, cycle.asked_as) == ("Another title", "TINY-2026", "full")


def test_guidance_stands_on_the_first_page_of_the_return(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/plan")
    browser.submit("/plan", guidance="Ring us on Tuesdays.", letter="Dear ((organisation)).")
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}")
    assert "Ring us on Tuesdays." in page.text and "Dear Northshire Police." in page.text


def test_the_calendar_shows_the_cycles_one_may_see_and_hands_out_a_file(
    browser: Browser, world: World
) -> None:
    browser.sign_in(EDUCATION_ADVISER)
    page = browser.open("/cycles/calendar")
    assert "Cycle SCHOOL-2026" in page.text and "Cycle TINY-2026" not in page.text
    page = browser.open("/cycles/calendar?year=council&from=2020-02-30")
    assert "April" in page.text
    browser.open("/cycles/calendar.ics")
    assert browser.response.mimetype == "text/calendar"
    assert "SUMMARY:Due: Cycle SCHOOL-2026" in browser.response.text


def test_the_file_of_the_calendar_begins_with_the_year_that_is_shown(browser: Browser, world: World) -> None:
    with world.app.app_context(), unit_of_work():
        opened = clock.today() - timedelta(days=800)
        queries.by_ref(world.school_cycle).opens_on = opened
    browser.sign_in(EDUCATION_ADVISER)
    browser.open("/cycles/calendar.ics")
    assert "SUMMARY:Due:" in browser.response.text and "SUMMARY:Opens:" not in browser.response.text
    page = browser.open(f"/cycles/calendar?from={opened.isoformat()}")
    browser.open(page.href("Take it into your own calendar"))
    assert "SUMMARY:Due:" in browser.response.text and "SUMMARY:Opens:" in browser.response.text


def test_the_chair_sees_the_calendar_and_changes_no_plan(browser: Browser, world: World) -> None:
    browser.sign_in(CHAIR)
    browser.open("/cycles/calendar")
    for path in ("plan", "groups", "issue", "preview", "audience/clause"):
        browser.open(f"/cycles/{world.cycle}/{path}", status=403)
