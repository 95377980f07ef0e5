"""Two organisations made one, with the history of both; or told apart."""

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.organisations import operations as organisations
from s11.organisations import queries as known
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.register.files.asked import returns_in
from s11.register.matching import operations, queries
from s11.register.matching.queries import Pair
from s11.register.models import Contact, OrganisationEvent
from s11.returns import queries as returns
from s11.returns.models import Return
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_cycle, a_return
from tests.pages import Browser

ALL = frozenset(Kind)


def board() -> Partnership:
    found = known.partnership_by_code("northshire")
    assert found is not None
    return found


def a_twin(name: str = "Northshire Police", **more: object) -> Pair:
    """Another organisation that is the police, entered later."""
    twin = organisations.add(board(), name=name, kind="police", **more)  # type: ignore[arg-type]
    db.session.flush()
    police = db.session.scalars(select(Organisation).where(Organisation.short_name == "Police")).one()
    pair = queries.pair_by_ref(f"{twin.ref}-{police.ref}")
    assert pair is not None
    return pair


def a_contact(organisation: Organisation, name: str, email: str = "") -> None:
    db.session.add(
        Contact(
            organisation_id=organisation.id, partnership_id=board().id, role="lead", name=name, email=email,
            added_at=clock.now(),
        )
    )  # fmt: skip


