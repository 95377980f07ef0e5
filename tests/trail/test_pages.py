"""Who reads the trail: of a return whoever may read it, of a partnership who answers for it."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.trail.operations import record
from s11.trail.pages import Line, together
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    OUTSIDER,
    POLICE_HELPER,
    POLICE_LEAD,
    World,
    a_person,
    a_return,
)
from tests.pages import Browser

INSPECTOR = "inspector@board.example"


def without_token(browser: Browser) -> str:
    """The page but for the token of its forms, which holds the second it was made in."""
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", browser.response.get_data(as_text=True))


def signed_in(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


@pytest.mark.database
def test_the_timeline_of_a_return_says_who_did_what_in_which_role(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_HELPER)
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}")
    page = lead.open(page.href("Who did what"))
    assert "Helen Helper (Contributor) saved answers 1.1, 1.2" in page.text


@pytest.mark.database
def test_the_agency_sees_who_of_the_board_opened_its_return(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    manager = signed_in(app, MANAGER)
    page = manager.open(f"/returns/{world.police}/submitted")
    assert "Pat Lead (Safeguarding lead) submitted the return" in manager.open(page.href("Who did what")).text
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/trail")
    assert "Mary Manager (Business manager) opened the submission" in page.text


@pytest.mark.database
@pytest.mark.parametrize("email", [HOUSING_LEAD, OUTSIDER, MANAGER, CHAIR])
def test_the_trail_of_an_unsubmitted_return_is_the_agencys_alone(
    app: Flask, world: World, email: str
) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_HELPER)
    browser = signed_in(app, email)
    browser.open(f"/returns/{world.police}/trail", status=404)
    strange = without_token(browser)
    browser.open("/returns/abcdefghjkmn/trail", status=404)
    assert without_token(browser) == strange


@pytest.mark.database
@pytest.mark.parametrize("email", [HOUSING_LEAD, OUTSIDER])
def test_nor_does_another_agency_or_partnership_see_it_once_it_is_in(
    app: Flask, world: World, email: str
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    signed_in(app, email).open(f"/returns/{world.police}/trail", status=404)


@pytest.mark.database
def test_second_ratings_are_not_in_the_agencys_timeline_before_moderation_is_finished(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    moderator = signed_in(app, MODERATOR)
    moderator.open(f"/moderation/{world.police}")
    moderator.submit("/agree")
    timeline = f"/returns/{world.police}/trail"
    assert "agreed in moderation with answers" in moderator.open(timeline).text
    lead = signed_in(app, POLICE_LEAD)
    assert "moderation" not in lead.open(timeline).text
    moderator.open(f"/moderation/{world.police}")
    moderator.submit("/finish")
    assert "finished moderation" in lead.open(timeline).text
    assert "agreed in moderation with answers" in lead.open(timeline).text


@pytest.mark.database
def test_the_reason_of_a_signatory_is_read_inside_the_organisation_only(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    manager = signed_in(app, MANAGER)
    manager.open(f"/returns/{world.police}/submitted")
    manager.submit("/send-back", reason="Say more about 1.2, please.")
    assert "Say more about 1.2" in signed_in(app, POLICE_LEAD).open(f"/returns/{world.police}/trail").text
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    assert "Say more about 1.2" not in manager.open(f"/returns/{world.police}/trail").text


@pytest.mark.database
def test_the_trail_of_the_partnership_is_for_those_who_answer_for_it(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        a_person("Ines Pector", INSPECTOR, Role.INSPECTOR, board)
    for email in (MANAGER, CHAIR, INSPECTOR):
        browser = signed_in(app, email)
        page = browser.open("/trail/")
        assert page.href("Trail") == "/trail/"
        assert "asked 2 organisations" in page.text
    for email in (MODERATOR, POLICE_LEAD, HOUSING_LEAD):
        browser = signed_in(app, email)
        browser.open("/trail/", status=404)
        browser.open("/trail/trail.csv", status=404)


@pytest.mark.database
def test_nothing_of_another_partnership_is_in_it(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    signed_in(app, MANAGER).open(f"/returns/{world.police}/submitted")
    browser = signed_in(app, OUTSIDER)
    text = browser.open("/trail/").text
    # Founded, an account made, a role given, signed in.
    assert "4 entries." in text and "Northshire" not in text and "Mary Manager" not in text
    browser.open("/trail/trail.csv")
    assert "Northshire" not in browser.response.get_data(as_text=True)
    # Another partnership's organisation is no more known here than one that does not exist.
    police = organisation_ref(app, "Northshire Police")
    assert "Northshire" not in browser.open(f"/trail/?organisation={police}", status=422).text


@pytest.mark.database
def test_sign_ins_are_shown_to_the_partnership_the_person_was_with_then(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        a_person("Two Places", "two@police.example", Role.VIEWER, organisations.by_name("Northshire Police"))
    signed_in(app, "two@police.example")
    manager, outsider = signed_in(app, MANAGER), signed_in(app, OUTSIDER)
    asked = "/trail/?person=Two+Places&act=person:session:signed_in"
    seen = "Two Places Viewer signed in"
    assert seen in manager.open(asked).text and seen not in outsider.open(asked).text
    with app.app_context(), unit_of_work():
        person = people.by_address("two@police.example")
        people_operations.end_role(person.memberships[0], by=None)
        elsewhere = organisations.partnership_by_code("elsewhere")
        with clock.pretend(clock.now() + timedelta(days=2)):
            people_operations.give_role(person, Role.OFFICE, at=elsewhere)
            record("person:session:signed_in", person.id, by=person)
    # What came before and after is each partnership's own.
    later = "Two Places Partnership office signed in"
    text = manager.open(asked).text
    assert seen in text and later not in text
    text = outsider.open(asked).text
    assert later in text and seen not in text


def organisation_ref(app: Flask, name: str) -> str:
    with app.app_context():
        found = organisations.by_name(name)
        assert found is not None
        return found.ref


@pytest.mark.database
def test_what_an_agency_does_with_its_working_copy_is_not_in_it(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A - -", by=POLICE_HELPER)
    text = signed_in(app, MANAGER).open("/trail/").text
    assert "saved answer" not in text and "Northshire Police" in text


@pytest.mark.database
def test_the_filters_narrow_it_and_stay_in_the_address(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G A R N", by=HOUSING_LEAD, submit=True)
    police = organisation_ref(app, "Northshire Police")
    browser = signed_in(app, MANAGER)
    page = browser.open(f"/trail/?organisation={police}&act=return:stage:submitted&person=pat")
    assert "1 entry found" in page.text and "submitted the return" in page.text
    assert f"organisation={police}" in page.href("Download as CSV")
    assert "No entry found" in browser.open("/trail/?person=nobody%25").text
    assert "No entry found" in browser.open("/trail/?until=1+1+2020").text
    assert "Pat Lead" in browser.open("/trail/?since=1+1+2020").text
    page = browser.open("/trail/?since=someday", status=422)
    assert "Enter a date that exists" in page.text and "Pat Lead" in page.text


@pytest.mark.database
def test_it_is_shown_page_by_page(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        for turn in range(120):
            record("cycle:dates:planned", turn, by=None, partnership_id=board.id, after={"code": f"N{turn}-"})
    browser = signed_in(app, MANAGER)
    page = browser.open("/trail/?person=System&act=cycle:dates:planned")
    assert "N119-" in page.text and "N1-" not in page.text
    page = browser.open(page.href("3"))
    assert "N1-" in page.text and "N119-" not in page.text
    assert browser.open("/trail/?page=9999").text == browser.open("/trail/?page=999").text


@pytest.mark.database
def test_as_a_file_it_runs_nothing_and_taking_it_is_an_entry(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        a_person("=HYPERLINK(1)", INSPECTOR, Role.INSPECTOR, board)
    signed_in(app, INSPECTOR).open("/trail/trail.csv")
    manager = signed_in(app, MANAGER)
    manager.open("/trail/trail.csv")
    assert manager.response.mimetype == "text/csv"
    assert "attachment" in manager.response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(manager.response.get_data().decode("utf-8-sig"))))
    taken = [row for row in rows if row["act"] == "Trail exported"]
    assert [row["person"] for row in taken] == ["'=HYPERLINK(1)"]
    assert taken[0]["role"] == "Inspector (read only)" and taken[0]["address"] == "127.0.0.1"
    assert "Mary Manager (Business manager)" not in manager.open("/trail/?act=cycle:dates:planned").text


@pytest.mark.database
def test_the_command_takes_everything_out(app: Flask, world: World) -> None:
    result = app.test_cli_runner().invoke(args=["trail", "export", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1)) and len(rows) > 15
    assert len(rows[0]["hash"]) == 64
    one = app.test_cli_runner().invoke(args=["trail", "export", "--partnership", "elsewhere"])
    assert 0 < one.output.count("\n") < len(rows)
    assert app.test_cli_runner().invoke(args=["trail", "export", "--partnership", "no"]).exit_code == 1


@pytest.mark.database
def test_retention_says_what_is_old_and_removes_nothing(app: Flask, world: World) -> None:
    run = app.test_cli_runner()
    assert "No entry is older." in run.invoke(args=["trail", "retention"]).output
    with clock.pretend(datetime(2016, 3, 1, 12, tzinfo=UTC)), app.app_context(), unit_of_work():
        record("cycle:dates:planned", 1, by=None)
    said = run.invoke(args=["trail", "retention"]).output
    assert "1 entry is from before" in said and "1 March 2016" in said and "Nothing was removed" in said
    assert run.invoke(args=["trail", "verify"]).exit_code == 0


def line_at(minute: int, what: str = "saved the answers to 1.1", who: str = "Pat Lead", **more: str) -> Line:
    at = datetime(2026, 11, 27, 14, minute, tzinfo=UTC)
    return Line(number=minute, at=at, who=who, role="", what=what, address="", **more)


def test_what_somebody_did_again_and_again_is_one_line() -> None:
    newest_first = [line_at(m) for m in (9, 8, 7)] + [line_at(5, who="Des Deputy"), line_at(4), line_at(3)]
    found = together(newest_first)
    assert [(one.who, one.times) for one in found] == [("Pat Lead", 3), ("Des Deputy", 1), ("Pat Lead", 2)]
    assert found[0].at.minute == 9 and found[0].since.minute == 7 and found[1].since is None


def test_what_has_a_reason_stands_by_itself() -> None:
    assert len(together([line_at(2, detail="Why"), line_at(1)])) == 2
    assert len(together([line_at(2), line_at(1, detail="Why")])) == 2
