"""What the register holds about people: told, taken out, and removed when its time is over."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.home import retention
from s11.home.leaving import pseudonymise
from s11.home.own_data import held_about
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Person
from s11.register import operations
from s11.register.models import Contact, OrganisationEvent
from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.register.some import a_contact, board, place

pytestmark = pytest.mark.database


def person(email: str) -> Person:
    found = people.by_address(email)
    assert found is not None
    return found


def test_a_person_is_told_where_they_are_a_contact_and_nobody_else(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        a_contact(place("Housing"), "senior", "Pat Lead", POLICE_LEAD, telephone="01632 960 001")
        a_contact(place("Housing"), "lead", "Somebody Else", "else@housing.example")
        told = held_about(person(POLICE_LEAD))["contacts that are you"]
        assert isinstance(told, list) and len(told) == 1
        assert told[0]["organisation"] == "Harbour Housing" and told[0]["telephone"] == "01632 960 001"


def test_who_leaves_is_no_contact_any_more_and_has_no_name_in_the_history(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        manager = person(MANAGER)
        a_contact(place("Police"), "senior", "Mary Manager", MANAGER, job_title="Manager")
        operations.rename(place("Police"), board(), name="New Police", on=date(2026, 4, 1), by=manager)
        for membership in manager.memberships:
            people_operations.end_role(membership, by=None)
        known_as = pseudonymise(manager, by=None)
        db.session.expire_all()
        contact = db.session.scalars(select(Contact)).one()
        assert (contact.name, contact.email, contact.job_title) == (known_as, "", "")
        assert contact.ended_on == clock.today()
        assert db.session.scalars(select(OrganisationEvent.by_name)).all() == [known_as]


def test_contacts_that_ended_go_when_their_time_is_over_and_no_others(app: Flask, world: World) -> None:
    settings = app.config["S11"]
    ago = timedelta(days=int(365.25 * settings.leaver_years))
    with app.app_context(), unit_of_work():
        police, today = place("Police"), clock.today()
        a_contact(
            police, "lead", "Long Gone", "gone@police.example", ended_on=today - ago - timedelta(days=1)
        )
        a_contact(police, "lead", "Just Gone", "just@police.example", ended_on=today - ago)
        a_contact(police, "lead", "Still Here", "here@police.example")
        gone = retention.remove(retention.past_its_time(settings))
        assert gone["contacts that ended"] == 1
        assert db.session.scalars(select(Contact.name).order_by(Contact.id)).all() == [
            "Just Gone",
            "Still Here",
        ]


def test_whoever_stood_in_for_a_contact_who_ends_stands_in_for_nobody(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        lead = a_contact(place("Police"), "lead", "Laura Listed", "laura@police.example")
        a_contact(
            place("Police"), "substitute", "Stan Dinn", "stan@police.example", substitute_for_id=lead.id
        )
        operations.end_contact(lead)
        db.session.expire_all()
        assert db.session.scalars(select(Contact.substitute_for_id)).all() == [None, None]


def test_a_substitute_who_stays_holds_no_ended_contact_back(app: Flask, world: World) -> None:
    settings = app.config["S11"]
    with app.app_context(), unit_of_work():
        manager = person(MANAGER)
        lead = a_contact(place("Police"), "lead", "Mary Manager", MANAGER)
        second = a_contact(place("Police"), "substitute", "Sam Second", "sam@police.example")
        second.substitute_for_id = lead.id
        for membership in manager.memberships:
            people_operations.end_role(membership, by=None)
        pseudonymise(manager, by=None)
    with app.app_context(), clock.pretend(clock.now() + timedelta(days=366 * (settings.leaver_years + 1))):
        with unit_of_work():
            assert retention.remove(retention.past_its_time(settings))["contacts that ended"] == 1
        assert db.session.scalars(select(Contact.name)).all() == ["Sam Second"]
