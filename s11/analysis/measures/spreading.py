"""How far organisations of a kind lie apart, and who lies outside.

Source of the fences: J. W. Tukey, Exploratory Data Analysis (1977): one and a half times the distance
between the quartiles beyond each of them. Quartiles are interpolated as a spreadsheet's QUARTILE.INC does.
"""

import numpy as np
import pandas as pd

from s11.analysis.measures.groups import GROUPS, grouped
from s11.analysis.rules import OVERLAPPING, SMALL, By

REACH = 1.5


def positions(frame: pd.DataFrame, by: By = By.STANDARD) -> pd.DataFrame:
    """Where each return stands in each standard, indexed by (return_ref, group).

    Columns: `rated`, ratings that count; `position`, the mean of their places on the scale, from 0 (the
    lowest level) to 1 (the best). What has no rating that counts has no row.
    """
    counted = frame[frame["counts"].astype(bool)]
    counted, group = grouped(counted, by)
    place = counted["step"].to_numpy(float) / np.maximum(counted["steps"].to_numpy(float), 1)
    # The only level of a scale is its best one.
    place = pd.Series(np.where(counted["steps"].to_numpy() > 0, place, 1.0), index=counted.index)
    found = place.groupby([counted["return_ref"], group], observed=True, sort=True)
    return found.agg(["size", "mean"]).set_axis(["rated", "position"], axis=1)


def spread(
    frame: pd.DataFrame, by: By = By.KIND, *, of: By = By.STANDARD, small: int = SMALL
) -> pd.DataFrame:
    """Each organisation beside its peers in each standard, indexed by (return_ref, group of `of`).

    Peers are the organisations of the same group of `by` (a kind, phase, district or trust), itself among
    them. What has no phase, district or trust has no peers. Columns:

    - `peers_of`: the group of `by`; `rated`; `position`, 0 to 1, as `positions` says;
    - `n`: how many of the group have a position here; `small`: whether these are fewer than `small`;
    - `lower`, `median`, `upper`: the quartiles of their positions;
    - `outside`: how far the position lies beyond the nearer fence (below 0: beneath the lower one), 0 inside
      and NaN where the group is small; `outlier`: "low", "high", or "".
    """
    if by in OVERLAPPING or by in (By.TOTAL, By.STANDARD, By.CRITERION, By.ORGANISATION):
        raise ValueError(f"Organisations are not set beside each other by {by}.")
    table = positions(frame, of)
    peers = frame.drop_duplicates("return_ref").set_index("return_ref")[GROUPS[by]].astype(object)
    table["peers_of"] = peers.reindex(table.index.get_level_values(0)).to_numpy()
    names = [table["peers_of"], table.index.get_level_values(1)]
    among = table["position"].groupby(names, observed=True)
    has_peers = (table["peers_of"] != "").to_numpy()
    table["n"] = np.where(has_peers, among.transform("size"), 0)
    table["small"] = table["n"] < small
    for name, part in (("lower", 0.25), ("median", 0.5), ("upper", 0.75)):
        quartile = among.quantile(part).rename(name)
        keys = pd.MultiIndex.from_arrays([table["peers_of"], table.index.get_level_values(1).astype(object)])
        quartile.index = pd.MultiIndex.from_tuples(list(quartile.index), names=[None, None])
        table[name] = np.where(has_peers, quartile.reindex(keys).to_numpy(), np.nan)
    return table.assign(**_outside(table))[
        ["peers_of", "rated", "position", "n", "small", "lower", "median", "upper", "outside", "outlier"]
    ]


def _outside(table: pd.DataFrame) -> dict[str, np.ndarray]:
    reach = REACH * (table["upper"] - table["lower"])
    below = np.minimum(table["position"] - (table["lower"] - reach), 0)
    above = np.maximum(table["position"] - (table["upper"] + reach), 0)
    # A mean of thirds is seldom exact: what lies a hair's breadth beyond a fence lies on it.
    beyond = (below + above).where(lambda far: far.abs() > 1e-9, 0.0)
    outside = np.where(table["small"], np.nan, beyond)
    return {"outside": outside, "outlier": np.select([outside < 0, outside > 0], ["low", "high"], "")}
