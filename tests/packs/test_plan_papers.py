"""Papers of the composite plan: they say what the plan says, and the public's names nobody."""

import io
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader
from sqlalchemy import event, select

from s11.actions.models import (
    Action,
    Milestone,
    Owner,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    Update,
)
from s11.actions.rules import PlanFilter
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from s11.packs.document import Document, Table, words
from s11.packs.plans.contents import NOTICE, Paper, plan_paper
from s11.packs.plans.gathering import plan_lines
from s11.packs.plans.summary import summary
from s11.people import queries as people
from s11.people.models import Person
from s11.trail import queries as trail
from tests.factories.world import MANAGER, POLICE_LEAD, World
from tests.pages import Browser

pytestmark = pytest.mark.database
TODAY = date(2026, 3, 2)
OWNER, FURTHER, WRITER = "Asha Rahman", "Bertram Quillfeather", "Zelda Fitzmaurice"


@pytest.fixture
def planned(world: World) -> World:
    """A review of four recommendations: 1 has two actions, 2 shares one of them, 3 is not accepted and 4 has
    none; and an action of the Board's own that answers nothing."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        police = organisations.by_name("Northshire Police")
        now, today = clock.now(), clock.today()
        source = PlanSource(
            partnership_id=board.id, kind="review", title="Review of Child Jasper Winterbourne",
            public_title="Review 1", dated_on=today - timedelta(days=90), created_at=now,
        )  # fmt: skip
        db.session.add(source)
        db.session.flush()
        texts = ("See the child.", "Share what is known.", "Do it all again.", "Listen to fathers.")
        made = [
            Recommendation(
                source_id=source.id, position=place, number=str(place), text=text,
                not_accepted="It is done already." if place == 3 else "",
                themes=[RecommendationTheme(theme="Curiosity")],
            )
            for place, text in enumerate(texts, start=1)
        ]  # fmt: skip
        db.session.add_all(made)
        told: dict[str, object] = {
            "partnership_id": board.id, "source": "review", "owner_name": OWNER,
            "owner_role": "Head of Protecting Vulnerable People", "created_at": now - timedelta(days=200),
        }  # fmt: skip
        late = Action(
            **told, organisation_id=police.id, source_id=source.id, text="Train every sergeant.",
            evidence_expected="An audit by Asha shows it.", status="on_track",
            first_due_on=today - timedelta(days=100), due_on=today - timedelta(days=12), times_moved=1,
            recommendations=[made[0]],
            owners=[Owner(position=1, name=FURTHER, role="Named Nurse")],
            milestones=[Milestone(position=1, text="Course agreed", due_on=today - timedelta(days=50))],
        )  # fmt: skip
        both = Action(
            **told, organisation_id=police.id, source_id=source.id, text="Write one protocol.",
            status="verified", first_due_on=today, due_on=today, recommendations=made[:2],
        )  # fmt: skip
        own = Action(
            **told, text="Ask every agency.", status="on_track", first_due_on=today + timedelta(days=90),
            due_on=today + timedelta(days=90),
        )  # fmt: skip
        db.session.add_all([late, both, own])
        db.session.flush()
        said: dict[str, object] = {"action_id": late.id, "person_name": WRITER, "status": "on_track"}
        db.session.add_all(
            [
                Update(
                    **said, at=now - timedelta(days=60), text="Moved.", due_before=late.first_due_on,
                    due_after=late.due_on,
                ),
                Update(**said, at=now - timedelta(days=2), text=f"{WRITER} wrote to Dr {FURTHER}."),
            ]
        )  # fmt: skip
    return world


def paper(world: World, wanted: PlanFilter | None = None) -> Document:
    with world.app.app_context():
        board = organisations.partnership_by_code(world.partnership)
        found = plan_lines(
            people.by_address(MANAGER), wanted or PlanFilter(), today=clock.today(), partnership_id=board.id
        )
        return plan_paper(found, Paper("Composite action plan", board.name, NOTICE))


def signed_in(world: World, email: str) -> Browser:
    browser = Browser(world.app)
    browser.sign_in(email)
    return browser


def rows_of(document: Document) -> list[list[str]]:
    tables = [block for section in document.sections for block in section.blocks]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def lines_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows of a sheet's table, by the heads the filter stands on."""
    heads, *rows = sheet[sheet.auto_filter.ref]
    titles = [cell.value for cell in heads]
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in rows]


