"""What day it is in London, summer and winter."""

from datetime import UTC, date, datetime

import pytest

from s11.core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 1, 15, 23, 59, 59, tzinfo=UTC), date(2027, 1, 15)),
        (datetime(2027, 7, 15, 22, 59, 59, tzinfo=UTC), date(2027, 7, 15)),
        (datetime(2027, 7, 15, 23, 0, tzinfo=UTC), date(2027, 7, 16)),
        (datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC), date(2027, 3, 28)),  # the second before the lost hour
        (datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),  # the day of the doubled hour
    ],
)
def test_a_day_lasts_until_midnight_in_london(moment: datetime, day: date) -> None:
    with clock.pretend(moment):
        assert clock.today() == day


def test_a_moment_is_shown_as_a_clock_in_london_shows_it() -> None:
    assert clock.local(datetime(2027, 7, 1, 12, 0, tzinfo=UTC)).hour == 13


# Clocks in Havana leap from midnight to one in March, and go back from one to midnight in November.
@pytest.mark.parametrize(
    ("where", "day", "ends"),
    [
        ("Europe/Gibraltar", date(2027, 3, 27), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),
        ("Europe/Gibraltar", date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),  # 23 hours long
        ("Europe/Gibraltar", date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # 25 hours long
        ("Atlantic/Stanley", date(2027, 3, 28), datetime(2027, 3, 29, 3, 0, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 7), datetime(2026, 3, 8, 5, 0, tzinfo=UTC)),  # no midnight follows
        ("America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 4, 0, tzinfo=UTC)),  # two do: the first
    ],
)
def test_a_day_ends_where_its_partnership_is(where: str, day: date, ends: datetime) -> None:
    assert clock.end_of(day, where) == ends
    with clock.in_zone(where):
        assert clock.end_of(day) == ends
    assert clock.end_of(date(2027, 1, 15)) == datetime(2027, 1, 16, tzinfo=UTC), "London's again"


def test_the_length_of_a_day_is_23_or_25_hours_when_the_clocks_change() -> None:
    with clock.in_zone("Europe/Gibraltar"):
        lengths = [
            (clock.end_of(day) - clock.start_of(day)).total_seconds() / 3600
            for day in (date(2027, 3, 28), date(2027, 3, 29), date(2026, 10, 25))
        ]
    assert lengths == [23, 24, 25]


def test_it_is_still_yesterday_in_stanley() -> None:
    with clock.pretend(datetime(2027, 1, 16, 1, 30, tzinfo=UTC)):
        assert (clock.today(), clock.today("Atlantic/Stanley")) == (date(2027, 1, 16), date(2027, 1, 15))
        with clock.in_zone("Atlantic/Stanley"):
            assert clock.today() == date(2027, 1, 15)
            assert clock.local(clock.now()).hour == 22
            assert clock.zone_words() == "Stanley time"
        assert clock.zone_words() == ""


@pytest.mark.parametrize("name", ["", "Nowhere/Atall", "../../etc/passwd", "Europe", "a\x00b"])
def test_a_zone_that_is_none_is_londons(name: str) -> None:
    assert clock.zone_of(name) is clock.LONDON
