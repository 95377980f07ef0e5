"""The deadline desk of a county: its counts add up, its list narrows, its file says the same as the page."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import event, update

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.models import Invitation, SubmissionGroup
from s11.cycles.rules import LetOff
from s11.desk.models import Call, Escalation
from s11.desk.narrowing import Narrowing
from s11.desk.needs import Need
from s11.desk.pages import chase_of, desk_of, lines_of
from s11.notices.models import Notice
from s11.organisations.models import Organisation
from s11.people.models import Membership, Person
from s11.returns import queries as returns
from tests.factories.counties import FIRST, a_county
from tests.factories.world import CHAIR, DSL, MANAGER, OUTSIDER, POLICE_LEAD, TRUST_LEAD, World
from tests.pages import Browser

pytestmark = pytest.mark.database

HILL = 1  # the small world's one school is asked in this cycle, too


def counts(app: Flask, ref: str) -> dict[str, int]:
    with app.app_context():
        desk = desk_of(lines_of(cycles.by_ref(ref)), Narrowing(), 1, {})
        return {group.show: group.count for group in desk.groups}


def asked_of(app: Flask, work: Callable[[], object]) -> int:
    """How many queries some work takes."""
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def change(app: Flask, place: int, **values: object) -> None:
    """Alter the invitation of one school of the county."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(Invitation).where(Invitation.id == FIRST + place).values(**values))


def test_the_groups_add_up_to_everybody_asked(app: Flask, world: World) -> None:
    a_county(app, world.school_cycle, 60)
    with app.app_context(), unit_of_work():
        cycles.by_ref(world.school_cycle).due_on = clock.today() + timedelta(days=10)
    assert counts(app, world.school_cycle) == {
        Need.BOUNCED: 3,
        Need.NEVER_OPENED: 3,
        Need.NOT_STARTED: 6 + HILL,
        Need.STALLED: 6,
        Need.WAITING: 6,
        Need.ON_THEIR_WAY: 6,
        Need.RETURNED: 30,
    }


def test_the_numbers_are_honest_about_who_left_the_count(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 20)
    now = clock.now()
    change(world.app, 0, exempted_at=now, exempt_reason="Opens in May", exempted_as=LetOff.EXEMPT)
    change(world.app, 7, exempted_at=now, exempt_reason="Asked twice", exempted_as=LetOff.WITHDRAWN)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}")
    assert "21 asked, 1 exempt, 1 withdrawn, 19 due; 9 returned, 47.4 %." in page.text
    assert "Asked twice" in browser.open(f"/cycles/{world.school_cycle}?show=withdrawn").text
    assert "1 organisation found" in browser.page.text and "School 0007" in browser.page.text


@pytest.mark.parametrize("count", [30, 600])
def test_a_page_takes_as_many_queries_for_600_as_for_30(browser: Browser, world: World, count: int) -> None:
    a_county(world.app, world.school_cycle, count)
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.school_cycle}")  # the questionnaire is read once a process
    assert asked_of(world.app, lambda: browser.open(f"/cycles/{world.school_cycle}")) <= 23
    assert browser.page.text.count("Lead: Lead of") <= 100, "a page shows a hundred"


def test_the_list_goes_on_over_pages_and_a_strange_page_is_the_last(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 130)
    browser.sign_in(MANAGER)
    place = f"/cycles/{world.school_cycle}"
    page = browser.open(f"{place}?sort=name")
    assert "page 1 of 2" in page.text and "School 0098" in page.text and "School 0099" not in page.text
    assert "School 0129" in browser.open(f"{place}?sort=name&page=2").text
    assert "page 2 of 2" in browser.open(f"{place}?page=99").text
    assert "page 1 of 2" in browser.open(f"{place}?page=-3").text
    assert "page 1 of 2" in browser.open(f"{place}?page=none&show=nonsense&sort=nonsense").text
    assert "0 organisations found" in browser.open(f"{place}?kind=%00&q=%ED%A0%80").text


