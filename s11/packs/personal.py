"""Who built a pack: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.packs.models import Pack
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    built = db.session.scalars(select(Pack).where(Pack.built_by_id == person.id).order_by(Pack.id))
    return {"packs you built": [{"title": one.title, "built": one.built_at} for one in built]}


def forget(person: Person, *, name: str, known_as: str) -> None:
    db.session.execute(update(Pack).where(Pack.built_by_id == person.id).values(built_by_name=known_as))
