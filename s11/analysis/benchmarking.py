"""One beside others: how often each level was given, for a school, a group of schools, or a year.

A table in, plain numbers out, counted as `s11.analysis.rules` says.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from s11.analysis import measures
from s11.analysis.counts import ALL, Line
from s11.analysis.rules import By
from s11.questionnaires.rules import EditionContent, LevelContent


def lines(frame: pd.DataFrame, levels: Sequence[LevelContent]) -> dict[str, Line]:
    """The ratings of a table by standard, and all of them together."""
    if frame.empty:
        return {ALL: Line()}
    found = _lines(frame, By.STANDARD, levels)
    return {**found, ALL: _together(found.values(), levels, returns=int(frame["return_id"].nunique()))}


def _together(parts: Collection[Line], levels: Sequence[LevelContent], *, returns: int) -> Line:
    """The sum of all standards; a return that was asked several of them is one return."""
    return Line(
        counts={level.code: sum(part.counts[level.code] for part in parts) for level in levels},
        denominator=sum(part.denominator for part in parts),
        best=sum(part.best for part in parts),
        not_applicable=sum(part.not_applicable for part in parts),
        blank=sum(part.blank for part in parts),
        returns=returns,
    )


def _lines(frame: pd.DataFrame, by: By, levels: Sequence[LevelContent]) -> dict[str, Line]:
    table = measures.counts(frame, by, levels)
    return {
        str(group): _line(row, levels)
        for group, row in zip(table.index, table.to_dict("records"), strict=True)
    }


def _line(row: Mapping[Hashable, Any], levels: Sequence[LevelContent]) -> Line:
    return Line(
        counts={level.code: int(row[level.code]) for level in levels},
        denominator=int(row["denominator"]),
        best=int(row["best"]),
        not_applicable=int(row["not_applicable"]),
        blank=int(row["blank"]),
        returns=int(row["returns"]),
    )


def of_many(frame: pd.DataFrame, levels: Sequence[LevelContent], fewest: int) -> dict[str, Line | None]:
    """The ratings of a group without names, for a reader who is not of it.

    A standard that fewer than `fewest` have rated is hidden. So are all standards together where taking
    those that are shown from it would leave the ratings of fewer than that.
    """
    rated = {str(number): set(ids) for number, ids in _rated_by(frame).items()}
    whole = lines(frame, levels)
    asked = [number for number in whole if number != ALL]
    hidden = [number for number in asked if len(rated.get(number, ())) < fewest]
    left = set().union(*(rated.get(number, set()) for number in hidden))
    shown: dict[str, Line | None] = {n: None if n in hidden else whole[n] for n in asked}
    return {**shown, ALL: None if hidden and len(left) < fewest else whole[ALL]}


def _rated_by(frame: pd.DataFrame) -> dict[object, Iterable[int]]:
    """The returns with a rating that counts, by standard."""
    counted = frame[frame["counts"]]
    return dict(counted.groupby("standard", observed=True)["return_id"].unique().items())


def by_group(
    frame: pd.DataFrame, group_of: Mapping[str, str], levels: Sequence[LevelContent]
) -> dict[str, dict[str, Line]]:
    """The ratings of each group by standard; `group_of` names the group of a return by its ref."""
    groups = frame["return_ref"].astype(str).map(group_of)
    return {str(group): lines(part, levels) for group, part in frame.groupby(groups, sort=True)}


def only(frame: pd.DataFrame, refs: Iterable[str]) -> pd.DataFrame:
    """The rows of these returns."""
    return frame[frame["return_ref"].isin(list(refs))]


def asking(frame: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """The rows of these criteria, by key."""
    return frame[frame["criterion_key"].isin(list(keys))]


def under_standards_of(
    edition: EditionContent, frame: pd.DataFrame, levels: Sequence[LevelContent]
) -> dict[str, Line]:
    """The ratings of another year under the standards in which this edition asks the same criteria."""
    numbers = {c.key: standard.number for standard in edition.standards for c in standard.criteria}
    return lines(frame.assign(standard=frame["criterion_key"].astype(str).map(numbers)), levels)


def weakest(
    frame: pd.DataFrame, levels: Sequence[LevelContent], at_most: int = 5
) -> list[tuple[str, int, int]]:
    """The criteria least often at their best level: number, how often they were, and of how many."""
    if frame.empty:
        return []
    table = measures.weakest(measures.summary(frame, By.CRITERION, levels), at_most)
    return [(str(number), int(row["best"]), int(row["denominator"])) for number, row in table.iterrows()]


def below_best(frame: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Criteria rated below their best level, most often first, each with the refs of those returns."""
    below = frame[frame["counts"] & ~frame["best"]]
    found = below.groupby("criterion", observed=True, sort=True)["return_ref"].agg(list)
    rows = [(str(number), [str(ref) for ref in refs]) for number, refs in found.items()]
    return sorted(rows, key=lambda row: -len(row[1]))


def by_return(frame: pd.DataFrame, levels: Sequence[LevelContent], number: str = "") -> dict[str, Line]:
    """The ratings of each return by its ref, of one standard or of all; without those that were not asked."""
    part = frame[frame["standard"] == number] if number else frame
    return _lines(part, By.ORGANISATION, levels)
