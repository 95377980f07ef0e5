"""The timetable of a challenge day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.challenge import rules


def test_start_times_add_up_from_the_first():
    slots = rules.timetable([20, 25, 20], first="09:30")
    assert [(slot.starts_at, slot.ends_at) for slot in slots] == [
        ("09:30", "09:50"), ("09:50", "10:15"), ("10:15", "10:35"),
    ]  # fmt: skip


def test_fourteen_sessions_of_twenty_minutes_end_at_ten_past_two():
    assert rules.timetable([20] * 14, first="09:30")[-1].ends_at == "14:10"


@pytest.mark.parametrize("typed", ["", "25:00", "09:61", "half past nine"])
def test_what_is_no_time_of_day_is_not_taken_for_one(typed):
    assert rules.minutes_of(typed) is None


def test_a_time_may_be_written_with_a_point():
    assert rules.clock_of(rules.minutes_of("9.30") or 0) == "09:30"


@given(st.lists(st.integers(), min_size=1, max_size=20, unique=True), st.data())
def test_a_session_moves_to_its_place_and_the_others_keep_their_order(order, data):
    one = data.draw(st.sampled_from(order))
    place = data.draw(st.integers(min_value=-3, max_value=30))
    moved = rules.moved(order, one, place)
    assert moved[min(max(place, 1), len(order)) - 1] == one
    assert [other for other in moved if other != one] == [other for other in order if other != one]


def test_a_challenge_day_lies_after_the_cycle_opened_and_not_in_another_decade():
    opens_on, due_on = date(2026, 9, 1), date(2026, 12, 1)
    fault = {day: rules.day_fault(day, opens_on=opens_on, due_on=due_on) for day in (
        None, date(2026, 8, 31), opens_on, date(2029, 12, 31), date(2206, 1, 20),
    )}  # fmt: skip
    assert "Enter the day" in fault[None]
    assert "opened on 1 September 2026" in fault[date(2026, 8, 31)]
    assert fault[opens_on] is None and fault[date(2029, 12, 31)] is None
    assert "Check the year" in fault[date(2206, 1, 20)]


def parts(*lengths):
    """60 is an hour of sessions, -15 a break of a quarter of one."""
    return [rules.Sitting(abs(one), one < 0) for one in lengths]


def test_a_day_that_ends_after_closing_time_says_so():
    assert rules.time_faults(parts(120, -30, 120, -60, 120), first="09:30") == []
    (fault,) = rules.time_faults(parts(120, -30, 120, -60, 121), first="09:30")
    assert "ends at 17:01, after 17:00" in fault


def test_people_are_not_left_sitting_for_hours():
    assert rules.time_faults(parts(90, 60, -15, 60), first="09:30") == []
    (fault,) = rules.time_faults(parts(15, -15, 90, 61, -15, 60), first="09:00")
    assert "From 09:30 to 12:01 there is no break" in fault
    assert rules.time_faults([], first="09:30") == []


@pytest.mark.parametrize(
    ("title", "pause", "closing"),
    [("Lunch", True, False), ("Coffee break", True, False), ("Welcome", False, False),
     ("Closing and next steps", False, True), ("Breakthroughs", False, False)],
)  # fmt: skip
def test_a_break_and_a_closing_are_known_by_their_names(title, pause, closing):
    assert (rules.is_pause(title), rules.is_closing(title)) == (pause, closing)


@pytest.mark.parametrize(
    ("link", "is_right"),
    [("", True), ("https://meet.example/abc?pwd=1", True), ("meet.example", False),
     ("javascript:alert(1)", False), ("https://", False), ("https://a.b c", False)],
)  # fmt: skip
def test_people_join_by_a_whole_address_or_none(link, is_right):
    assert (rules.link_fault(link) is None) == is_right
