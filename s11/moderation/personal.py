"""What somebody moderated: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.moderation.models import Moderation
from s11.people.models import Person
from s11.questionnaires.models import Criterion
from s11.returns.models import Return


def held(person: Person) -> dict[str, object]:
    """Which answers somebody moderated and when; the rating is the Board's."""
    query = (
        select(Return, Criterion.number, Moderation.moderated_at)
        .join(Moderation, Moderation.return_id == Return.id)
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .where(Moderation.moderator_id == person.id)
        .order_by(Moderation.moderated_at)
    )
    return {
        "answers you moderated": [
            {
                "return": return_.ref,
                "organisation": return_.organisation.name,
                "criterion": number,
                "moderated": moment,
            }
            for return_, number, moment in db.session.execute(query)
        ]
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    mine = update(Moderation).where(Moderation.moderator_id == person.id)
    # The version stays: no rating has changed.
    db.session.execute(mine.values(moderator_name=known_as, version=Moderation.version))
