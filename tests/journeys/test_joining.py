"""Joining: the office invites a lead, who joins and invites a colleague; a whole list at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.world import OFFICE, World
from tests.joining.mail import link_to
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser

LEAD, HELPER = "lena@housing.example", "hugo@housing.example"
PASSWORD = "seven purple kettles sing"
LIST = b"name,e-mail,role,organisation\nAnn,ann@police.example,deputy,Police\nBob,bob,lead,Polcie\n"


def open_people(page: Page, organisation: str) -> None:
    page.goto("/people")
    sound(page)
    page.get_by_label("Find an organisation").fill(organisation)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=organisation).click()


def invite(page: Page, name: str, email: str, role: str) -> None:
    page.get_by_role("link", name="Invite somebody").click()
    sound(page)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Work e-mail address").fill(email)
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"{name} has been sent an invitation")).to_be_visible()
    sound(page)


def join(page: Page, world: World, email: str) -> None:
    page.context.clear_cookies()
    page.goto(link_to(world.app, email))
    sound(page)
    page.get_by_label("Choose a password", exact=True).fill("short")
    page.get_by_role("button", name="Accept and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 12 characters")
    sound(page)
    page.get_by_label("Choose a password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Accept and go on").click()
    expect(page.get_by_text("Welcome. You are now")).to_be_visible()
    sound(page)


def test_a_lead_is_invited_joins_and_invites_a_colleague(page: Page, world: World) -> None:
    sign_in(page, OFFICE)
    open_people(page, "Harbour Housing")
    sound(page)
    invite(page, "Lena Lead", LEAD, "Safeguarding lead")
    join(page, world, LEAD)
    page.goto("/people")
    invite(page, "Hugo Helper", HELPER, "Contributor")
    page.get_by_role("link", name="Hugo Helper").click()
    sound(page)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Its link no longer works")).to_be_visible()
    page.goto(link_to(world.app, HELPER))
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    sound(page)


def test_a_list_is_looked_at_row_by_row_before_anybody_is_invited(page: Page, world: World) -> None:
    sign_in(page, OFFICE)
    page.goto("/people")
    page.get_by_role("link", name="Invite many from a spreadsheet").click()
    sound(page)
    page.get_by_label("Your list").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("Do you mean “Police”?")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Send 1 invitation").click()
    expect(page.get_by_text("1 invitation sent.")).to_be_visible()
    sound(page)
