"""Counts and shares of ratings, and weighted scores."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis.measures.groups import GROUPS, grouped
from s11.analysis.rules import BLANK, NOT_APPLICABLE, OVERLAPPING, By
from s11.questionnaires.rules import LevelContent

COUNTED = ["return_id", "rating", "counts", "best"]  # the columns that are looked at


def summary(frame: pd.DataFrame, by: By, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """Counts and shares, one row a group, in the order in which the groups are printed.

    The index holds the group: numbers of standards or criteria, refs of returns, kinds, phases, districts,
    names of trusts, codes of themes, numbers of practice standards; "total" for the total. Themes and
    practice standards overlap, and do not add up to the total. Columns:

    - `returns`, `asked`: returns that were asked anything here, and how many ratings they were asked;
    - one column a level code, best first; `not_applicable`; `blank`: they add up to `asked`;
    - `denominator`: ratings given with a level that counts;
    - `best`: of these, how many are at the best level of their own scale;
    - `{code}_pct`: percent of the denominator (NaN for a level that does not count);
    - `{code}_pct_of_all`: percent of everything asked.
    """
    return _with_shares(counts(frame, by, levels), levels)


def counts(frame: pd.DataFrame, by: By, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """The columns of `summary` less the shares, which are most of its work."""
    if by is By.TOTAL:
        return _counted(frame, np.zeros(len(frame), dtype=np.int64), pd.Index(["total"]), levels)
    told = frame[[*COUNTED, GROUPS[by]]] if by in OVERLAPPING else frame
    told, column = grouped(told, by)
    codes, groups = pd.factorize(column, sort=isinstance(column.dtype, pd.CategoricalDtype))
    return _counted(told, codes, pd.Index(groups, name=column.name, dtype=object), levels)


def matrix(frame: pd.DataFrame, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """The columns of `summary` for every return and standard, indexed by (return_ref, standard).

    A standard that an organisation is not asked has a row of its own with `asked` 0.
    """
    returns, standards = frame["return_ref"].cat, frame["standard"].cat
    # One code for the pair: a single grouping is several times faster than a nested one.
    codes = returns.codes.to_numpy(np.int64) * len(standards.categories) + standards.codes.to_numpy(np.int64)
    pairs = pd.MultiIndex.from_product(
        [returns.categories, standards.categories], names=["return_ref", "standard"]
    )
    return _with_shares(_counted(frame, codes, pairs, levels), levels)


def _counted(
    frame: pd.DataFrame, codes: NDArray[np.int64], groups: pd.Index, levels: Sequence[LevelContent]
) -> pd.DataFrame:
    """The columns of `counts`; `codes` says for each row of the frame which of the groups it is in."""
    rating_codes, ratings = pd.factorize(frame["rating"])
    kinds = max(len(ratings), 1)
    crossed = np.bincount(codes * kinds + rating_codes, minlength=len(groups) * kinds)
    found = dict(zip(ratings, crossed.reshape(len(groups), kinds).T, strict=False))
    nothing = np.zeros(len(groups), dtype=np.int64)
    columns = {
        "returns": _distinct(codes, frame["return_id"], len(groups)),
        "asked": np.bincount(codes, minlength=len(groups)),
        **{level.code: found.get(level.code, nothing) for level in levels},
        "not_applicable": found.get(NOT_APPLICABLE, nothing),
        "blank": found.get(BLANK, nothing),
        "denominator": np.bincount(codes[frame["counts"].to_numpy(bool)], minlength=len(groups)),
        "best": np.bincount(codes[frame["best"].to_numpy(bool)], minlength=len(groups)),
    }
    return pd.DataFrame(columns, index=groups)


def _distinct(codes: NDArray[np.int64], things: pd.Series, groups: int) -> NDArray[np.int64]:
    """How many different things each group holds."""
    thing_codes, known = pd.factorize(things)
    # The rows of a return stand together and in order, so that most repetitions stand side by side.
    pairs = codes * max(len(known), 1) + thing_codes
    pairs = pairs[np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)]]
    return np.bincount(np.unique(pairs) // max(len(known), 1), minlength=groups)


def _with_shares(table: pd.DataFrame, levels: Sequence[LevelContent]) -> pd.DataFrame:
    return table.assign(**_shares(table, levels))


def _shares(table: pd.DataFrame, levels: Sequence[LevelContent]) -> dict[str, pd.Series]:
    of_rated = {
        f"{level.code}_pct": percent(table[level.code], table["denominator"])
        if level.counts
        else pd.Series(np.nan, index=table.index)
        for level in levels
    }
    of_all = {f"{level.code}_pct_of_all": percent(table[level.code], table["asked"]) for level in levels}
    return {**of_rated, **of_all}


def percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Percent, NaN where there is nothing to take a share of."""
    return 100 * part / whole.where(whole > 0)


def scores(frame: pd.DataFrame, by: By, weights: Mapping[str, float]) -> pd.DataFrame:
    """The weighted mean of the values of ratings, one row a group: sum of weight × value / sum of weight.

    `weights` holds the weight of each criterion by its number. Columns: `rated`, ratings that count and
    have a value; `weight`, the sum of their weights; `score`, the sum of weight times value over that sum.
    What is not applicable or blank leaves the weights. NaN where nothing is rated.
    """
    rated, group = grouped(frame[frame["counts"] & frame["value"].notna()], by)
    weight = rated["criterion"].astype(object).map(weights).astype(float)
    table = pd.DataFrame(
        {
            "rated": weight.groupby(group, observed=False).size(),
            "weight": weight.groupby(group, observed=False).sum(),
            "score": (weight * rated["value"]).groupby(group, observed=False).sum(),
        }
    )
    return table.assign(score=table["score"] / table["weight"].where(table["weight"] > 0))


def weakest(table: pd.DataFrame, at_most: int = 3) -> pd.DataFrame:
    """The rows of a summary with the smallest share at the best level, smallest first.

    A row where everything rated is at the best level is not weak, and one without ratings unknown.
    """
    told = table.assign(best_pct=percent(table["best"], table["denominator"]))
    return told[told["best_pct"] < 100].sort_values("best_pct", kind="stable").head(at_most)
