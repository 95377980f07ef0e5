"""Challenge days to test with."""

from datetime import date, timedelta

from s11.challenge import operations
from s11.core import clock
from s11.core.database import unit_of_work
from s11.cycles import queries as cycles
from s11.organisations import queries as organisations
from tests.factories.world import World


def held_on() -> date:
    """The day on which days of these tests are held: two months from today."""
    return clock.today() + timedelta(days=60)


def in_words(day: date) -> str:
    """31 March 2027"""
    return f"{day.day} {day:%B %Y}"


def a_day(world: World, *sessions: str) -> str:
    """The ref of a challenge day of the agencies' cycle, with a session for each organisation named."""
    with world.app.app_context(), unit_of_work():
        day = operations.plan_day(
            cycles.by_ref(world.cycle), title="Challenge day", held_on=held_on(), place="County Hall"
        )
        for name in sessions:
            operations.add_session(day, organisation=organisations.by_name(name))
        return day.ref
