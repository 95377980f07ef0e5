"""Laying out a day: breaks, order and lengths, who questions whom, and two people at it at once."""

import pytest

from s11.challenge import operations, planned, queries
from s11.challenge.agendas import agenda_of
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations import queries as organisations
from tests.challenge.some import a_day

pytestmark = pytest.mark.database


def times(day):
    """09:30 Welcome, 09:40 Police, …"""
    return ", ".join(f"{one.starts_at} {one.title}" for one in agenda_of(day).items)


def named(name):
    return organisations.by_name(name)


def test_a_day_has_a_welcome_a_break_and_a_closing_and_its_times_add_up(app, world):
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        operations.add_part(day, title="Welcome", minutes=10, place=1)
        operations.add_part(day, title="Break", minutes=15, place=3)
        operations.add_part(day, title="Closing", minutes=20)
        assert times(day) == (
            "09:30 Welcome, 09:40 Northshire Police, 10:00 Break, 10:15 Harbour Housing, 10:35 Closing"
        )
        assert agenda_of(day).time == "09:30 to 10:55"
        police = planned.session_of(day.id, queries.sessions(day.id)[1].ref)
        # One lasts longer and the rest moves; another goes up and the times follow.
        operations.change_session(police, day, questioner=None, minutes=45, place=2)
        assert times(day).endswith("10:25 Break, 10:40 Harbour Housing, 11:00 Closing")
        operations.move_session(queries.sessions(day.id)[3], day, by_places=-1)
        assert times(day).endswith("10:25 Harbour Housing, 10:45 Break, 11:00 Closing")
        operations.move_session(queries.sessions(day.id)[0], day, by_places=-1)
        assert times(day).startswith("09:30 Welcome, 09:40 Northshire Police")


def test_a_session_that_is_added_goes_before_the_closing(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        operations.add_part(day, title="Closing and next steps", minutes=10)
        operations.add_session(day, organisation=named("Harbour Housing"))
        assert times(day) == ("09:30 Northshire Police, 09:50 Harbour Housing, 10:10 Closing and next steps")


def test_a_second_click_adds_no_second_break(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        for _ in range(2):
            operations.add_part(day, title="Break", minutes=15, ref="abcdefghjkmn")
        assert times(day) == "09:30 Northshire Police, 09:50 Break"


@pytest.mark.parametrize(
    ("title", "minutes", "field"), [(" ", 15, "title"), ("Break", 0, "minutes"), ("Break", 241, "minutes")]
)
def test_a_part_of_the_day_has_a_name_and_a_length(app, world, title, minutes, field):
    ref = a_day(world)
    with app.app_context(), pytest.raises(Invalid) as refusal, unit_of_work():
        operations.add_part(queries.by_ref(ref), title=title, minutes=minutes)
    assert refusal.value.field == field


def test_breaks_do_not_push_a_day_past_midnight(app, world):
    ref = a_day(world)
    with app.app_context(), pytest.raises(DomainError, match="past midnight"), unit_of_work():
        operations.add_part(queries.by_ref(ref), title="Break", minutes=30, starts_at="23:40")


def test_whoever_saves_over_anothers_change_is_told_and_nothing_is_lost(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context():
        seen = queries.by_ref(ref).version
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        operations.change_day(day, title="Ours", held_on=day.held_on, version=seen)
    with app.app_context():
        day = queries.by_ref(ref)
        with pytest.raises(Stale, match="Somebody changed the plan"):
            operations.change_day(day, title="Theirs", held_on=day.held_on, version=seen)
    with app.app_context():
        assert queries.by_ref(ref).title == "Ours"


def test_a_tie_bars_both_ways_and_can_be_withdrawn(app, world):
    ref = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        day, police, housing = queries.by_ref(ref), named("Northshire Police"), named("Harbour Housing")
        operations.declare_tie(day, police, housing, why="Police commission the shelter.")
        # Declared again the other way round it is the same tie, with the newer reason.
        operations.declare_tie(day, housing, police, why="The shelter is run for the police.")
        (tie,) = planned.ties(day.cycle.partnership_id)
        assert tie.why == "The shelter is run for the police."
        with pytest.raises(Invalid, match="is declared: The shelter is run for the police"):
            operations.add_session(day, organisation=housing, questioner=police)
        operations.withdraw_tie(day, police, housing)
        operations.add_session(day, organisation=housing, questioner=police)


@pytest.mark.parametrize(
    ("other", "why", "field"),
    [
        ("Northshire Police", "x", "other"),
        ("Harbour Housing", " ", "why"),
        ("Hill Primary School", "x", "other"),
    ],
)
def test_a_tie_stands_between_two_of_the_day_and_has_a_reason(app, world, other, why, field):
    ref = a_day(world)
    with app.app_context(), pytest.raises(Invalid) as refusal, unit_of_work():
        operations.declare_tie(queries.by_ref(ref), named("Northshire Police"), named(other), why=why)
    assert refusal.value.field == field


def test_the_rotation_uses_what_is_chosen_or_nothing_at_all(app, world):
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context():
        first, second = (one.ref for one in queries.sessions(queries.by_ref(ref).id))
    with app.app_context(), unit_of_work():
        day = queries.by_ref(ref)
        turns = operations.rotation_of(day, keep=True)
        assert [(turn.presents.name, turn.asks.name) for turn in turns] == [
            ("Northshire Police", "Harbour Housing"), ("Harbour Housing", "Northshire Police"),
        ]  # fmt: skip
        chosen = {first: named("Harbour Housing"), second: named("Northshire Police")}
        assert operations.use_rotation(day, chosen, version=day.version) == 2
        assert operations.use_rotation(day, chosen, version=day.version) == 0
    with app.app_context(), pytest.raises(Invalid) as refusal, unit_of_work():
        operations.use_rotation(queries.by_ref(ref), {first: None, second: named("Harbour Housing")})
    assert refusal.value.field == f"asks-{second}" and "does not question itself" in refusal.value.sentence
    with app.app_context():
        assert queries.sessions(queries.by_ref(ref).id)[0].questioner.name == "Harbour Housing"


def test_last_years_pairs_are_known_to_the_next_day(app, world):
    earlier = a_day(world, "Northshire Police")
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context(), unit_of_work():
        day, before = queries.by_ref(ref), queries.by_ref(earlier)
        before.held_on = day.held_on.replace(year=day.held_on.year - 1)
        queries.sessions(before.id)[0].questioner = named("Harbour Housing")
        db.session.flush()
        pair = (named("Northshire Police").id, named("Harbour Housing").id)
        assert planned.earlier_pairs(day) == {pair: [before.held_on]}
        assert planned.earlier_pairs(before) == {}
        assert "before, on" in operations.rotation_of(day, keep=False)[0].why
        assert planned.elsewhere(day) == [("Northshire Police", before.held_on)]