def test_the_paper_prints_each_recommendation_with_its_actions(planned: World) -> None:
    rows = rows_of(paper(planned))
    assert [row[0] for row in rows] == [
        "1  See the child.", "1 (as above)", "2  Share what is known.", "3  Do it all again.",
        "4  Listen to fathers.", "Answers no recommendation",
    ]  # fmt: skip
    assert [row[2] for row in rows] == [
        "Train every sergeant.", "Write one protocol.", "See the action printed for 1 & 2.", "Not accepted",
        "No action yet", "Ask every agency.",
    ]  # fmt: skip
    assert [row[7] for row in rows] == ["Overdue by 12 days", "Verified", "", "", "", "Not due yet: on track"]


def test_the_paper_says_milestones_owners_earlier_dates_and_the_last_word(planned: World) -> None:
    said = "\n".join(words(paper(planned)))
    assert "Course agreed, by" in said and f"With {FURTHER}, Named Nurse" in said
    assert "Asha Rahman, Head of Protecting Vulnerable People, Northshire Police" in said
    before = clock.today() - timedelta(days=100)
    assert f"Before: {before.day} {before:%b %Y}" in said
    assert f"{WRITER} wrote to Dr {FURTHER}." in said and "Moved." not in said
    assert "3: 1 red, 1 green, 1 not due yet" in said and "1 recommendation" in said


def test_a_narrowed_paper_never_says_that_there_is_no_action(planned: World) -> None:
    found = paper(planned, PlanFilter(status="overdue"))
    assert [row[2] for row in rows_of(found)] == ["Train every sergeant."]
    assert "No action yet" not in "\n".join(words(found))
    whole = paper(planned, PlanFilter(source="review"))
    assert [row[2] for row in rows_of(whole)].count("No action yet") == 1


def test_the_word_paper_lies_on_its_side_and_repeats_its_head(planned: World) -> None:
    answer = signed_in(planned, MANAGER).client.get("/actions/papers/plan.docx")
    document = docx.Document(io.BytesIO(answer.data))
    assert {section.orientation for section in document.sections} == {1}
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Practice review: Review of Child Jasper Winterbourne", "Practice review",
    ]  # fmt: skip
    table = document.tables[1]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:cantSplit" in table.rows[1]._tr.xml
    assert table.rows[1].cells[2].text.startswith("Train every sergeant.")


def test_the_workbook_has_real_dates_filters_and_panes(planned: World) -> None:
    answer = signed_in(planned, MANAGER).client.get("/actions/papers/plan.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book["Plan"]
    heads = CellRange(sheet.auto_filter.ref).min_row
    assert sheet.freeze_panes == f"C{heads + 1}" and sheet.page_setup.orientation == "landscape"
    first, *others = lines_of(sheet)
    titles = {cell.value: cell.column_letter for cell in sheet[heads]}
    assert sheet.column_dimensions[titles["Due"]].width > len("30 Sep 2026")
    assert first["Due"].date() == clock.today() - timedelta(days=12)
    assert (first["No."], first["RAG"], first["Why"]) == ("1", "R Red", "Overdue by 12 days")
    texts = [line["Action and milestones"] for line in others]
    assert texts.count("No action yet") == 1 and len(texts) == 3
    by_number = {
        line["No."]: (line["Actions"], line["Of these overdue"], line["Of these done"])
        for line in lines_of(book["Recommendations"])
    }
    assert by_number == {"1": (2, 1, 1), "2": (1, 0, 1), "3": (0, 0, 0), "4": (0, 0, 0)}


def test_an_agency_takes_its_own_plan_and_nothing_of_the_others(planned: World) -> None:
    browser = signed_in(planned, POLICE_LEAD)
    book = load_workbook(io.BytesIO(browser.client.get("/actions/papers/plan.xlsx").data))
    texts = [line["Action and milestones"] for line in lines_of(book["Plan"])]
    assert len(texts) == 2 and not any("No action" in str(text) for text in texts)
    for path in ("/actions/papers/summary.pdf", "/actions/papers/public", "/analysis/plan"):
        assert browser.client.get(path).status_code == 404


def test_the_public_paper_names_nobody(planned: World) -> None:
    browser = signed_in(planned, MANAGER)
    page = browser.open("/actions/papers/public")
    assert "Zelda Fitzmaurice wrote to Dr Bertram Quillfeather." in page.text
    assert "A named person wrote to the Named Nurse." in page.text
    answer = browser.client.post(
        "/actions/papers/public", data=page.form("/actions/papers/public").data(checked="y")
    )
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.data)).pages).split())
    with planned.app.app_context():
        board = organisations.partnership_by_code(planned.partnership)
        known = {name for (name,) in db.session.execute(select(Person.name))}
        tags = [one.tag for one in trail.of("partnership", board.id)]
    for name in {OWNER, FURTHER, WRITER, "Asha", "Quillfeather", "Winterbourne", *known}:
        assert name not in said, name
    assert "Review 1" in said and "Head of Protecting Vulnerable People, Northshire Police" in said
    assert "Persons are not named" in said and "No action yet" in said
    assert "partnership:plan:published" in tags


