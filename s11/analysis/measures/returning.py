"""How returns came in, round after round: the rows of `frames.returns` in, rates out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from s11.analysis.measures.adding import percent

WEEK_BEFORE = -7


def return_rates(returns: pd.DataFrame) -> pd.DataFrame:
    """Who was asked and who returned, one row a cycle, in the order of the table.

    Columns: `asked`; `exempt` and `withdrawn`, who has sent nothing; `due`, the rest: asked = exempt +
    withdrawn + due; `returned`, of these; `missing`; `share_pct` of due. `on_due_day` and `week_before`:
    whose first submission was in by the end of that day, counted from the due day of the cycle, with
    `…_pct` of due; `late`: first in after their own day. NaN for a share of nobody.
    """
    let_off = returns["let_off"].astype(object).where(~returns["is_in"], "")
    due = let_off == ""
    marks = pd.DataFrame(
        {
            "asked": 1,
            "exempt": let_off == "exempt",
            "withdrawn": let_off == "withdrawn",
            "due": due,
            "returned": returns["is_in"],
            "week_before": due & (returns["day"] <= WEEK_BEFORE),
            "on_due_day": due & (returns["day"] <= 0),
            "late": due & returns["late"],
        },
        index=returns.index,
    ).astype(np.int64)
    table = marks.groupby(returns["cycle"], observed=False, sort=False).sum()
    if isinstance(returns["cycle"].dtype, pd.CategoricalDtype):
        table = table.reindex(returns["cycle"].cat.categories)
    table.insert(5, "missing", table["due"] - table["returned"])
    table["share_pct"] = percent(table["returned"], table["due"])
    for name in ("week_before", "on_due_day"):
        table[f"{name}_pct"] = percent(table[name], table["due"])
    return table


def chase(
    returns: pd.DataFrame, first: int = -56, last: int = 35, *, until: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """The chase curve: percent of those due whose first submission was in at the end of each day.

    One row a day from the due day of the cycle (0), one column a cycle. NaN after the day `until` which a
    cycle is known, and throughout where nobody is due.
    """
    due = returns[(returns["let_off"] == "") | returns["is_in"]]
    days = np.arange(first, last + 1)
    curves = {}
    for cycle in returns["cycle"].astype("category").cat.categories:
        part = due[due["cycle"] == cycle]
        came = np.sort(part["day"].dropna().to_numpy(float))
        share = 100 * np.searchsorted(came, days, side="right") / len(part) if len(part) else np.nan
        known = days <= (until or {}).get(str(cycle), last)
        curves[str(cycle)] = np.where(known, share, np.nan)
    return pd.DataFrame(curves, index=pd.Index(days, name="day"))
