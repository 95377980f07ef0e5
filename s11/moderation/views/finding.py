"""What the pages about one return have in common: its standards, its own ratings, its sealed record."""

from collections.abc import Callable

from flask import abort

from s11.core.errors import Invalid, Stale
from s11.moderation import forms, pages, queries, rules
from s11.questionnaires.rules import StandardContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.sealing import SealedReturn, unseal


def own_of(return_: Return) -> dict[int, rules.Verdict]:
    """The agency's own ratings as submitted, by criterion id."""
    packed = queries.own_ratings(return_.id, return_.round)
    return rules.own_verdicts(returns.edition_of(return_), packed) if packed else {}


def standards_of(return_: Return) -> tuple[StandardContent, ...]:
    """The standards as they were asked when the return was submitted."""
    return rules.asked_standards(returns.edition_of(return_), own_of(return_))


def sealed_of(return_: Return) -> SealedReturn:
    submission = returns.submission(return_.id, return_.round)
    if submission is None:
        abort(404)
    return unseal(submission.sealed)


def standard_or_404(return_: Return, number: str) -> StandardContent:
    for wanted in standards_of(return_):
        if wanted.number == number:
            return wanted
    abort(404)


def neighbours(
    return_: Return, standard: StandardContent
) -> tuple[StandardContent | None, StandardContent | None]:
    """The standards before and after one, as this organisation was asked them."""
    standards = standards_of(return_)
    place = [s.number for s in standards].index(standard.number)
    before = standards[place - 1] if place else None
    return before, standards[place + 1] if place + 1 < len(standards) else None


def rate_each(typed: list[forms.Typed], rate: Callable[[forms.Typed], object]) -> dict[int, pages.Mistake]:
    """Rate what was touched; the sentences of what was refused, by criterion id."""
    mistakes = {}
    for item in typed:
        if not item.is_touched:
            continue
        try:
            rate(item)
        except Invalid as refusal:
            mistakes[item.criterion.id] = pages.Mistake(refusal.field or "rating", refusal.sentence)
        except Stale as refusal:
            mistakes[item.criterion.id] = pages.Mistake("rating", refusal.sentence)
    return mistakes


def errors_of(rows: list[pages.Row]) -> list[tuple[str, str]]:
    """The sentences for the top of a page, each with the field it belongs to."""
    return [
        (error, f"#{row.name}{'-reason' if row.reason_error else ''}")
        for row in rows
        if (error := row.rating_error or row.reason_error)
    ]


def agreed_with(count: int) -> str:
    if not count:
        return "There was nothing left to agree with."
    return f"You agreed with {count} rating{'s' if count != 1 else ''} of the agency."
