"""Reading what agencies said to their moderated ratings."""

from collections.abc import Collection

from sqlalchemy import case, func, select

from s11.core.database import db
from s11.moderation.models import Reply
from s11.moderation.rules import Said
from s11.questionnaires.models import Criterion
from s11.returns.models import Return


def replies_of(return_ids: Collection[int]) -> dict[tuple[int, int], Said]:
    """What agencies said to their moderated ratings, by return id and criterion id; present rounds only."""
    query = (
        select(Reply.return_id, Reply.criterion_id, Reply.accepts, Reply.text, Reply.person_name, Reply.at)
        .join(Return, (Return.id == Reply.return_id) & (Return.round == Reply.round))
        .where(Reply.return_id.in_(return_ids))
        .order_by(Reply.return_id, Reply.criterion_id)
    )
    return {
        (return_id, criterion_id): Said(accepts, text, name, at)
        for return_id, criterion_id, accepts, text, name, at in db.session.execute(query)
    }


def of_return_replies(return_id: int, round_: int) -> dict[int, Reply]:
    """What was said in one round of a return, by criterion id."""
    query = (
        select(Reply).where(Reply.return_id == return_id, Reply.round == round_).order_by(Reply.criterion_id)
    )
    return {reply.criterion_id: reply for reply in db.session.scalars(query)}


def replies_by_key(return_id: int, round_: int) -> dict[str, Said]:
    """What was said in one round of a return, by the key of the criterion."""
    query = (
        select(Criterion.key, Reply.accepts, Reply.text, Reply.person_name, Reply.at)
        .join(Criterion, Criterion.id == Reply.criterion_id)
        .where(Reply.return_id == return_id, Reply.round == round_)
        .order_by(Reply.criterion_id)
    )
    return {row[0]: Said(*row[1:]) for row in db.session.execute(query)}


def how_many_replied(cycle_id: int) -> dict[int, tuple[int, int]]:
    """How many replies each return of a cycle has, and how many of them see it differently, by return id."""
    query = (
        select(Reply.return_id, func.count(), func.sum(case((Reply.accepts, 0), else_=1)))
        .join(Return, (Return.id == Reply.return_id) & (Return.round == Reply.round))
        .where(Return.cycle_id == cycle_id)
        .group_by(Reply.return_id)
        .order_by(Reply.return_id)
    )
    return {return_id: (count, other) for return_id, count, other in db.session.execute(query)}
