"""Reading moderated ratings, who was asked for them, and what was said to them."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.moderation.models import Assignment, Moderation, Reply, SecondRating
from s11.moderation.rules import ModeratorProgress, ReturnProgress, Said, asked_count
from s11.people.models import Person
from s11.questionnaires.models import Criterion, Level
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED
from s11.returns.sealing import SealedRating


def of_return(return_id: int, round_: int) -> dict[int, Moderation]:
    """What was moderated in one round of a return, by criterion id."""
    query = (
        select(Moderation)
        .where(Moderation.return_id == return_id, Moderation.round == round_)
        .order_by(Moderation.criterion_id)
    )
    return {moderation.criterion_id: moderation for moderation in db.session.scalars(query)}


def verdicts(return_id: int, round_: int) -> list[tuple[str, SealedRating | None, bool, str]]:
    """What was moderated in one round of a return: key of the criterion, rating, not applicable, reason."""
    query = (
        select(
            Criterion.key,
            Moderation.not_applicable,
            Moderation.reason,
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
    found: list[tuple[str, SealedRating | None, bool, str]] = []
    for key, away, reason, code, label, letter, colour, order in db.session.execute(query):
        rating = SealedRating(code, label, letter, colour, order) if code is not None else None
        found.append((key, rating, away, reason))
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


def progress_of_cycle(cycle_id: int) -> dict[int, ReturnProgress]:
    """How far moderation of each return that is in has come, by return id; three queries for any number.

    `asked` counts the rated criteria as they were asked when the return was submitted.
    """
    moderators = _moderators_of_cycle(cycle_id)
    agreed = progress(cycle_id)
    query = (
        select(Return.id, Return.ref, Return.organisation_id, Return.stage, Submission.ratings)
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED))
        .order_by(Return.id)
    )
    return {
        return_id: ReturnProgress(
            return_id=return_id,
            ref=ref,
            organisation_id=organisation_id,
            stage=stage,
            asked=asked_count(ratings),
            agreed=agreed.get(return_id, 0),
            moderators=tuple(moderators.get(return_id, ())),
        )
        for return_id, ref, organisation_id, stage, ratings in db.session.execute(query)
    }


def _moderators_of_cycle(cycle_id: int) -> dict[int, list[ModeratorProgress]]:
    """Who was given each return in its present round, by return id, in order of name; without whoever
    stood aside."""
    rated = (
        select(SecondRating.assignment_id, func.count().label("rated"))
        .group_by(SecondRating.assignment_id)
        .subquery()
    )
    query = (
        select(
            Assignment.return_id,
            Assignment.person_id,
            Person.name,
            func.coalesce(rated.c.rated, 0),
            Assignment.due_on,
            Assignment.declared_at,
            Assignment.finished_at,
        )
        .join(Return, (Return.id == Assignment.return_id) & (Return.round == Assignment.round))
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(rated, rated.c.assignment_id == Assignment.id)
        .where(Return.cycle_id == cycle_id, Assignment.declined_at.is_(None))
        .order_by(Assignment.return_id, Person.name, Assignment.id)
    )
    found: dict[int, list[ModeratorProgress]] = defaultdict(list)
    for return_id, *about in db.session.execute(query):
        found[return_id].append(ModeratorProgress(*about))
    return found
