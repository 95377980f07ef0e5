"""One lead of several schools: their returns side by side, and an answer copied on purpose."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations import operations as organisations
from s11.people import operations as people
from s11.people import queries as people_queries
from s11.people.rules import Role
from s11.returns import queries
from s11.returns.operations import issue
from tests.factories.world import DSL, HEAD, POLICE_LEAD, TRUST_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def a_second_school(world: World, *, lead: bool = True) -> str:
    """Vale Primary of the same trust, asked the same, with the same lead; its return's ref."""
    with world.app.app_context(), unit_of_work():
        hill = queries.by_ref(world.school)
        vale = organisations.add(
            hill.cycle.partnership,
            name="Vale Primary School",
            short_name="Vale Primary",
            kind="school",
            phase="primary",
            parent=hill.organisation.parent,
        )
        if lead:
            people.give_role(people_queries.by_address(DSL), Role.LEAD, at=vale)
        (asked,) = issue(hill.cycle, [vale])
        return asked.ref


def answer(world: World, ref: str, number: str = "1.1"):
    with world.app.app_context():
        return_ = queries.by_ref(ref)
        criterion = queries.edition_of(return_).by_number[number]
        found = queries.answers(return_.id).get(criterion.id)
        if found is None:
            return None
        label = found.level and found.level.label
        return label, found.commentary, found.carried, found.updated_by_name, found.version


def copying(world: World, browser: Browser, *, by: str = DSL):
    a_return(world.app, world.school, "G A", by=DSL)
    browser.sign_in(by)
    page = browser.open(f"/returns/{world.school}/standards/1")
    data = page.form("/standards/1").data(go="copy:1.1")
    return browser.post(page.form("/standards/1").action, data)


def test_a_copy_arrives_as_not_reviewed_and_says_where_it_is_from(browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    page = copying(world, browser)
    assert "Vale Primary School" in page.text and "Evidence and actions are not" in page.text
    browser.submit("/copy/1.1", to=vale)
    assert "1.1 is copied to 1 school." in browser.page.text
    assert answer(world, vale) == ("Green", "Why 1.1 is G.", True, "Dee Ess, copied from Hill Primary", 1)
    page = browser.open(f"/returns/{vale}/standards/1")
    assert "Copied from Hill Primary, not reviewed" in page.text
    assert "Dee Ess copied this from Hill Primary," in browser.open(f"/returns/{vale}/history/1.1").text
    with world.app.app_context():
        return_ = queries.by_ref(vale)
        assert return_.answered == 0 and return_.stage == "in_progress"
        assert "Confirm what was taken over for 1.1, or change it" in [
            g.sentence for g in queries.gaps_of(return_)
        ]


def test_whoever_changes_the_copy_makes_it_their_own(browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    copying(world, browser)
    browser.submit("/copy/1.1", to=vale)
    a_return(world.app, vale, "A -", by=DSL)
    assert answer(world, vale) == ("Amber", "Why 1.1 is A.", False, "Dee Ess", 2)


def test_an_answer_given_there_is_replaced_only_where_it_was_ticked(browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    a_return(world.app, vale, "R -", by=DSL)
    page = copying(world, browser)
    assert "Replace the answer of Vale Primary School" in page.text and "Why 1.1 is R." in page.text
    page = browser.submit("/copy/1.1", status=422)
    assert "Tick at least one school." in page.text
    assert answer(world, vale)[1] == "Why 1.1 is R."
    browser.submit("/copy/1.1", to=vale)
    assert answer(world, vale)[1] == "Why 1.1 is G."


def test_an_answer_given_since_the_page_was_opened_is_not_replaced(browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    copying(world, browser)
    a_return(world.app, vale, "R -", by=DSL)
    page = browser.submit("/copy/1.1", status=409, to=vale)
    assert "Vale Primary School has a newer answer to 1.1 than the one you saw." in page.text
    assert "Replace the answer of Vale Primary School" in page.text
    assert answer(world, vale)[1] == "Why 1.1 is R."


def test_a_return_that_is_no_longer_open_is_not_offered(browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    a_return(world.app, vale, "G G", by=DSL, submit=True)
    a_return(world.app, world.school, "G A", by=DSL)
    browser.sign_in(DSL)
    page = browser.open(f"/returns/{world.school}/standards/1")
    assert "Copy this answer" not in page.text
    page = browser.open(f"/returns/{world.school}/copy/1.1")
    assert "None of your other schools whose return is open is asked this." in page.text


def test_nothing_is_copied_to_a_school_that_is_not_ones_own(browser: Browser, world: World) -> None:
    vale, third = a_second_school(world), a_third_school(world)
    copying(world, browser)
    browser.submit("/copy/1.1", status=422, to=third)
    assert answer(world, third) is None and answer(world, vale) is None


def a_third_school(world: World) -> str:
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(world.school).cycle
        other = organisations.add(cycle.partnership, name="Far School", kind="school", phase="primary")
        (asked,) = issue(cycle, [other])
        return asked.ref


def test_a_trust_lead_copies_between_the_schools_of_the_trust(browser: Browser, world: World) -> None:
    vale = a_second_school(world, lead=False)
    copying(world, browser, by=TRUST_LEAD)
    browser.submit("/copy/1.1", to=vale)
    assert answer(world, vale)[3] == "Tess Trust, copied from Hill Primary"


@pytest.mark.parametrize("email", [DSL, HEAD, POLICE_LEAD])
def test_who_has_one_school_is_offered_no_copying(browser: Browser, world: World, email: str) -> None:
    a_second_school(world, lead=False)
    a_return(world.app, world.school, "G A", by=DSL)
    browser.sign_in(email)
    ref = world.police if email == POLICE_LEAD else world.school
    assert "Copy this answer" not in browser.open(f"/returns/{ref}/standards/1").text


def test_home_shows_the_schools_of_one_lead_side_by_side(app: Flask, browser: Browser, world: World) -> None:
    vale = a_second_school(world)
    a_return(app, world.school, "G -", by=DSL)
    page = browser.sign_in(DSL)
    assert "Your schools" in page.text
    assert "Hill Primary School Cycle SCHOOL-2026 In progress 1 of 2" in page.text
    assert "Vale Primary School Cycle SCHOOL-2026 Not started 0 of 2" in page.text
    assert page.href("Vale Primary School").endswith(f"/returns/{vale}")
