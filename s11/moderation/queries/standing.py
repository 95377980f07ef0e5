"""How far moderation of a cycle is, in numbers."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from s11.core.database import db
from s11.moderation.models import Assignment, SecondRating
from s11.moderation.queries.agreed import progress
from s11.moderation.rules import ModeratorProgress, ReturnProgress, asked_count
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.returns.models import Return, Submission
from s11.returns.rules import RETURNED


def progress_of_cycle(cycle_id: int) -> dict[int, ReturnProgress]:
    """How far moderation of each return that is in has come, by return id and in order of name.

    Three queries whatever their number.

    `asked` counts the rated criteria as they were asked when the return was submitted.
    """
    moderators = _moderators_of_cycle(cycle_id)
    agreed = progress(cycle_id)
    query = (
        select(
            Return.id,
            Return.ref,
            Return.organisation_id,
            Organisation.name,
            Return.stage,
            Submission.ratings,
        )
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(Return.cycle_id == cycle_id, Return.stage.in_(RETURNED))
        .order_by(Organisation.name, Return.id)
    )
    return {
        return_id: ReturnProgress(
            return_id=return_id,
            ref=ref,
            organisation_id=organisation_id,
            organisation=name,
            stage=stage,
            asked=asked_count(ratings),
            agreed=agreed.get(return_id, 0),
            moderators=tuple(moderators.get(return_id, ())),
        )
        for return_id, ref, organisation_id, name, stage, ratings in db.session.execute(query)
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


def differing_of(return_ids: Collection[int]) -> dict[int, int]:
    """In how many criteria the moderators who have finished differ among each other, by return id.

    To be shown only where all have finished.
    """
    alike = (
        select(Assignment.return_id, SecondRating.criterion_id)
        .join(SecondRating, SecondRating.assignment_id == Assignment.id)
        .join(Return, (Return.id == Assignment.return_id) & (Return.round == Assignment.round))
        .where(
            Assignment.return_id.in_(return_ids),
            Assignment.declined_at.is_(None),
            Assignment.finished_at.is_not(None),
        )
        .group_by(Assignment.return_id, SecondRating.criterion_id)
        .having(func.count(func.distinct(func.coalesce(SecondRating.level_id, 0))) > 1)
        .subquery()
    )
    query = select(alike.c.return_id, func.count()).group_by(alike.c.return_id).order_by(alike.c.return_id)
    return {return_id: count for return_id, count in db.session.execute(query)}
