"""Who built and released packs and letters: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.packs.models import Letter, Pack
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    built = db.session.scalars(select(Pack).where(Pack.built_by_id == person.id).order_by(Pack.id))
    drafted = db.session.scalars(select(Letter).where(Letter.drafted_by_id == person.id).order_by(Letter.id))
    return {
        "packs you built": [{"title": one.title, "built": one.built_at} for one in built],
        "letters you drafted": [
            {"to": one.organisation.name, "after": one.day.title, "drafted": one.drafted_at}
            for one in drafted
        ],
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """What a released pack or letter says stays as it was released: it is a record of the Board."""
    db.session.execute(update(Pack).where(Pack.built_by_id == person.id).values(built_by_name=known_as))
    db.session.execute(
        update(Letter).where(Letter.drafted_by_id == person.id).values(drafted_by_name=known_as)
    )
    if name:
        for table in (Pack, Letter):
            released = update(table).where(table.released_by_name == name)
            db.session.execute(released.values(released_by_name=known_as))
