"""The list of organisations, and the page of one."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.organisations import operations as organisations
from s11.people import queries as people
from s11.people.models import Person
from s11.register import operations
from tests.factories.world import (
    CHAIR,
    EARLY_YEARS_ADVISER,
    EDUCATION_ADVISER,
    INSPECTOR,
    MANAGER,
    MODERATOR,
    OUTSIDER,
    POLICE_LEAD,
    World,
)
from tests.pages import Browser
from tests.register.some import a_contact, board, place

OWN_PAGE = re.compile(r"/organisations/[a-z0-9]{12}")
pytestmark = pytest.mark.database


def ref_of(app: Flask, name: str) -> str:
    with app.app_context():
        return place(name).ref


def names(browser: Browser, query: str = "") -> list[str]:
    browser.open(f"/organisations{query}")
    return [words.strip() for href, words in browser.page.links if OWN_PAGE.fullmatch(href)]


def test_the_office_finds_everybody_at_the_table_by_name(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    assert names(browser) == ["Harbour Housing", "Harbour Trust", "Hill Primary School", "Northshire Police"]


def test_an_adviser_finds_the_kinds_of_their_own_audit(world: World, browser: Browser) -> None:
    browser.sign_in(EDUCATION_ADVISER)
    assert names(browser) == ["Harbour Trust", "Hill Primary School"]
    browser.open(f"/organisations/{ref_of(world.app, 'Police')}", status=404)
    other = Browser(world.app)
    other.sign_in(EARLY_YEARS_ADVISER)
    assert names(other) == []


@pytest.mark.parametrize("who", [CHAIR, INSPECTOR])
def test_who_only_reads_is_offered_nothing_to_change(world: World, browser: Browser, who: str) -> None:
    browser.sign_in(who)
    assert "Add an organisation" not in browser.open("/organisations").text
    shown = browser.open(f"/organisations/{ref_of(world.app, 'Police')}").text
    assert "Rename" not in shown and "Add a contact" not in shown
    browser.open(f"/organisations/{ref_of(world.app, 'Police')}/change", status=403)
    browser.open("/organisations/list.csv", status=404)


@pytest.mark.parametrize("who", [MODERATOR, POLICE_LEAD])
def test_for_others_there_is_no_register(world: World, browser: Browser, who: str) -> None:
    browser.sign_in(who)
    browser.open("/organisations", status=404)


def test_another_partnership_finds_none_of_it(world: World, browser: Browser) -> None:
    browser.sign_in(OUTSIDER)
    assert "No organisations yet" in browser.open("/organisations").text
    browser.open(f"/organisations/{ref_of(world.app, 'Police')}", status=404)


def test_the_list_is_searched_and_narrowed_down(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        school = place("Hill Primary School")
        school.urn, school.dfe_number, school.postcode = "900001", "999/2001", "ZZ1 2AB"
        school.district = "Saltreach"
    browser.sign_in(MANAGER)
    for query in ("q=9000", "q=999/2001", "q=9992001", "q=zz12", "q=saltr", "q=HILL", "kind=school"):
        assert names(browser, f"?{query}") == ["Hill Primary School"], query
    assert names(browser, "?phase=primary&district=Saltreach") == ["Hill Primary School"]
    assert names(browser, f"?parent={ref_of(app, 'Harbour Trust')}") == ["Hill Primary School"]
    assert names(browser, "?bound=statutory") == ["Northshire Police"]
    assert names(browser, "?q=%25") == [] and names(browser, "?kind=nonsense&page=99") == []
    assert "No organisation found" in browser.page.text


def test_closed_and_left_are_lists_of_their_own(app: Flask, world: World, browser: Browser) -> None:
    today = clock.today()
    with app.app_context(), unit_of_work():
        operations.close(place("Harbour Housing"), board(), on=today)
        police = place("Police")
        operations.leave(police, board(), police.seats[0], on=today)
    browser.sign_in(MANAGER)
    assert names(browser) == ["Harbour Trust", "Hill Primary School"]
    assert names(browser, "?standing=closed") == ["Harbour Housing"]
    assert names(browser, "?standing=left") == ["Northshire Police"]


def test_who_cannot_be_written_to_is_counted_and_listed(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        organisations.add(board(), name="Quiet Probation", kind="probation")
        reached = organisations.add(board(), name="Reached Fire", kind="fire")
        a_contact(reached, "lead", "Fay Fire", "fay@fire.example")
        silent = organisations.add(board(), name="Silent Leisure", kind="leisure")
        a_contact(silent, "lead", "No Address")
    browser.sign_in(MANAGER)
    assert names(browser, "?unreached=y") == ["Quiet Probation", "Silent Leisure"]
    browser.open("/organisations")
    assert "2 Nobody to write to" in " ".join(browser.page.text.split())


def test_the_files_hold_what_the_list_shows_and_no_cell_can_run(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        place("Harbour Housing").name = "=HYPERLINK(1)"
    browser.sign_in(MANAGER)
    browser.open("/organisations/list.csv")
    lines = browser.response.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeffname,short name,kind,asked as")
    assert len(lines) == 5 and any(line.startswith("'=HYPERLINK(1),Housing") for line in lines)
    assert "Pat Lead,lead@police.example" in "".join(lines)
    browser.open("/organisations/list.xlsx?kind=police")
    sheet = openpyxl.load_workbook(io.BytesIO(browser.response.data)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["name", "Northshire Police"]


def test_a_page_of_six_hundred_asks_no_more_than_a_page_of_four(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    few = asked(app, browser, "/organisations")
    with app.app_context(), unit_of_work():
        trust = place("Harbour Trust")
        for number in range(600):
            one = organisations.add(
                board(), name=f"School {number:03}", kind="school", parent=trust, district=f"D{number % 9}"
            )
            a_contact(one, "lead", f"Lead {number}", f"lead{number}@school.example")
    assert asked(app, browser, "/organisations") == few
    assert "604 organisations" in browser.page.text and any(w.strip() == "13" for _, w in browser.page.links)


def asked(app: Flask, browser: Browser, path: str) -> int:
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        browser.open(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_the_page_of_one_shows_people_with_and_without_accounts_and_who_stands_in(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        police = place("Police")
        senior = a_contact(police, "senior", "Sam Senior", "sam@police.example", telephone="01632 960 001")
        a_contact(police, "substitute", "Stan Dinn", "stan@police.example", substitute_for_id=senior.id)
        a_contact(police, "other", "Of Elsewhere", "o@police.example", of=board("elsewhere"))
    browser.sign_in(MANAGER)
    shown = browser.open(f"/organisations/{ref_of(app, 'Police')}").text
    assert "Pat Lead" in shown and "Sam Senior" in shown and "01632 960 001" in shown
    assert "stands in for Sam Senior" in shown and "substitute: Stan Dinn" in shown
    assert "Of Elsewhere" not in shown
    assert shown.index("Sam Senior") < shown.index("Stan Dinn")


def test_everything_sent_is_on_the_page_with_what_became_of_it_but_not_another_partnerships(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        police = place("Police")
        told = {"kind": Kind.LETTER, "organisation_id": police.id, "body": "Dear Pat", "to_name": "Pat"}
        own = board().id
        queue(to_address="a@police.example", subject="The letter", partnership_id=own, **told)
        bounced = queue(to_address="b@police.example", subject="It bounced", partnership_id=own, **told)
        bounced.sent_at = bounced.bounced_at = clock.now()
        queue(to_address="c@police.example", subject="Secret", partnership_id=board("elsewhere").id, **told)
    browser.sign_in(MANAGER)
    shown = browser.open(f"/organisations/{ref_of(app, 'Police')}").text
    assert "The letter" in shown and "Waiting" in shown
    assert "It bounced" in shown and "Came back" in shown
    assert "Secret" not in shown and "Dear Pat" not in shown


def test_the_last_five_mails_stand_there_and_the_office_is_led_to_all(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        police = place("Police").id
        ids = {"organisation_id": police, "partnership_id": board().id, "kind": Kind.NEWS}
        for number in range(7):
            queue(to_address="a@police.example", to_name="", subject=f"News {number}", body="Read.", **ids)
    browser.sign_in(MANAGER)
    page = browser.open(f"/organisations/{ref_of(app, 'Police')}")
    assert "News 6" in page.text and "News 2" in page.text and "News 1" not in page.text
    assert "mails found" in browser.open(page.href("All mail to it")).text
    browser.sign_out()
    browser.sign_in(INSPECTOR)
    page = browser.open(f"/organisations/{ref_of(app, 'Police')}")
    assert "These are the last 5." in page.text and "All mail to it" not in page.text


def test_the_returns_over_the_years_are_told_by_stage(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    shown = browser.open(f"/organisations/{ref_of(world.app, 'Police')}").text
    assert "Returns over the years" in shown and "Cycle TINY-2026" in shown and "Not started" in shown


def test_an_organisation_that_closes_in_the_middle_of_a_cycle_is_named_with_where_to_withdraw_it(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/organisations/{ref_of(app, 'Police')}/close")
    assert "It is asked to return in 1 cycle: Cycle TINY-2026" in browser.page.text
    day = clock.today()
    shown = browser.submit("/close", on=f"{day.day} {day.month} {day.year}").text
    assert "It is still asked to return" in shown
    links = [href for href, words in browser.page.links if words.strip() == "Cycle TINY-2026"]
    assert set(links) == {f"/cycles/{world.cycle}/organisations/{ref_of(app, 'Police')}"}


def test_what_happened_at_another_partnerships_table_and_who_did_it_is_not_told(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        police, elsewhere = place("Police"), board("elsewhere")
        seat = organisations.take_seat(elsewhere, police)
        outsider = elsewhere_manager()
        operations.rename(police, elsewhere, name="Wider Police", on=date(2026, 4, 1), by=outsider)
        operations.leave(police, elsewhere, seat, on=clock.today(), note="Their reason", by=outsider)
    browser.sign_in(MANAGER)
    shown = browser.open(f"/organisations/{ref_of(app, 'Wider Police')}").text
    assert "it was Northshire Police until then" in shown and "1 April 2026" in shown
    assert "Ellie Elsewhere" not in shown and "Left the partnership" not in shown
    assert "Their reason" not in shown


def elsewhere_manager() -> Person:

    found = people.by_address(OUTSIDER)
    assert found is not None
    return found


def test_a_school_that_closes_next_month_is_still_here(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context(), unit_of_work():
        operations.close(place("Hill Primary"), board(), on=clock.today() + timedelta(days=30))
    browser.sign_in(MANAGER)
    assert "Hill Primary School" in names(browser)
    assert "Closes on" in browser.open(f"/organisations/{ref_of(app, 'Hill Primary')}").text


def test_the_people_of_an_organisation_belong_to_one_entry_of_the_bar(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/organisations/{ref_of(world.app, 'Police')}/people")
    bar = browser.response.get_data(as_text=True).partition("s11-nav")[2].partition("</nav>")[0]
    assert bar.count('aria-current="page"') == 1 and 'aria-current="page">People<' in bar
