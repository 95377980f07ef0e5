from datetime import UTC, date, datetime, timedelta

import pytest

from s11.core import clock
from s11.seeding.moments import at, months_after, some_day, working_day, years_before

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_within_the_block_it_is_another_moment_and_after_it_now_again() -> None:
    then = datetime(2024, 3, 1, 9, tzinfo=UTC)
    with clock.pretend(then):
        assert clock.now() == then and clock.today() == date(2024, 3, 1)
        with clock.pretend(then + timedelta(days=1)):
            assert clock.today() == date(2024, 3, 2)
        assert clock.now() == then
    assert clock.now().year > 2024


def test_it_is_now_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.pretend(NOON - timedelta(days=900)):
        raise ZeroDivisionError
    assert clock.now() > NOON - timedelta(days=800)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 20)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 12, 25), date(2026, 12, 23)),
        (date(2028, 1, 1), date(2027, 12, 23)),
    ],
)
def test_a_working_day_is_no_weekend_and_not_christmas(day: date, expected: date) -> None:
    assert working_day(day) == expected


def test_some_day_is_always_the_same_day_and_never_before_the_first() -> None:
    first, last = date(2026, 9, 4), date(2026, 10, 30)
    days = {some_day(first, last, of=f"school {number}") for number in range(200)}
    assert min(days) >= first and max(days) <= last and len(days) > 25
    assert some_day(first, last, of="Harstow") == some_day(first, last, of="Harstow")
    assert some_day(last, first, of="a window that has closed") == last


def test_a_year_before_is_the_same_day_of_the_week() -> None:
    assert years_before(date(2026, 11, 20), 2).weekday() == date(2026, 11, 20).weekday()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 28), 10, date(2026, 11, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 5), 5, date(2027, 3, 5)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_work_is_done_in_working_hours_and_never_after_the_latest_moment() -> None:
    for number in range(100):
        with at(date(2026, 7, 6), of=str(number), latest=NOON) as moment:
            assert clock.now() == moment and 8 <= clock.local(moment).hour <= 17
    with at(date(2026, 11, 21), of="later today", latest=NOON):
        assert clock.now() <= NOON
