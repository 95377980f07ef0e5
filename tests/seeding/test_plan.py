from collections import Counter
from datetime import date, timedelta

import pytest

from s11.returns.rules import Stage
from s11.seeding import plan
from s11.seeding.material import Material

# Every day of the week, ends of years, a leap day, and the days when the clocks change.
DAYS = [date(2026, 11, 21) + timedelta(days=number) for number in range(7)] + [
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2028, 2, 29),
]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_on_whatever_day_it_is_seeded_the_years_hang_together(material: Material, today: date) -> None:
    for cycle in plan.cycles(material, today):
        assert cycle.opens_on < cycle.due_on < cycle.closes_on
        assert cycle.is_current or cycle.closes_on < today
        for fate in plan.fates(material, cycle, today):
            assert cycle.opens_on <= fate.begun_on <= fate.finished_on <= today, (cycle.code, fate.body.key)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_agencies_have_time_left_and_schools_are_over_their_date(material: Material, today: date) -> None:
    this_year = {cycle.framework: cycle for cycle in plan.cycles(material, today) if cycle.is_current}
    assert this_year["S11"].due_on > today and this_year["S40"].due_on > today
    assert this_year["S175"].due_on < today


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_last_years_challenge_day_came_after_the_returns_and_before_the_close(
    material: Material, today: date
) -> None:
    last = next(cycle for cycle in plan.cycles(material, today) if cycle.code == "S11-2025")
    held_on = plan.challenge_day_last_year(today)
    assert last.due_on + timedelta(days=30) < held_on < last.closes_on
    assert plan.challenge_day_this_year(today) > today


def test_this_years_stages_are_those_of_the_story(material: Material) -> None:
    today = DAYS[0]
    this_year = {cycle.framework: cycle for cycle in plan.cycles(material, today) if cycle.is_current}
    agencies = Counter(fate.ends for fate in plan.fates(material, this_year["S11"], today))
    assert agencies == {
        Stage.NOT_STARTED: 2,
        Stage.IN_PROGRESS: 4,
        Stage.SENT_BACK: 1,
        Stage.AWAITING_SIGN_OFF: 1,
        Stage.SUBMITTED: 4,
        Stage.MODERATED: 2,
    }
    schools = Counter(fate.ends for fate in plan.fates(material, this_year["S175"], today))
    assert schools[Stage.AWAITING_SIGN_OFF] == 4 and sum(schools.values()) == 60


def test_the_newcomer_was_not_asked_before_and_the_exempted_one_is_asked_and_let_off(
    material: Material,
) -> None:
    cycles = {cycle.code: cycle for cycle in plan.cycles(material, DAYS[0])}
    assert "pebble-house" not in {body.key for body in plan.asked(material, cycles["S11-2025"])}
    assert len(plan.asked(material, cycles["S11-2025"])) == 14
    assert len(plan.asked(material, cycles["S11-2026"])) == 15
    let_off = plan.exempt(material, cycles["S11-2026"])
    assert let_off and let_off[0].key == "saltreach-district" and len(let_off[1]) <= 300
    assert plan.exempt(material, cycles["S11-2025"]) is None


def test_what_is_promised_in_november_is_for_the_year_to_come(material: Material) -> None:
    cycles = {cycle.code: cycle for cycle in plan.cycles(material, date(2026, 11, 21))}
    assert cycles["S11-2026"].promise_year == 2027
    assert cycles["S11-2025"].promise_year == 2026
    in_spring = {cycle.code: cycle for cycle in plan.cycles(material, date(2026, 3, 1))}
    assert in_spring["S11-2026"].promise_year == 2026
