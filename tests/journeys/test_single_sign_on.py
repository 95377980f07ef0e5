"""Signing in with a work account in a browser, by way of a provider of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from s11.access import sso
from s11.core.providers import Provider as Described
from tests.factories.provider import Provider, a_provider, setting_of
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import sound

pytestmark = pytest.mark.browser


@pytest.fixture
def provider(app: Flask, address: str, world: World) -> Iterator[Provider]:
    with a_provider() as running:
        described = Described.model_validate(setting_of(running))
        running.redirects.add(f"{address}/sign-in/with/nhsmail/back")
        running.knows("4711", POLICE_LEAD, email_verified=True)
        running.knobs.asks = True
        changes = {"base_url": address, "sso_providers": (described,)}
        app.config["S11"] = app.config["S11"].model_copy(update=changes)
        sso.init(app, (described,))
        yield running


def test_a_work_account_opens_the_account_here(page: Page, provider: Provider, world: World) -> None:
    page.goto(f"/returns/{world.police}")
    sound(page)
    page.get_by_role("link", name="Sign in with NHSmail").click()
    expect(page.get_by_role("heading", name="Sign in at the provider")).to_be_visible()
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.get_by_text("Standard 1").first).to_be_visible()
    page.goto("/account/linked")
    expect(page.get_by_text(POLICE_LEAD, exact=True)).to_be_visible()
    sound(page)


def test_somebody_who_is_not_known_here_reads_what_to_do(page: Page, provider: Provider) -> None:
    provider.knows("1", "nobody@nowhere.example", email_verified=True)
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with NHSmail").click()
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.get_by_role("alert")).to_contain_text("for an invitation")
    sound(page)
