"""Who asked for evidence and who answered: given out, and renamed when they have left."""

from sqlalchemy import select, update

from s11.core.database import db
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """Requests somebody made or was asked, and answers they sent; the words are the organisation's."""
    made = select(EvidenceRequest).where(
        (EvidenceRequest.asked_by_id == person.id) | (EvidenceRequest.of_person_id == person.id)
    )
    sent = select(EvidenceResponse).where(EvidenceResponse.by_id == person.id)
    return {
        "evidence you asked for, or were asked for": [
            {"title": one.title, "of": one.organisation.name, "asked": one.asked_at, "due": one.due_on}
            for one in db.session.scalars(made.order_by(EvidenceRequest.id))
        ],
        "answers to requests you wrote": [
            {"begun": one.begun_at, "sent": one.sent_at}
            for one in db.session.scalars(sent.order_by(EvidenceResponse.id))
        ],
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    for column, said in (
        (EvidenceRequest.asked_by_id, EvidenceRequest.asked_by_name),
        (EvidenceRequest.outcome_by_id, EvidenceRequest.outcome_by_name),
        (EvidenceResponse.by_id, EvidenceResponse.by_name),
    ):
        db.session.execute(update(column.class_).where(column == person.id).values({said: known_as}))
