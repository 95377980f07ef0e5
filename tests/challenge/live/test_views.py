"""The pages of a day as it happens: without a script, for several people, and when it may be written."""

import pytest
from sqlalchemy import event

from s11.challenge import operations as planning
from s11.challenge import queries
from s11.challenge.kinds import Part
from s11.challenge.models import Attendee
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people
from tests.challenge.some import a_day
from tests.factories.world import CHAIR, MANAGER, MODERATOR, POLICE_LEAD
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def day(world):
    """The address of a day with a session for the police and a question for them."""
    ref = a_day(world, "Northshire Police")
    with world.app.app_context(), unit_of_work():
        police = organisations.by_name("Northshire Police")
        planning.add_enquiry(queries.by_ref(ref), organisation=police, question="Who speaks?")
    return f"/challenge/{ref}"


def the_record(browser, day):
    """Open the page of whoever writes; the address of its form."""
    browser.open(f"{day}/live", status=302)
    here = browser.response.location
    browser.open(here)
    return here


def first(page, here, part):
    return next(name for name, _ in page.form(here).fields if name.startswith(f"{part}-q"))


def named(app, day, email):
    """Let somebody be one who records on the day."""
    with app.app_context(), unit_of_work():
        person = people.by_address(email)
        db.session.add(
            Attendee(
                day_id=queries.by_ref(day.rsplit("/", 1)[-1]).id, person_id=person.id, name=person.name,
                part=Part.RECORDS,
            )
        )  # fmt: skip


def test_without_a_script_a_button_saves_everything_on_the_page(browser, day):
    browser.sign_in(MANAGER)
    here = the_record(browser, day)
    box = first(browser.page, here, "answer")
    browser.submit(here, status=303, **{box: "The first officer."})
    page = browser.open(here)
    assert page.form(here).data()[box].strip() == "The first officer." and "Answered" in page.text


def test_of_two_without_a_script_the_second_finds_both_texts(app, browser, day):
    other = Browser(app)
    for one, email in ((browser, MANAGER), (other, CHAIR)):
        one.sign_in(email)
        here = the_record(one, day)
    box = first(browser.page, here, "answer")
    browser.submit(here, status=303, **{box: "The first officer."})
    page = other.submit(here, status=412, **{box: "The sergeant."})
    assert "Mary Manager saved something else here" in page.text and "The first officer." in page.text
    assert page.form(here).data()[box].strip() == "The sergeant."
    other.submit(here, status=303, **{box: "The sergeant, then the officer."})
    assert other.open(here).form(here).data()[box].strip() == "The sergeant, then the officer."


def test_a_note_taker_writes_from_the_opening_of_the_day_to_its_end(app, browser, day):
    browser.sign_in(MODERATOR)
    browser.open(f"{day}/live", status=403)
    named(app, day, MODERATOR)
    here = the_record(browser, day)
    assert "This day is not open yet" in browser.page.text
    data = browser.page.form("/sign-out").data()
    browser.post(f"{here}/begin", data, status=409)
    browser.post(f"{day}/open", data, status=403)
    office = Browser(app)
    office.sign_in(MANAGER)
    the_record(office, day)
    office.submit(f"{here}/begin", status=303)
    page = browser.open(here)
    browser.submit(here, status=303, **{first(page, here, "answer"): "The first officer."})
    held = browser.open(here).form(here).data()
    office.open(f"{day}/finish")
    office.submit(f"{day}/finish", status=303)
    page = browser.post(here, held, status=409)
    assert "This day is finished" in page.text and "The first officer." in page.text
    assert "Open the record again" in office.open(f"{day}/chair").text
    office.submit(f"{day}/reopen", status=303)
    browser.open(here)
    assert "nothing more is recorded" not in browser.page.text


