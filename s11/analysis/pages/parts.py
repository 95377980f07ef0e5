"""Parts of a table of ratings: some organisations of it, or without what somebody may not see."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from s11.analysis.narrowing import FILTERS
from s11.analysis.rules import BLANK


def only_of(frame: pd.DataFrame, filters: Mapping[str, str]) -> pd.DataFrame:
    """The ratings of the organisations that fit every filter."""
    fits = np.ones(len(frame), dtype=bool)
    for name, value in filters.items():
        fits &= (frame[name] == value).to_numpy()
    return frame[fits]


def of_criteria(frame: pd.DataFrame, numbers: Iterable[str]) -> pd.DataFrame:
    """The ratings of these criteria, by their numbers."""
    return frame[frame["criterion"].isin(list(numbers))]


def of_returns(frame: pd.DataFrame, refs: Iterable[str]) -> pd.DataFrame:
    """The ratings of these returns, by their refs."""
    return frame[frame["return_ref"].isin(list(refs))]


def without(moderated: pd.DataFrame, return_ids: Collection[int]) -> pd.DataFrame:
    """Moderated ratings with those of some returns taken out: blank, as before anybody moderated them."""
    gone = moderated["return_id"].isin(list(return_ids))
    left = moderated.copy()
    left.loc[gone, ["rating", "label"]] = BLANK
    left.loc[gone, "value"] = np.nan
    left.loc[gone, "order"] = 0
    left.loc[gone, ["counts", "best"]] = False
    return left


def choices(frame: pd.DataFrame) -> dict[str, list[str]]:
    """The values each filter can have here, in order; one that tells nobody apart is left out."""
    found = {name: {str(value) for value in frame[name].unique()} for name in FILTERS}
    return {name: sorted(values - {""}) for name, values in found.items() if len(values) > 1}
