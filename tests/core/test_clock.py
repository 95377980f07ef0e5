"""Days end when they end in London, summer and winter."""

from datetime import UTC, date, datetime

import pytest

from s11.core import clock


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2027, 1, 15), datetime(2027, 1, 16, 0, 0, tzinfo=UTC)),
        (date(2027, 7, 15), datetime(2027, 7, 15, 23, 0, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, 0, tzinfo=UTC)),  # the lost hour
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # the doubled hour
        (date(2027, 3, 27), datetime(2027, 3, 28, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_day_lasts_until_midnight_in_london(day: date, ends: datetime) -> None:
    assert clock.end_of(day) == ends


def test_the_last_second_of_a_deadline_still_counts() -> None:
    assert not clock.has_ended(date(2027, 7, 15), at=datetime(2027, 7, 15, 22, 59, 59, tzinfo=UTC))
    assert clock.has_ended(date(2027, 7, 15), at=datetime(2027, 7, 15, 23, 0, tzinfo=UTC))
