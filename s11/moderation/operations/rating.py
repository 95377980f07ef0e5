"""Rating a return by oneself, before one sees what others made of it."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import queries
from s11.moderation.marks import Mark
from s11.moderation.models import Assignment, SecondRating
from s11.moderation.operations.agreeing import check_look
from s11.moderation.operations.declaring import check_rating
from s11.moderation.operations.holding import note, own_of
from s11.moderation.rules import NotModerated, SecondLook, Verdict, asked_standards, mark_of, missing
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.rules import Stage


def rate_alone(
    assignment: Assignment,
    criterion: CriterionContent,
    *,
    level_id: int | None,
    not_applicable: bool = False,
    reason: str = "",
    mark: str = Mark.NONE,
    version: int = 0,
    by: Person,
) -> SecondRating:
    """Rate one criterion by oneself. Saying the same again changes nothing.

    Raises Stale where it was rated since in another window, Invalid (field "rating" or "reason") for what
    cannot be used, DomainError before the declaration and after the end.
    """
    check_begun(assignment)
    own = own_of(assignment.return_).get(criterion.id)
    if own is None:
        raise Invalid(f"{criterion.number} is not asked of this organisation.", field="rating")
    look = SecondLook(Verdict(level_id, not_applicable), reason.strip(), mark_of(mark))
    check_look(criterion, look, own)
    known = queries.ratings_of(assignment.id).get(criterion.id)
    if known is not None and look_of(known) == look:
        return known
    if (known.version if known else 0) != version:
        raise Stale(_overtaken(known, criterion))
    rating = _write(known or _new(assignment, criterion), look)
    db.session.flush()
    db.session.expire(rating, ["level"])
    # Without the rating: whoever reads the trail may still have to rate by themselves.
    note("return:moderation:second_rated", assignment.return_, by=by, after={"criterion": criterion.number})
    return rating


def agree_rest_alone(assignment: Assignment, standard: StandardContent | None = None, *, by: Person) -> int:
    """Agree with the agency in all that one has not rated yet, in one standard or in all; how many.

    What the agency left blank stays open.
    """
    check_begun(assignment)
    own, known = own_of(assignment.return_), queries.ratings_of(assignment.id)
    edition = return_queries.edition_of(assignment.return_)
    standards = [standard] if standard else asked_standards(edition, own)
    agreed = [c for c in missing(standards, known) if own.get(c.id, Verdict()).is_given]
    for criterion in agreed:
        _write(_new(assignment, criterion), SecondLook(own[criterion.id]))
    if agreed:
        db.session.flush()
        numbers = [criterion.number for criterion in agreed]
        note("return:moderation:second_agreed", assignment.return_, by=by, after={"criteria": numbers})
    return len(agreed)


def finish_alone(assignment: Assignment, *, by: Person) -> None:
    """From here on one's ratings stand. Raises NotModerated with what is missing."""
    check_begun(assignment)
    return_ = assignment.return_
    asked = asked_standards(return_queries.edition_of(return_), own_of(return_))
    left = missing(asked, queries.ratings_of(assignment.id))
    if left:
        raise NotModerated(left)
    assignment.finished_at = clock.now()
    note("return:moderation:second_finished", return_, by=by)


def take_back_finish(assignment: Assignment, *, by: Person) -> None:
    """Go on rating after all. Refused once something is agreed, and to whoever has looked at what others
    rated: their own would not be their own any more."""
    return_ = assignment.return_
    returns.hold(return_)
    if assignment.finished_at is None:
        raise DomainError("You have not finished this return yet.")
    if Stage(return_.stage) is not Stage.SUBMITTED or queries.of_return(return_.id, return_.round):
        raise DomainError("The agreed ratings have been begun, so yours stand as they are.")
    others = len(queries.given_of(return_)) > 1
    if others and queries.has_compared(assignment.person_id, return_.id, assignment.finished_at):
        raise DomainError("You have seen what others rated, so yours stand as they are.")
    assignment.finished_at = None
    note("return:moderation:second_reopened", return_, by=by)


def check_begun(assignment: Assignment) -> None:
    """Refuse ratings from somebody who has not said that nothing stands in the way."""
    check_rating(assignment)
    if assignment.declared_at is None:
        raise DomainError("Say first whether anything stands in the way of your moderating this return.")


def look_of(rating: SecondRating) -> SecondLook:
    return SecondLook(Verdict(rating.level_id, rating.not_applicable), rating.reason, rating.mark)


def _new(assignment: Assignment, criterion: CriterionContent) -> SecondRating:
    rating = SecondRating(assignment_id=assignment.id, criterion_id=criterion.id, version=0)
    db.session.add(rating)
    return rating


def _write(rating: SecondRating, look: SecondLook) -> SecondRating:
    rating.level_id = look.verdict.level_id
    rating.not_applicable = look.verdict.not_applicable
    rating.reason = look.reason
    rating.mark = look.mark
    rating.version += 1
    rating.rated_at = clock.now()
    return rating


def _overtaken(known: SecondRating | None, criterion: CriterionContent) -> str:
    if known is None:
        return f"The rating of {criterion.number} you had before you is gone. Look at it again, then save."
    label = "Not applicable" if known.level is None else known.level.label
    because = f": “{known.reason}”" if known.reason else ""
    return (
        f"You rated {criterion.number} “{label}” in another window meanwhile{because}. "
        "What you typed here is kept; save again to put it in its place."
    )
