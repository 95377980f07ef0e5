"""How well the ratings are evidenced: nothing shown, old evidence, one document behind many answers."""

import pandas as pd

from s11.analysis.measures.adding import percent
from s11.analysis.measures.groups import grouped
from s11.analysis.rules import OLD_YEARS, REUSED_OFTEN, By

DAYS_A_YEAR = 365.25
KEYS = ["return_id", "criterion"]


def weak_evidence(frame: pd.DataFrame, by: By = By.ORGANISATION) -> pd.DataFrame:
    """Best ratings without any evidence, one row a group: `best`, `unproved`, `unproved_pct` of best."""
    best, group = grouped(frame[frame["best"]], by)
    unproved = best["evidence"] == 0
    table = pd.DataFrame(
        {
            "best": unproved.groupby(group, observed=False).size(),
            "unproved": unproved.groupby(group, observed=False).sum(),
        }
    )
    table["unproved_pct"] = percent(table["unproved"], table["best"])
    return table


def evidence_age(
    proofs: pd.DataFrame, frame: pd.DataFrame, by: By = By.ORGANISATION, *, years: float = OLD_YEARS
) -> pd.DataFrame:
    """How old the evidence was when the return was submitted, one row a group.

    `proofs` is a table of `frames.proofs`, `frame` the ratings it belongs to. Columns: `evidenced`, answers
    with any evidence; `old`, those of them whose newest piece was older than so many years; `outdated`,
    those whose every piece had passed the day it was said to be current until; `old_pct` and
    `outdated_pct` of evidenced; `median_years`, the age of the newest piece in the middle answer.
    """
    newest = proofs.groupby(KEYS, observed=True, sort=False).agg(days=("days", "min"), past=("past", "min"))
    newest = newest.reset_index().astype({"criterion": frame["criterion"].dtype})
    told = frame.merge(newest, on=KEYS)
    told, group = grouped(told, by)
    marks = pd.DataFrame(
        {
            "evidenced": 1,
            "old": told["days"] > years * DAYS_A_YEAR,
            "outdated": told["past"].astype(bool),
        },
        index=told.index,
    )
    table = marks.astype("int64").groupby(group, observed=False).sum()
    table["old_pct"] = percent(table["old"], table["evidenced"])
    table["outdated_pct"] = percent(table["outdated"], table["evidenced"])
    table["median_years"] = told["days"].groupby(group, observed=False).median() / DAYS_A_YEAR
    return table


def reuse(proofs: pd.DataFrame, *, at_least: int = REUSED_OFTEN) -> pd.DataFrame:
    """Documents that stand behind many criteria of one return, the most used first.

    Indexed by (return_id, document_id): `title`; `criteria`, how many criteria it is shown for, whichever
    revision of it; `evidenced`, how many criteria of that return have any evidence; `share_pct` of these.
    Only documents that stand behind `at_least` so many.
    """
    used = proofs.drop_duplicates(["return_id", "document_id", "criterion"])
    keys = ["return_id", "document_id"]
    table = used.groupby(keys, sort=True).agg(title=("title", "first"), criteria=("criterion", "size"))
    evidenced = used.drop_duplicates(KEYS).groupby("return_id").size()
    of = table.index.get_level_values("return_id").map(evidenced)
    table["evidenced"] = pd.Series(of, index=table.index, dtype="int64")
    table["share_pct"] = percent(table["criteria"], table["evidenced"])
    return table[table["criteria"] >= at_least].sort_values("criteria", ascending=False, kind="stable")


def resting(proofs: pd.DataFrame, frame: pd.DataFrame, by: By = By.ORGANISATION) -> pd.DataFrame:
    """Answers that rest on a document which is shown for `REUSED_OFTEN` criteria or more of the same return.

    One row a group. Columns: `evidenced`, answers with any evidence; `reused`, those of them that show such a
    document; `reused_pct` of evidenced.
    """
    often = reuse(proofs).index
    shown = pd.MultiIndex.from_frame(proofs[["return_id", "document_id"]]).isin(often)
    told = proofs[KEYS].assign(reused=shown).groupby(KEYS, observed=True, sort=False)["reused"].max()
    told = frame.merge(told.reset_index().astype({"criterion": frame["criterion"].dtype}), on=KEYS)
    told, group = grouped(told, by)
    marks = pd.DataFrame({"evidenced": 1, "reused": told["reused"].astype(bool)}, index=told.index)
    table = marks.astype("int64").groupby(group, observed=False).sum()
    table["reused_pct"] = percent(table["reused"], table["evidenced"])
    return table
