"""Who added evidence: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.evidence.models import Document, Revision, Upload
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """The documents somebody added; the files are the organisation's."""
    added = db.session.scalars(
        select(Revision).where(Revision.added_by_id == person.id).order_by(Revision.id)
    )
    return {
        "evidence you added": [
            {
                "title": one.document.title,
                "file name": one.file_name,
                "to the library of": one.document.organisation.name,
                "added": one.added_at,
            }
            for one in added
        ]
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    for table in (Document, Revision):
        mine = update(table).where(table.added_by_id == person.id)
        db.session.execute(mine.values(added_by_name=known_as))
    uploads = update(Upload).where(Upload.person_id == person.id)
    db.session.execute(uploads.values(person_name=known_as))
    if name:
        confirmed = update(Document).where(Document.confirmed_by_name == name)
        db.session.execute(confirmed.values(confirmed_by_name=known_as))
