"""Inviting many from a spreadsheet: a preview row by row, nothing kept before it is confirmed."""

import io
import time
import zipfile

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core.database import db, unit_of_work
from s11.core.errors import Invalid
from s11.joining.lists.reading import rows_of
from s11.joining.lists.rules import lines_of, nearest, role_of
from s11.organisations import queries as organisations
from s11.people.models import Membership, Person
from s11.people.rules import Role
from tests.factories.world import CHAIR, MANAGER, OFFICE, OUTSIDER, POLICE_HELPER, POLICE_LEAD, World
from tests.joining.mail import link_to
from tests.joining.test_inviting import board
from tests.pages import Browser, Page

HEAD = "Full name,E-mail address,Role,Agency,Job title,Signs as"
GOOD = f"""{HEAD}
Nina New,nina@police.example,Deputy,Northshire Police,Inspector,
Omar Old,omar@housing.example,contributor,housing,,
Hanna Head,hanna@school.example,Signatory,100200,Headteacher,headteacher
Terry Trust,terry@trust.example,trust lead,Harbour Trust,,
"""
FAULTY = f"""{HEAD}
Nina New,nina@police.example,Deputy,Northshire Polcie,,
,not an address,boss,Northshire Police,,
Ann Again,{POLICE_HELPER},Contributor,Police,,
Nina New,nina@police.example,lead,Police,,
Nina Twice,NINA@police.example,Lead,Police,,
Tim Trust,tim@school.example,trust lead,Hill Primary,,
Sid Signs,sid@school.example,lead,Hill Primary,,headteacher
Una Unknown,una@school.example,signatory,Hill Primary,,mayor
"""


def send(
    browser: Browser, app: Flask, text: str | bytes, name: str = "people.csv", *, status: int = 200
) -> Page:
    data = text if isinstance(text, bytes) else text.encode()
    browser.open(f"{board(app)}/spreadsheet")
    return browser.submit("/spreadsheet", status=status, file=(io.BytesIO(data), name))


def a_workbook(text: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(out)
    return out.getvalue()


def count(app: Flask, what: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(what.id))) or 0


def give_urn(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        school = organisations.by_name("Hill Primary")
        assert school is not None
        school.urn = "100200"


@pytest.mark.database
@pytest.mark.parametrize("kind", ["csv", "csv of Excel", "xlsx"])
def test_a_list_is_shown_first_and_invited_when_confirmed(
    app: Flask, world: World, browser: Browser, kind: str
) -> None:
    give_urn(app)
    browser.sign_in(OFFICE)
    before = count(app, Person), count(app, Membership)
    data = {
        "csv": GOOD.encode(),
        "csv of Excel": ("\ufeff" + GOOD.replace(",", ";")).encode(),
        "xlsx": a_workbook(GOOD),
    }[kind]
    page = send(browser, app, data, "people.xlsx" if kind == "xlsx" else "people.csv")
    assert "4 To be invited 0 With a fault, left out 0 Nothing to do" in page.text
    assert "Hill Primary School" in page.text
    assert (count(app, Person), count(app, Membership)) == before
    again = page.form("/confirm").data()
    page = browser.submit("/confirm")
    assert "4 invitations sent." in page.text
    assert count(app, Membership) == before[1] + 4
    page = browser.post(f"{board(app)}/spreadsheet/confirm", again)
    assert "Nobody was invited" in page.text and count(app, Membership) == before[1] + 4
    guest = Browser(app)
    guest.open(link_to(app, "hanna@school.example"), status=302)
    assert "Hill Primary School as signatory, by Olive Office" in guest.open("/join").text
    guest.submit("/join", password="seven purple kettles sing")
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "hanna@school.example")).one()
        assert person.memberships[0].signs_as == "headteacher"


