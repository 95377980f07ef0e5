"""Who is at work where, for colleagues who have the same page open. One row a person, written over."""

from sqlalchemy.dialects import postgresql, sqlite

from s11.core import clock
from s11.core.database import db
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns.models import Presence, Return


def be_at(return_: Return, criterion: CriterionContent, *, person: Person) -> None:
    """Note that somebody is at work on a criterion now. It is no act: the trail says nothing of it."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Presence).values(
        return_id=return_.id, person_id=person.id, criterion_id=criterion.id, at=clock.now()
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=[Presence.return_id, Presence.person_id],
            set_={"criterion_id": row.excluded.criterion_id, "at": row.excluded.at},
        )
    )
