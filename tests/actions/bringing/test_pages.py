"""Bringing in a plan on the screen: what it is, its columns, its rows, and what became of them."""

import io
import re

import pytest

from s11.actions.bringing import queries
from s11.actions.models import Action
from s11.core.database import db
from tests.desk.test_desk_page import asked_of
from tests.factories.printed_plans import a_flawed_plan, a_long_plan
from tests.factories.world import MANAGER, OFFICE, OUTSIDER, World
from tests.pages import Browser, Page

pytestmark = pytest.mark.database

ROWS = "/rows"


def begin(browser: Browser, data: bytes | None = None, *, status: int = 302, **changes: object) -> Page:
    """Begin with a plan as a file; the page of its columns follows."""
    browser.open("/actions/bring")
    sent = {} if data is None else {"file": (io.BytesIO(data), "plan.docx")}
    fields = {"kind": "review", "title": "Case R", **sent, **changes}
    return browser.submit("/actions/bring", status=status, **fields)


def to_rows(browser: Browser, data: bytes) -> str:
    """A plan with its columns said; gives its address."""
    begin(browser, data)
    return say_columns(browser)


def say_columns(browser: Browser, **changes: str) -> str:
    path = browser.response.request.path
    browser.submit("/columns", **changes)
    return path.removesuffix("/columns")


def mend(browser: Browser, row: int, *, status: int = 302, **changes: str) -> Page:
    """Save one row of the page in hand."""
    action = next(form.action for form in browser.page.forms if f"/rows/{row}?" in form.action)
    return browser.submit(
        action, status=status, **{f"r{row}-{name}": value for name, value in changes.items()}
    )


STANDS = r"(?:To be mended|Understood|Recommendation|Goes on|Heading|Left out) "


def card(page: Page, row: int) -> str:
    """The words of one row of the page."""
    begins = re.split(rf"Row {row} (?={STANDS})", page.text, maxsplit=1)
    return re.split(rf"Row \d+ (?={STANDS})", begins[1])[0]


