"""What the plan of a partnership lacks: recommendations nobody answers, actions that answer none."""

from typing import NamedTuple

from sqlalchemy import case, func, select

from s11.actions.models import Action, PlanSource, Recommendation, answers
from s11.actions.queries.plan import WITH_NAMES, is_visible_to, soonest
from s11.actions.rules import WITH_RECOMMENDATIONS, Status
from s11.core.database import db
from s11.people.models import Person


class Answered(NamedTuple):
    """A recommendation, and how it is answered; a review without any has one line with no number or text."""

    source_ref: str
    source: str
    kind: str
    how_many: int | None
    ref: str | None
    number: str
    text: str
    accepted: bool
    actions: int
    standing: int


def recommendations(person: Person) -> list[Answered]:
    """Every recommendation of one's partnerships with how many actions answer it, and how many of those
    stand, by review and in the order printed."""
    query = (
        select(
            PlanSource.ref, PlanSource.title, PlanSource.kind, PlanSource.how_many, Recommendation.ref,
            Recommendation.number, Recommendation.text, Recommendation.not_accepted,
            func.count(Action.id), func.sum(case((Action.status != Status.SUPERSEDED, 1), else_=0)),
        )
        .outerjoin(Recommendation, Recommendation.source_id == PlanSource.id)
        .outerjoin(answers, answers.c.recommendation_id == Recommendation.id)
        .outerjoin(Action, Action.id == answers.c.action_id)
        .where(PlanSource.partnership_id.in_(person.partnership_ids))
        .group_by(PlanSource.id, Recommendation.id)
        .order_by(PlanSource.title, PlanSource.id, Recommendation.position, Recommendation.id)
    )  # fmt: skip
    return [
        Answered(*of, ref, number or "", text or "", not refused, actions, int(standing or 0))
        for *of, ref, number, text, refused, actions, standing in db.session.execute(query)
    ]


def without_recommendation(person: Person, *, most: int) -> tuple[list[Action], int]:
    """Actions from reviews, inspections and audits that answer no recommendation, soonest due first: so many
    of them, and how many there are."""
    which = (
        is_visible_to(person),
        Action.partnership_id.in_(person.partnership_ids),
        Action.source.in_(WITH_RECOMMENDATIONS),
        Action.status != Status.SUPERSEDED,
        Action.recommendation == "",
        Action.id.not_in(select(answers.c.action_id)),
    )
    query = select(Action).where(*which).options(*WITH_NAMES).order_by(*soonest()).limit(most)
    found = list(db.session.scalars(query))
    return found, db.session.scalar(select(func.count(Action.id)).where(*which)) or 0
