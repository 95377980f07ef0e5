"""Dates of a cycle, bank holidays, and the round that follows."""

from datetime import date

import pytest

from s11.cycles import days
from s11.cycles.copying import following
from s11.cycles.days import Dates

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert days.easter(year) == date(year, month, day)


def test_the_bank_holidays_of_2027_with_christmas_given_on_other_days() -> None:
    assert sorted(days.bank_holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3),
        date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
    ]  # fmt: skip
    assert days.away_on(date(2027, 3, 28)) == "a Sunday" and days.away_on(date(2027, 3, 30)) == ""
    assert days.working_day(date(2027, 12, 25)) == date(2027, 12, 29)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (Dates(date(2027, 3, 2), date(2027, 3, 1)), "due_on"),
        (Dates(date(2027, 3, 1), date(2027, 4, 1), date(2027, 3, 31)), "closes_on"),
        (Dates(date(2027, 3, 1), date(2027, 4, 1), moderation_on=date(2027, 3, 31)), "moderation_on"),
        (Dates(date(2027, 3, 1), date(2027, 4, 1), challenge_on=date(2027, 3, 31)), "challenge_on"),
    ],
)
def test_dates_that_cannot_stand_together_are_named(dates: Dates, field: str) -> None:
    found = days.fault(dates)
    assert found is not None and found[1] == field


def test_a_deadline_on_the_day_of_the_lost_hour_is_a_day_like_others() -> None:
    assert days.fault(Dates(date(2027, 3, 1), date(2027, 3, 28))) is None


def test_a_year_typed_wrong_is_named() -> None:
    slip = days.far_off(Dates(date(2026, 12, 1), date(2207, 1, 1)), TODAY)
    assert slip == ("The year 2207 is too far away. Check what you typed.", "due_on")


def test_a_due_day_nobody_is_at_work_is_warned_of() -> None:
    (sentence,) = days.warnings(Dates(date(2026, 12, 1), date(2027, 3, 26)), TODAY)
    assert "26 March 2027, is Good Friday" in sentence
    (short,) = days.warnings(Dates(date(2026, 12, 1), date(2026, 12, 10)), TODAY)
    assert short == "There are fewer than 14 days to complete it."
    assert "has passed" in days.warnings(Dates(date(2026, 1, 5), date(2026, 11, 26)), TODAY)[0]


def test_dates_of_what_is_issued_move_only_so_that_nobody_is_late_by_it() -> None:
    before = Dates(date(2026, 11, 1), date(2026, 12, 15), date(2027, 1, 15))

    def moved(after: Dates, earlier: Dates = before) -> str:
        return (days.moved_fault(earlier, after, TODAY) or ("", ""))[1]

    assert moved(Dates(date(2026, 11, 1), date(2026, 11, 28), before.closes_on)) == ""
    assert moved(Dates(date(2026, 11, 1), TODAY, before.closes_on)) == "due_on"
    assert moved(Dates(date(2026, 12, 1), before.due_on, before.closes_on)) == "opens_on"
    over = Dates(date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1))
    assert moved(Dates(over.opens_on, over.due_on, date(2026, 11, 20)), over) == "closes_on"


def test_the_next_round_is_a_year_on_and_on_working_days() -> None:
    assert days.years_on(date(2028, 2, 29), 1) == date(2029, 2, 28)
    after = days.following(Dates(date(2026, 3, 2), date(2026, 3, 27), challenge_on=date(2026, 6, 1)), 1)
    assert after == Dates(date(2027, 3, 2), date(2027, 3, 30), challenge_on=date(2027, 6, 1))


@pytest.mark.parametrize(
    ("name", "years", "next_name"),
    [
        ("Section 11 2026", 1, "Section 11 2027"),
        ("S11-2026", 2, "S11-2028"),
        ("School audit 2026/27", 1, "School audit 2027/28"),
        ("Deep dive", 1, "Deep dive"),
    ],
)
def test_the_name_of_the_next_round(name: str, years: int, next_name: str) -> None:
    assert following(name, years) == next_name
