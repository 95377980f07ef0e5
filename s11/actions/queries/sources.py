"""Finding reviews, inspections and audits, what they recommend, and what answers them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from s11.actions.models import (
    Action,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    answers,
)
from s11.actions.queries.plan import WITH_NAMES, is_open, is_visible_to, soonest
from s11.core.database import db
from s11.people.models import Person
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.stages import Stage


@dataclass(frozen=True)
class SourceCounts:
    """How many recommendations a review has here, how many of those accepted no action answers, and how
    its actions stand."""

    recommendations: int = 0
    unanswered: int = 0
    actions: int = 0
    open: int = 0
    overdue: int = 0


def source_by_ref(ref: str) -> PlanSource | None:
    query = select(PlanSource).where(PlanSource.ref == ref)
    return db.session.scalar(
        query.options(joinedload(PlanSource.partnership), joinedload(PlanSource.organisation))
    )


def recommendation_by_ref(ref: str) -> Recommendation | None:
    query = select(Recommendation).where(Recommendation.ref == ref)
    return db.session.scalar(query.options(joinedload(Recommendation.source)))


def sources_visible_to(person: Person) -> list[PlanSource]:
    """The reviews, inspections and audits somebody sees, the newest first, what has no date last."""
    query = (
        select(PlanSource)
        .where(_visible(person))
        .options(joinedload(PlanSource.organisation))
        .order_by(PlanSource.dated_on.is_(None), PlanSource.dated_on.desc(), PlanSource.title, PlanSource.id)
    )
    return list(db.session.scalars(query))


def has_action_under(source: PlanSource, person: Person) -> bool:
    """Whether one of the actions somebody sees comes from a review."""
    return bool(
        db.session.scalar(select(exists().where(Action.source_id == source.id, is_visible_to(person))))
    )


def recommendations_of(source_id: int) -> list[Recommendation]:
    """What a review recommends, in its order."""
    query = (
        select(Recommendation)
        .where(Recommendation.source_id == source_id)
        .options(selectinload(Recommendation.themes), selectinload(Recommendation.tests))
        .order_by(Recommendation.position, Recommendation.id)
    )
    return list(db.session.scalars(query))


def actions_under(source_id: int, person: Person) -> list[Action]:
    """The actions of a review that somebody sees, soonest due first."""
    query = (
        select(Action)
        .where(Action.source_id == source_id, is_visible_to(person))
        .options(*WITH_NAMES, selectinload(Action.recommendations))
        .order_by(is_open().desc(), *soonest())
    )
    return list(db.session.scalars(query))


def how_many_answer(recommendation_id: int) -> int:
    """How many actions answer a recommendation."""
    query = select(func.count()).where(answers.c.recommendation_id == recommendation_id)
    return db.session.scalar(query) or 0


def counts_by_source(person: Person, *, today: date) -> dict[int, SourceCounts]:
    """The figures of each review somebody sees, by its id; its actions as far as they see them."""
    answered = exists().where(answers.c.recommendation_id == Recommendation.id)
    unanswered = and_(~answered, Recommendation.not_accepted == "")
    recommended = db.session.execute(
        select(
            Recommendation.source_id, func.count(Recommendation.id), func.sum(case((unanswered, 1), else_=0))
        )
        .group_by(Recommendation.source_id)
        .join(PlanSource, PlanSource.id == Recommendation.source_id)
        .where(_visible(person))
        .order_by(Recommendation.source_id)
    )
    found = {
        source_id: SourceCounts(recommendations=count, unanswered=int(lacking or 0))
        for source_id, count, lacking in recommended
    }
    overdue = and_(is_open(), Action.due_on < today)
    acted = db.session.execute(
        select(
            Action.source_id,
            func.count(Action.id),
            func.sum(case((is_open(), 1), else_=0)),
            func.sum(case((overdue, 1), else_=0)),
        )
        .where(Action.source_id.is_not(None), is_visible_to(person))
        .group_by(Action.source_id)
        .order_by(Action.source_id)
    )
    for source_id, actions, open_, late in acted:
        known = found.get(source_id, SourceCounts())
        found[source_id] = SourceCounts(
            known.recommendations, known.unanswered, actions, int(open_ or 0), int(late or 0)
        )
    return found


def themes_in_use(partnership_id: int) -> list[str]:
    """The themes of a partnership's recommendations and actions, by name."""
    recommended = (
        select(RecommendationTheme.theme)
        .join(Recommendation, Recommendation.id == RecommendationTheme.recommendation_id)
        .join(PlanSource, PlanSource.id == Recommendation.source_id)
        .where(PlanSource.partnership_id == partnership_id)
    )
    own = select(Action.theme).where(Action.partnership_id == partnership_id, Action.theme != "")
    found = recommended.union(own).subquery()
    return list(db.session.scalars(select(found.c.theme).order_by(found.c.theme)))


def newest_editions(partnership_id: int) -> list[Edition]:
    """The newest edition of each framework a partnership may use that is no draft any more."""
    newest: dict[int, Edition] = {}
    for edition in questionnaires.editions_for([partnership_id]):
        if edition.partnership_id is None or Stage(edition.stage) in (Stage.APPROVED, Stage.ISSUED):
            newest.setdefault(edition.framework_id, edition)
    return list(newest.values())


def _visible(person: Person) -> ColumnElement[bool]:
    """The Board's people see every review of their partnership; others those from which an action of
    theirs comes."""
    theirs = select(Action.source_id).where(Action.source_id.is_not(None), is_visible_to(person))
    return or_(PlanSource.partnership_id.in_(person.partnership_ids), PlanSource.id.in_(theirs))
