"""Who recorded what came of a challenge, and who asks what: renamed when they have left."""

from sqlalchemy import update

from s11.challenge.models import Enquiry, Outcome
from s11.core.database import db
from s11.people.models import Person


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Only the name was kept, so that is what is looked for."""
    if name:
        recorded = update(Outcome).where(Outcome.recorded_by_name == name)
        db.session.execute(recorded.values(recorded_by_name=known_as))
        asks = update(Enquiry).where(Enquiry.asker_name == name)
        db.session.execute(asks.values(asker_name=known_as))
