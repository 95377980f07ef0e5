"""Whom to write to: contacts added, changed, ended."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from s11.core.database import db, unit_of_work
from s11.register.addresses import DOMAINS, address_fault, meant
from s11.register.models import Contact
from tests.factories.world import CHAIR, MANAGER, OUTSIDER, World
from tests.pages import Browser
from tests.register.some import a_contact, place
from tests.register.test_editing import page_of, tags

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@gmai.com", "jo@gmail.com"),
        ("jo@hotmail.co", "jo@hotmail.com"),
        ("jo@northshire.gov.ik", "jo@northshire.gov.uk"),
        ("jo@northshire.gvo.uk", "jo@northshire.gov.uk"),
        ("Jo@NHS.ney", "jo@nhs.net"),
        ("jo@trust.nhs.ney", "jo@trust.nhs.net"),
        ("jo@hill.northshire.shc.uk", "jo@hill.northshire.sch.uk"),
        ("jo@northshire.plice.uk", "jo@northshire.police.uk"),
        ("jo@gmail.com", ""),
        ("jo@northshire.gov.uk", ""),
        ("jo@charity.org.uk", ""),
        ("jo@council.co.uk", ""),
        ("jo@somewhere.org", ""),
        ("jo@nhs.net", ""),
        ("nothing", ""),
    ],
)
def test_a_slip_of_the_finger_is_noticed_and_a_right_address_is_not(typed: str, right: str) -> None:
    assert meant(typed) == right


@pytest.mark.parametrize(
    "typed", ["jo", "jo@", "@x.org", "jo@x", "jo @x.org", "jo@x..org", "a@b@c.org", "a,b@c.org"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert address_fault(typed)


@given(some.text(max_size=80))
def test_no_text_breaks_the_checks_and_what_is_meant_is_never_asked_about_again(typed: str) -> None:
    address_fault(typed)
    assert not meant(meant(typed))


@given(some.sampled_from(DOMAINS), some.text("abcdefgh.", min_size=1, max_size=12))
def test_a_domain_everybody_writes_to_is_right_as_it_is(domain: str, name: str) -> None:
    assert meant(f"{name}@{domain}") == ""


def test_a_contact_is_added_with_whom_they_stand_in_for(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        lead = a_contact(place("Housing"), "lead", "Laura Listed", "laura@housing.example").ref
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/contacts/new"))
    shown = browser.submit(
        "/contacts/new",
        name="Stan Dinn",
        role="substitute",
        substitute_for=lead,
        email="Stan@Housing.example",
        telephone="01632 960 022 ext 4",
        job_title="Manager",
    ).text
    assert "Stan Dinn is a contact of Harbour Housing" in shown and "stan@housing.example" in shown
    assert "stands in for Laura Listed" in shown and "substitute: Stan Dinn" in shown
    assert "contact:person:added" in tags(app)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "", "telephone": ""}, "Enter an e-mail address or a telephone number."),
        ({"email": "jo@gmial.com"}, "Did you mean jo@gmail.com?"),
        ({"email": "nothing"}, "Enter an e-mail address in the form"),
        ({"telephone": "12"}, "Enter a telephone number with its area code"),
        ({"name": ""}, "Enter their name."),
        ({"role": ""}, "Choose what they are a contact for."),
        ({"role": "king"}, "Not a valid choice"),
    ],
)
def test_a_contact_that_cannot_be_kept_is_refused(
    app: Flask, world: World, browser: Browser, fields: dict[str, str], sentence: str
) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/contacts/new"))
    right = {"name": "Jo Bright", "role": "lead", "email": "jo@housing.example", "note": "Kept words"}
    shown = browser.submit("/contacts/new", status=422, **{**right, **fields}).text
    assert sentence in shown and "Kept words" in str(browser.response.get_data(as_text=True))


def test_an_address_that_looks_wrong_is_kept_when_somebody_says_it_is_right_and_asked_about_once(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/contacts/new"))
    fields = {"name": "Jo Bright", "role": "lead", "email": "jo@gmial.com"}
    browser.submit("/contacts/new", status=422, **fields)
    browser.submit("/contacts/new", **fields, sure="y")
    with app.app_context():
        ref = db.session.scalars(select(Contact)).one().ref
    browser.open(f"/organisations/contacts/{ref}/change")
    assert "has been saved" in browser.submit("/change", job_title="Manager").text


def test_a_button_pressed_twice_adds_one_contact(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    path = page_of(app, "Housing", "/contacts/new")
    browser.open(path)
    fields = browser.page.form("/contacts/new").data(name="Jo", role="other", telephone="01632 960 001")
    for _ in range(2):
        browser.post(path, fields)
    with app.app_context():
        assert [one.name for one in db.session.scalars(select(Contact))] == ["Jo"]


def test_a_contact_ends_and_stays_under_those_that_ended(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        ref = a_contact(place("Housing"), "lead", "Laura Listed", "laura@housing.example").ref
    browser.sign_in(MANAGER)
    browser.open(f"/organisations/contacts/{ref}/end")
    shown = browser.submit("/end").text
    assert "Laura Listed is a contact no longer" in shown and "Contacts that ended: 1" in shown
    assert "laura@housing.example" not in shown
    browser.open(f"/organisations/contacts/{ref}/change", status=200)
    browser.post(
        f"/organisations/contacts/{ref}/change",
        browser.page.form("/change").data(name="Somebody Else"),
        status=409,
    )


def test_who_only_reads_and_who_is_of_elsewhere_change_no_contact(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        ref = a_contact(place("Housing"), "lead", "Laura Listed", "laura@housing.example").ref
    browser.sign_in(CHAIR)
    browser.open(f"/organisations/contacts/{ref}/change", status=403)
    browser.sign_out()
    browser.sign_in(OUTSIDER)
    browser.open(f"/organisations/contacts/{ref}/change", status=404)
