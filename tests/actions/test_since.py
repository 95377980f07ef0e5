"""What changed in the plan between two days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from s11.actions import operations, queries
from s11.actions.rules import Changed, Present, Saying, Span, Word, changes
from s11.core import clock
from s11.core.database import unit_of_work
from tests.actions.some import an_action
from tests.factories.world import HOUSING_LEAD, MANAGER

SPAN = Span(
    date(2026, 4, 1), date(2026, 6, 30), datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def now(status: str, due: date | None = date(2026, 12, 1), *, made: datetime = LONG_AGO) -> Present:
    return Present(1, status, due, made)


def word(
    month: int, status: str, kind: str = Saying.PROGRESS, moved: tuple[date | None, date] | None = None
) -> Word:
    at = datetime(2026, month, 15, 12, tzinfo=UTC)
    return Word(1, kind, at, "Asha Rahman", status, f"Said in {month}.", *(moved or (None, None)))


def found(present: Present, *said: Word, before: Word | None = None) -> dict[Changed, str]:
    """What is told of the one action, with what was said."""
    told = changes([present], said, {1: before} if before else {}, SPAN)
    return {kind: one[0].word.text if one[0].word else "" for kind, one in told.by_kind.items() if one}


def test_complete_counts_only_where_it_was_not_before():
    assert found(now("complete"), word(5, "complete")) == {Changed.COMPLETED: "Said in 5."}
    comment = word(5, "complete", Saying.COMMENT)
    assert found(now("complete"), comment, before=word(2, "complete")) == {}


def test_what_was_returned_and_completed_again_stands_under_both_once():
    told = found(
        now("verified"), word(4, "complete"), word(4, "on_track", Saying.RETURNED), word(5, "complete"),
        word(6, "verified", Saying.VERIFIED),
    )  # fmt: skip
    assert told == {
        Changed.COMPLETED: "Said in 5.", Changed.RETURNED: "Said in 4.", Changed.VERIFIED: "Said in 6.",
    }  # fmt: skip


def test_a_date_moved_twice_is_one_move_from_the_first_to_the_last():
    moves = (
        word(4, "on_track", moved=(date(2026, 5, 1), date(2026, 8, 1))),
        word(6, "on_track", moved=(date(2026, 8, 1), date(2026, 12, 1))),
    )
    (change,) = changes([now("on_track")], moves, {}, SPAN).by_kind[Changed.MOVED]
    assert (change.due_before, change.due_on, change.times_moved) == (date(2026, 5, 1), date(2026, 12, 1), 2)


def test_overdue_is_told_once_it_was_not_so_before():
    due = date(2026, 5, 1)
    assert Changed.OVERDUE in found(now("on_track", due))
    assert found(now("on_track", date(2026, 3, 1))) == {}, "it was overdue then, too"
    # Moved back in time for the meeting after: on the last day of the span it was overdue.
    later = word(8, "on_track", moved=(due, date(2026, 12, 1)))
    assert Changed.OVERDUE in found(now("on_track"), later)
    # Completed since: open and overdue on the last day.
    assert Changed.OVERDUE in found(now("complete", due), word(8, "complete"))


def test_at_risk_is_told_as_it_was_at_the_end_with_the_last_word_on_it():
    assert found(now("at_risk"), before=word(2, "at_risk")) == {Changed.AT_RISK: "Said in 2."}
    assert found(now("on_track"), word(8, "on_track"), before=word(2, "at_risk")) == {
        Changed.AT_RISK: "Said in 2."
    }


def test_what_was_added_later_is_not_told_and_what_was_added_within_is():
    assert found(now("at_risk", made=datetime(2026, 8, 1, tzinfo=UTC))) == {}
    assert found(now("on_track", made=datetime(2026, 5, 1, tzinfo=UTC))) == {Changed.ADDED: ""}


def test_open_actions_of_which_nobody_spoke_are_counted():
    assert changes([now("on_track")], [], {}, SPAN).silent == 1
    assert changes([now("on_track")], [word(5, "on_track")], {}, SPAN).silent == 0
    assert changes([now("verified")], [], {}, SPAN).silent == 0


@pytest.fixture
def told(world):
    """An action promised long ago that was moved and then completed within the last month."""
    ref = an_action(world, days=-5, text="Train sergeants.", agreed_at=clock.now() - timedelta(days=200))
    with world.app.app_context():
        was = queries.by_ref(ref).due_on
    moved = {"due_on": clock.today() + timedelta(days=9), "reason": "The trainer was ill."}
    done = {"seen_at": "In the training records."}
    for days_ago, status, text, more in (
        (20, "on_track", "Half of them are trained.", moved),
        (10, "complete", "All twenty sergeants are trained.", done),
    ):
        with world.app.app_context(), unit_of_work():
            action = queries.by_ref(ref)
            at = clock.now() - timedelta(days=days_ago)
            operations.update(
                action, status=status, text=text, by=None, version=action.version, at=at, **more
            )
    return was


@pytest.mark.database
def test_the_office_reads_who_said_what_since_the_last_meeting(world, browser, told):
    browser.sign_in(MANAGER)
    page = browser.open("/actions/since")
    new = clock.today() + timedelta(days=9)
    assert f"From {told.day} {told:%B %Y} to {new.day} {new:%B %Y}" in page.text
    assert "“All twenty sergeants are trained." in page.text and "1 Said to be complete" in page.text
    # Before the words: the action was there, and it went its way.
    long_ago = clock.today() - timedelta(days=60)
    page = browser.open(f"/actions/since?since=2020-01-01&until={long_ago}")
    assert "1 Added" in page.text and "0 Said to be complete" in page.text
    assert page.form("/actions/since").data()["since"] == "1 1 2020"


@pytest.mark.database
def test_an_agency_reads_of_its_own_actions_only(world, browser, told):
    browser.sign_in(HOUSING_LEAD)
    assert "Nothing changed" in browser.open("/actions/since").text


@pytest.mark.database
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("since=soon", "Enter a date that exists"),
        ("since=1+1+0001", "Enter a day from 2000 on"),
        ("until=1+1+2999", "This day has not come yet"),
        ("since=2026-02-01&until=2026-01-01", "The last day lies before the first"),
    ],
)
def test_a_day_that_cannot_be_meant_gets_a_sentence(world, browser, asked, sentence):
    browser.sign_in(MANAGER)
    assert sentence in browser.open(f"/actions/since?{asked}", status=422).text
