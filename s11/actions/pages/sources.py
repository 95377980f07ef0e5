"""Reviews, inspections and audits as lines of a list and as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions.models import Action, PlanSource, Recommendation
from s11.actions.pages.plan import PlanRow, row_of
from s11.actions.queries import RatingsGiven, SourceCounts
from s11.actions.rules import SOURCE_LABELS, Source, is_open, is_overdue
from s11.actions.rules.numbering import Numbering, numbering
from s11.cycles.clauses import listed
from s11.questionnaires.rules import EditionContent

NO_LONGER = "a criterion that is no longer asked"


@dataclass(frozen=True)
class SourceLine:
    """One review in the list."""

    ref: str
    title: str
    kind: str
    dated_on: date | None
    whose: str
    counts: SourceCounts


@dataclass(frozen=True)
class Tested:
    """A criterion that tests a recommendation, and how it was rated in each cycle, the latest first."""

    criterion: str
    ratings: tuple[RatingsGiven, ...]


@dataclass(frozen=True)
class RecommendationPart:
    """One recommendation with what answers it."""

    ref: str
    number: str
    text: str
    themes: str
    details: tuple[tuple[str, str], ...]
    not_accepted: str
    tests: tuple[Tested, ...]
    actions: tuple[PlanRow, ...]


@dataclass(frozen=True)
class SourcePage:
    """A review with all that stands on its page."""

    parts: tuple[RecommendationPart, ...]
    # Actions that come from it and answer none of its recommendations.
    others: tuple[PlanRow, ...]
    # What is wrong with it, as sentences.
    faults: tuple[str, ...]
    recommendations: int
    unanswered: int
    actions: int
    open: int
    overdue: int


def source_line(source: PlanSource, counts: SourceCounts) -> SourceLine:
    return SourceLine(
        ref=source.ref,
        title=source.title,
        kind=kind_of(source),
        dated_on=source.dated_on,
        whose=source.organisation.name if source.organisation else "",
        counts=counts,
    )


def kind_of(source: PlanSource) -> str:
    return SOURCE_LABELS[Source(source.kind)]


def source_page(
    source: PlanSource,
    recommendations: Sequence[Recommendation],
    actions: Sequence[Action],
    criteria: Mapping[str, str],
    *,
    ratings: Sequence[RatingsGiven] = (),
    whole: bool,
    today: date,
) -> SourcePage:
    """A review as somebody sees it: the `whole` of it, or no more than what their actions answer.

    What is missing is only told to whom sees the whole.
    """
    rows = {action.id: row_of(action, today) for action in actions}
    answering: dict[int, list[PlanRow]] = {}
    for action in actions:
        for one in action.recommendations:
            answering.setdefault(one.id, []).append(rows[action.id])
    shown = [one for one in recommendations if whole or one.id in answering]
    unanswered = [one for one in shown if one.id not in answering and not one.not_accepted]
    return SourcePage(
        parts=tuple(_part(one, answering.get(one.id, ()), criteria, ratings) for one in shown),
        others=tuple(rows[action.id] for action in actions if not action.recommendations),
        faults=tuple(faults(source, shown, unanswered)) if whole else (),
        recommendations=len(shown),
        unanswered=len(unanswered),
        actions=len(rows),
        open=sum(is_open(action.status) for action in actions),
        overdue=sum(is_overdue(action.status, action.due_on, today) for action in actions),
    )


def faults(
    source: PlanSource, recommendations: Sequence[Recommendation], unanswered: Sequence[Recommendation]
) -> list[str]:
    """What is wrong with a review's recommendations, as sentences."""
    said = _of_numbers(numbering((one.number for one in recommendations), source.how_many))
    if source.how_many is not None and source.how_many != len(recommendations):
        said.append(
            f"It says it makes {_plural(source.how_many, 'recommendation')}, and "
            f"{len(recommendations) or 'none'} {'is' if len(recommendations) == 1 else 'are'} here."
        )
    if unanswered:
        numbers = [one.number for one in unanswered]
        one = len(unanswered) == 1
        which = f": {listed(numbers)}" if all(numbers) else ""
        have = "has" if one else "have"
        said.append(f"{_plural(len(unanswered), 'recommendation')} {have} no action{which}.")
    return said


def _of_numbers(found: Numbering) -> list[str]:
    said = []
    if found.twice:
        verb = "stands" if len(found.twice) == 1 else "stand"
        said.append(f"{_numbers(found.twice)} {verb} there twice or more.")
    if found.missing:
        verb = "is" if len(found.missing) == 1 else "are"
        said.append(f"{_numbers(found.missing)} {verb} missing.")
    if found.unnumbered:
        verb = "bears" if found.unnumbered == 1 else "bear"
        said.append(f"{_plural(found.unnumbered, 'recommendation')} {verb} no number.")
    return said


def _numbers(numbers: Sequence[str]) -> str:
    return f"Number{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _part(
    one: Recommendation,
    rows: Sequence[PlanRow],
    criteria: Mapping[str, str],
    ratings: Sequence[RatingsGiven],
) -> RecommendationPart:
    details = (
        ("What was found", one.finding),
        ("In what circumstances", one.context),
        ("Practice standard", one.practice_standard),
        ("What the Board answered", one.response),
    )
    return RecommendationPart(
        ref=one.ref,
        number=one.number,
        text=one.text,
        themes=", ".join(theme.theme for theme in one.themes),
        details=tuple((label, text) for label, text in details if text),
        not_accepted=one.not_accepted,
        tests=tuple(
            Tested(
                criteria.get(test.criterion_key, NO_LONGER),
                tuple(given for given in ratings if given.key == test.criterion_key),
            )
            for test in one.tests
        ),
        actions=tuple(rows),
    )


@dataclass(frozen=True)
class Testable:
    """The criteria of a standard that can test a recommendation: the key of each with its words."""

    edition: str
    title: str
    criteria: tuple[tuple[str, str], ...]


def criteria_by_key(editions: Sequence[EditionContent]) -> dict[str, str]:
    """Criteria as they are named on a page: "1.2 Staff know whom to ask", by their lasting key."""
    return {
        criterion.key: f"{criterion.number} {criterion.headline}"
        for edition in reversed(editions)
        for standard in edition.standards
        for criterion in standard.criteria
    }


def testable(editions: Sequence[EditionContent]) -> list[Testable]:
    """The criteria to choose from, by questionnaire and standard."""
    return [
        Testable(
            edition.title,
            f"{standard.number} {standard.title}",
            tuple((one.key, f"{one.number} {one.headline}") for one in standard.criteria if one.rated),
        )
        for edition in editions
        for standard in edition.standards
        if any(one.rated for one in standard.criteria)
    ]
