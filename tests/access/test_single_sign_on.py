"""Signing in with a work account: who is let in, who is not, and what they read."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from flask import Flask
from sqlalchemy import select

from s11.access import sso
from s11.access.models import Identity, SignIn
from s11.access.outside_rules import Untold, told_of
from s11.access.permissions import init as read_required_roles
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.providers import Provider as Described
from s11.notices.models import Notice
from s11.people import queries as people
from s11.trail.models import Entry
from tests.factories.provider import Knobs, Provider, a_provider, setting_of
from tests.factories.telephone import Telephone, a_telephone, enter_code
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser, Page

pytestmark = pytest.mark.database

BACK = "http://localhost/sign-in/with/nhsmail/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider() as running:
        running.redirects.add(BACK)
        running.knows("4711", POLICE_LEAD, email_verified=True)
        yield running


@pytest.fixture
def browser(app: Flask, provider: Provider, world: World) -> Browser:
    offer(app, provider)
    return Browser(app)


def offer(app: Flask, provider: Provider, **changes: Any) -> None:
    """Offer signing in with this provider."""
    described = Described.model_validate(setting_of(provider, **changes))
    app.config["S11"] = app.config["S11"].model_copy(update={"sso_providers": (described,)})
    sso.init(app, (described,))


def at_provider(browser: Browser, path: str = "/sign-in/with/nhsmail") -> str:
    """Follow the button to the provider; gives the path it sends the browser back to."""
    answer = browser.client.get(path)
    assert answer.status_code == 302, answer.text
    sent = requests.get(answer.headers["Location"], allow_redirects=False, timeout=10)
    assert sent.status_code == 302, sent.text
    parts = urlsplit(sent.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == BACK
    return f"{parts.path}?{parts.query}"


def come_back(browser: Browser, path: str) -> Page:
    answer = browser.client.get(path)
    assert answer.status_code in (302, 303), answer.text
    return browser.open(answer.headers["Location"])


def with_account(browser: Browser) -> Page:
    return come_back(browser, at_provider(browser))


def refused(browser: Browser, sentence: str, page: Page | None = None) -> None:
    """They read why on the sign-in page, and are not signed in."""
    page = page or with_account(browser)
    assert sentence in page.text and page.form("/sign-in"), page.text
    browser.open("/home", status=302)
    with browser.app.app_context():
        assert db.session.scalar(select(SignIn)) is None and db.session.scalar(select(Identity)) is None


# Who is let in


def test_the_first_time_the_account_is_linked_by_its_address(browser: Browser, provider: Provider) -> None:
    browser.open("/sign-in")
    assert browser.page.href("Sign in with NHSmail") == "/sign-in/with/nhsmail"
    assert "Hello, Pat" in with_account(browser).text
    with browser.app.app_context():
        identity = db.session.scalars(select(Identity)).one()
        assert (identity.issuer, identity.subject) == (provider.address, "4711")
        assert identity.person.email == POLICE_LEAD
        assert db.session.scalars(select(SignIn)).one().way == "NHSmail"
        mail = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert mail.to_address == POLICE_LEAD and mail.subject == "You can now sign in with NHSmail"
        tags = list(db.session.scalars(select(Entry.tag).where(Entry.tag.like("person:identity:%"))))
        assert tags == ["person:identity:linked"]


def test_later_it_is_known_by_its_number_whatever_its_address(browser: Browser, provider: Provider) -> None:
    with_account(browser)
    browser.sign_out()
    provider.knows("4711", "married.name@police.example")
    assert "Hello, Pat" in with_account(browser).text
    browser.sign_out()
    # Nor does it ever become somebody else by taking their address.
    provider.knows("4711", HOUSING_LEAD, email_verified=True)
    assert "Hello, Pat" in with_account(browser).text


def test_a_newcomer_with_an_address_given_anew_is_not_who_had_it_before(
    browser: Browser, provider: Provider
) -> None:
    with_account(browser)
    browser.sign_out()
    provider.knows("8888", POLICE_LEAD, email_verified=True)
    page = with_account(browser)
    assert "belongs to another NHSmail account" in page.text
    browser.open("/home", status=302)


def test_the_address_is_found_however_it_is_written(browser: Browser, provider: Provider) -> None:
    provider.knows("4711", POLICE_LEAD.upper(), email_verified=True)
    assert "Hello, Pat" in with_account(browser).text


def test_a_page_asked_for_before_opens_afterwards(browser: Browser, world: World) -> None:
    browser.open(f"/returns/{world.police}", status=302)
    browser.open(browser.response.headers["Location"])
    page = come_back(browser, at_provider(browser, browser.page.href("Sign in with NHSmail")))
    assert "Standard 1" in page.text


@pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_it_never_leads_to_another_site(browser: Browser, wish: str) -> None:
    answer = browser.client.get("/sign-in/with/nhsmail", query_string={"next": wish})
    sent = requests.get(answer.headers["Location"], allow_redirects=False, timeout=10)
    parts = urlsplit(sent.headers["Location"])
    answer = browser.client.get(f"{parts.path}?{parts.query}")
    assert answer.headers["Location"] == "/home"


def test_the_address_of_return_is_ours_whatever_host_was_asked_for(app: Flask, provider: Provider) -> None:
    offer(app, provider)
    app.config["S11"] = app.config["S11"].model_copy(update={"base_url": "https://s11.example.org"})
    answer = app.test_client().get("/sign-in/with/nhsmail", base_url="http://127.0.0.1")
    sent = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert sent["redirect_uri"] == ["https://s11.example.org/sign-in/with/nhsmail/back"]
    assert sent["code_challenge_method"] == ["S256"] and sent["nonce"] and sent["state"]
    assert sent["scope"] == ["openid email profile"]


# Who is not


def test_somebody_unknown_is_told_to_ask_for_an_invitation(browser: Browser, provider: Provider) -> None:
    provider.knows("1", "nobody@nowhere.example", email_verified=True)
    refused(browser, "nobody with that address can sign in here. Ask your safeguarding lead")
    with browser.app.app_context():
        assert people.by_address("nobody@nowhere.example") is None


@pytest.mark.parametrize(
    "claims", [{}, {"email_verified": False}, {"email_verified": True, "xms_edov": False}]
)
def test_an_address_that_is_not_verified_links_nothing(
    browser: Browser, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.knows("4711", POLICE_LEAD, **claims)
    refused(browser, "did not say for certain that the address lead@police.example is yours")


def test_a_provider_speaks_for_its_own_domains_and_no_others(browser: Browser, provider: Provider) -> None:
    offer(browser.app, provider, domains=["police.example"])
    provider.knows("9", HOUSING_LEAD, email_verified=True)
    refused(browser, "did not say for certain")
    provider.knows("4711", POLICE_LEAD, email_verified=False)
    refused(browser, "did not say for certain")
    provider.knows("4711", POLICE_LEAD)
    assert "Hello, Pat" in with_account(browser).text


def test_who_may_no_longer_sign_in_is_refused_linked_or_not(browser: Browser, provider: Provider) -> None:
    with browser.app.app_context(), unit_of_work():
        people.by_address(POLICE_LEAD).active = False
    refused(browser, "nobody with that address can sign in here")
    with browser.app.app_context(), unit_of_work():
        people.by_address(POLICE_LEAD).active = True
    with_account(browser)
    browser.sign_out()
    with browser.app.app_context(), unit_of_work():
        people.by_address(POLICE_LEAD).active = False
    assert "can sign in here" in with_account(browser).text
    browser.open("/home", status=302)


def test_another_tenants_people_are_refused(browser: Browser, provider: Provider) -> None:
    offer(browser.app, provider, tenant="ours", domains=["police.example"])
    provider.knows("s", POLICE_LEAD, tid="theirs", oid="77")
    refused(browser, "belongs to another organisation")
    provider.knows("s", POLICE_LEAD, oid="77")
    refused(browser, "belongs to another organisation")
    provider.knows("s", POLICE_LEAD, tid="ours")
    refused(browser, "did not say who you are")
    provider.knows("s", POLICE_LEAD, tid="ours", oid="77")
    assert "Hello, Pat" in with_account(browser).text
    with browser.app.app_context():
        assert db.session.scalars(select(Identity)).one().subject == "77"


CHECKED = "The answer of NHSmail could not be checked"


@pytest.mark.parametrize(
    ("knobs", "sentence"),
    [
        (Knobs(error="access_denied"), "You did not finish signing in with NHSmail."),
        (Knobs(error="login_required"), "NHSmail did not let you in."),
        (Knobs(claims={"nonce": "another"}), CHECKED),
        (Knobs(without=("nonce",)), CHECKED),
        (Knobs(claims={"iss": "https://evil.example"}), CHECKED),
        (Knobs(without=("iss",)), CHECKED),
        (Knobs(claims={"aud": "another-service"}), CHECKED),
        (Knobs(claims={"aud": "another-service", "azp": "s11"}), CHECKED),
        (Knobs(claims={"exp": 1_700_000_000, "iat": 1_699_999_000}), CHECKED),
        (Knobs(claims={"iat": 4_000_000_000, "exp": 4_000_000_300}), CHECKED),
        (Knobs(without=("sub",)), CHECKED),
        (Knobs(wrong_key=True), CHECKED),
        (Knobs(unsigned=True), CHECKED),
        (Knobs(no_token=True), CHECKED),
        (Knobs(junk=True), CHECKED),
        (Knobs(token_status=503), "NHSmail does not answer just now."),
        (Knobs(token_status=429), "NHSmail does not answer just now."),
    ],
    ids=repr,
)
def test_an_answer_that_is_not_right_is_refused_in_words(
    browser: Browser, provider: Provider, knobs: Knobs, sentence: str
) -> None:
    provider.knobs = knobs
    refused(browser, sentence)


def test_an_answer_serves_once(browser: Browser) -> None:
    path = at_provider(browser)
    come_back(browser, path)
    browser.sign_out()
    page = come_back(browser, path)
    assert "was begun in another window" in page.text
    browser.open("/home", status=302)


def test_a_code_cannot_be_used_again_with_a_copied_cookie(browser: Browser) -> None:
    path = at_provider(browser)
    copied = Browser(browser.app)
    before = browser.client.get_cookie("s11")
    assert before is not None
    come_back(browser, path)
    copied.client.set_cookie("s11", before.value)
    page = come_back(copied, path)
    assert "NHSmail did not let you in." in page.text
    copied.open("/home", status=302)


def test_an_answer_serves_only_the_browser_that_asked(browser: Browser) -> None:
    path = at_provider(browser)
    other = Browser(browser.app)
    page = come_back(other, path)
    assert "was begun in another window" in page.text
    other.open("/home", status=302)


def test_an_answer_without_anything_is_refused(browser: Browser) -> None:
    refused(browser, "begun in another window", come_back(browser, "/sign-in/with/nhsmail/back"))


def test_a_provider_that_is_away_is_said_so_before_and_after(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sso.PATIENCE_SECONDS <= 6, "somebody waits in front of the page"
    monkeypatch.setattr(sso, "PATIENCE_SECONDS", 0.5)
    path = at_provider(browser)
    provider.knobs.slow = 2
    refused(browser, "NHSmail does not answer just now.", come_back(browser, path))
    offer(browser.app, provider, discovery="http://127.0.0.1:9/.well-known/openid-configuration")
    refused(browser, "NHSmail does not answer just now.", come_back(browser, "/sign-in/with/nhsmail"))


def test_a_provider_that_is_not_offered_is_no_way_in(browser: Browser) -> None:
    for path in ("/sign-in/with/elsewhere", "/sign-in/with/elsewhere/back"):
        refused(browser, "That way of signing in is not offered here.", come_back(browser, path))


def test_only_the_provider_that_is_set_is_asked(browser: Browser, provider: Provider) -> None:
    with_account(browser)
    assert provider.asked == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]


def test_a_provider_whose_key_is_new_is_still_believed(browser: Browser, provider: Provider) -> None:
    with_account(browser)
    browser.sign_out()
    provider.key = type(provider.key).generate_key(2048, {"kid": "first", "use": "sig"})
    # The same name for another key: nothing says that it is new, so it is refused rather than believed.
    assert CHECKED in with_account(browser).text


def test_starting_often_does_not_burst_the_cookie(browser: Browser) -> None:
    for _ in range(12):
        path = at_provider(browser)
    cookie = browser.client.get_cookie("s11")
    assert cookie is not None and len(cookie.value) < 2500
    assert "Hello, Pat" in come_back(browser, path).text


# The second factor


@pytest.fixture
def strict(app: Flask) -> Flask:
    read_required_roles(app, app.config["S11"].model_copy(update={"second_factor_roles": "board"}))
    return app


def test_a_provider_that_asks_for_no_second_factor_does_not_spare_ours(
    strict: Flask, browser: Browser, provider: Provider
) -> None:
    provider.knows("1", MANAGER, email_verified=True)
    page = with_account(browser)
    assert "Set up your sign-in codes" in page.text
    browser.open("/home", status=302)
    browser.open("/sign-in/set-up")
    telephone = Telephone.told_by(browser.page)
    browser.submit("/sign-in/set-up", code=telephone.code(), status=200)
    browser.sign_out()
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        assert "Enter your code" in with_account(browser).text
        assert "Hello, Mary" in enter_code(browser, telephone.code()).text
    with strict.app_context():
        ways = list(db.session.scalars(select(SignIn.way).order_by(SignIn.id)))
        assert ways == ["NHSmail and code", "NHSmail and code"]


@pytest.mark.parametrize("said", ["in the token", "in the settings"])
def test_a_second_factor_shown_there_is_enough(
    strict: Flask, browser: Browser, provider: Provider, said: str, world: World
) -> None:
    if said == "in the settings":
        offer(strict, provider, does_second_factor=True)
    a_telephone(world, MANAGER)
    amr = ["pwd", "mfa"] if said == "in the token" else ["pwd"]
    provider.knows("1", MANAGER, email_verified=True, amr=amr)
    assert "Hello, Mary" in with_account(browser).text


def test_who_turned_it_on_is_asked_although_no_role_needs_it(browser: Browser, world: World) -> None:
    a_telephone(world, POLICE_LEAD)
    assert "Enter your code" in with_account(browser).text


# The account page


def test_somebody_sees_their_work_accounts_and_can_remove_one(browser: Browser, provider: Provider) -> None:
    with_account(browser)
    browser.open("/account/linked")
    assert "NHSmail" in browser.page.text and POLICE_LEAD in browser.page.text
    action = next(form.action for form in browser.page.forms if form.action.endswith("/remove"))
    other = Browser(browser.app)
    other.sign_in(HOUSING_LEAD)
    token = other.page.form("/sign-out").data()["csrf_token"]
    other.post(action, {"csrf_token": token}, status=404)
    assert "no longer opens yours" in browser.submit(action).text
    with browser.app.app_context():
        assert db.session.scalar(select(Identity)) is None
        subjects = [n.subject for n in db.session.scalars(select(Notice).order_by(Notice.id))]
        assert subjects[-1] == "NHSmail no longer opens your account"


def test_who_has_no_password_shows_themselves_by_having_just_signed_in(browser: Browser) -> None:
    with browser.app.app_context(), unit_of_work():
        people.by_address(POLICE_LEAD).password_hash = None
    with_account(browser)
    browser.open("/account/second-factor/turn-on")
    assert "Your password" not in browser.page.text
    assert Telephone.told_by(browser.submit("/turn-on"))
    browser.open("/account/second-factor/turn-on")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = browser.submit("/turn-on", status=422)
        assert "You signed in more than ten minutes ago." in page.text


def test_typed_text_waits_while_somebody_signs_in_elsewhere(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if name.startswith("c") and name[1:].isdigit())
    browser.client.delete_cookie("s11")
    page = browser.post(form.action, form.data(**{field: "An hour of careful typing."}), status=401)
    assert "opens in a new tab" in page.text
    kept = page
    page = browser.submit("/sign-in/go-on", status=401)
    assert "You are not signed in yet." in page.text and "What you typed is kept" in page.text
    with_account(browser)
    # Back in the first tab, whose form token is of the session before.
    browser.post("/sign-in/go-on", kept.form("/go-on").data(), status=200)
    assert "An hour of careful typing." in browser.page.text
    assert any(form.action.endswith("/standards/1") for form in browser.page.forms)


# What is believed


def described(**changes: Any) -> Described:
    return Described.model_validate(
        {
            "code": "x",
            "name": "X",
            "discovery": "https://x.example",
            "client_id": "1",
            "client_secret": "2",
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("domains", "claims", "vouched"),
    [
        ([], {"email": "a@x.uk", "email_verified": True}, True),
        ([], {"email": "a@x.uk", "email_verified": "true"}, True),
        ([], {"email": "a@x.uk", "email_verified": 1}, True),
        ([], {"email": "a@x.uk"}, False),
        ([], {"email_verified": True}, False),
        (["x.uk"], {"email": "A@X.uk "}, True),
        (["x.uk"], {"email": "a@sub.x.uk"}, False),
        (["x.uk"], {"email": "a@x.uk@evil.example"}, False),
        (["x.uk"], {"email": "a@evil.example", "email_verified": True}, False),
        (["x.uk"], {"email": "a@x.uk", "email_verified": "false"}, False),
        (["x.uk"], {"email": "a@x.uk", "xms_edov": "0"}, False),
        (["x.uk"], {"email": ["a@x.uk"]}, False),
    ],
)
def test_whose_word_counts_for_which_address(
    domains: list[str], claims: dict[str, Any], vouched: bool
) -> None:
    assert told_of(described(domains=domains), {"iss": "i", "sub": "s", **claims}).vouched is vouched


def test_a_token_without_a_number_tells_nothing() -> None:
    with pytest.raises(Untold):
        told_of(described(), {"iss": "i", "sub": "", "email": "a@x.uk"})


def test_a_password_still_opens_the_account(browser: Browser) -> None:
    with_account(browser)
    browser.sign_out()
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD, PASSWORD).text