def test_the_list_narrows_by_what_the_office_asks_for(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 40)
    with world.app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.school_cycle)
        group = SubmissionGroup(
            cycle_id=cycle.id, name="Spring", opens_on=clock.today(), due_on=clock.today() + timedelta(days=9)
        )
        db.session.add(group)
        db.session.flush()
        id_ = group.id
    change(world.app, 8, group_id=id_)
    browser.sign_in(MANAGER)
    place = f"/cycles/{world.school_cycle}"
    for asked, found in (
        ("show=bounced", 2),
        ("show=missing", 20 + HILL),
        ("show=returned", 20),
        ("phase=Primary", 14 + HILL),
        ("district=Northmere", 10),
        ("district=Northmere&phase=Primary&show=missing", 1),
        ("trust=Harbour+Trust", HILL),
        ("group=Spring", 1),
        ("q=school+003", 10),
        ("q=%3Cscript%3E", 0),
    ):
        text = browser.open(f"{place}?{asked}").text
        words = f"{found} organisation{'' if found == 1 else 's'} found"
        assert words in text, (asked, text[text.find("Organisations") :][:400])


def test_whose_signature_is_missing_is_said_and_when_nobody_can_give_it(
    browser: Browser, world: World
) -> None:
    a_county(world.app, world.school_cycle, 20)
    with world.app.app_context(), unit_of_work():
        db.session.execute(
            update(Membership).where(Membership.id == 2 * (FIRST + 15) + 1).values(ended_on=clock.today())
        )
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}?show=waiting")
    assert "Headteacher: Head of 0005" in page.text and "Headteacher: nobody can" in page.text
    assert "Chair_of_governors: nobody can" in page.text
    assert "2 wait for somebody who is not there" in page.text


def test_who_signs_in_after_mail_came_back_was_reached(app: Flask, world: World) -> None:
    a_county(app, world.school_cycle, 20)
    assert counts(app, world.school_cycle)[Need.BOUNCED] == 1
    with app.app_context(), unit_of_work():
        seen = update(Person).where(Person.id == 2 * (FIRST + 9))
        db.session.execute(seen.values(last_signed_in_at=clock.now()))
    after = counts(app, world.school_cycle)
    assert Need.BOUNCED not in after and after[Need.NOT_STARTED] == 3 + HILL


def test_a_trust_lead_who_signs_in_opens_it_for_the_schools_of_the_trust(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        past = clock.now() - timedelta(days=30)
        returns.by_ref(world.school).created_at = past
        db.session.execute(update(Notice).values(queued_at=past))
    assert counts(app, world.school_cycle) == {Need.NEVER_OPENED: 1}
    Browser(app).sign_in(TRUST_LEAD)
    assert counts(app, world.school_cycle) == {Need.NOT_STARTED: 1}


def test_a_school_that_closed_meanwhile_is_held_out_to_be_withdrawn(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    with world.app.app_context(), unit_of_work():
        gone = update(Organisation).where(Organisation.id.in_([FIRST + 1, FIRST + 8]))
        db.session.execute(gone.values(closed_on=clock.today() - timedelta(days=3)))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}?show=closed")
    assert "1 organisation found" in page.text, "the one that had returned stays returned"
    assert (
        "School 0008" in page.text and "Closed: withdraw?" in page.text and "Closed 3 days ago" in page.text
    )


def test_calls_and_escalations_stand_beside_the_organisation(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    with world.app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.school_cycle)
        db.session.add(
            Call(organisation_id=FIRST + 9, partnership_id=cycle.partnership_id, cycle_id=cycle.id,
                 at=clock.now(), by_name="Olive", spoke_to="Reception", call_back_on=clock.today())
        )  # fmt: skip
        db.session.add(
            Escalation(invitation_id=FIRST + 9, to_name="Dame Ada Roe", subject="Missing", letter="Dear",
                       at=clock.now(), answer_by=clock.today())
        )  # fmt: skip
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}?show=bounced")
    assert "Spoken to" in page.text and "Reception" in page.text
    assert "Escalated to Dame Ada Roe" in page.text and "Rang" in page.text
    page = browser.open("/cycles/today")
    assert "Calls to make back" in page.text and "Escalated, and not answered" in page.text
    assert "Mail that did not arrive" not in page.text, "what came back a month ago is no news"
    assert "lead9@county.example" not in page.text


