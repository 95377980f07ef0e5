"""What of the plan belongs beside a return."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action
from s11.actions.queries.plan import is_open, soonest
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.questionnaires.models import Criterion
from s11.returns.models import Return


def beside(return_: Return) -> list[Action]:
    """What belongs beside a return: what was promised in it, and what was promised to the same partnership
    in earlier cycles about a standard or criterion and is not complete. Soonest due first."""
    query = (
        select(Action)
        .outerjoin(Cycle, Cycle.id == Action.cycle_id)
        .where(
            Action.organisation_id == return_.organisation_id,
            Action.partnership_id == return_.cycle.partnership_id,
            or_(Action.standard_key != "", Action.criterion_key != ""),
            or_(
                Action.cycle_id == return_.cycle_id,
                and_(is_open(), Cycle.due_on < return_.cycle.due_on),
            ),
        )
        .options(joinedload(Action.cycle))
        .order_by(*soonest())
    )
    return list(db.session.scalars(query))


def by_criterion(return_id: int) -> dict[int, int]:
    """How many actions an organisation recorded for each criterion of a return, by the criterion's id."""
    query = (
        select(Criterion.id, func.count())
        .join(Cycle, Cycle.edition_id == Criterion.edition_id)
        .join(Return, Return.cycle_id == Cycle.id)
        .join(
            Action,
            (Action.cycle_id == Return.cycle_id)
            & (Action.organisation_id == Return.organisation_id)
            & (Action.criterion_key == Criterion.key),
        )
        .where(Return.id == return_id)
        .group_by(Criterion.id)
        .order_by(Criterion.id)
    )
    return {criterion_id: count for criterion_id, count in db.session.execute(query)}
