"""Signing in and out, and typed text that survives an ended session."""

import re

import pytest

from s11.returns import queries
from s11.web.kept import is_local
from tests.factories.world import HOUSING_LEAD, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database


def test_the_right_password_leads_home(browser: Browser, world: World) -> None:
    page = browser.sign_in(POLICE_LEAD)
    assert "Hello, Pat" in page.text and "Head of Vulnerability, Police" in page.text


def test_an_address_is_found_however_it_is_typed(browser: Browser, world: World) -> None:
    assert "Hello, Pat" in browser.sign_in(f"  {POLICE_LEAD.upper()} ").text


@pytest.mark.parametrize("address", [POLICE_LEAD, "nobody@nowhere.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(
    browser: Browser, world: World, address: str
) -> None:
    browser.open("/sign-in")
    page = browser.submit("/sign-in", email=address, password="not the one", status=422)
    assert "The e-mail address or the password is not right." in page.text
    assert page.form("/sign-in").data()["email"] == address


def test_an_empty_form_says_what_to_enter(browser: Browser, world: World) -> None:
    browser.open("/sign-in")
    page = browser.submit("/sign-in", status=422)
    assert "Enter your e-mail address." in page.text and "Enter your password." in page.text


def test_a_page_asked_for_before_signing_in_opens_afterwards(browser: Browser, world: World) -> None:
    browser.open(f"/returns/{world.police}", status=302)
    browser.open(browser.response.headers["Location"])
    assert "Standard 1" in browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD).text


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\tb",
        "\\\\evil",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(path: str) -> None:
    assert not is_local(path)


def test_signing_out_ends_the_session(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    assert "You are signed out" in browser.sign_out().text
    browser.open("/home", status=302)


def typed_in(browser: Browser, world: World) -> tuple[str, dict[str, object]]:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if re.fullmatch(r"c\d+", name))
    return form.action, form.data(**{field: "An hour of careful typing."})


def test_what_was_typed_survives_an_ended_session(browser: Browser, world: World) -> None:
    action, data = typed_in(browser, world)
    browser.client.delete_cookie("s11")
    page = browser.post(action, data, status=401)
    assert "What you typed is kept on this page" in page.text
    page = browser.submit("/sign-in", email=POLICE_LEAD, password="wrong at first", status=422)
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=200)
    assert "1.1 Commentary An hour of careful typing." in browser.page.text
    browser.submit("/standards/1")
    with world.app.app_context():
        saved = queries.answers(queries.by_ref(world.police).id).values()
        assert [answer.commentary for answer in saved] == ["An hour of careful typing."]


def test_words_typed_by_one_person_are_not_saved_under_anothers_name(browser: Browser, world: World) -> None:
    action, data = typed_in(browser, world)
    browser.client.delete_cookie("s11")
    browser.post(action, data, status=401)
    page = browser.submit("/sign-in", email=HOUSING_LEAD, password=PASSWORD, status=200)
    assert "typed by somebody else" in page.text and "An hour of careful typing." in page.text
    assert not any(form.action.endswith("/standards/1") for form in page.forms)


def test_a_form_without_a_token_from_another_site_is_refused(browser: Browser, world: World) -> None:
    action, data = typed_in(browser, world)
    data.pop("csrf_token")
    response = browser.client.post(action, data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 400 and "An hour" not in response.text


def test_signed_in_pages_are_not_kept_by_the_browser(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    headers = browser.client.get("/home").headers
    assert headers["Cache-Control"] == "no-store" and "Cookie" in headers["Vary"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