def test_news_of_a_session_takes_as_many_queries_for_twenty_entries_as_for_one(app, browser, day):
    browser.sign_in(MANAGER)
    here = the_record(browser, day)
    data = browser.page.form(here).data()
    keys = [f"nabcdefgh{letter}" for letter in "abcdefghjkmnpqrstuvw"]
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    counted = []
    for some in (keys[:1], keys):
        entries = {f"v{key}": "" for key in some} | {f"answer-{key}": f"Words of {key}" for key in some}
        browser.post(here, {**data, **entries}, status=303)
        statements.clear()
        answer = browser.client.get(f"{here}/news?since=0", headers={"Accept": "application/json"})
        assert len(answer.json["answers"]) == len(answer.json["pages"]) == len(some)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_a_page_of_a_break_hears_how_the_time_runs_too(browser, day):
    browser.sign_in(MANAGER)
    browser.open(day)
    browser.submit(f"{day}/parts", **{"part-title": "Break", "part-minutes": "10", "part-place": "1"})
    browser.open(f"{day}/live", status=302)
    here = browser.response.location
    assert "Nothing is recorded in this part" in browser.open(here).text
    assert f'data-news="{here}/news"' in browser.response.get_data(as_text=True)
    browser.submit(f"{here}/begin", status=303)
    answer = browser.client.get(f"{here}/news?since=0", headers={"Accept": "application/json"})
    assert "10 minutes left" in answer.json["bar"] and answer.json["answers"] == {}


def test_a_day_that_has_not_begun_is_not_finished(browser, day):
    browser.sign_in(CHAIR)
    page = browser.open(f"{day}/chair")
    assert "Open the day" in page.text and "Finish the day" not in page.text
    page = browser.open(f"{day}/finish")
    assert "nothing to finish" in page.text and not [f for f in page.forms if f.action.endswith("/finish")]
    browser.open(f"{day}/chair")
    browser.submit(f"{day}/open", status=303)
    assert browser.open(f"{day}/chair").href("Finish the day") == f"{day}/finish"


def test_a_finished_day_leads_to_its_letters_and_offers_no_more_planning(browser, day):
    browser.sign_in(CHAIR)
    browser.open(f"{day}/chair")
    browser.submit(f"{day}/open", status=303)
    browser.open(f"{day}/finish")
    browser.submit(f"{day}/finish", status=303)
    page = browser.open(day)
    assert "Feedback letters" in page.text and "0 of 1 released" in page.text
    assert not [form for form in page.forms if form.action.endswith(("/move", "/fill", "/sessions"))]
    assert "the chair reads and releases it" in browser.open(page.href("Feedback letters")).text
    record = browser.open(browser.open(day).href("Northshire Police"))
    assert "its record is closed" in record.text and "Record an outcome" not in record.text
    assert "Next:" not in browser.open(f"{day}/room").text
    page = browser.open(f"{day}/chair")
    assert "Not held" in page.text and page.href("What to do after the day") == day


def test_the_room_sees_no_answers_and_an_agency_sees_no_room(app, browser, day):
    browser.sign_in(MANAGER)
    here = the_record(browser, day)
    box = first(browser.page, here, "answer")
    browser.submit(f"{here}/begin", status=303)
    browser.open(here)
    browser.submit(here, status=303, show=box.removeprefix("answer-"), **{box: "The first officer."})
    assert "Who speaks? In the room" in browser.open(f"{day}/chair").text
    page = browser.open(f"{day}/room")
    assert "Who speaks?" in page.text and "20 minutes left" in page.text
    assert "The first officer." not in page.text
    agency = Browser(app)
    agency.sign_in(POLICE_LEAD)
    for path in ("room", "room/now", "chair", "live"):
        agency.open(f"{day}/{path}", status=404)


@pytest.mark.parametrize("junk", ["", "x" * 200, "-1", "٣", "9" * 15])
def test_an_address_of_the_news_that_means_nothing_is_read_as_far_as_it_goes(browser, day, junk):
    browser.sign_in(MANAGER)
    here = the_record(browser, day)
    browser.open(f"{here}/news?since={junk}")


def test_junk_in_any_box_of_an_entry_is_never_a_fault(browser, day):
    browser.sign_in(MANAGER)
    here = the_record(browser, day)
    data = browser.page.form(here).data()
    for name in data.keys() - {"csrf_token", "typed_by"}:
        for junk in ("x" * 10_000, "🙂 \u202e", "a\x00b", "-1", "9" * 30, "31 2 2027", ["a", "b"]):
            answer = browser.client.post(
                here, data={**data, name: junk}, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert answer.status_code in (303, 412, 422), f"{name}={junk!r}"
