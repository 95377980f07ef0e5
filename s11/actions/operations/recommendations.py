"""What a review recommends: added by pasting, changed, moved and removed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from s11.actions import queries
from s11.actions.models import PlanSource, Recommendation, RecommendationTest, RecommendationTheme
from s11.actions.operations.checks import check, take_turn_at
from s11.actions.operations.sources import MOST_RECOMMENDATIONS, last_position
from s11.actions.rules import NAME_LONGEST, PastedRecommendation
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.trail.operations import record

NUMBER_LONGEST = 20


@dataclass(frozen=True)
class RecommendationDetails:
    """What is said of a recommendation; `tests` are keys of criteria."""

    number: str
    text: str
    themes: Sequence[str] = ()
    finding: str = ""
    context: str = ""
    practice_standard: str = ""
    response: str = ""
    not_accepted: str = ""
    tests: Sequence[str] = ()


def add_recommendations(
    source: PlanSource, pasted: Sequence[PastedRecommendation], *, by: Person | None
) -> list[Recommendation]:
    """Put recommendations at the end of a review. Raises Invalid with the field, and then adds none."""
    check("pasted", None if pasted else "Paste or type at least one recommendation.")
    for one in pasted:
        empty = f"“{one.number}” has a number and no words. Add its words, or take the number out."
        check("pasted", None if one.text.strip() else empty)
        check("pasted", _number_fault(one.number))
    place = last_position(source)
    check(
        "pasted",
        f"A review has at most {MOST_RECOMMENDATIONS} recommendations."
        if place + len(pasted) > MOST_RECOMMENDATIONS
        else None,
    )
    added = [
        Recommendation(source=source, position=place + step, number=one.number, text=one.text.strip())
        for step, one in enumerate(pasted, 1)
    ]
    db.session.add_all(added)
    db.session.flush()
    _note("plan_source:recommendations:added", source, source.id, {"recommendations": len(added)}, by)
    return added


def change_recommendation(
    recommendation: Recommendation, details: RecommendationDetails, *, version: int, by: Person | None
) -> None:
    """Correct a recommendation. Raises Stale, and Invalid with the field."""
    check("text", None if details.text.strip() else "Enter the words of the recommendation.")
    check("number", _number_fault(details.number))
    for theme in details.themes:
        longer = f"“{theme[:40]}…” is too long for a theme: use at most {NAME_LONGEST} characters."
        check("themes", longer if len(theme) > NAME_LONGEST else None)
    take_turn_at(recommendation, version)
    recommendation.number = details.number.strip()
    recommendation.text = details.text.strip()
    recommendation.finding = details.finding.strip()
    recommendation.context = details.context.strip()
    recommendation.practice_standard = details.practice_standard.strip()
    recommendation.response = details.response.strip()
    recommendation.not_accepted = details.not_accepted.strip()
    _put_themes(recommendation, details.themes)
    _put_tests(recommendation, details.tests)
    db.session.flush()
    after = {"number": recommendation.number, "accepted": not recommendation.not_accepted}
    _note("recommendation:plan:changed", recommendation.source, recommendation.id, after, by)


def move_recommendation(recommendation: Recommendation, *, up: bool, by: Person | None) -> bool:
    """Let a recommendation change places with the one before or after it; False where there is none."""
    mine = select(Recommendation).where(Recommendation.source_id == recommendation.source_id)
    if up:
        query = mine.where(Recommendation.position < recommendation.position)
        query = query.order_by(Recommendation.position.desc())
    else:
        query = mine.where(Recommendation.position > recommendation.position)
        query = query.order_by(Recommendation.position)
    other = db.session.scalar(query.limit(1))
    if other is None:
        return False
    recommendation.position, other.position = other.position, recommendation.position
    db.session.flush()
    after = {"number": recommendation.number}
    _note("recommendation:plan:moved", recommendation.source, recommendation.id, after, by)
    return True


def remove_recommendation(recommendation: Recommendation, *, by: Person | None) -> None:
    """Take a recommendation out of its review. Raises DomainError where an action answers it."""
    answering = queries.how_many_answer(recommendation.id)
    if answering:
        who = "An action answers" if answering == 1 else f"{answering} actions answer"
        raise DomainError(
            f"{who} this recommendation, so it stays. Correct its words instead, or say why "
            "it is not accepted."
        )
    source, id_, number = recommendation.source, recommendation.id, recommendation.number
    db.session.delete(recommendation)
    db.session.flush()
    _note("recommendation:plan:removed", source, id_, {"number": number}, by)


def _number_fault(number: str) -> str | None:
    if len(number.strip()) > NUMBER_LONGEST:
        return f"A number has at most {NUMBER_LONGEST} characters."
    return None


def _put_themes(recommendation: Recommendation, themes: Sequence[str]) -> None:
    """Keep the rows of themes that stay: a row is written before another is deleted."""
    there = {one.theme: one for one in recommendation.themes}
    recommendation.themes = [there.get(theme) or RecommendationTheme(theme=theme) for theme in themes]
    for position, one in enumerate(recommendation.themes):
        one.position = position


def _put_tests(recommendation: Recommendation, keys: Sequence[str]) -> None:
    there = {one.criterion_key: one for one in recommendation.tests}
    recommendation.tests = [there.get(key) or RecommendationTest(criterion_key=key) for key in keys]


def _note(tag: str, source: PlanSource, id_: int, after: dict[str, object], by: Person | None) -> None:
    record(tag, id_, by=by, partnership_id=source.partnership_id, after={**after, "review": source.title})
