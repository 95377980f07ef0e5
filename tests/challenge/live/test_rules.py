"""How the time of a day runs, and how the words of two people are put together."""

from datetime import date

import pytest

from s11.challenge.live import rules, timing
from s11.challenge.live.timing import Planned, State

NINE = 9 * 60


def a_morning(*, began=None, ended=None, more=()):
    """Three sessions of 20 minutes from nine; the first began and ended as told, then `more`."""
    given = [(began, ended), *more]
    given += [(None, None)] * (3 - len(given))
    return [Planned(NINE + 20 * place, 20, *one) for place, one in enumerate(given)]


def starts(planned, now, running=True):
    return [one.starts_at for one in timing.expected(planned, now, running=running)]


def test_before_the_day_is_open_the_agenda_stands_whatever_the_time():
    assert starts(a_morning(), 15 * 60, running=False) == ["09:00", "09:20", "09:40"]


def test_a_session_that_runs_over_moves_those_after_it():
    planned = a_morning(began=NINE)
    times = timing.expected(planned, NINE + 32, running=True)
    assert [(one.starts_at, one.ends_at) for one in times] == [
        ("09:00", "09:32"), ("09:32", "09:52"), ("09:52", "10:12"),
    ]  # fmt: skip
    assert timing.lateness(planned, times) == 12
    assert timing.late_words(12) == "Running 12 minutes late"
    assert timing.left_words(timing.left(planned[0], NINE + 32)) == "Over time by 12 minutes"


def test_who_ends_early_does_not_call_the_next_before_their_time():
    planned = a_morning(began=NINE, ended=NINE + 10)
    assert starts(planned, NINE + 10) == ["09:00", "09:20", "09:40"]
    assert timing.lateness(planned, timing.expected(planned, NINE + 10, running=True)) == 0


def test_time_lost_is_made_good_by_a_shorter_session():
    planned = a_morning(began=NINE + 10, ended=NINE + 30, more=[(NINE + 30, NINE + 42)])
    times = timing.expected(planned, NINE + 42, running=True)
    assert [one.state for one in times] == [State.DONE, State.DONE, State.WAITING]
    assert (times[2].starts_at, timing.lateness(planned, times)) == ("09:42", 2)


def test_the_last_session_is_late_by_its_end():
    planned = a_morning(began=NINE, ended=NINE + 20, more=[(NINE + 20, NINE + 40), (NINE + 40, None)])
    times = timing.expected(planned, NINE + 75, running=True)
    assert timing.lateness(planned, times) == 15


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (20, "20 minutes left"), (6.2, "7 minutes left"), (1, "Less than 1 minute left"), (0, "Time is up"),
        (-0.5, "Time is up"), (-1, "Over time by 1 minute"), (-65, "Over time by 1 hour 5 minutes"),
    ],
)  # fmt: skip
def test_what_is_left_is_said_in_words(minutes, words):
    assert timing.left_words(minutes) == words


def test_a_minute_behind_is_on_time():
    assert timing.late_words(1) == "On time"


def says(**parts):
    return {**rules.NOTHING, **parts}


BEGAN = says(challenge="Why?", answer="Because.")
TOKEN = rules.token_of(3, BEGAN)


def test_changes_to_different_parts_are_put_together():
    theirs, mine = {**BEGAN, "answer": "Because we audit."}, {**BEGAN, "good_practice": "The buddy scheme."}
    assert rules.merge(TOKEN, theirs, mine) == rules.Merged({"good_practice": "The buddy scheme."}, ())


def test_two_who_changed_one_part_are_told_and_theirs_stands():
    merged = rules.merge(TOKEN, {**BEGAN, "answer": "Theirs."}, {**BEGAN, "answer": "Mine.", "agreed": "2"})
    assert merged == rules.Merged({"agreed": "2"}, ("answer",))


def test_the_same_words_twice_are_no_quarrel():
    both = {**BEGAN, "answer": "The same."}
    assert rules.merge(TOKEN, both, both) == rules.Merged({}, ())


def test_a_part_that_was_not_on_the_page_stays():
    assert rules.merge(TOKEN, BEGAN, {"answer": "New."}) == rules.Merged({"answer": "New."}, ())


@pytest.mark.parametrize("token", ["", "3", "3-xyz", "nonsense" * 9])
def test_without_a_readable_token_only_what_is_empty_is_filled(token):
    merged = rules.merge(token, BEGAN, {**BEGAN, "answer": "Mine.", "evidence_promised": "The audit."})
    assert merged == rules.Merged({"evidence_promised": "The audit."}, ("answer",))


TODAY = date(2027, 1, 27)


@pytest.mark.parametrize(
    ("parts", "due_on", "words"),
    [
        ({}, None, "what will be done, the full name of its owner, the role of its owner and a date"),
        ({"action_text": "Audit.", "action_owner_name": "Ann Lee", "action_owner_role": "Head"},
         None, "a date"),
        (
            {"action_text": "Audit.", "action_owner_name": "Ann", "action_owner_role": "Head",
             "action_due_on": "ongoing"},
            None, "its owner by first name and surname and a date instead of “ongoing”",
        ),
        (
            {"action_text": "Audit.", "action_owner_name": "Ann Lee", "action_owner_role": "Head",
             "action_due_on": "31 2 2027"},
            None, "a date that exists, for example 31 3 2027",
        ),
        (
            {"action_text": "Audit.", "action_owner_name": "Ann Lee", "action_owner_role": "Head",
             "action_due_on": "1 1 2020"},
            date(2020, 1, 1), "a date from today on, at most ten years ahead",
        ),
    ],
)  # fmt: skip
def test_a_half_typed_action_says_what_it_needs(parts, due_on, words):
    lacking = rules.lacks(says(**parts), due_on, since=TODAY)
    assert rules.needs_words(lacking) == f"Not in the plan yet: needs {words}"


def test_a_whole_action_needs_nothing():
    whole = says(
        action_text="Audit.", action_owner_name="Ann Lee", action_owner_role="Head", action_due_on="x"
    )
    assert rules.lacks(whole, date(2027, 3, 31), since=TODAY) == ()
