"""A questionnaire in review, on the home of those it waits for."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.home.reviews import review_tasks
from s11.questionnaires import operations, queries
from s11.web.filters import day
from tests.factories import drafts
from tests.factories.world import CHAIR, INSPECTOR, MANAGER, MODERATOR, OFFICE, OUTSIDER, QUALITY, World
from tests.pages import Browser
from tests.questionnaires.drafts import DRAFT, a_draft, doing, person

pytestmark = pytest.mark.database

REVIEW = f"/questionnaires/{DRAFT}/review"
UNTIL = clock.today() + timedelta(days=9)
WANTED = f"Comments wanted on Draft of 2027 by {day(UNTIL)}"


@pytest.fixture
def in_review(world: World) -> World:
    a_draft(world)
    doing(world, lambda draft: operations.put_in_review(draft, until=UNTIL, by=person(MANAGER)))
    return world


def home(world: World, email: str) -> Browser:
    browser = Browser(world.app)
    browser.sign_in(email)
    browser.open("/home")
    return browser


@pytest.mark.parametrize(
    ("email", "asked"),
    [
        (QUALITY, True), (CHAIR, True), (MANAGER, False), (MODERATOR, False), (INSPECTOR, False),
        (OUTSIDER, False),
    ],
)  # fmt: skip
def test_those_who_are_asked_see_what_is_wanted_by_when(in_review: World, email: str, asked: bool) -> None:
    page = home(in_review, email).page
    assert (WANTED in page.text) is asked
    assert (REVIEW in [href for href, _ in page.links]) is asked


def test_a_draft_asks_nothing_and_a_review_that_ended_asks_no_more(world: World) -> None:
    a_draft(world)
    assert "Comments wanted" not in home(world, QUALITY).page.text
    doing(world, lambda draft: operations.put_in_review(draft, by=person(MANAGER)))
    page = home(world, QUALITY).page
    assert "Comments wanted on Draft of 2027" in page.text and "2027 by" not in page.text
    doing(world, lambda draft: operations.take_out_of_review(draft, by=person(MANAGER)))
    assert "Comments wanted" not in home(world, QUALITY).page.text


def test_the_office_sees_how_many_comments_wait_for_an_answer(in_review: World) -> None:
    def say(text: str) -> None:
        doing(
            in_review,
            lambda draft: operations.comment(draft, about="edition", key="", text=text, by=person(QUALITY)),
        )

    assert "to answer" not in home(in_review, OFFICE).page.text
    say("Too long.")
    assert "1 comment to answer on Draft of 2027" in home(in_review, OFFICE).page.text
    say("Too short.")
    office = home(in_review, MANAGER)
    assert "2 comments to answer on Draft of 2027" in office.page.text
    assert "to answer" not in home(in_review, QUALITY).page.text
    office.open(REVIEW)
    office.submit("/answer", text="It is.", go="answer")
    assert "1 comment to answer on Draft of 2027" in office.open("/home").text


def test_many_editions_in_review_are_read_in_one_query(in_review: World) -> None:
    for number in range(3):
        code = drafts.a_draft(in_review.app, code=f"MORE-{number}", by=MANAGER)
        with in_review.app.app_context(), unit_of_work():
            draft = queries.edition_by_code(code)
            assert draft is not None
            operations.put_in_review(draft, by=person(MANAGER))
    asked: list[str] = []

    def listen(connection: object, cursor: object, statement: str, *others: object) -> None:
        asked.append(statement)

    with in_review.app.test_request_context():
        member = person(QUALITY)
        assert member.partnership_ids
        event.listen(db.engine, "before_cursor_execute", listen)
        try:
            found = review_tasks(member, clock.today())
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
    assert len(found) == 4 and len(asked) == 1
