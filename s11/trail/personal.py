"""What somebody did, as the trail has it."""

from sqlalchemy import select

from s11.core.database import db
from s11.people.models import Person
from s11.trail import chaining
from s11.trail.models import Entry
from s11.trail.words import said


def held(person: Person) -> dict[str, object]:
    """Every entry by somebody: when, in which role, from where, and what."""
    chaining.settle()
    entries = db.session.scalars(select(Entry).where(Entry.person_id == person.id).order_by(Entry.number))
    return {
        "what you did": [
            {
                "number": entry.number,
                "when": entry.at,
                "name": entry.person_name,
                "role": entry.role,
                "internet address": entry.address,
                "what": said(entry.tag, entry.before, entry.after),
            }
            for entry in entries
        ]
    }
