"""The chase curve and where it heads, in figures anybody can check on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.desk.curve import Curve, Frame, project

# Last round, of 20: 10 in a week before, 14 on the due day, 19 five weeks later; one never came.
THEN = Curve.of(20, [-30] * 10 + [-3] * 4 + [20] * 5)
# This round, of 40: 10 in a week before.
NOW = Curve.of(40, [-10] * 10)


def test_a_day_counts_what_came_until_it_ended() -> None:
    assert [THEN.returned(day) for day in (-31, -30, -4, -3, 0, 19, 20)] == [0, 10, 10, 14, 14, 14, 19]
    assert THEN.share(0) == 0.7 and Curve.of(0, []).share(0) == 0


def test_of_those_missing_the_same_share_is_expected_as_the_time_before() -> None:
    ahead = project(NOW, THEN, today=-7, day=0)
    # Then 10 were missing and 4 of them came: 40 % of the 30 missing now is 12, and 10 + 12 of 40 is 55 %.
    assert ahead is not None and (ahead.missing_then, ahead.came_then) == (10, 4)
    assert ahead.share == pytest.approx(0.55)
    at_the_end = project(NOW, THEN, today=-7, day=35)
    assert at_the_end is not None and at_the_end.share == pytest.approx((10 + 0.9 * 30) / 40)


@pytest.mark.parametrize(
    ("before", "today", "day"),
    [
        (None, -7, 0),  # no round before
        (Curve.of(9, [-3] * 9), -7, 0),  # too few to learn from
        (Curve.of(20, [-30] * 20), -7, 0),  # nobody was missing then
        (THEN, 0, 0),  # the day is here
        (THEN, 3, 0),  # the day is over
    ],
)
def test_where_nothing_can_be_learnt_nothing_is_projected(before: Curve | None, today: int, day: int) -> None:
    assert project(NOW, before, today, day) is None


days = st.lists(st.integers(-60, 60), max_size=40)


@given(now=days, then=days, today=st.integers(-60, 59), ahead=st.integers(1, 30))
def test_a_projection_never_falls_and_never_exceeds_the_whole(
    now: list[int], then: list[int], today: int, ahead: int
) -> None:
    known = Curve.of(40, [day for day in now if day <= today])
    found = project(known, Curve.of(40, then), today, today + ahead)
    if found is not None:
        assert known.share(today) <= found.share <= 1
        later = project(known, Curve.of(40, then), today, today + ahead + 1)
        assert later is not None and later.share >= found.share


def test_the_drawing_runs_from_corner_to_corner() -> None:
    frame = Frame(-28, 28)
    assert frame.line([(-28, 0.0), (0, 0.5), (28, 1.0)]) == "44.0,232.0 246.0,124.0 448.0,16.0"
    assert frame.x(-99) == frame.x(-28), "what was before the picture stands at its edge"
