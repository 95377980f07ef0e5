"""What the closing of a cycle, and the opening of it again, is done to."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.returns.models import Return
from s11.returns.rules import RETURNED, Stage
from s11.trail.models import Entry


def to_close(cycle_id: int) -> list[Return]:
    """The returns of a cycle that are in and not closed yet."""
    return _at(cycle_id, RETURNED - {Stage.CLOSED})


def closed(cycle_id: int) -> list[Return]:
    """The returns of a cycle that are closed."""
    return _at(cycle_id, frozenset({Stage.CLOSED}))


def _at(cycle_id: int, stages: frozenset[Stage]) -> list[Return]:
    query = (
        select(Return)
        .where(Return.cycle_id == cycle_id, Return.stage.in_(stages))
        .options(joinedload(Return.cycle))
        .order_by(Return.id)
    )
    return list(db.session.scalars(query))


def moderated_before(cycle_id: int) -> frozenset[int]:
    """The returns of a cycle, by id, that were moderated when they were last closed, as the trail has it."""
    query = (
        select(Entry.subject_id, Entry.before)
        .join(Return, Return.id == Entry.subject_id)
        .where(Entry.subject == "return", Entry.tag == "return:stage:closed", Return.cycle_id == cycle_id)
        .order_by(Entry.id)
    )
    stages = {return_id: (before or {}).get("stage") for return_id, before in db.session.execute(query)}
    return frozenset(return_id for return_id, stage in stages.items() if stage == Stage.MODERATED)
