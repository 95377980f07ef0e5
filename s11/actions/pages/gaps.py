"""What the plan lacks, review by review."""

from dataclasses import dataclass
from itertools import groupby

from s11.actions import queries
from s11.actions.models import Action
from s11.actions.pages.words import titled
from s11.actions.queries import Answered
from s11.actions.rules import numbering
from s11.people.models import Person

# A list longer than this is not read on a page; how many there are is always said.
SHOWN = 200


@dataclass(frozen=True)
class ReviewGaps:
    """What one review, inspection or audit lacks in the plan."""

    ref: str
    title: str
    unanswered: list[Answered]
    superseded: list[Answered]
    # What is wrong with its numbers, as sentences.
    numbers: list[str]

    @property
    def has_any(self) -> bool:
        return bool(self.unanswered or self.superseded or self.numbers)


@dataclass(frozen=True)
class Gaps:
    """What a plan lacks."""

    reviews: list[ReviewGaps]
    loose: list[Action]
    # How many there are, of which `loose` are the first.
    loose_count: int
    recommendations: int

    @property
    def unanswered(self) -> int:
        return sum(len(one.unanswered) for one in self.reviews)

    @property
    def superseded(self) -> int:
        return sum(len(one.superseded) for one in self.reviews)

    @property
    def misnumbered(self) -> int:
        return sum(bool(one.numbers) for one in self.reviews)

    @property
    def is_whole(self) -> bool:
        return not (self.reviews or self.loose)


def gaps_of(person: Person) -> Gaps:
    """What the plans of somebody's partnerships lack; reviews that lack nothing are left out."""
    found = queries.recommendations(person)
    reviews = [_of_review(list(lines)) for _, lines in groupby(found, key=lambda one: one.source_ref)]
    return Gaps(
        [one for one in reviews if one.has_any],
        *queries.without_recommendation(person, most=SHOWN),
        sum(one.ref is not None for one in found),
    )


def _of_review(lines: list[Answered]) -> ReviewGaps:
    first, made = lines[0], [one for one in lines if one.ref is not None]
    return ReviewGaps(
        ref=first.source_ref,
        title=titled(first.kind, first.source),
        unanswered=[one for one in made if one.accepted and not one.actions],
        superseded=[one for one in made if one.accepted and one.actions and not one.standing],
        numbers=numbers_wrong([one.number for one in made], first.how_many),
    )


def numbers_wrong(printed: list[str], how_many: int | None) -> list[str]:
    """What is wrong with the numbers of a review's recommendations, as sentences."""
    found = numbering(printed, how_many)
    said = []
    if found.twice:
        said.append(f"{_numbers(found.twice)} twice.")
    if found.missing:
        said.append(f"{_numbers(found.missing)} missing.")
    if found.unnumbered:
        bear = "recommendation bears" if found.unnumbered == 1 else "recommendations bear"
        said.append(f"{found.unnumbered} {bear} no number.")
    if how_many is not None and len(printed) != how_many:
        are = "is" if len(printed) == 1 else "are"
        said.append(f"It says it makes {how_many}; {len(printed) or 'none'} {are} in the plan.")
    return said


def _numbers(numbers: tuple[str, ...]) -> str:
    """Number 16 is; numbers 15 and 17 are."""
    if len(numbers) == 1:
        return f"Number {numbers[0]} is"
    shown = [*numbers[:12], f"{len(numbers) - 12} more"] if len(numbers) > 13 else list(numbers)
    return f"Numbers {', '.join(shown[:-1])} and {shown[-1]} are"