@pytest.mark.database
def test_a_pair_is_found_and_told_apart_for_good(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        pair = a_twin("Northshire Polices")
        assert [(one.one.id, one.other.id) for one, _ in queries.found(board().id, ALL)] == [
            (pair.one.id, pair.other.id)
        ]
        operations.tell_apart(pair, board(), by=None)
        operations.tell_apart(pair, board(), by=None)  # twice, by two people
        assert queries.found(board().id, ALL) == []


@pytest.mark.database
def test_one_stays_and_what_the_other_was_is_kept(app: Flask, world: World) -> None:
    with app.app_context():
        with unit_of_work():
            pair = a_twin(ods_code="RX1", district="Northtown")
            police, twin = pair.one, pair.other
            beneath = organisations.add(board(), name="A Unit", kind="police", parent=twin)
            a_contact(police, "Ann Lee", "ann@police.example")
            a_contact(twin, "ANN LEE", "ann@police.example")
            a_contact(twin, "Bo Day")
            db.session.flush()
            ann = db.session.scalars(select(Contact).where(Contact.name == "ANN LEE")).one()
            db.session.scalars(
                select(Contact).where(Contact.name == "Bo Day")
            ).one().substitute_for_id = ann.id
            operations.merge(
                pair, board(), stays=police, taken=["ods_code", "district"], note="One force", by=None
            )
            ids = police.id, twin.id, beneath.id
        police, twin, beneath = (db.session.get_one(Organisation, id_) for id_ in ids)
        assert twin.merged_into_id == police.id and twin.closed_on == clock.today()
        assert (police.ods_code, twin.ods_code, police.district) == ("RX1", None, "Northtown")
        assert beneath.parent_id == police.id and twin.seated_in == {board().id}
        held = queries.contacts_of(list(ids), board().id)
        assert [one.name for one in held[police.id]] == ["Ann Lee", "Bo Day"] and not held.get(twin.id)
        told = db.session.scalars(select(OrganisationEvent).order_by(OrganisationEvent.id)).all()
        assert [(one.organisation_id, one.what) for one in told] == [
            (twin.id, "merged"),
            (police.id, "took_in"),
        ]
        assert told[1].after["ODS code"] == "RX1" and told[1].before["ODS code"] == ""
        assert told[0].note == "One force"
        assert [one.id for one in queries.taken_in(police.id)] == [twin.id]
        assert queries.found(board().id, ALL) == []
        bo = db.session.scalars(select(Contact).where(Contact.name == "Bo Day")).one()
        assert bo.substitute_for_id is None, "whom it stood in for has ended"


@pytest.mark.database
def test_the_one_that_is_asked_now_cannot_go(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        pair = a_twin()
        with pytest.raises(Invalid, match=r"is asked in Cycle .*Keep Northshire Police"):
            operations.merge(pair, board(), stays=pair.other, by=None)


def test_two_that_are_asked_in_one_cycle_wait_until_one_is_withdrawn(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        police, housing = known.by_name("Police"), known.by_name("Housing")
        assert police is not None and housing is not None
        pair = queries.pair_by_ref(f"{police.ref}-{housing.ref}")
        assert pair is not None
        with pytest.raises(Invalid, match="Both are asked in Cycle"):
            operations.merge(pair, board(), stays=police, by=None)


def test_returns_stay_with_the_organisation_that_gave_them(app: Flask, world: World) -> None:
    with app.app_context():
        with unit_of_work():
            pair = a_twin()
            before = db.session.scalars(select(Return.organisation_id).order_by(Return.id)).all()
            operations.merge(pair, board(), stays=pair.one, by=None)
        assert db.session.scalars(select(Return.organisation_id).order_by(Return.id)).all() == before
        assert returns.by_ref(world.police) is not None


def test_one_at_another_table_too_cannot_go(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        pair = a_twin()
        elsewhere = organisations.found(code="elsewhere", name="Elsewhere")
        organisations.take_seat(elsewhere, pair.other)
        db.session.expire_all()
        with pytest.raises(Invalid, match="another partnership’s table"):
            operations.merge(pair, board(), stays=pair.one, by=None)


def test_nobody_puts_the_same_two_together_twice(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        pair = a_twin()
        operations.merge(pair, board(), stays=pair.one, by=None)
        with pytest.raises(DomainError, match="put together already"):
            operations.merge(pair, board(), stays=pair.one, by=None)


def test_a_chain_of_mergers_leads_to_the_one_that_stays(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        first = a_twin("Police of the North")
        second = organisations.add(board(), name="Old Police", kind="police")
        db.session.flush()
        earlier = queries.pair_by_ref(f"{first.other.ref}-{second.ref}")
        assert earlier is not None
        operations.merge(earlier, board(), stays=first.other, by=None)
        operations.merge(first, board(), stays=first.one, by=None)
        assert second.merged_into_id == first.one.id


def test_the_pages_compare_and_put_together(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        a_twin(district="Northtown", postcode="ZZ1 1AA")
    browser.sign_in(MANAGER)
    page = browser.open("/organisations/duplicates")
    assert "1 pair" in page.text and "The same name" in page.text
    page = browser.open(next(href for href, _ in page.links if "/duplicates/" in href))
    assert "Northtown" in page.text and "due" in page.text
    page = browser.submit("/one", status=422)
    assert "Choose which one stays." in page.text
    with app.app_context():
        twins = db.session.scalars(select(Organisation).where(Organisation.name == "Northshire Police")).all()
        police, twin = sorted((one.id, one.ref) for one in twins)
    page = browser.submit("/one", status=422, stays=twin[1])
    assert "Keep Northshire Police, or withdraw it there first." in page.text
    page = browser.submit("/one", stays=police[1], fact_district="other")
    with app.app_context():
        assert db.session.get_one(Organisation, police[0]).district == "Northtown"
        assert db.session.get_one(Organisation, police[0]).postcode == "ZZ1 1AA"
    assert "No duplicates were found" in browser.open("/organisations/duplicates").text


def test_people_of_an_organisation_see_none_of_it(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/organisations/duplicates", status=404)
    browser.open("/organisations/bring", status=404)


def test_what_another_partnership_asks_of_it_is_not_told(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        pair = a_twin()
        elsewhere = known.partnership_by_code("elsewhere")
        assert elsewhere is not None
        organisations.take_seat(elsewhere, pair.one)
        _, (theirs,) = a_cycle(elsewhere, "TINY-2026", "OTHER-2026", [pair.one])
        ids, ref, other = [pair.one.id, pair.other.id], pair.ref, theirs.ref
    a_return(app, other, "G G G G", by=POLICE_LEAD, submit=True)
    office = Browser(app)
    office.sign_in(MANAGER)
    page = office.open(f"/organisations/duplicates/{ref}")
    assert "Cycle TINY-2026: due" in page.text and "OTHER-2026" not in page.text
    with app.app_context():
        there = known.partnership_by_code("elsewhere")
        assert there is not None
        assert returns_in(ids, board().id) == {} and returns_in(ids, there.id) == {ids[0]: 1}
