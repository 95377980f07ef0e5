"""What may be taken over from the last return into this one, and what not. Plain Python.

Words are always taken over; a rating only where it means what it meant: on the same scale, and of a
question that was not divided or put together since. Nothing that somebody answered is written over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from s11.questionnaires.fields import is_empty
from s11.questionnaires.rules import CriterionContent, EditionContent, FieldContent, ScaleContent
from s11.returns.merging import NOTHING_SAID, Rating, Said
from s11.returns.rules import COMMENTARY_LONGEST, REASON_LONGEST
from s11.returns.sealing import SealedAnswer


@dataclass(frozen=True)
class Earlier:
    """What was said last year to one criterion, and the scale it was rated on (None: it was not rated)."""

    answer: SealedAnswer
    scale: ScaleContent | None = None

    @property
    def words(self) -> str:
        """What was written, or why it did not apply."""
        return self.answer.not_applicable_reason if self.answer.not_applicable else self.answer.commentary


@dataclass(frozen=True)
class Offer:
    """What would be taken over for one criterion. `rating_left`: why its rating would not be; empty where
    it would, or where there was none."""

    said: Said
    rating_left: str = ""


class Left(StrEnum):
    """Why nothing is taken over for a criterion."""

    ANSWERED = "answered"
    NEW = "new"
    UNASKED = "unasked"
    EMPTY = "empty"


SCALE_CHANGED = (
    "The scale has changed since, so the rating is not taken over. Choose one on this year’s scale."
)
DIVIDED = (
    "Last year this was part of a wider question, so its rating is not taken over. Rate this part by itself."
)
RATED_DIFFERENTLY = (
    "Last year’s questions, which are one now, were rated differently, so no rating is taken over."
)
APPLIES_NOW = "“Not applicable” cannot be chosen here this year, so no rating is taken over."
PARTLY_AWAY = "One of last year’s questions did not apply to you, so no rating is taken over."


def keys_before(criterion: CriterionContent) -> tuple[str, ...]:
    """The keys under which a criterion was asked before: its own, and those it was made from."""
    return tuple(dict.fromkeys((criterion.key, *criterion.change_from)))


def same_scale(then: ScaleContent, now: ScaleContent, *, told: bool) -> bool:
    """Whether a rating on one scale means the same on the other.

    `told`: the edition says that its scale is another; then new meanings of the same labels count too.
    """

    def shape(scale: ScaleContent) -> list[tuple[str, ...]]:
        return [(one.code, one.label, one.meaning if told else "") for one in scale.levels]

    return shape(then) == shape(now)


def offer_of(
    criterion: CriterionContent, earlier: Sequence[Earlier], *, told: bool = False, away_allowed: bool = True
) -> Offer | None:
    """What last year's answers give to a criterion; None where nothing was said to it.

    `told` as in `same_scale`; `away_allowed`: whether the edition knows "not applicable" at all.
    """
    if not earlier:
        return None
    strengths = _together(one.answer.strengths for one in earlier)
    shortfalls = _together(one.answer.shortfalls for one in earlier)
    words = _together(one.words for one in earlier)
    if all(one.answer.not_applicable for one in earlier):
        if criterion.rated and criterion.not_applicable_allowed and away_allowed:
            away, reason = Rating(not_applicable=True), words[:REASON_LONGEST]
            return Offer(Said(away, reason, strengths=strengths, shortfalls=shortfalls))
        said = Said(commentary=words, strengths=strengths, shortfalls=shortfalls)
        return Offer(said, APPLIES_NOW if criterion.rated else "")
    level_id, left = _rating_of(criterion, earlier, told=told)
    said = Said(Rating(level_id), commentary=words, strengths=strengths, shortfalls=shortfalls)
    return Offer(said, left)


def _together(texts: Iterable[str]) -> str:
    """Texts one beneath the other, each once."""
    return "\n\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))[:COMMENTARY_LONGEST]


def _rating_of(
    criterion: CriterionContent, earlier: Sequence[Earlier], *, told: bool
) -> tuple[int | None, str]:
    """The level that is taken over, or None and why."""
    ratings = [one.answer.rating for one in earlier]
    if not criterion.rated or not any(ratings):
        return None, ""
    if any(one.answer.not_applicable for one in earlier):
        return None, PARTLY_AWAY
    if any(one.scale is None or not same_scale(one.scale, criterion.scale, told=told) for one in earlier):
        return None, SCALE_CHANGED
    if criterion.change == "split":
        return None, DIVIDED
    codes = {rating.code if rating else "" for rating in ratings}
    level = next((level for level in criterion.scale.levels if level.code in codes), None)
    if len(codes) > 1 or level is None:
        return None, RATED_DIFFERENTLY if len(codes) > 1 else SCALE_CHANGED
    return level.id, ""


def is_answered(said: Said) -> bool:
    """Whether somebody has said anything; a mark to come back is no answer."""
    return bool(
        said.rating != NOTHING_SAID.rating
        or said.not_applicable_reason.strip()
        or said.commentary.strip()
        or said.strengths.strip()
        or said.shortfalls.strip()
    )


def left_because(criterion: CriterionContent, earlier: Sequence[Earlier], *, answered: bool) -> Left | None:
    """Why nothing is taken over for a criterion, or None where something can be."""
    if answered:
        return Left.ANSWERED
    if not earlier:
        return Left.NEW if criterion.change == "new" else Left.UNASKED
    return None if any(_says_something(one.answer) for one in earlier) else Left.EMPTY


def _says_something(answer: SealedAnswer) -> bool:
    words = answer.commentary, answer.not_applicable_reason, answer.strengths, answer.shortfalls
    fields = (field.words or field.rows or field.file for field in answer.fields)
    return bool(answer.rating or answer.not_applicable or any(words) or answer.evidence or any(fields))


@dataclass(frozen=True)
class Plan:
    """What taking over would do: the offers by criterion, and why others are left."""

    offers: tuple[tuple[CriterionContent, Offer], ...]
    left: tuple[tuple[CriterionContent, Left], ...]
    # How many files of last year the limits of this cycle left no room for.
    files_left: int = 0

    @property
    def without_rating(self) -> tuple[tuple[CriterionContent, Offer], ...]:
        return tuple(one for one in self.offers if one[1].rating_left)

    def left_for(self, why: Left) -> tuple[str, ...]:
        """Numbers of the criteria that are left for one reason."""
        return tuple(criterion.number for criterion, reason in self.left if reason is why)


def plan_of(
    criteria: Iterable[CriterionContent],
    earlier_of: Callable[[CriterionContent], Sequence[Earlier]],
    answered: Callable[[CriterionContent], bool],
    edition: EditionContent,
) -> Plan:
    """What would be taken over for these criteria of an edition."""
    offers, left = [], []
    for criterion in criteria:
        earlier = earlier_of(criterion)
        why = left_because(criterion, earlier, answered=answered(criterion))
        offer = offer_of(
            criterion,
            earlier,
            told=bool(edition.scale_change),
            away_allowed=edition.not_applicable_allowed,
        )
        if why is not None or offer is None:
            left.append((criterion, why or Left.UNASKED))
        else:
            offers.append((criterion, offer))
    return Plan(tuple(offers), tuple(left))


def carried_value(then: FieldContent, now: FieldContent, value: Any) -> Any:
    """What a field of last year gives to the same field of this year; None where it does not fit."""
    if then.kind != now.kind or is_empty(value):
        return None
    if now.kind == "choice":
        return value if value in now.options else None
    if now.kind == "choices":
        return [option for option in now.options if option in value] or None
    if now.kind == "table":
        shape = [(c.code, c.kind, c.options) for c in then.columns]
        return value if shape == [(c.code, c.kind, c.options) for c in now.columns] else None
    return value


def carried_fields(
    now: CriterionContent, then: Sequence[CriterionContent], values: Mapping[tuple[int, int], Any]
) -> dict[int, Any]:
    """What the fields beside a criterion hold when they are taken over, by the field's id of this year.

    `values`: what last year's fields held. Of several earlier criteria the first that held something gives.
    """
    found: dict[int, Any] = {}
    for field in now.fields:
        for criterion in then:
            for before in criterion.fields:
                if before.code != field.code or field.id in found:
                    continue
                value = carried_value(before, field, values.get((before.id, criterion.id)))
                if value is not None:
                    found[field.id] = value
    return found
