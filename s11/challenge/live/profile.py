"""How the organisation that presents stands, at hand for whoever writes: as submitted, and as moderated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions import pages as actions
from s11.actions import queries as plan
from s11.actions.pages import PlanRow
from s11.analysis.rules import levels_of
from s11.challenge import ratings
from s11.challenge.live.operations.entering import about_of
from s11.challenge.models import ChallengeDay
from s11.challenge.pages import Stands
from s11.challenge.ratings import CriterionRating, Rating
from s11.cycles.queries import content_of
from s11.questionnaires.rules import EditionContent
from s11.returns.models import Return
from s11.returns.queries import doubts_of
from s11.returns.rules import RETURNED
from s11.returns.stated import Doubt

WEAKEST = 6


@dataclass(frozen=True)
class Profile:
    """An organisation on one page: its ratings, what is weakest, what looks odd, and what is not done yet.

    `rated`: its own and the moderated rating in words, by what an entry can be about.
    """

    stands: Stands
    weakest: tuple[CriterionRating, ...]
    doubts: tuple[Doubt, ...]
    actions: tuple[PlanRow, ...]
    rated: dict[str, str]


def profile_of(day: ChallengeDay, return_: Return | None, today: date) -> Profile | None:
    """An organisation's profile; None while its return is not in."""
    if return_ is None or return_.stage not in RETURNED:
        return None
    edition = content_of(day.cycle)
    rated = ratings.of_returns(day.cycle, [return_.id])[return_.id]
    stands = stands_of(edition, rated)
    unfinished = plan.unfinished(day.cycle.partnership_id, [return_.organisation_id])
    return Profile(
        stands=stands,
        weakest=weakest(rated),
        doubts=tuple(doubts_of(return_)),
        actions=tuple(actions.row_of(action, today) for action in unfinished),
        rated=rated_words(stands, rated),
    )


def stands_of(edition: EditionContent, rated: Sequence[CriterionRating]) -> Stands:
    """How an organisation stands in all, and standard by standard."""
    levels = levels_of(edition)
    return Stands(
        own=ratings.tally([one.own for one in rated], levels),
        moderated=ratings.tally([one.moderated for one in rated], levels),
        standards=ratings.by_standard(edition, rated),
    )


def weakest(rated: Sequence[CriterionRating]) -> tuple[CriterionRating, ...]:
    """What stands lowest on its scale, below the best level: the lowest first, the least evidenced first."""
    low = [one for one in rated if one.standing.level and one.standing.level.counts and not one.standing.best]
    return tuple(sorted(low, key=_height)[:WEAKEST])


def _height(one: CriterionRating) -> tuple[int, int]:
    return (one.standing.level.order if one.standing.level else 0), one.evidence


def rated_words(stands: Stands, rated: Sequence[CriterionRating]) -> dict[str, str]:
    """Own Green, moderated Amber: by the value of the box that says what an entry is about."""
    of_criteria = {
        about_of(one.standard_key, one.key): _two(words_of(one.own), words_of(one.moderated)) for one in rated
    }
    of_standards = {
        about_of(one.key, ""): _two(one.own.words, one.moderated.words if one.is_moderated else "not rated")
        for one in stands.standards
    }
    return of_standards | of_criteria


def _two(own: str, moderated: str) -> str:
    return f"Own: {own}. Moderated: {moderated}."


def words_of(rating: Rating) -> str:
    """Green; not applicable; not rated."""
    if rating.level:
        return rating.level.label
    return "not applicable" if rating.not_applicable else "not rated"
