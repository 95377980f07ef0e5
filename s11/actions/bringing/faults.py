"""What is wrong with a plan as a whole, and its numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from s11.actions.bringing.shapes import (
    Lack,
    PlanFault,
    RowKind,
    UnderstoodPlan,
    UnderstoodRecommendation,
    UnderstoodRow,
)

# A plan that begins later than this is a part of a longer one.
BEGINS_AT_MOST = 3


@dataclass(frozen=True)
class Tallies:
    """The figures of a plan that a person would check."""

    rows: int
    recommendations: int
    actions: int
    continued: int
    left_out: int
    without_owner: int
    without_name: int
    without_date: int
    open_ended: int
    unclear: int
    without_text: int
    complete: int


def faults_of(
    recommendations: Sequence[UnderstoodRecommendation], rows: Iterable[UnderstoodRow], *, noun: str
) -> tuple[PlanFault, ...]:
    """Numbers used twice, numbers that are missing, recommendations without an action of their own."""
    actions = [row for row in rows if row.kind == RowKind.ACTION]
    return (
        *_twice(recommendations, noun),
        *_missing(recommendations, noun),
        *_without_action(recommendations, actions, noun),
        *_unknown(actions),
    )


def tallies(plan: UnderstoodPlan) -> Tallies:
    """How many rows, actions and recommendations there are, and what is lacking in how many."""
    kinds = Counter(row.kind for row in plan.rows)
    return Tallies(
        rows=len(plan.rows),
        recommendations=len(plan.recommendations),
        actions=kinds[RowKind.ACTION],
        continued=kinds[RowKind.CONTINUED],
        left_out=kinds[RowKind.LEFT_OUT],
        without_owner=plan.lacking(Lack.OWNER),
        without_name=plan.lacking(Lack.OWNER_NAME),
        without_date=plan.lacking(Lack.DUE),
        open_ended=plan.lacking(Lack.DUE_OPEN),
        unclear=plan.lacking(Lack.DUE_UNCLEAR),
        without_text=plan.lacking(Lack.TEXT),
        complete=sum(row.status == "complete" for row in plan.rows),
    )


def _twice(recommendations: Iterable[UnderstoodRecommendation], noun: str) -> list[PlanFault]:
    times = Counter(one.number for one in recommendations if one.number)
    return [
        PlanFault("number_twice", f"Number {number} is used for {many} {noun}s.", number)
        for number, many in times.items()
        if many > 1
    ]


def _missing(recommendations: Iterable[UnderstoodRecommendation], noun: str) -> list[PlanFault]:
    there = {int(found[0]) for one in recommendations if (found := re.match(r"\d+", one.number))}
    if not there:
        return []
    first = 1 if min(there) <= BEGINS_AT_MOST else min(there)
    missing = [number for number in range(first, max(there)) if number not in there]
    if not missing:
        return []
    runs = _runs(missing)
    one = len(missing) == 1
    numbers = " and ".join(filter(None, (", ".join(runs[:-1]), runs[-1])))
    words = f"There is no {noun} {numbers}." if one else f"There are no {noun}s {numbers}."
    return [PlanFault("number_missing", words, str(missing[0]) if one else "")]


def _runs(numbers: Iterable[int]) -> list[str]:
    """Numbers in their order, three and more that follow each other as "5 to 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        words
        for run in runs
        for words in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]


def _without_action(
    recommendations: Iterable[UnderstoodRecommendation], actions: Sequence[UnderstoodRow], noun: str
) -> list[PlanFault]:
    own = {key for row in actions if not row.answers_all for key in row.answers}
    every = any(row.answers_all for row in actions)
    besides = f" Only what answers every {noun} answers it." if every else ""
    return [
        PlanFault("without_action", f"{_named(one, noun)} has no action of its own.{besides}", one.number)
        for one in recommendations
        if one.key not in own
    ]


def _unknown(actions: Iterable[UnderstoodRow]) -> list[PlanFault]:
    rows = [row.row for row in actions if Lack.NUMBER in row.lacks]
    return [
        PlanFault("number_unknown", f"Row {row} names a recommendation that there is not.") for row in rows
    ]


def _named(one: UnderstoodRecommendation, noun: str) -> str:
    if one.number:
        return f"{noun.capitalize()} {one.number}"
    words = " ".join(one.text.split())
    return f"“{words if len(words) <= 60 else words[:57].rstrip() + '…'}”"
