"""Many organisations at once, put in directly: a register of hundreds in a moment."""

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.refs import new_ref
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Seat
from s11.people.models import Membership, Person
from tests.factories.world import World


def many_schools(world: World, count: int, *, with_leads: bool = True) -> None:
    """So many secondary schools in two districts, each with a lead who has an account."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        for number in range(count):
            school = Organisation(
                name=f"School {number:03}",
                short_name=f"School {number:03}",
                kind="school",
                phase="secondary",
                school_type="Community school" if number % 2 else "Academy converter",
                district="Northport" if number % 3 else "Eastmere",
                ref=new_ref(),
            )
            db.session.add(school)
            seat = Seat(partnership=board, organisation=school)
            db.session.add(seat)
            if with_leads:
                person = Person(
                    name=f"Lead {number:03}", email=f"lead{number:03}@many.example", created_at=clock.now()
                )
                db.session.add(
                    Membership(person=person, organisation=school, role="lead", started_on=clock.today())
                )
