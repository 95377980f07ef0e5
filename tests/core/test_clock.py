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
