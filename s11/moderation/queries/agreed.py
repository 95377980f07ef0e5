"""Reading moderated ratings as they were agreed."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.moderation.models import Moderation
from s11.questionnaires.models import Criterion, Level
from s11.returns.models import Return, Submission
from s11.returns.sealing import SealedRating


def of_return(return_id: int, round_: int) -> dict[int, Moderation]:
    """What was moderated in one round of a return, by criterion id."""
    query = (
        select(Moderation)
        .where(Moderation.return_id == return_id, Moderation.round == round_)
        .order_by(Moderation.criterion_id)
    )
    return {moderation.criterion_id: moderation for moderation in db.session.scalars(query)}


def verdicts(return_id: int, round_: int) -> list[tuple[str, SealedRating | None, bool, str, str]]:
    """What was moderated in one round of a return: key of the criterion, rating, not applicable, reason and
    mark."""
    query = (
        select(
            Criterion.key,
            Moderation.not_applicable,
            Moderation.reason,
            Moderation.mark,
            Level.code,
            Level.label,
            Level.letter,
            Level.colour,
            Level.order,
        )
        .select_from(Moderation)
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .outerjoin(Level, Level.id == Moderation.level_id)
        .where(Moderation.return_id == return_id, Moderation.round == round_)
        .order_by(Moderation.criterion_id)
    )
    found: list[tuple[str, SealedRating | None, bool, str, str]] = []
    for key, away, reason, mark, code, label, letter, colour, order in db.session.execute(query):
        rating = SealedRating(code, label, letter, colour, order) if code is not None else None
        found.append((key, rating, away, reason, mark))
    return found


def stage_of(return_id: int) -> str | None:
    return db.session.scalar(select(Return.stage).where(Return.id == return_id))


def of_cycle(cycle_id: int) -> list[tuple[int, int, int | None, bool]]:
    """Every moderated rating of a cycle, of each return's present round only.

    Rows of return id, criterion id, level id (None for not applicable) and not applicable.
    """
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.level_id, Moderation.not_applicable)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Return.cycle_id == cycle_id)
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]


def progress(cycle_id: int) -> dict[int, int]:
    """How many criteria of each return have been moderated in its present round, by return id."""
    query = (
        select(Moderation.return_id, func.count())
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Return.cycle_id == cycle_id)
        .group_by(Moderation.return_id)
        .order_by(Moderation.return_id)
    )
    return {return_id: count for return_id, count in db.session.execute(query)}


def own_ratings(return_id: int, round_: int) -> bytes | None:
    """The agency's own packed ratings as sealed in this round, without the sealed text."""
    return db.session.scalar(
        select(Submission.ratings).where(Submission.return_id == return_id, Submission.round == round_)
    )


def marks_of_cycle(cycle_id: int) -> list[tuple[int, int, str]]:
    """What is pointed at in a cycle: return id, criterion id, and a value of `marks.Mark`.

    Of agreed ratings in each return's present round; where neither is marked there is no row.
    """
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.mark)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Return.cycle_id == cycle_id, Moderation.mark != "")
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def of_returns(return_ids: Collection[int]) -> dict[int, list[tuple[int, int | None, bool]]]:
    """The agreed ratings of some returns, of the present round of each, by return id.

    Rows of criterion id, level id (None for not applicable) and not applicable.
    """
    query = (
        select(Moderation.return_id, Moderation.criterion_id, Moderation.level_id, Moderation.not_applicable)
        .join(Return, (Return.id == Moderation.return_id) & (Return.round == Moderation.round))
        .where(Moderation.return_id.in_(return_ids))
        .order_by(Moderation.return_id, Moderation.criterion_id)
    )
    found: dict[int, list[tuple[int, int | None, bool]]] = defaultdict(list)
    for return_id, criterion_id, level_id, away in db.session.execute(query):
        found[return_id].append((criterion_id, level_id, away))
    return found


def own_ratings_of(return_ids: Collection[int]) -> dict[int, bytes]:
    """The packed ratings of some returns, as sealed in the present round of each."""
    query = (
        select(Submission.return_id, Submission.ratings)
        .join(Return, (Return.id == Submission.return_id) & (Return.round == Submission.round))
        .where(Submission.return_id.in_(return_ids))
        .order_by(Submission.return_id)
    )
    return {return_id: ratings for return_id, ratings in db.session.execute(query)}
