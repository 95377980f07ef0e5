"""What somebody moderated, was given to moderate, or replied: given out, and renamed when they have left."""

from sqlalchemy import delete, select, update

from s11.core.database import db
from s11.moderation.models import Assignment, Interest, Moderation, Reply, SecondRating
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Criterion
from s11.returns.models import Return


def held(person: Person) -> dict[str, object]:
    """Which answers somebody moderated and when, what they were given, whom they are too near to, and to
    which ratings they replied. A rating is the Board's, and a reply the organisation's."""
    return {
        "answers you moderated": _moderated(person),
        "returns you were given to moderate": _given(person),
        "answers you rated by yourself": _rated(person),
        "organisations you said you are too near to": _near(person),
        "moderated ratings you replied to": _replied(person),
    }


def _moderated(person: Person) -> list[dict[str, object]]:
    query = (
        select(Return, Criterion.number, Moderation.moderated_at)
        .join(Moderation, Moderation.return_id == Return.id)
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .where(Moderation.moderator_id == person.id)
        .order_by(Moderation.moderated_at)
    )
    return [
        {
            "return": return_.ref,
            "organisation": return_.organisation.name,
            "criterion": number,
            "moderated": moment,
        }
        for return_, number, moment in db.session.execute(query)
    ]


def _given(person: Person) -> list[dict[str, object]]:
    query = (
        select(Return.ref, Organisation.name, Assignment)
        .join(Return, Return.id == Assignment.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Assignment.person_id == person.id)
        .order_by(Assignment.assigned_at, Assignment.id)
    )
    return [
        {
            "return": ref,
            "organisation": organisation,
            "given": one.assigned_at,
            "due": one.due_on,
            "nothing in the way, said": one.declared_at,
            "ended": one.declined_at,
            "why it ended": one.declined_reason,
            "finished": one.finished_at,
        }
        for ref, organisation, one in db.session.execute(query)
    ]


def _rated(person: Person) -> list[dict[str, object]]:
    query = (
        select(Return.ref, Organisation.name, Criterion.number, SecondRating.rated_at)
        .join(Assignment, Assignment.id == SecondRating.assignment_id)
        .join(Return, Return.id == Assignment.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .join(Criterion, Criterion.id == SecondRating.criterion_id)
        .where(Assignment.person_id == person.id)
        .order_by(SecondRating.rated_at, SecondRating.id)
    )
    return [
        {"return": ref, "organisation": organisation, "criterion": number, "rated": moment}
        for ref, organisation, number, moment in db.session.execute(query)
    ]


def _near(person: Person) -> list[dict[str, object]]:
    query = (
        select(Organisation.name, Interest.why, Interest.declared_at)
        .join(Organisation, Organisation.id == Interest.organisation_id)
        .where(Interest.person_id == person.id)
        .order_by(Interest.declared_at, Interest.id)
    )
    return [
        {"organisation": name, "why": why, "said": moment} for name, why, moment in db.session.execute(query)
    ]


def _replied(person: Person) -> list[dict[str, object]]:
    query = (
        select(Return.ref, Organisation.name, Criterion.number, Reply.at)
        .join(Return, Return.id == Reply.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .join(Criterion, Criterion.id == Reply.criterion_id)
        .where(Reply.person_id == person.id)
        .order_by(Reply.at, Reply.id)
    )
    return [
        {"return": ref, "organisation": organisation, "criterion": number, "replied": moment}
        for ref, organisation, number, moment in db.session.execute(query)
    ]


def forget(person: Person, *, name: str, known_as: str) -> None:
    mine = update(Moderation).where(Moderation.moderator_id == person.id)
    # The version stays: no rating has changed.
    db.session.execute(mine.values(moderator_name=known_as, version=Moderation.version))
    replied = update(Reply).where(Reply.person_id == person.id)
    db.session.execute(replied.values(person_name=known_as, version=Reply.version))
    # What they were too near to matters to nobody once they give no second ratings.
    db.session.execute(delete(Interest).where(Interest.person_id == person.id))
    if name:
        given = update(Assignment).where(Assignment.assigned_by_name == name)
        db.session.execute(given.values(assigned_by_name=known_as))
