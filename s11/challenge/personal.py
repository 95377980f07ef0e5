"""Who recorded what came of a challenge: renamed when they have left."""

from sqlalchemy import update

from s11.challenge.models import Outcome
from s11.core.database import db
from s11.people.models import Person


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Only the name was kept, so that is what is looked for."""
    if name:
        recorded = update(Outcome).where(Outcome.recorded_by_name == name)
        db.session.execute(recorded.values(recorded_by_name=known_as))
        changed = update(Outcome).where(Outcome.changed_by_name == name)
        db.session.execute(changed.values(changed_by_name=known_as))
        asked = update(Outcome).where(Outcome.asker_name == name)
        db.session.execute(asked.values(asker_name=known_as))
