"""How well the ratings are evidenced: nothing shown, old evidence, one document behind many answers."""

from dataclasses import dataclass

import pandas as pd

from s11.analysis import measures
from s11.analysis.pages.tables import FigureLine, records
from s11.analysis.rules import By, share

EVIDENCE_HIGHEST_FIRST = frozenset({"unproved", "old", "outdated", "reused"})


@dataclass(frozen=True)
class Proved:
    """One group. Of `best` ratings `unproved` have nothing attached; of `evidenced` answers so many rest on
    old evidence, on evidence out of date, on a document that is shown for many criteria."""

    best: int = 0
    unproved: int = 0
    evidenced: int = 0
    old: int = 0
    outdated: int = 0
    reused: int = 0


@dataclass(frozen=True)
class ReusedDocument:
    """A document of one return that stands behind many of its criteria."""

    title: str
    return_id: int
    criteria: int
    evidenced: int

    @property
    def figure(self) -> str:
        return f"{self.criteria} of {self.evidenced}"


def proved(own: pd.DataFrame, proofs: pd.DataFrame, by: By) -> dict[str, Proved]:
    """How well each group is evidenced, in the order in which groups stand in the table."""
    best = _counts(measures.weak_evidence(own, by), "best", "unproved")
    ages = _counts(measures.evidence_age(proofs, own, by), "evidenced", "old", "outdated")
    reused = _counts(measures.resting(proofs, own, by), "reused")
    return {
        key: Proved(*best.get(key, (0, 0)), *ages.get(key, (0, 0, 0)), *reused.get(key, (0,)))
        for key in dict.fromkeys([*best, *ages])
    }


def _counts(table: pd.DataFrame, *names: str) -> dict[str, tuple[int, ...]]:
    return {str(key): tuple(int(row[name]) for name in names) for key, row in records(table[list(names)])}


def proved_line(key: str, name: str, href: str, one: Proved) -> FigureLine:
    """The line of a table: best without evidence; and of what has any: old, out of date, resting on one."""

    def cell(part: int, whole: int) -> tuple[str, str]:
        return (f"{part}\u00a0of\u00a0{whole}", share(part, whole)) if whole else ("–", "")

    parts = {
        "unproved": (one.unproved, one.best),
        "old": (one.old, one.evidenced),
        "outdated": (one.outdated, one.evidenced),
        "reused": (one.reused, one.evidenced),
    }
    return FigureLine(
        key, name, href, tuple(cell(*part) for part in parts.values()),
        {name: part / whole if whole else None for name, (part, whole) in parts.items()},
    )  # fmt: skip


def reused_documents(proofs: pd.DataFrame) -> list[ReusedDocument]:
    """The documents that stand behind many criteria of one return, the most used first."""
    return [
        ReusedDocument(str(row["title"]), int(return_id), int(row["criteria"]), int(row["evidenced"]))
        for (return_id, _), row in records(measures.reuse(proofs))
    ]