def test_the_public_paper_is_not_made_unread(planned: World) -> None:
    browser = signed_in(planned, MANAGER)
    page = browser.open("/actions/papers/public")
    data = page.form("/actions/papers/public").data()
    unread = browser.client.post("/actions/papers/public", data=data)
    assert unread.status_code == 422 and "Tick the box once you have read" in unread.text
    changed = browser.client.post("/actions/papers/public", data={**data, "checked": "y", "also": "protocol"})
    assert changed.status_code == 422 and "changed since you read this" in changed.text


def test_the_one_page_says_what_the_plan_adds_up_to(planned: World) -> None:
    with planned.app.app_context():
        board = organisations.partnership_by_code(planned.partnership)
        said = " ".join(words(summary(board, since=clock.today() - timedelta(days=91))))
    for figure in ("Open 2", "Overdue 1 (50.0 %)", "Verified 1", "Actions counted 3"):
        assert figure in said, figure
    assert "4 Listen to fathers." in said and "Train every sergeant." in said


def test_a_long_plan_is_read_in_as_many_queries_as_a_short_one(planned: World) -> None:
    def queries() -> int:
        with planned.app.app_context():
            counted: list[str] = []
            note = lambda *told: counted.append(told[2])  # noqa: E731
            event.listen(db.engine, "before_cursor_execute", note)
            board = organisations.partnership_by_code(planned.partnership)
            plan_lines(people.by_address(MANAGER), PlanFilter(), today=clock.today(), partnership_id=board.id)
            event.remove(db.engine, "before_cursor_execute", note)
            return len(counted)

    before = queries()
    with planned.app.app_context(), unit_of_work():
        one = db.session.scalars(select(Action).where(Action.text == "Train every sergeant.")).one()
        for turn in range(20):
            db.session.add(
                Action(
                    partnership_id=one.partnership_id, organisation_id=one.organisation_id, source="review",
                    source_id=one.source_id, text=f"More {turn}", owner_name="A B", owner_role="Lead",
                    due_on=one.due_on, first_due_on=one.due_on, created_at=one.created_at,
                    owners=[Owner(name="C D", role="Nurse")],
                )
            )  # fmt: skip
    assert queries() == before


def test_recommendations_without_a_number_are_printed_and_counted(planned: World) -> None:
    with planned.app.app_context(), unit_of_work():
        for one in db.session.scalars(select(Recommendation)):
            one.number = ""
    found = paper(planned)
    assert [row[0] for row in rows_of(found)][:3] == ["See the child.", "(as above)", "Share what is known."]
    (table,) = (block for block in found.sections[0].blocks if isinstance(block, Table))
    assert table.caption.startswith("4 recommendations, 2 actions")
    said = "\n".join(words(found))
    assert "Answered together: 2 without a number" in said and "–" not in said
    answer = signed_in(planned, MANAGER).client.get("/actions/papers/plan.xlsx")
    printed = lines_of(load_workbook(io.BytesIO(answer.data))["Recommendations"])
    assert [line["Actions"] for line in printed] == [2, 1, 0, 0]


def test_a_source_whose_title_says_its_kind_is_not_called_so_twice(planned: World) -> None:
    with planned.app.app_context(), unit_of_work():
        db.session.scalars(select(PlanSource)).one().title = "Local child safeguarding practice review: X"
    assert paper(planned).sections[0].title == "Local child safeguarding practice review: X"


def test_papers_that_are_handed_on_do_not_name_who_fetched_them(planned: World) -> None:
    browser = signed_in(planned, MANAGER)
    with planned.app.app_context():
        name = people.by_address(MANAGER).name
    for path in ("plan.docx", "plan.xlsx", "summary.docx"):
        with ZipFile(io.BytesIO(browser.client.get(f"/actions/papers/{path}").data)) as held:
            said = "".join(held.read(one).decode(errors="ignore") for one in held.namelist())
        assert "Downloaded by" not in said and name not in said, path
