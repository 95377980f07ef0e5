"""Who commented on editions in review, and who resolved it: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.people.models import Person
from s11.questionnaires.models import Edition, EditionComment


def held(person: Person) -> dict[str, object]:
    """What somebody said of editions, in their own words, and which comments of others they resolved."""
    made = (
        select(EditionComment, Edition.code)
        .join(Edition, Edition.id == EditionComment.edition_id)
        .where(EditionComment.person_id == person.id)
        .order_by(EditionComment.made_at, EditionComment.id)
    )
    resolved = (
        select(EditionComment.resolved_at, Edition.code)
        .join(Edition, Edition.id == EditionComment.edition_id)
        .where(EditionComment.resolved_by_id == person.id)
        .order_by(EditionComment.resolved_at, EditionComment.id)
    )
    return {
        "comments on questionnaires you wrote": [
            {"questionnaire": code, "about": one.key or one.about, "text": one.text, "written": one.made_at}
            for one, code in db.session.execute(made)
        ],
        "comments on questionnaires you resolved": [
            {"questionnaire": code, "resolved": moment} for moment, code in db.session.execute(resolved)
        ],
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Rename the writer and who resolved. What was said stays: the office answered it."""
    mine = update(EditionComment)
    db.session.execute(mine.where(EditionComment.person_id == person.id).values(name=known_as))
    resolved = mine.where(EditionComment.resolved_by_id == person.id)
    db.session.execute(resolved.values(resolved_by_name=known_as))