def test_the_file_says_what_the_page_says(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 40)
    with world.app.app_context(), unit_of_work():
        wicked = update(Organisation).where(Organisation.id == FIRST + 9)
        db.session.execute(wicked.values(name="=1+1 School"))
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.school_cycle}/list.csv?show=bounced")
    rows = list(csv.DictReader(io.StringIO(browser.response.get_data().decode("utf-8-sig"))))
    assert [row["Organisation"] for row in rows] == ["'=1+1 School", "School 0029"]
    assert (
        rows[1]["What it needs"] == "Mail came back" and rows[1]["Lead's address"] == "lead29@county.example"
    )
    browser.open(f"/cycles/{world.school_cycle}/list.xlsx?show=bounced")
    sheet = load_workbook(io.BytesIO(browser.response.get_data())).active
    assert sheet is not None and sheet.max_row == 3
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]


def test_a_row_leads_to_what_was_done_and_to_what_came_in(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}?show=returned&sort=name")
    names = [href for href, words in page.links if words.startswith("School 000")]
    assert len(names) == 5 and all("/organisations/" in href for href in names)
    read = [href for href, words in page.links if words.startswith("Read what School")]
    assert len(read) == 5 and all(href.endswith("/submitted") for href in read)
    assert "Read what was submitted" in browser.open(names[0]).text
    missing = browser.open(f"/cycles/{world.school_cycle}?show=missing")
    assert not any(words.startswith("Read what") for _, words in missing.links)


def test_filters_stay_folded_on_a_phone_until_they_narrow_more_than_who_is_shown(
    browser: Browser, world: World
) -> None:
    browser.sign_in(MANAGER)
    for asked, is_open in (("", False), ("?show=late&sort=due", False), ("?show=late&q=hill", True)):
        browser.open(f"/cycles/{world.school_cycle}{asked}")
        html = browser.response.get_data(as_text=True)
        assert ('s11-fold s11-noprint" open>' in html) is is_open, asked


def test_the_chair_sees_no_boxes_to_tick_and_no_addresses(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    browser.sign_in(CHAIR)
    page = browser.open(f"/cycles/{world.school_cycle}")
    assert "Remind those ticked" not in page.text and not any("mailto:" in href for href, _ in page.links)
    browser.open(f"/cycles/{world.school_cycle}/list.csv")
    assert "county.example" not in browser.response.get_data(as_text=True)


def test_ticked_rows_go_to_the_page_that_writes_to_them(browser: Browser, world: World) -> None:
    a_county(world.app, world.school_cycle, 10)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}?show=missing&sort=name")
    form = page.form("/chase")
    assert form.method == "get" and ("show", "missing") in form.fields
    html = browser.response.get_data(as_text=True)
    assert html.count('name="organisation"') == 5 + HILL


@pytest.mark.parametrize("email", [POLICE_LEAD, DSL, TRUST_LEAD, OUTSIDER])
@pytest.mark.parametrize("ending", ["", "/list.csv", "/list.xlsx"])
def test_nobody_outside_the_board_sees_it(browser: Browser, world: World, email: str, ending: str) -> None:
    browser.sign_in(email)
    browser.open(f"/cycles/{world.school_cycle}{ending}", status=404)


def test_the_curve_of_a_cycle_counts_first_submissions_of_those_due(app: Flask, world: World) -> None:
    a_county(app, world.school_cycle, 20)
    change(app, 0, exempted_at=clock.now(), exempt_reason="Opens in May")
    with app.app_context():
        chase = chase_of(cycles.by_ref(world.school_cycle), 9)
        assert chase is not None
        assert chase.sentence == "Today 45.0 % have returned."
        since = chase_of(cycles.by_ref(world.school_cycle), 8)
        assert since is not None
        assert since.sentence == "Today 45.0 % have returned at least once, counting 1 sent back since."
        assert "no earlier cycle" in chase.how and not chase.before_line and not chase.ahead_line
        assert ("9 of 20 (45.0 %)", "") in [row[1:] for row in chase.rows]


def test_nothing_is_drawn_before_anybody_is_asked(app: Flask, world: World) -> None:
    with app.app_context():
        cycle = cycles.by_ref(world.school_cycle)
        cycle.issued_at = None
        with db.session.no_autoflush:
            assert chase_of(cycle, 0) is None
