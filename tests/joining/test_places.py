"""Somebody with roles in several partnerships works in one at a time, and switches visibly."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations import operations as organisations
from s11.organisations import queries as organisation_queries
from s11.people import operations as people
from s11.people import queries
from s11.people.rules import Role
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MANAGER,
    OUTSIDER,
    POLICE_LEAD,
    World,
    a_cycle,
    a_return,
)
from tests.joining.mail import link_to
from tests.joining.test_inviting import board, invite
from tests.pages import Browser, Page

pytestmark = pytest.mark.database


def also(app: Flask, email: str, role: Role, *, code: str = "elsewhere") -> None:
    """Give somebody a further role, at another partnership."""
    with app.app_context(), unit_of_work():
        person, partnership = queries.by_address(email), organisation_queries.partnership_by_code(code)
        assert person is not None and partnership is not None
        people.give_role(person, role, at=partnership)


def switch(browser: Browser, name: str, **fields: object) -> Page:
    browser.open("/places")
    ref = browser.response.get_data(as_text=True).split(f">{name}</label>")[0].rsplit('value="', 1)[1]
    return browser.submit("/places", place=ref.split('"')[0], **fields)


def test_the_header_says_where_one_works_and_offers_a_switch_only_to_who_has_two(
    app: Flask, world: World, browser: Browser
) -> None:
    assert "Switch" not in browser.sign_in(POLICE_LEAD).text
    assert "Northshire Partnership" in browser.page.text
    browser.sign_out()
    also(app, MANAGER, Role.MODERATOR)
    page = browser.sign_in(MANAGER)
    assert "Elsewhere Partnership" in page.text and "Switch to another partnership" in page.text
    assert "Business manager" not in page.text
    page = switch(browser, "Northshire Partnership")
    assert "You are now working in Northshire Partnership" in page.text and "Business manager" in page.text


def test_rights_of_one_partnership_do_not_reach_into_the_other(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    also(app, OUTSIDER, Role.MODERATOR, code="northshire")
    browser.sign_in(OUTSIDER)
    switch(browser, "Elsewhere Partnership")
    assert "TINY" not in browser.open("/cycles/").text
    switch(browser, "Northshire Partnership")
    assert "TINY" in browser.open("/cycles/").text
    # A moderator there, and not the business manager they are elsewhere.
    browser.open(f"/cycles/{world.cycle}/audience", status=403)


def test_a_page_of_another_of_ones_partnerships_asks_to_switch_and_leads_there(
    app: Flask, world: World, browser: Browser
) -> None:
    also(app, MANAGER, Role.MODERATOR)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}?show=late", status=302)
    assert browser.response.headers["Location"] == f"/places?next=/cycles/{world.cycle}?show%3Dlate"
    page = browser.open(browser.response.headers["Location"])
    assert "That page belongs to another of your partnerships" in page.text
    assert "TINY" not in page.text
    html = browser.response.get_data(as_text=True)
    ref = html.split(">Northshire Partnership</label>")[0].rsplit('value="', 1)[1].split('"')[0]
    assert "Cycle TINY-2026" in browser.submit("/places", place=ref).text


def test_nobody_else_is_told_that_a_page_exists(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OUTSIDER)
    browser.open(f"/cycles/{world.cycle}", status=404)
    also(app, HOUSING_LEAD, Role.MODERATOR)
    guest = Browser(app)
    guest.sign_in(HOUSING_LEAD)
    guest.open(f"/returns/{world.police}", status=404)
    switch(guest, "Northshire Partnership")
    guest.open(f"/returns/{world.police}", status=404)


def test_a_form_is_never_sent_on(app: Flask, world: World, browser: Browser) -> None:
    also(app, MANAGER, Role.MODERATOR)
    browser.sign_in(MANAGER)
    token = browser.page.form("/sign-out").data()
    browser.post(f"/cycles/{world.cycle}/audience", token, status=404)


def test_a_place_that_is_not_ones_own_cannot_be_chosen(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    elsewhere = board(app, "elsewhere").split("/")[2]
    browser.open("/places")
    browser.submit("/places", place=elsewhere, status=422)
    browser.open(f"/partnerships/{elsewhere}/people", status=404)


@pytest.mark.parametrize("path", ["//evil.example/x", "https://evil.example", "/\\evil.example"])
def test_switching_never_leads_off_this_site(app: Flask, world: World, browser: Browser, path: str) -> None:
    also(app, MANAGER, Role.MODERATOR)
    browser.sign_in(MANAGER)
    page = browser.open(f"/places?next={path}")
    assert page.form("/places").data()["next"] == ""
    assert "Hello" in switch(browser, "Northshire Partnership", next=path).text


def test_home_and_actions_show_the_partnership_worked_in_only(
    app: Flask, world: World, browser: Browser
) -> None:
    """An organisation at two tables has two returns; each is shown where it belongs."""
    with app.app_context(), unit_of_work():
        elsewhere = organisation_queries.partnership_by_code("elsewhere")
        police = organisation_queries.by_name("Police")
        assert elsewhere is not None and police is not None
        organisations.take_seat(elsewhere, police)
        a_cycle(elsewhere, "TINY-2026", "OTHER-2026", [police])
    page = browser.sign_in(POLICE_LEAD)
    assert "OTHER-2026" in page.text and "Cycle TINY-2026" not in page.text
    page = switch(browser, "Northshire Partnership")
    assert "Cycle TINY-2026" in page.text and "OTHER-2026" not in page.text


def test_accepting_elsewhere_offers_the_new_place_at_once(app: Flask, world: World, browser: Browser) -> None:
    also(app, CHAIR, Role.MODERATOR)
    with app.app_context(), unit_of_work():
        organisations.found(code="third", name="Third Partnership")
    also(app, MANAGER, Role.BUSINESS_MANAGER, code="third")
    browser.sign_in(MANAGER)
    switch(browser, "Third Partnership")
    invite(browser, board(app, "third"), CHAIR, name="Colin", role="chair")
    guest = Browser(app)
    guest.sign_in(CHAIR)
    guest.open(link_to(app, CHAIR), status=302)
    guest.open("/join", status=302)
    guest.open(guest.response.headers["Location"])
    page = guest.submit("/accept")
    assert "Your partnerships" in page.text and "Third Partnership" in page.text
    assert "Third Partnership" in switch(guest, "Third Partnership").text


def test_an_interest_does_not_end_at_a_switch(app: Flask, world: World) -> None:
    """The lead of an agency may not moderate it, wherever they say they work."""
    also(app, POLICE_LEAD, Role.MODERATOR)
    with app.app_context():
        lead, police = queries.by_address(POLICE_LEAD), organisation_queries.by_name("Police")
        elsewhere = organisation_queries.partnership_by_code("elsewhere")
        assert lead is not None and police is not None and elsewhere is not None
        lead.work_in(elsewhere.id)
        assert police.id not in lead.organisation_ids and police.id in lead.bound_to
