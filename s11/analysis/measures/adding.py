"""Counts and shares of ratings, and weighted scores."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis.measures.groups import GROUPS, ORDERS, grouped
from s11.analysis.rules import BLANK, NOT_APPLICABLE, OVERLAPPING, By
from s11.questionnaires.rules import LevelContent

COUNTED = ["return_ref", "rating", "counts", "best"]  # the columns that are looked at
PAIR = ("return_ref", "standard")


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
        return _counted(frame, np.zeros(len(frame), dtype=np.int8), pd.Index(["total"]), levels)
    told = frame[[*COUNTED, GROUPS[by]]] if by in OVERLAPPING else frame
    told, column = grouped(told, by)
    codes, groups = coded(column)
    table = _counted(told, codes, pd.Index(groups, name=column.name, dtype=object), levels)
    return table if table["asked"].all() else table[table["asked"] > 0]


def matrix(frame: pd.DataFrame, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """The columns of `summary` for every return and standard, indexed by (return_ref, standard).

    A standard that an organisation is not asked has a row of its own with `asked` 0.
    """
    pairs = pd.MultiIndex.from_product([frame[name].cat.categories for name in PAIR], names=list(PAIR))
    counted = {name: block.ravel() for name, block in crossed(frame, levels).items()}
    return _with_shares(pd.DataFrame(counted, index=pairs), levels)


def crossed(frame: pd.DataFrame, levels: Sequence[LevelContent]) -> dict[str, NDArray[np.int64]]:
    """The counts of `matrix` as blocks: a row a return, a column a standard, as the categories have them.

    They add up along both, but for `returns`.
    """
    returns, standards = (frame[name].cat for name in PAIR)
    shape = len(returns.categories), len(standards.categories)
    # One code for the pair: a single grouping is several times faster than a nested one.
    codes = returns.codes.to_numpy(np.intp) * shape[1] + standards.codes.to_numpy(np.intp)
    counted = _counts(frame, codes, shape[0] * shape[1], levels)
    return {name: column.reshape(shape) for name, column in counted.items()}


def together(tables: Iterable[pd.DataFrame], by: By, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """The summary of ratings that were counted part by part (`counts` of `frames.parts`): their sum.

    The same as the summary of all of them at once, where no return is in two parts.
    """
    found = pd.concat(list(tables))
    whole = found.groupby(level=0, sort=False).sum()
    if by in ORDERS:
        whole = whole.reindex(sorted(whole.index, key=ORDERS[by]))
    return _with_shares(whole.rename_axis(found.index.name), levels)


def coded(column: pd.Series) -> tuple[NDArray[Any], pd.Index]:
    """The number of each row's group, and the groups: of a category all it knows, in their order."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    codes, groups = pd.factorize(column)
    return codes, pd.Index(groups)


def _counted(
    frame: pd.DataFrame, codes: NDArray[Any], groups: pd.Index, levels: Sequence[LevelContent]
) -> pd.DataFrame:
    """The columns of `counts`; `codes` says for each row of the frame which of the groups it is in."""
    return pd.DataFrame(_counts(frame, codes, len(groups), levels), index=groups)


def _counts(
    frame: pd.DataFrame, codes: NDArray[Any], groups: int, levels: Sequence[LevelContent]
) -> dict[str, NDArray[np.int64]]:
    """What `_counted` puts into a table, of so many groups."""
    rating_codes, ratings = coded(frame["rating"])
    kinds = max(len(ratings), 1)
    # One number for group, rating, whether it counts and whether it is the best: all is counted at once.
    key = codes.astype(np.intp) * kinds
    key += rating_codes
    key *= 4
    key += frame["counts"].to_numpy(bool).view(np.uint8) * np.uint8(2)
    key += frame["best"].to_numpy(bool).view(np.uint8)
    tallied = np.bincount(key, minlength=groups * kinds * 4).reshape(groups, kinds, 2, 2)
    found = dict(zip(ratings, tallied.sum(axis=(2, 3)).T, strict=False))
    nothing = np.zeros(groups, dtype=np.int64)
    asked = tallied.sum(axis=(1, 2, 3))
    return {
        "returns": _returns(frame, codes, asked),
        "asked": asked,
        **{level.code: found.get(level.code, nothing) for level in levels},
        "not_applicable": found.get(NOT_APPLICABLE, nothing),
        "blank": found.get(BLANK, nothing),
        "denominator": tallied[:, :, 1, :].sum(axis=(1, 2)),
        "best": tallied[:, :, :, 1].sum(axis=(1, 2)),
    }


def _returns(frame: pd.DataFrame, codes: NDArray[Any], asked: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many returns each group holds."""
    thing_codes, known = coded(frame["return_ref"])
    many = max(len(known), 1)
    if len(asked) * many <= 8 * len(frame) + 1_000:
        seen = np.zeros(len(asked) * many, dtype=bool)
        seen[codes.astype(np.intp) * many + thing_codes] = True
        return seen.reshape(len(asked), many).sum(axis=1)
    # The rows of a return stand together and in order, so that most repetitions stand side by side.
    pairs = codes.astype(np.intp) * many + thing_codes
    pairs = pairs[np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)]]
    return np.bincount(np.unique(pairs) // many, minlength=len(asked))


def _with_shares(table: pd.DataFrame, levels: Sequence[LevelContent]) -> pd.DataFrame:
    return pd.concat([table, pd.DataFrame(_shares(table, levels), index=table.index)], axis=1)


def _shares(table: pd.DataFrame, levels: Sequence[LevelContent]) -> dict[str, NDArray[np.float64]]:
    nothing = np.full(len(table), np.nan)
    rated, asked = (_whole(table[name]) for name in ("denominator", "asked"))
    given = {level.code: 100 * table[level.code].to_numpy() for level in levels}
    of_rated = {
        f"{level.code}_pct": given[level.code] / rated if level.counts else nothing for level in levels
    }
    return {**of_rated, **{f"{code}_pct_of_all": many / asked for code, many in given.items()}}


def _whole(column: pd.Series) -> NDArray[np.float64]:
    """What shares are taken of; NaN, not nought, where there is nothing."""
    many = column.to_numpy(float)
    return np.where(many > 0, many, np.nan)


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
