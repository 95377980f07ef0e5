"""A year of 600 schools on the real pages: brought, asked, chased, half returned, closed and reported."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core.database import db
from s11.cycles import queries as cycles
from s11.organisations.models import Organisation
from s11.register.models import Contact
from tests.factories.world import EDUCATION_ADVISER
from tests.notices.letterbox import a_server
from tests.pages import Browser, Page
from tests.year import county
from tests.year.service import Year

pytestmark = pytest.mark.slow

EASTMERE_DUE, NORTHPORT_DUE = "19 March 2027", "12 March 2027"
RETURNED = range(300)
HALFWAY = range(300, 310)
CLOSED = (
    "This closed at the end of 31 March 2027, so it is no longer taken. "
    "Ask the partnership office (office@board.example) for a later date"
)
WITHDRAWN, ESCALATED, LATE, TOO_LATE = 310, 311, 312, 313


@pytest.fixture
def year(app: Flask) -> Iterator[Year]:
    with a_server(app) as letterbox:
        yield Year(app, letterbox)


def test_a_cycle_of_600_schools_from_the_register_to_the_report(year: Year) -> None:
    with year.on(4, 1):
        the_office_brings_the_register(year)
    with year.on(11, 1):
        plans_the_cycle(year)
        issues_it_and_is_stopped_halfway(year)
        the_clock_asks_the_rest_and_sends_each_letter_once(year)
    for turn, (day, month) in enumerate([(1, 2), (15, 2), (22, 2), (1, 3)]):
        with year.on(day, month):
            people_return(year, RETURNED[turn * 75 : (turn + 1) * 75])
    with year.on(2, 3):
        some_answer_half_of_it(year)
        one_is_withdrawn_and_one_given_longer(year)
    reminders_go_by_rule(year)
    with year.on(16, 3):
        everybody_late_is_written_to_and_one_taken_further(year)
        the_desk_is_honest(year)
        a_trust_sees_its_own(year)
    with year.on(1, 4):
        the_office_closes(year)
    with year.on(8, 4):
        the_late_one_gets_in_and_the_others_do_not(year)
        schools_see_themselves_beside_others(year)
        the_adviser_adds_up(year)
        the_figures_are_of_301(year)
        the_files_have_every_line(year)


# January


def the_office_brings_the_register(year: Year) -> None:
    with year.app.app_context():
        county.found()
    office = year.office()
    office.open("/organisations/bring")
    page = office.submit(
        "/organisations/bring", file=(io.BytesIO(county.register_file()), "edubasealldata.csv")
    )
    assert "624 To be added 0 To be changed" in page.text and "Nothing has been changed yet." in page.text
    assert "Trust 07 Kind: Multi-academy trust The trust of 24 schools in the file." in page.text
    with year.app.app_context():
        assert not db.session.scalars(select(Organisation)).all(), "to look changes nothing"
    assert "624 added" in office.submit("/lines", go="on").text
    assert "The register is up to date: 624 added." in office.submit("/apply").text
    with year.app.app_context():
        kinds = Counter(db.session.scalars(select(Organisation.kind)))
        assert kinds == {"school": 600, "trust": 24}
        heads = set(db.session.scalars(select(Contact.name).where(Contact.role == "head")))
        assert heads == {f"Ms Head Of{place:03}" for place in range(600)}
        county.give_everybody_an_account()


def plans_the_cycle(year: Year) -> None:
    office = year.office()
    office.open("/cycles/new")
    page = office.submit(
        "/cycles/new",
        edition="SCHOOLS-2027",
        title="Schools 2027",
        code="SCHOOLS-2027",
        opens_on="11 1 2027",
        due_on="19 3 2027",
        closes_on="31 3 2027",
        letter="Dear colleague of ((organisation)), please return by ((due)).",
    )
    assert "Choose now who is asked." in page.text
    with year.app.app_context():
        (cycle,) = cycles.by_code("SCHOOLS-2027")
        year.cycle = cycle.ref
    place = f"/cycles/{year.cycle}"
    office.open(f"{place}/audience/clause")
    assert "All schools: 600 in the register." in office.submit("/audience/clause", kinds="school").text
    for left_out in county.LEFT_OUT:
        office.open(f"{place}/audience?q={county.name_of(left_out).replace(' ', '+')}")
        form = next(one for one in office.page.forms if any(name == "organisation" for name, _ in one.fields))
        office.post(form.action, form.data(what="leave"))
    office.open(f"{place}/audience/clause?for=exempt")
    page = office.submit("/audience/clause", phases="pru", reason="Visited this term")
    assert "595 asked to return 3 exempt from the start 598 not asked yet" in page.text
    for name, due in (("Northport", "12 3 2027"), ("Eastmere", "19 3 2027")):
        office.open(f"{place}/groups")
        page = office.submit("/groups", name=f"Those of {name}", opens_on="11 1 2027", due_on=due)
        office.open(page.href(f"Say who stands in it Those of {name}"))
        office.submit("/audience/clause", districts=name)
    assert f"due {NORTHPORT_DUE}. 398 organisations." in office.page.text
    assert f"due {EASTMERE_DUE}. 200 organisations." in office.page.text


def issues_it_and_is_stopped_halfway(year: Year) -> None:
    office = year.office()
    page = office.open(f"/cycles/{year.cycle}/issue")
    assert "Ask 595 organisations?" in page.text and "595 letters in all" in page.text
    assert "Exempt from the start: 3" in page.text and "Visited this term" in page.text
    assert "No letter can reach" not in page.text and "Nobody there has an account" not in page.text
    office.submit("/issue")
    assert "0 of 598" in office.page.text
    for done in ("50 of 598", "100 of 598"):
        page = office.submit(next(form.action for form in office.page.forms if "/issue/" in form.action))
        assert done in page.text
    year.look_up_returns()
    assert len(year.returns) == 100


def the_clock_asks_the_rest_and_sends_each_letter_once(year: Year) -> None:
    assert "498 organisations asked in 1 issues." in year.run_the_clock()
    year.run_the_clock()
    year.look_up_returns()
    assert sorted(year.returns) == county.asked()
    sent = year.new_mail("Schools 2027")
    assert len(sent) == 595
    assert Counter(to for to, _ in sent) == Counter(county.lead_of(place) for place in due_places())
    for place in due_places():
        due = EASTMERE_DUE if county.district_of(place) == "Eastmere" else NORTHPORT_DUE
        words = f"Dear colleague of {county.name_of(place)}, please return by {due}."
        assert sum(words in body for _, body in sent) == 1


def due_places() -> list[int]:
    """Those asked who are not exempt from the start."""
    return [place for place in county.asked() if place not in county.UNITS]


# February


def people_return(year: Year, places: Iterable[int]) -> None:
    """Whoever leads there signs in, answers both standards, reads it through and submits it."""
    at, person = "", Browser(year.app)
    for place in places:
        if at != county.lead_of(place):
            at, person = county.lead_of(place), year.as_(county.lead_of(place))
        answer(year, person, place, 1)
        answer(year, person, place, 2)
        submit(year, person, place)


def answer(year: Year, person: Browser, place: int, number: int) -> None:
    """Rate both criteria of a standard, saying why."""
    here = f"/returns/{year.returns[place]}/standards/{number}"
    person.open(here)
    said = county.ratings_of(place)[2 * number - 2 : 2 * number]
    ratings = dict(zip(ratings_asked(person.page, number), said, strict=True))
    words = {f"c{name[1:]}": f"Why {place} is {code}." for name, code in ratings.items()}
    person.submit(f"/standards/{number}", status=303, **ratings, **words)


def ratings_asked(page: Page, number: int) -> list[str]:
    """The names of the fields that take the ratings of a standard, in their order: beside each its words."""
    names = [name for name, _ in page.form(f"/standards/{number}").fields]
    return [f"r{name[1:]}" for name in names if name[0] == "c" and name[1:].isdigit()]


def submit(year: Year, person: Browser, place: int) -> None:
    person.open(f"/returns/{year.returns[place]}/check")
    person.submit("/sign/lead", status=303)
    assert person.response.headers["Location"].endswith("/receipt")


# March


def some_answer_half_of_it(year: Year) -> None:
    for place in HALFWAY:
        answer(year, year.as_(county.lead_of(place)), place, 1)


def one_is_withdrawn_and_one_given_longer(year: Year) -> None:
    office = year.office()
    office.open(about(year, WITHDRAWN))
    page = office.submit("/exempt", **{"as": "withdrawn", "reason": "It became part of another school."})
    assert "School 310 is withdrawn. It leaves the count of returns due." in page.text
    office.open(about(year, LATE))
    page = office.submit("/extend", until="14 4 2027", reason="The lead is ill.")
    assert "School 312 has until 14 April 2027. lead312 is told by mail." in page.text


def about(year: Year, place: int) -> str:
    """The page of a school in the cycle."""
    return f"/cycles/{year.cycle}/organisations/{year.schools[place]}"


def missing(district: str) -> set[int]:
    """Whose return is due there by the date of the group, and is not in."""
    gone = {*RETURNED, WITHDRAWN, LATE}
    return {place for place in due_places() if county.district_of(place) == district} - gone


def reminders_go_by_rule(year: Year) -> None:
    """Seven days before the day of each group, those under half get a mail, once."""
    with year.on(2, 3):
        office = year.office()
        office.open(f"/cycles/{year.cycle}/reminders")
        office.submit("/reminders", when="before", days="7", whom="under", percent="50")
        year.run_the_clock()
        assert [to for to, _ in year.new_mail("until 14 April 2027")] == [county.lead_of(LATE)]
    for (day, month), district, count in (((5, 3), "Northport", 189), ((12, 3), "Eastmere", 94)):
        with year.on(day, month, hour=6):
            year.run_the_clock()
        with year.on(day, month, hour=8):
            said = year.run_the_clock()
            assert f"{count} organisations reminded in {count} mails." in said
        with year.on(day, month, hour=12):
            assert "0 organisations reminded in 0 mails." in year.run_the_clock()
        reminded = {county.lead_of(place) for place in missing(district) - set(HALFWAY)}
        sent = [to for to, _ in year.new_mail("Schools 2027 is due on")]
        assert len(sent) == len(reminded) == count and set(sent) == reminded


def everybody_late_is_written_to_and_one_taken_further(year: Year) -> None:
    office = year.office()
    page = office.open(f"/cycles/{year.cycle}/chase?group=Those+of+Northport&show=missing")
    assert "195 mails to 195 organisations" in page.text and "Page 1 of" in page.text
    assert "The return of School 301 to Schools 2027 was due on 12 March 2027." in page.text
    assert "195 mails are on the way, to 195 organisations." in office.submit("/chase", act="send").text
    office.open(f"{about(year, ESCALATED)}/escalate")
    page = office.submit("/escalate", to_email="head@school311.example", how="mail", act="send")
    assert "The letter to Ms Head Of311 is on its way by mail." in page.text
    year.run_the_clock()
    to = [to for to, _ in year.new_mail("Schools 2027")]
    assert sorted(to) == sorted([*map(county.lead_of, missing("Northport")), "head@school311.example"])


def the_desk_is_honest(year: Year) -> None:
    office = year.office()
    place = f"/cycles/{year.cycle}"
    office.open(place)
    assert year.queries_of(lambda: office.open(place)) <= 22, "as many as for a dozen schools"
    text = said_by(office.page)
    assert "598 asked, 3 exempt, 1 withdrawn, 594 due; 300 returned, 50.5 %." in text
    assert "Today 50.5 % have returned." in text and "26 Feb 2027 225 of 594 (37.9 %)" in text, "the curve"
    for show, found in (
        ("missing", 294), ("late", 195), ("not_started", 283), ("stalled", 10), ("never_opened", 1),
        ("returned", 300), ("exempt", 3), ("withdrawn", 1),
    ):  # fmt: skip
        shown = office.open(f"{place}?show={show}").text
        assert f"{found} organisation{'' if found == 1 else 's'} found" in shown, show
    assert "Escalated to Ms Head Of311" in office.open(f"{place}?q=School+311").text
    text = said_by(office.open("/cycles/"))
    dates = "Due by group from 12 March 2027 to 19 March 2027, closes 31 March 2027"
    counts = "195 late. 3 exempt. 1 withdrawn"
    assert f"300 of 594 {dates}. Next: the last are due in 3 days. {counts}" in text


def a_trust_sees_its_own(year: Year) -> None:
    """Two dozen schools, every second one in; of those missing a third are of Eastmere, and not late yet."""
    page = year.as_(county.trust_lead(0)).open(f"/schools/?cycle={year.cycle}")
    assert "All 24 Not in yet 12 Late 8 Awaiting sign-off 0 Submitted 12" in page.text
    assert "School 025" in page.text and "School 026" not in page.text
    assert "18 of 24" in page.text and "6 of 24" in page.text and "24 of 48" in page.text


# April


def the_office_closes(year: Year) -> None:
    office = year.office()
    page = office.open(f"/cycles/{year.cycle}/closing")
    unsigned = "0 wait only for a signature"
    assert f"300 submitted 0 moderated 0 closed {unsigned} 293 never came 1 still waited for" in page.text
    assert "School 312, until 14 April 2027" in page.text
    assert "School 311, not started Escalated to Ms Head Of311" in page.text
    assert "The cycle is closed." in office.submit("/close", returns="stay").text


def the_late_one_gets_in_and_the_others_do_not(year: Year) -> None:
    people_return(year, [LATE])
    person = year.as_(county.lead_of(TOO_LATE))
    page = person.open(f"/returns/{year.returns[TOO_LATE]}")
    assert CLOSED in page.text
    token = page.forms[0].data()["csrf_token"]
    place = f"/returns/{year.returns[TOO_LATE]}/standards/1"
    assert CLOSED in person.post(place, {"csrf_token": token}, status=409).text
    year.look_up_returns()


def schools_see_themselves_beside_others(year: Year) -> None:
    """Of one phase, without names, as they stood at the closing; of four nobody is shown any other."""
    text = said_by(beside(year, 130))
    assert "235 other primary schools had returned when this cycle closed on 31 March 2027." in text
    others = (place for place in RETURNED if county.phase_of(place) == "primary" and place != 130)
    rated = Counter(code for place in others for code in county.ratings_of(place))
    green, amber, red = (f"{rated[code]} ({rated[code] / 940:.1%})" for code in ("green", "amber", "red"))
    assert "1 (25.0 %) 2 (50.0 %) 1 (25.0 %) 0 0" in text
    assert f"{green} {amber} {red} 0 0".replace("%", " %") in text
    assert "228 other primary schools" in beside(year, 1).text, "less the eight its lead knows"
    assert "Fewer than 5 other special schools had returned" in beside(year, 160).text


def beside(year: Year, place: int) -> Page:
    return year.as_(county.lead_of(place)).open(f"/schools/returns/{year.returns[place]}/beside")


def the_adviser_adds_up(year: Year) -> None:
    adviser = year.as_(EDUCATION_ADVISER)
    place = f"/schools/cycles/{year.cycle}"
    text = said_by(adviser.open(place))
    # Due, returned, in after their date, late, exempt, withdrawn.
    assert "Primary 471 237 (50.3 %) 0 234 0 1" in text
    assert "Secondary 119 60 (50.4 %) 0 59 0 0" in text
    assert "Special 4 4 (100.0 %) 0 0 0 0" in text
    assert "Pupil referral unit 0 0 0 0 3 0" in text
    assert "All 594 301 (50.7 %) 0 293 3 1" in text
    text = said_by(adviser.open(f"{place}?by=district"))
    assert "Eastmere 199 101 (50.8 %) 0 98 1 0" in text
    assert "Northport 395 200 (50.6 %) 0 195 2 1" in text


def the_figures_are_of_301(year: Year) -> None:
    office = year.office()
    text = said_by(office.open(f"/analysis/cycles/{year.cycle}"))
    assert "301 of 594 returns in 50.7 % 60.0 % rated green 722 of 1,204 ratings given" in text
    assert "In progress, late 10 School 300;" in text and "Not started, late 283 School 311;" in text
    text = said_by(office.open(f"/analysis/cycles/{year.cycle}/matrix"))
    assert "451 of 602" in text and "271 of 602" in text and "722 of 1204" in text.replace(",", "")
    rows = file_of(office, f"/analysis/cycles/{year.cycle}/matrix.csv")
    assert len(rows) == 2 * 301


def the_files_have_every_line(year: Year) -> None:
    office = year.office()
    register = file_of(office, "/organisations/list.csv")
    assert len(register) == 624
    desk = file_of(office, f"/cycles/{year.cycle}/list.csv")
    assert len(desk) == 598
    assert Counter(row["What it needs"] for row in desk)["Returned"] == 301


def file_of(browser: Browser, path: str) -> list[dict[str, str]]:
    """The lines of a file that is downloaded."""
    browser.open(path)
    return list(csv.DictReader(io.StringIO(browser.response.get_data().decode("utf-8-sig"))))


def said_by(page: Page) -> str:
    """The words of a page, whatever white space keeps them together."""
    return page.text.replace("\N{NO-BREAK SPACE}", " ")
