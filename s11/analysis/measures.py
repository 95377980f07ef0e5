"""What ratings add up to: a table in, a table out, no database.

Every measure takes the long table of `s11.analysis.frames.ratings` (or a smaller one of the same
columns) and counts as `s11.analysis.rules` says. Shares are percent, unrounded; they are rounded
where they are printed. A share of nothing is NaN, never nought.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis.rules import BLANK, NOT_APPLICABLE, By
from s11.questionnaires.rules import LevelContent

# The columns that make a group. An organisation goes by its return: two may share a name.
GROUPS: dict[By, str] = {
    By.STANDARD: "standard",
    By.CRITERION: "criterion",
    By.ORGANISATION: "return_ref",
    By.KIND: "kind",
}


def summary(frame: pd.DataFrame, by: By, levels: Sequence[LevelContent]) -> pd.DataFrame:
    """Counts and shares, one row a group, in the order in which the groups stand in the frame.

    The index holds the group: numbers of standards or criteria, refs of returns, kinds; "total" for
    the total. Columns:

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
    column = frame[GROUPS[by]]
    codes, groups = pd.factorize(column, sort=isinstance(column.dtype, pd.CategoricalDtype))
    return _counted(frame, codes, pd.Index(groups, name=column.name, dtype=object), levels)


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


def agreement(own: pd.DataFrame, moderated: pd.DataFrame, by: By = By.STANDARD) -> pd.DataFrame:
    """How self-assessment and moderation agree, one row a group.

    Compared is what has an answer on both sides. Columns: `compared`; `agreed` (the same level, or
    not applicable on both sides); `optimistic` (the agency rated higher); `severe` (it rated lower);
    `apart` (only one side said not applicable); `agreed_pct` of compared, NaN where nothing is.
    """
    both = pair(own, moderated)
    if by is By.TOTAL:
        group = pd.Series("total", index=both.index)
    else:
        group = both[GROUPS[by]]
    away_own, away_other = both["rating"] == NOT_APPLICABLE, both["rating_moderated"] == NOT_APPLICABLE
    levelled = ~away_own & ~away_other
    marks = pd.DataFrame(
        {
            "compared": 1,
            "agreed": both["rating"].astype(object) == both["rating_moderated"].astype(object),
            "optimistic": levelled & (both["order"] > both["order_moderated"]),
            "severe": levelled & (both["order"] < both["order_moderated"]),
            "apart": away_own ^ away_other,
        },
        index=both.index,
    ).astype(np.int64)
    table = marks.groupby(group, observed=False).sum()
    table["agreed_pct"] = percent(table["agreed"], table["compared"])
    return table


def pair(own: pd.DataFrame, moderated: pd.DataFrame) -> pd.DataFrame:
    """Own and moderated ratings side by side (`…_moderated`), where both have an answer."""
    keys = ["return_id", "criterion"]
    other = moderated.loc[moderated["rating"] != BLANK, [*keys, "rating", "label", "order"]]
    return own[own["rating"] != BLANK].merge(other, on=keys, suffixes=("", "_moderated"))


def differing(own: pd.DataFrame, moderated: pd.DataFrame) -> dict[tuple[str, str], int]:
    """How many ratings differ, by (return_ref, standard); what is not in it has no difference."""
    both = pair(own, moderated)
    apart = both[both["rating"].astype(object) != both["rating_moderated"].astype(object)]
    counted = apart.groupby(["return_ref", "standard"], observed=True).size()
    return {(str(ref), str(standard)): int(count) for (ref, standard), count in counted.items()}


def scores(frame: pd.DataFrame, by: By, weights: Mapping[str, float]) -> pd.DataFrame:
    """The weighted mean of the values of ratings, one row a group.

    `weights` holds the weight of each criterion by its number. Columns: `rated`, ratings that count and
    have a value; `weight`, the sum of their weights; `score`, the sum of weight times value over that sum.
    What is not applicable or blank leaves the weights. NaN where nothing is rated.
    """
    rated = frame[frame["counts"] & frame["value"].notna()]
    group = pd.Series("total", index=rated.index) if by is By.TOTAL else rated[GROUPS[by]]
    weight = rated["criterion"].astype(object).map(weights).astype(float)
    table = pd.DataFrame(
        {
            "rated": weight.groupby(group, observed=False).size(),
            "weight": weight.groupby(group, observed=False).sum(),
            "score": (weight * rated["value"]).groupby(group, observed=False).sum(),
        }
    )
    return table.assign(score=table["score"] / table["weight"].where(table["weight"] > 0))


def weak_evidence(frame: pd.DataFrame, by: By = By.ORGANISATION) -> pd.DataFrame:
    """Best ratings without any evidence, one row a group: `best`, `unproved`, `unproved_pct` of best."""
    best = frame[frame["best"]]
    group = pd.Series("total", index=best.index) if by is By.TOTAL else best[GROUPS[by]]
    unproved = best["evidence"] == 0
    table = pd.DataFrame(
        {
            "best": unproved.groupby(group, observed=False).size(),
            "unproved": unproved.groupby(group, observed=False).sum(),
        }
    )
    table["unproved_pct"] = percent(table["unproved"], table["best"])
    return table


def weakest(table: pd.DataFrame, at_most: int = 3) -> pd.DataFrame:
    """The rows of a summary with the smallest share at the best level, smallest first.

    A row where everything rated is at the best level is not weak, and one without ratings unknown.
    """
    told = table.assign(best_pct=percent(table["best"], table["denominator"]))
    return told[told["best_pct"] < 100].sort_values("best_pct", kind="stable").head(at_most)
