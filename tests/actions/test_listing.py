"""The plan as a list: views, filters, groups, order, gaps and the download."""

import csv
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from s11.actions import operations, queries
from s11.actions.models import Recommendation, RecommendationTheme
from s11.actions.rules import Line, MilestoneDraft, OwnerDraft, parts
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from tests.actions.some import an_action
from tests.factories.plans import a_plan
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD

LONG_AGO = timedelta(days=200)


def the_boards_own(world, **changes):
    """The ref of an action of the Board itself."""
    details = {"source": "audit", "text": "Write to schools.", "owner_name": "Mary Manager",
               "owner_role": "Business manager", "due_on": clock.today() + timedelta(days=9)}  # fmt: skip
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        return operations.add(board, None, **{**details, **changes}, by=None).ref


def changed(world, ref, **values):
    with world.app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        for name, value in values.items():
            setattr(action, name, value)


def a_review(world, *printed, title="Child Q", how_many=None):
    """A review with recommendations of these numbers; gives their refs."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        source = operations.add_source(board, kind="review", title=title, by=None)
        source.how_many = how_many
        made = [
            Recommendation(source=source, position=place, number=number, text=f"Recommended {number}")
            for place, number in enumerate(printed)
        ]
        db.session.add_all(made)
        db.session.flush()
        return [one.ref for one in made]


def answering(world, action, *recommendations):
    with world.app.app_context(), unit_of_work():
        query = select(Recommendation).where(Recommendation.ref.in_(recommendations))
        queries.by_ref(action).recommendations = list(db.session.scalars(query))


def titles(browser):
    return [text for href, text in browser.page.links if href.startswith("/actions/") and text.endswith(".")]


def test_groups_go_on_over_pages_with_the_counts_of_all_of_them():
    today = date(2026, 11, 28)
    lines = [Line(n, "on_track", date(2026, 11, 1 + n), ("b" if n % 2 else "",)) for n in range(5)]
    lines.append(Line(9, "complete", None, ("a", "b")))
    first, pages = parts(lines, order=str, today=today, page=1, size=3)
    second, _ = parts(lines, order=str, today=today, page=2, size=3)
    assert pages == 3
    assert [(part.key, part.ids, part.continued) for part in first] == [
        ("a", (9,), False),
        ("b", (1, 3), False),
    ]
    assert [(part.key, part.ids, part.continued) for part in second] == [
        ("b", (9,), True),
        ("", (0, 2), False),
    ]
    assert (second[0].counts.total, second[0].counts.open, second[0].counts.complete) == (3, 2, 1)
    assert second[1].counts.overdue == 3


@pytest.mark.database
def test_each_view_says_how_many_it_finds_and_finds_them(world, browser):
    an_action(world, text="Overdue one.", days=-5, agreed_at=clock.now() - LONG_AGO)
    changed(world, an_action(world, text="Drifting one."), times_moved=2)
    changed(world, an_action(world, text="Claimed one."), status="complete")
    changed(world, an_action(world, text="Asked one."), status="verified", ask_on=clock.today())
    the_boards_own(world)
    browser.sign_in(MANAGER)
    for label, expected in {
        "The Board’s own 1": ["Write to schools."], "Overdue 1": ["Overdue one."], "All 5": None,
        "Drifting 1": ["Drifting one."], "To verify 1": ["Claimed one."],
        "To say what difference 1": ["Asked one."], "To be mended 0": [],
    }.items():  # fmt: skip
        browser.open(browser.open("/actions/").href(label))
        assert expected is None or titles(browser) == expected, label


@pytest.mark.database
def test_a_link_reproduces_a_view_and_each_part_of_it_can_be_dropped(world, browser):
    due = clock.today() + timedelta(days=30)
    an_action(world, text="Wanted.", priority="high", theme="Neglect", mechanism="audit_and_monitoring")
    an_action(world, text="Other.", theme="Neglect")
    browser.sign_in(MANAGER)
    asked = (
        f"/actions/?theme=Neglect&priority=high&owner=protecting&due_from={due}&due_to={due}&mechanism=magic"
    )
    page = browser.open(asked)
    assert titles(browser) == ["Wanted."]
    assert f"Due to {due.day} {due:%B %Y}" in page.text and "Mechanism: " not in page.text
    browser.open(page.href("Priority: High"))
    assert sorted(titles(browser)) == ["Other.", "Wanted."]


@pytest.mark.database
def test_a_day_that_is_none_gets_a_sentence_and_narrows_nothing(world, browser):
    an_action(world)
    browser.sign_in(MANAGER)
    page = browser.open("/actions/?due_from=soon", status=422)
    assert "Enter a date that exists" in page.text and "1 action: 1 open" in page.text
    page = browser.open("/actions/?due_from=2027-02-01&due_to=2027-01-01", status=422)
    assert "The last day lies before the first" in page.text


@pytest.mark.database
def test_an_action_stands_under_every_theme_it_answers_with_counts_in_the_heading(world, browser):
    one, other = a_review(world, "1", "2")
    with world.app.app_context(), unit_of_work():
        for ref, theme in ((one, "Curiosity"), (other, "Neglect")):
            found = db.session.scalar(select(Recommendation).where(Recommendation.ref == ref))
            found.themes.append(RecommendationTheme(theme=theme))
    both = an_action(world, text="Both.", days=-5, agreed_at=clock.now() - LONG_AGO)
    answering(world, both, one, other)
    an_action(world, text="Neither.")
    browser.sign_in(MANAGER)
    page = browser.open("/actions/?group=theme")
    assert titles(browser) == ["Both.", "Both.", "Neither."]
    assert "Curiosity 1 action: 1 open, 1 overdue, 0 done" in page.text
    assert "No theme 1 action: 1 open, 0 overdue" in page.text
    browser.open("/actions/?group=theme&theme=Neglect")
    assert titles(browser) == ["Both."]


@pytest.mark.database
def test_the_order_puts_silence_or_the_newest_word_first(world, browser):
    now = clock.now()
    changed(world, an_action(world, text="Spoken of."), last_said_at=now - timedelta(days=1))
    changed(world, an_action(world, text="Old word."), last_said_at=now - timedelta(days=100))
    changed(world, an_action(world, text="No word."), created_at=now - timedelta(days=300))
    browser.sign_in(MANAGER)
    page = browser.open("/actions/?sort=silence")
    assert titles(browser) == ["No word.", "Old word.", "Spoken of."]
    assert "Silent for 300 days" in page.text and "Silent for 100 days" in page.text
    browser.open("/actions/?sort=word")
    assert titles(browser) == ["Spoken of.", "Old word.", "No word."]


@pytest.mark.database
def test_the_download_tells_all_of_an_action(world, browser):
    an_action(
        world, theme="Neglect", priority="high", resources="Two days", contingency="=SUM(1)",
        owners=[OwnerDraft("Ben Hope", "Trainer")],
        milestones=[MilestoneDraft("Course planned", clock.today() + timedelta(days=3))],
    )  # fmt: skip
    browser.sign_in(MANAGER)
    browser.open("/actions/plan.csv?priority=high&sort=word")
    (row,) = csv.DictReader(browser.response.get_data().decode("utf-8-sig").splitlines())
    by = clock.today() + timedelta(days=3)
    assert row["Milestones"] == f"Course planned, by {by.day} {by:%B %Y}"
    assert (row["Further owners"], row["Theme"], row["Priority"]) == ("Ben Hope, Trainer", "Neglect", "High")
    assert (row["Resources"], row["Contingency"], row["Times moved"]) == ("Two days", "'=SUM(1)", "0")


@pytest.mark.database
def test_what_the_plan_lacks_is_said_review_by_review(world, browser):
    first, second, _, refused = a_review(world, "1", "16", "16", "4", how_many=5)
    answering(world, an_action(world, text="Answers it."), first)
    given_up = an_action(world, text="Given up.")
    answering(world, given_up, second)
    changed(world, given_up, status="superseded")
    an_action(world, text="Answers nothing.", source="inspection", source_title="Ofsted")
    with world.app.app_context(), unit_of_work():
        found = db.session.scalar(select(Recommendation).where(Recommendation.ref == refused))
        found.not_accepted = "It is the court's."
    browser.sign_in(CHAIR)
    page = browser.open("/actions/gaps")
    assert "1 Without an action of 4 recommendations" in page.text
    assert "Without an action 16 Recommended 16 Whose actions are all superseded 16" in page.text
    assert "Number 16 is twice. Numbers 2, 3, 5, 6" in page.text and "It says it makes 5; 4 are" in page.text
    assert "Answers nothing." in page.text and "Answers it." not in page.text
    browser.sign_in(POLICE_LEAD)
    browser.open("/actions/gaps", status=404)


@pytest.mark.database
@pytest.mark.parametrize(
    "address",
    ["/actions/?page=2", "/actions/?group=theme&page=2&sort=organisation",
     "/actions/?group=owner&search=team", "/actions/since", "/actions/gaps", "/actions/plan.csv?status=open"],
)  # fmt: skip
def test_a_large_plan_takes_as_many_queries_as_a_small_one(world, browser, address):
    browser.sign_in(CHAIR)

    def asked():
        told = []
        with world.app.app_context():
            engine = db.engine
        note = lambda *words: told.append(words[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        browser.open(address)
        event.remove(engine, "before_cursor_execute", note)
        return len(told)

    a_plan(world.app, 60, 120, agencies=3)
    browser.open(address)
    few = asked()
    a_plan(world.app, 240, 900, agencies=12)
    assert asked() == few
