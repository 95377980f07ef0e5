"""Entering organisations and changing what is known of them, on screen."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles.queries import here_among, subjects
from s11.organisations import operations as organisations
from s11.organisations import queries as tables
from s11.organisations.models import Organisation
from s11.register import operations
from s11.register.models import OrganisationEvent
from s11.trail.models import Entry
from tests.factories.world import EARLY_YEARS_ADVISER, EDUCATION_ADVISER, MANAGER, World
from tests.pages import Browser
from tests.register.some import board, place

pytestmark = pytest.mark.database

NEW = {"name": "Estwold Youth Trust", "kind": "voluntary", "bound_by_statute": "no"}


def page_of(app: Flask, name: str, what: str = "") -> str:
    with app.app_context():
        return f"/organisations/{place(name).ref}{what}"


def typed(days: int = 0) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def happened(app: Flask, name: str) -> list[str]:
    with app.app_context():
        query = select(OrganisationEvent.what).where(OrganisationEvent.organisation_id == place(name).id)
        return list(db.session.scalars(query.order_by(OrganisationEvent.id)))


def tags(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Entry.tag)))


def test_an_organisation_is_entered_with_a_seat_and_its_history_begins(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open("/organisations/new")
    shown = browser.submit(
        "/organisations/new",
        **NEW,
        charity_number="1199999",
        postcode="zz11ab",
        residential="y",
        commissions_services="y",
    ).text
    assert "Estwold Youth Trust is in the register" in shown
    assert "ZZ1 1AB" in shown and "1199999" in shown
    assert "Children live or sleep there, commissions services for children or families" in shown
    assert "Nobody here can be written to" in shown
    with app.app_context():
        added = place("Estwold Youth Trust")
        assert added.seated_in == {board().id} and added.residential and added.commissions_services
        assert not added.works_alone and added.short_name == "Estwold Youth Trust"
    assert happened(app, "Estwold Youth Trust") == ["added"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("urn", "12345", "Enter the URN as six digits."),
        ("urn", "12345６", "Enter the URN as six digits."),
        ("dfe_number", "12/4567", "Enter the DfE number as three digits, a stroke and four digits"),
        ("ukprn", "20000001", "Enter the UKPRN as eight digits that begin with 1."),
        ("ofsted_urn", "EY12", "Enter the Ofsted URN as on the certificate"),
        ("charity_number", "twelve", "Enter the charity number as its digits"),
        ("ods_code", "R!", "Enter the ODS code as three to six letters and digits"),
        ("postcode", "ZZ1", "Enter a full postcode"),
        ("telephone", "ring me", "Enter a telephone number with its area code"),
        ("phase", "primary", "“Primary” is no phase of a voluntary or community body"),
        ("opened_on", "31 2 2020", "Enter a date that exists"),
        ("pupils", "many", "Enter a number up to 99,999"),
        ("name", "  ", "Enter the name of the organisation."),
        ("name", "harbour housing", "There is already an organisation called Harbour Housing"),
        ("kind", "", "Choose what kind it is."),
        ("name", "x" * 201, "Use at most 200 characters."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
    app: Flask, world: World, browser: Browser, field: str, value: str, sentence: str
) -> None:
    browser.sign_in(MANAGER)
    browser.open("/organisations/new")
    fields = {**NEW, "services": "A word to keep", field: value}
    shown = browser.submit("/organisations/new", status=422, **fields).text
    assert sentence in shown and "A word to keep" in shown
    with app.app_context():
        assert db.session.query(Organisation).filter_by(name=NEW["name"]).count() == 0


def test_a_number_of_another_organisation_names_it_where_it_sits_here(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        place("Hill Primary").urn = "900001"
        organisations.add(board("elsewhere"), name="Far School", kind="school", urn="900002")
    browser.sign_in(MANAGER)
    browser.open("/organisations/new")
    here = {**NEW, "kind": "school", "urn": "900001"}
    shown = browser.submit("/organisations/new", status=422, **here).text
    assert "Hill Primary School has the URN 900001 already" in shown
    shown = browser.submit("/organisations/new", status=422, **{**here, "urn": "900002"}).text
    assert "at another partnership’s table has the URN 900002 already" in shown
    assert "Far School" not in shown


def test_facts_are_changed_with_what_they_were_in_the_history(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Hill Primary", "/change"))
    shown = browser.submit(
        "/change", urn="900001", dfe_number="9992001", phase="all-through", residential="y", pupils="1,204"
    ).text
    assert "Saved." in shown and "999/2001" in shown and "1,204" in shown
    assert "Phase: Primary → All-through" in shown
    assert happened(app, "Hill Primary") == ["changed"]
    browser.open(page_of(app, "Hill Primary", "/change"))
    assert "Nothing was changed." in browser.submit("/change").text
    assert happened(app, "Hill Primary") == ["changed"]


def test_a_tick_that_is_taken_off_is_off(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        place("Hill Primary").residential = True
    browser.sign_in(MANAGER)
    path = page_of(app, "Hill Primary", "/change")
    browser.open(path)
    fields = browser.page.form("/change").data()
    assert fields.pop("residential") == "y"
    browser.post(path, fields)
    with app.app_context():
        assert place("Hill Primary").residential is False


def test_two_who_change_the_same_facts_do_not_overwrite_each_other(
    app: Flask, world: World, browser: Browser
) -> None:
    other = Browser(app)
    for one in (browser, other):
        one.sign_in(MANAGER)
        one.open(page_of(app, "Hill Primary", "/change"))
    other.submit("/change", district="Saltreach")
    shown = browser.submit("/change", status=412, district="Estwold").text
    assert "Somebody else changed this organisation meanwhile" in shown
    with app.app_context():
        assert place("Hill Primary").district == "Saltreach"
    assert "Saved." in browser.submit("/change", district="Estwold").text


def test_a_new_name_keeps_the_old_one_with_the_day(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Police", "/rename"))
    assert (
        "this day has not come yet"
        in browser.submit("/rename", status=422, name="Northshire Constabulary", on=typed(1)).text
    )
    assert (
        "This is the name it has"
        in browser.submit("/rename", status=422, name="Northshire Police", on=typed()).text
    )
    shown = browser.submit("/rename", name="Northshire Constabulary", short_name="Police", on="1 4 2026").text
    assert "Renamed: it was Northshire Police until then" in shown and "1 April 2026" in shown
    assert "organisation:name:changed" in tags(app)


def test_a_school_moves_to_another_trust_and_never_below_itself(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        tide = organisations.add(board(), name="Tide Trust", kind="trust")
        refs = tide.ref, place("Harbour Trust").ref
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Hill Primary", "/move"))
    shown = browser.submit("/move", parent=refs[0], on=typed()).text
    assert "Moved to Tide Trust" in shown and "From Harbour Trust" in shown
    browser.open(page_of(app, "Tide Trust", "/move"))
    browser.submit("/move", parent=refs[1], on=typed())
    browser.open(page_of(app, "Harbour Trust", "/move"))
    shown = browser.submit("/move", status=422, parent=refs[0], on=typed()).text
    assert "Tide Trust belongs to Harbour Trust itself" in shown
    browser.submit("/move", status=422, parent="nonsense", on=typed())


def test_a_merger_is_told_on_both_pages_and_can_be_taken_back(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/close"))
    assert (
        "No organisation at your table has this name"
        in browser.submit("/close", status=422, on=typed(), successor="Nobody Knows").text
    )
    assert (
        "cannot become part of itself"
        in browser.submit("/close", status=422, on=typed(), successor="Housing").text
    )
    assert "within the next year" in browser.submit("/close", status=422, on=typed(500)).text
    shown = browser.submit("/close", on=typed(), successor="police", note="Agreed in May").text
    assert "It became part of Northshire Police" in shown and "Agreed in May" in shown
    assert "Took in Harbour Housing" in browser.open(page_of(app, "Police")).text
    browser.open(page_of(app, "Housing", "/close"))
    assert "is closed already" in browser.submit("/close", status=422, on=typed()).text
    browser.open(page_of(app, "Housing"))
    assert "Harbour Housing is open again" in browser.submit("/reopen").text
    assert happened(app, "Housing") == ["merged", "reopened"]
    with app.app_context():
        assert place("Housing").closed_on is None and place("Housing").merged_into_id is None


def test_who_leaves_can_come_back(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/leave"))
    assert "Enter the day once it has come" in browser.submit("/leave", status=422, on=typed(2)).text
    shown = browser.submit("/leave", on=typed()).text
    assert "is no longer at the table" in shown and "Left the partnership on" in shown
    with app.app_context():
        assert place("Housing").seated_in == frozenset()
    assert "is at the table again" in browser.submit("/come-back").text
    with app.app_context():
        assert place("Housing").seated_in == {board().id}
    assert tags(app) >= {"organisation:seat:left", "organisation:seat:taken_again"}


def test_no_successor_reads_what_was_returned_at_another_table(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        elsewhere = tables.partnership_by_code("elsewhere")
        assert elsewhere is not None
        organisations.take_seat(elsewhere, place("Housing"))
    browser.sign_in(MANAGER)
    browser.open(page_of(app, "Housing", "/close"))
    refused = browser.submit("/close", status=422, on=typed(), successor="Police").text
    assert "would read what it returned there" in refused
    assert "Closed on" in browser.submit("/close", on=typed(), successor="").text


def test_a_merger_known_ahead_has_not_happened_before_its_day(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        police, housing = place("Police"), place("Housing")
        day = clock.today() + timedelta(days=30)
        operations.close(housing, board(), on=day, successor=police)
        db.session.expire_all()
        assert housing.became_id == housing.id
        assert here_among([housing.id], board().id) == {housing.id}
        gone = {one.ref: subject.gone for one, subject in subjects(board().id)}
        assert gone[housing.ref] == ""
        with clock.pretend(clock.start_of(day)):
            assert housing.became_id == police.id and here_among([housing.id], board().id) == set()


def test_at_a_table_it_left_nobody_changes_what_sits_at_another(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        seat = tables.seat(board().id, place("Housing").id)
        elsewhere = tables.partnership_by_code("elsewhere")
        assert seat is not None and elsewhere is not None
        seat.left_on = clock.today()
        organisations.take_seat(elsewhere, place("Housing"))
    browser.sign_in(MANAGER)
    shown = browser.open(page_of(app, "Housing"))
    assert "It sits at the table again" in shown.text and "It closes or merges" not in shown.text
    for act in ("/rename", "/change", "/move", "/close", "/contacts/new"):
        browser.open(page_of(app, "Housing", act), status=403)
    with app.app_context(), unit_of_work():
        for other in place("Housing").seats:
            other.left_on = clock.today()
    browser.open(page_of(app, "Housing", "/rename"))


def test_an_adviser_keeps_the_entries_of_their_own_kinds_and_no_others(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(EDUCATION_ADVISER)
    browser.open("/organisations/new")
    browser.submit("/organisations/new", status=422, **NEW)
    shown = browser.submit("/organisations/new", **{**NEW, "kind": "school"}).text
    assert "Estwold Youth Trust is in the register" in shown
    other = Browser(app)
    other.sign_in(EARLY_YEARS_ADVISER)
    other.open(page_of(app, "Estwold Youth Trust"), status=404)