@pytest.mark.database
def test_every_fault_is_named_and_its_row_left_out(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    page = send(browser, app, FAULTY)
    assert "1 To be invited 6 With a fault, left out 1 Nothing to do" in page.text
    for sentence in (
        "No organisation of yours is called “Northshire Polcie”. Do you mean “Northshire Police”?",
        "Enter a name.",
        "“not an address” is not an e-mail address.",
        "“boss” is not a role. Use lead, deputy, contributor, signatory or viewer.",
        "Holds this role there already.",
        "The same stands further up in this list.",
        "A trust lead is invited to the trust, not to one of its schools.",
        "Only a signatory signs as somebody.",
        "Nobody is asked to sign as “mayor”.",
    ):
        assert sentence in page.text, sentence
    assert "1 invitation sent. 6 rows with a fault left out." in browser.submit("/confirm").text
    with app.app_context():
        found = db.session.scalars(select(Person.email).where(Person.memberships.any(Membership.pending)))
        assert list(found) == ["nina@police.example"]


@pytest.mark.database
def test_a_preview_is_good_for_the_person_and_the_partnership_it_was_made_for(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(OFFICE)
    packed = send(browser, app, GOOD).form("/confirm").data()["list"]
    before = count(app, Membership)
    other = Browser(app)
    other.sign_in(MANAGER)
    other.open(f"{board(app)}/spreadsheet")
    token = other.page.form("/spreadsheet").data()
    for forged in (packed, f"{packed}x", ""):
        page = other.post(f"{board(app)}/spreadsheet/confirm", token | {"list": forged})
        assert "This preview is no longer good" in page.text
    assert count(app, Membership) == before


@pytest.mark.database
def test_only_the_office_invites_many(app: Flask, world: World, browser: Browser) -> None:
    for who, status in ((CHAIR, 403), (POLICE_LEAD, 404), (OUTSIDER, 404)):
        browser.sign_in(who)
        browser.open(f"{board(app)}/spreadsheet", status=status)
        browser.open(f"{board(app)}/spreadsheet/template.csv", status=status)
        browser.open("/home")
        browser.sign_out()


@pytest.mark.database
def test_the_template_can_be_sent_back_as_it_is(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    browser.open(f"{board(app)}/spreadsheet/template.csv")
    page = send(browser, app, browser.response.get_data())
    assert "1 To be invited" in page.text and "Pat Dean" in page.text


@pytest.mark.database
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose the file"),
        ("name,role\nNina,lead\n", "The first row of the list has no column “e-mail”, “organisation”."),
        (HEAD, "There is nobody in this list."),
        ("x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (HEAD + "\nN,n@x.example,lead,Police" * 2001, "more than 2,000 rows"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    app: Flask, world: World, browser: Browser, text: str, sentence: str
) -> None:
    browser.sign_in(OFFICE)
    if not text:
        browser.open(f"{board(app)}/spreadsheet")
        page = browser.submit("/spreadsheet", status=422)
    else:
        page = send(browser, app, text, status=422)
    assert sentence in page.text and "Your list" in page.text


def sheet(rows: str) -> bytes:
    """A workbook whose only sheet has these rows, as no programme would write it."""
    out = io.BytesIO(a_workbook("a,b"))
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                start = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                )
                data = f"{start}{rows}</sheetData></worksheet>".encode()
            new.writestr(member.filename, data)
    return made.getvalue()


def test_a_workbook_made_to_stop_the_server_is_refused_quickly() -> None:
    began = time.monotonic()
    for data in (
        sheet('<row r="1"><c r="A1"><v>1</v></c></row>' * 1_200_000),  # unpacks to 45 MB
        sheet('<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        b"PK\x03\x04 and nothing else",
        b"\xd0\xcf\x11\xe0 an old workbook \x00",
    ):
        with pytest.raises(Invalid, match=r"could not be read|larger than"):
            rows_of(io.BytesIO(data), "people.xlsx")
    assert time.monotonic() - began < 60


def test_a_cell_far_away_costs_nothing() -> None:
    rows = rows_of(io.BytesIO(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "people.xlsx")
    assert rows == []


def test_a_formula_written_as_text_stays_text() -> None:
    typed = '<row r="1"><c r="A1" t="inlineStr"><is><t>=SUM(1)</t></is></c></row>'
    assert rows_of(io.BytesIO(sheet(typed)), "people.xlsx")[0][0] == "=SUM(1)"


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Safeguarding lead", Role.LEAD),
        ("DSL", Role.LEAD),
        (" deputy  safeguarding LEAD ", Role.DEPUTY),
        ("contributor", Role.CONTRIBUTOR),
        ("Trust lead", Role.TRUST_LEAD),
        ("business manager", None),
        ("system administrator", None),
        ("", None),
    ],
)
def test_roles_are_understood_as_people_write_them(said: str, role: Role | None) -> None:
    assert role_of(said) == role


def test_columns_stand_in_any_order_below_a_title() -> None:
    rows = [["List of leads"], [], ["URN", "Role", "E-MAIL", "Name"], ["1", "lead", "a@b.example", "Ann"], []]
    lines, missing = lines_of(rows)
    assert not missing
    (line,) = lines
    assert (line.number, line.name, line.email, line.organisation) == (4, "Ann", "a@b.example", "1")


def test_the_nearest_name_is_offered_only_where_it_is_near() -> None:
    names = ["Northshire Police", "Harbour Housing"]
    assert nearest("northshire-polic", names) == "Northshire Police"
    assert nearest("Fire and Rescue", names) is None
