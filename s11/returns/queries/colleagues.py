"""Which standards of a return were given to whom."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.people.models import Person
from s11.returns.models import Assignment


def assignments(return_id: int) -> list[Assignment]:
    """Every standard given in a return, with its person, by name."""
    query = (
        select(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.return_id == return_id)
        .options(joinedload(Assignment.person))
        .order_by(Person.name, Assignment.id)
    )
    return list(db.session.scalars(query))


def given_to(person_id: int, return_id: int) -> dict[int, Assignment]:
    """What one person was given in a return, by id of the standard."""
    query = select(Assignment).where(Assignment.return_id == return_id, Assignment.person_id == person_id)
    return {assignment.standard_id: assignment for assignment in db.session.scalars(query)}
