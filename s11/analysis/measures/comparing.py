"""Self-assessment against moderation: how far the two agree, and who is optimistic.

Sources: J. Cohen, "Weighted kappa: nominal scale agreement with provision for scaled disagreement or
partial credit", Psychological Bulletin 70 (1968), 213-220.
"""

from typing import Literal

import numpy as np
import pandas as pd

from s11.analysis.measures.adding import percent
from s11.analysis.measures.groups import grouped
from s11.analysis.rules import BLANK, NOT_APPLICABLE, By

Weights = Literal["linear", "quadratic"]
POWERS: dict[Weights, int] = {"linear": 1, "quadratic": 2}
KEYS = ["return_id", "criterion"]
TAKEN = ["rating", "label", "order", "counts", "step"]  # what is taken of the other side


def pair(own: pd.DataFrame, moderated: pd.DataFrame) -> pd.DataFrame:
    """Own and moderated ratings side by side (`…_moderated`), where both have an answer."""
    if _stand_alike(own, moderated):
        given = ((own["rating"] != BLANK) & (moderated["rating"] != BLANK)).to_numpy()
        other = moderated.loc[given, TAKEN].add_suffix("_moderated").reset_index(drop=True)
        return pd.concat([own[given].reset_index(drop=True), other], axis=1)
    other = moderated.loc[moderated["rating"] != BLANK, [*KEYS, *TAKEN]]
    return own[own["rating"] != BLANK].merge(other, on=KEYS, suffixes=("", "_moderated"))


def _stand_alike(own: pd.DataFrame, moderated: pd.DataFrame) -> bool:
    """Whether each row of one is about what the same row of the other is about, as in two tables of
    `frames.tables`: then nothing has to be looked for."""
    one, other = own["criterion"], moderated["criterion"]
    return (
        len(own) == len(moderated)
        and isinstance(one.dtype, pd.CategoricalDtype)
        and one.dtype == other.dtype
        and np.array_equal(one.cat.codes, other.cat.codes)
        and np.array_equal(own["return_id"], moderated["return_id"])
    )


def agreement(own: pd.DataFrame, moderated: pd.DataFrame, by: By = By.STANDARD) -> pd.DataFrame:
    """How self-assessment and moderation agree, one row a group.

    Compared is what has an answer on both sides. Columns: `compared`; `agreed` (the same level, or
    not applicable on both sides); `optimistic` (the agency rated higher); `severe` (it rated lower);
    `apart` (only one side said not applicable); `agreed_pct` of compared, NaN where nothing is.
    """
    both, group = grouped(pair(own, moderated), by)
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


def differing(own: pd.DataFrame, moderated: pd.DataFrame) -> dict[tuple[str, str], int]:
    """How many ratings differ, by (return_ref, standard); what is not in it has no difference."""
    both = pair(own, moderated)
    apart = both[both["rating"].astype(object) != both["rating_moderated"].astype(object)]
    counted = apart.groupby(["return_ref", "standard"], observed=True).size()
    return {(str(ref), str(standard)): int(count) for (ref, standard), count in counted.items()}


def _levelled(own: pd.DataFrame, moderated: pd.DataFrame) -> pd.DataFrame:
    """The pairs in which both sides gave a level that counts."""
    both = pair(own, moderated)
    return both[both["counts"].astype(bool) & both["counts_moderated"].astype(bool)]


def kappa(
    own: pd.DataFrame, moderated: pd.DataFrame, by: By = By.STANDARD, weights: Weights = "linear"
) -> pd.DataFrame:
    """Cohen's weighted kappa of own and moderated ratings, indexed by (group, scale).

    kappa = 1 - D / E. D is the mean over the pairs of |i - j| (linear) or (i - j)² (quadratic), where i and
    j are the places of the two levels on their scale; E is the same mean over all ways of pairing the
    agencies' ratings with the moderators' (Cohen 1968).

    Columns: `compared`, pairs in which both gave a level that counts; `kappa`, NaN for fewer than two of
    them, and where E is nought: both sides gave one and the same level throughout. Pairs of different
    scales are never mixed: a group that is rated on two scales has two rows.
    """
    keys = ["group", "scale"]
    asked = _by_scale(own, by).drop_duplicates().sort_values(keys)
    both = _levelled(own, moderated)
    told, _ = grouped(both, by)
    pairs = _by_scale(both, by).assign(
        own=told["step"].to_numpy(np.int64), other=told["step_moderated"].to_numpy(np.int64)
    )
    index = pd.MultiIndex.from_frame(asked.astype(object), names=keys)
    places = index.get_indexer(pd.MultiIndex.from_frame(pairs[keys].astype(object)))
    compared, value = _kappas(
        places, pairs["own"].to_numpy(), pairs["other"].to_numpy(), len(index), POWERS[weights]
    )
    return pd.DataFrame({"compared": compared, "kappa": value}, index=index)


def _by_scale(frame: pd.DataFrame, by: By) -> pd.DataFrame:
    told, group = grouped(frame, by)
    return pd.DataFrame({"group": group.to_numpy(), "scale": told["scale"].to_numpy()}).assign(
        group=pd.Categorical(group, categories=list(group.astype("category").cat.categories), ordered=True)
    )


def _kappas(
    groups: np.ndarray, own: np.ndarray, other: np.ndarray, many: int, power: int
) -> tuple[np.ndarray, np.ndarray]:
    """How many pairs each group has, and its kappa."""
    levels = int(max(own.max(initial=0), other.max(initial=0))) + 1
    pairs = np.bincount(groups, minlength=many)
    apart = np.bincount(groups, weights=np.abs(own - other).astype(float) ** power, minlength=many)
    of_own = np.bincount(groups * levels + own, minlength=many * levels).reshape(many, levels)
    of_other = np.bincount(groups * levels + other, minlength=many * levels).reshape(many, levels)
    places = np.arange(levels)
    weight = np.abs(places[:, None] - places[None, :]).astype(float) ** power
    by_chance = np.einsum("gi,ij,gj->g", of_own.astype(float), weight, of_other.astype(float))
    defined = (pairs >= 2) & (by_chance > 0)
    value = np.full(many, np.nan)
    # D / E = (apart / n) / (by_chance / n²)
    value[defined] = 1 - apart[defined] * pairs[defined] / by_chance[defined]
    return pairs, value


def direction(own: pd.DataFrame, moderated: pd.DataFrame, by: By = By.ORGANISATION) -> pd.DataFrame:
    """Who is optimistic: how the agency's levels stand to the moderator's, one row a group.

    Columns: `compared`, pairs in which both gave a level that counts; `higher`, where the agency's level is
    the higher; `lower`; `mean_steps`, the mean of own less moderated in steps of the scale (above 0: the
    agency is the more optimistic), NaN where nothing is compared. Between neighbouring levels is one step.
    """
    both, group = grouped(_levelled(own, moderated), by)
    steps = both["step"].astype(np.int64) - both["step_moderated"].astype(np.int64)
    marks = pd.DataFrame({"compared": 1, "higher": steps > 0, "lower": steps < 0}, index=both.index)
    table = marks.astype(np.int64).groupby(group, observed=False).sum()
    table["mean_steps"] = steps.groupby(group, observed=False).sum() / table["compared"].where(
        table["compared"] > 0
    )
    return table