def test_what_was_typed_stays_when_the_plan_cannot_be_read(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    page = begin(browser, status=422, dated_on="3 2 2026")
    assert "Choose the file with the plan, or paste its tables below." in page.text
    page = begin(browser, b"no Word file at all", status=422, dated_on="3 2 2026")
    held = page.form("/actions/bring").data()
    assert (held["kind"], held["title"], held["dated_on"]) == ("review", "Case R", "3 2 2026")
    page = begin(browser, status=422, pasted="There is no table in these words.")
    assert page.form("/actions/bring").data()["pasted"] == "There is no table in these words."
    page = begin(browser, a_flawed_plan(), status=422, pasted="Action\tOwner\nTrain staff\tHead of Quality")
    assert "You chose a file and pasted a table." in page.text
    page = begin(browser, status=422, title="", kind="", dated_on="31 2 2026", pasted="Action\tOwner\na\tb")
    assert "Choose what the plan answers." in page.text and "Enter a date that exists" in page.text


def test_a_plan_waits_where_it_was_left(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    begin(browser, a_flawed_plan())
    page = browser.open("/actions/bring")
    assert "Begun and not finished" in page.text and "Which column is what" in page.text
    browser.open(page.href("Case R"), status=302)
    assert browser.response.headers["Location"].endswith("/columns")
    browser.open(browser.response.headers["Location"])
    browser.submit("/drop")
    assert "Begun and not finished" not in browser.page.text


def test_one_choice_counts_for_all_tables_with_the_same_headings(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    page = begin(browser, a_flawed_plan())
    assert "3 tables were found, with 13 rows." in page.text
    assert "Headings 2 of 2" in page.text and "Change through training" in page.text
    held = page.form("/columns").data()
    assert [held[f"g2-c{at}"] for at in range(6)] == ["number", "theme", "action", "evidence", "owner", "due"]
    where = say_columns(browser, **{"g2-c3": "nothing", "t3": ""})
    page = browser.open(f"{where}/rows?show=all")
    assert "3 actions" in page.text
    assert "Evidence Sample of 20 calls" in card(page, 7), "the words as printed"
    assert card(page, 7).count("Sample of 20 calls") == 1, "and not taken for evidence"
    assert "Left out" in card(page, 13)


def test_how_an_action_stands_is_said_in_words(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    plan = (
        "Rec\tAction\tOwner\tWhen\tRAG\tPriority\n1\tCount calls\tAsha Rahman\t31 March 2027\tAmber\tHigh\n"
    )
    begin(browser, pasted=plan)
    where = say_columns(browser)
    row = card(browser.open(f"{where}/rows?show=actions"), 1)
    assert "Status At risk" in row and "Priority High" in row
    assert "Not certain “31 March 2027”" not in row


def test_a_row_is_mended_by_itself_and_stays_in_its_place(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    assert "Nobody is named" in card(browser.page, 9)
    page = mend(
        browser, 9, owner_name="Nadia Nurse", owner_role="Named Nurse", organisation="harbour housing"
    )
    assert browser.response.request.query_string.decode().endswith("saved=9")
    assert "Row 9 is saved." in page.text
    assert "Owner Nadia Nurse, Named Nurse, Harbour Housing" in card(page, 9)
    assert "Nobody is named" not in card(page, 9)
    assert "Mended by hand" in card(page, 9) and "Mended by hand" not in card(page, 10)
    assert "Row 9 " not in browser.open(f"{where}/rows?show=mend").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "ongoing"}, "“ongoing” is not a date."),
        ({"due_on": "Summer"}, "Enter a date that exists"),
        ({"owner_name": "Nurse"}, "Enter a first name and a surname"),
        ({"organisation": "Ministry of Magic"}, "There is no organisation called “Ministry of Magic” here."),
    ],
)
def test_what_will_not_do_is_refused_at_its_field_and_kept(
    world: World, browser: Browser, typed: dict[str, str], sentence: str
) -> None:
    browser.sign_in(MANAGER)
    to_rows(browser, a_flawed_plan())
    page = mend(browser, 9, status=422, **{"owner_role": "Named Nurse", **typed})
    assert f"Row 9: {sentence}" in page.text
    held = page.form("rows/9?show=mend#row-9").data()
    assert all(held[f"r9-{name}"] == value for name, value in typed.items())
    assert held["r9-owner_role"] == "Named Nurse"


def test_two_people_mend_one_row_and_both_are_shown(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    other = Browser(world.app)
    other.sign_in(OFFICE)
    other.open(f"{where}/rows")
    mend(other, 9, owner_name="Nadia Nurse", owner_role="Named Nurse")
    mend(other, 10, due_on="31 3 2027")
    page = mend(browser, 9, status=412, owner_name="Norman Other", owner_role="Named Nurse")
    assert "Somebody changed this row while you had it open." in card(page, 9)
    assert "Owner Nadia Nurse, Named Nurse" in card(page, 9)
    assert page.form("rows/9?show=mend#row-9").data()["r9-owner_name"] == "Norman Other"
    page = mend(browser, 9)
    assert "Owner Norman Other, Named Nurse" in card(page, 9)
    assert "To be done by 31 March 2027" in card(browser.open(f"{where}/rows?show=all"), 10), "not lost"


def test_the_faults_of_a_plan_are_told_and_go_once_they_are_mended(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    told = [words for _, words in browser.page.links if words.startswith("See ")]
    assert told == [
        "See the rows of number 5", "See all recommendations", "See what is said of 6", "See the rows",
    ]  # fmt: skip
    page = browser.open(f"{where}/rows?show=all&rec=5")
    assert "5 rows of number 5." in page.text
    page = mend(browser, 4, numbers="4")
    assert "used twice" not in page.text and "6" in page.text
    browser.open(f"{where}/rows?show=all")
    page = mend(browser, 9, numbers="5 & 6")
    assert "What is wrong with the plan" not in page.text


def test_three_spellings_are_one_post(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    assert "Is this one post? 1 to decide" in browser.page.text
    page = browser.submit("/posts?show=mend", role="Board Business Manager", name="Mary Manager")
    assert "The owners of the plan" in page.text, "nothing is left to decide"
    page = browser.open(f"{where}/rows?show=all")
    assert all("Owner Mary Manager, Board Business Manager" in card(page, row) for row in (10, 11, 12))
    assert "Owner Board Business Manger" in card(page, 12), "as printed, beside it"


def test_a_plan_comes_in_and_its_record_stays(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    mend(browser, 9, owner_name="Nadia Nurse", owner_role="Named Nurse", due_on="30 9 2027")
    browser.open(f"{where}/rows?show=actions")
    mend(browser, 13, kind="left_out")
    page = browser.open(f"{where}/confirm")
    assert "Bring in 6 actions" in page.text and "1 row left out" in page.text
    page = browser.submit("/confirm")
    assert "The plan is in." in page.text and "Brought in" in page.text
    assert "ACTIONS Plans of 30 children are read together" in page.text, "what was left out is still read"
    browser.open(page.href("What was learnt is shared"))
    with world.app.app_context():
        brought = queries.by_ref(where.rpartition("/")[2])
        assert brought is not None and brought.stage == "done" and brought.source.title == "Case R"
        made = queries.actions_of(brought.id)
        assert sorted(made) == [7, 8, 9, 10, 11, 12]
        mended = db.session.query(Action).filter_by(ref=made[9][0][0]).one()
        assert (mended.owner_name, mended.due_on.isoformat()) == ("Nadia Nurse", "2027-09-30")
        assert mended.printed["Timescales"] == "Sept 2027"
    browser.post(f"{where}/confirm", {"csrf_token": page_token(browser)})
    with world.app.app_context():
        assert db.session.query(Action).filter(Action.import_id.is_not(None)).count() == 6, "once"


def page_token(browser: Browser) -> object:
    return browser.page.forms[0].data()["csrf_token"]


def test_another_partnership_reaches_none_of_it(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    where = to_rows(browser, a_flawed_plan())
    stranger = Browser(world.app)
    stranger.sign_in(OUTSIDER)
    assert "Begun and not finished" not in stranger.open("/actions/bring").text
    stranger.open(f"{where}/rows", status=404)


def test_a_plan_of_300_rows_is_shown_by_fifty(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    counted = []
    for rows in (20, 300):
        where = to_rows(browser, a_long_plan(rows))
        counted.append(asked_of(world.app, lambda place=where: browser.open(f"{place}/rows")))
    assert counted[0] == counted[1], "as many queries for 300 rows as for 20"
    assert "300 rows" in browser.page.text
    assert browser.page.text.count("Something else of row") == 50
    assert "Row 300 " in browser.open(f"{where}/rows?show=mend&page=99").text
