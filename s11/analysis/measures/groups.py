"""What a measure has one row for: which group each row of a table of ratings is in, in what order."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from s11.analysis.rules import BETWEEN, NONE_OF, OVERLAPPING, By
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS
from s11.questionnaires.rules import THEMES, EditionContent

# The columns that make a group. An organisation goes by its return: two may share a name.
GROUPS: dict[By, str] = {
    By.STANDARD: "standard",
    By.CRITERION: "criterion",
    By.ORGANISATION: "return_ref",
    By.KIND: "kind",
    By.PHASE: "phase",
    By.DISTRICT: "district",
    By.TRUST: "trust",
    By.THEME: "themes",
    By.PRACTICE_STANDARD: "practice_standards",
}


def _by_name(name: str) -> tuple[Any, ...]:
    return (not name, name.casefold(), name)


def _by_place(names: Sequence[str]) -> Callable[[str], tuple[Any, ...]]:
    places = {name: place for place, name in enumerate(names)}
    return lambda name: (not name, places.get(name, len(places)), name)


def _by_number(name: str) -> tuple[Any, ...]:
    """2.1 before 10.1."""
    parts = name.split(".")
    return (not name, [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts])


# How groups are ordered that do not stand in the order printed; what has none of it comes last.
ORDERS: dict[By, Callable[[str], tuple[Any, ...]]] = {
    By.PHASE: _by_place(tuple(PHASE_LABELS)),
    By.DISTRICT: _by_name,
    By.TRUST: _by_name,
    By.THEME: _by_place(tuple(THEMES)),
    By.PRACTICE_STANDARD: _by_number,
}


def grouped(frame: pd.DataFrame, by: By) -> tuple[pd.DataFrame, pd.Series]:
    """The rows of a table of ratings, and beside them the group of each.

    By theme or practice standard a row comes once for each that its criterion carries, and not at all
    where it carries none; otherwise the table is given back as it is. Groups are a category in the order
    in which they are printed; those of a column of plain texts are plain.
    """
    if by is By.TOTAL:
        return frame, _total(frame)
    column = frame[GROUPS[by]]
    if by in OVERLAPPING:
        return _of_several(frame, column, by)
    return frame, _in_order(column, by)


def _total(frame: pd.DataFrame) -> pd.Series:
    every = pd.Categorical.from_codes(np.zeros(len(frame), dtype=np.int8), categories=["total"])
    return pd.Series(every, index=frame.index, name="total")


def _in_order(column: pd.Series, by: By) -> pd.Series:
    if by not in ORDERS:
        return column
    known = column.astype("category")
    return known.cat.reorder_categories(sorted(known.cat.categories, key=ORDERS[by]))


def _of_several(frame: pd.DataFrame, column: pd.Series, by: By) -> tuple[pd.DataFrame, pd.Series]:
    known = column.astype("category")
    carried = [str(text).split(BETWEEN) if text else [] for text in known.cat.categories]
    names = sorted({name for each in carried for name in each}, key=ORDERS[by])
    place_of = {name: place for place, name in enumerate(names)}
    places = np.array([place_of[name] for each in carried for name in each], dtype=np.int64)
    many = np.array([len(each) for each in carried], dtype=np.int64)
    starts = np.cumsum(many) - many
    codes = known.cat.codes.to_numpy()
    repeated = np.repeat(np.arange(len(frame)), many[codes]) if len(many) else np.zeros(0, dtype=np.int64)
    # The how-manieth of its row each repetition is: 0, 1, 0, 0, 1, 2.
    nth = np.arange(len(repeated)) - np.repeat(_starts(many[codes]), many[codes]) if len(many) else repeated
    groups = places[starts[codes[repeated]] + nth] if len(repeated) else repeated
    told = frame.take(repeated)
    return told, pd.Series(pd.Categorical.from_codes(groups, names), index=told.index, name=GROUPS[by])


def _starts(lengths: np.ndarray) -> np.ndarray:
    return np.cumsum(lengths) - lengths


def titles(frame: pd.DataFrame, by: By, edition: EditionContent) -> dict[str, tuple[str, str]]:
    """Key and title of each group, by what stands in the index of a measure."""
    if by is By.TOTAL:
        return {"total": ("total", "All organisations")}
    if by is By.STANDARD:
        return {standard.number: (standard.number, standard.title) for standard in edition.standards}
    if by is By.CRITERION:
        return {criterion.number: (criterion.number, criterion.text) for criterion in edition.criteria}
    if by is By.ORGANISATION:
        once = frame.drop_duplicates("return_ref")
        pairs = zip(once["return_ref"].astype(str), once["organisation"].astype(str), strict=True)
        return {ref: (name, name) for ref, name in pairs}
    known = {By.KIND: {str(k): v for k, v in KIND_LABELS.items()}, By.PHASE: PHASE_LABELS, By.THEME: THEMES}
    labels = known.get(by, {})
    _, group = grouped(frame, by)
    names = [str(name) for name in group.astype("category").cat.categories]
    if by is By.KIND:
        names = list(dict.fromkeys([*names, *labels]))
    return {name: (name, labels.get(name) or name or NONE_OF.get(by, "")) for name in names}
