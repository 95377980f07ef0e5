"""What ratings add up to: a table in, a table out, no database.

Every measure takes the long table of `s11.analysis.frames.ratings` (or a smaller one of the same
columns) and counts as `s11.analysis.rules` says: `rules.counting` has the sentence for each. Shares are
percent, unrounded; they are rounded where they are printed. A share of nothing is NaN, never nought.
"""

from s11.analysis.measures import plan
from s11.analysis.measures.adding import (
    coded,
    counts,
    crossed,
    matrix,
    percent,
    scores,
    summary,
    together,
    weakest,
)
from s11.analysis.measures.comparing import agreement, differing, direction, kappa, pair
from s11.analysis.measures.groups import GROUPS, grouped, titles
from s11.analysis.measures.proving import evidence_age, resting, reuse, weak_evidence
from s11.analysis.measures.returning import chase, return_rates
from s11.analysis.measures.spreading import positions, spread
from s11.analysis.measures.years import change, years
from s11.analysis.rules import By

__all__ = [
    "GROUPS",
    "By",
    "agreement",
    "change",
    "chase",
    "coded",
    "counts",
    "crossed",
    "differing",
    "direction",
    "evidence_age",
    "grouped",
    "kappa",
    "matrix",
    "pair",
    "percent",
    "plan",
    "positions",
    "resting",
    "return_rates",
    "reuse",
    "scores",
    "spread",
    "summary",
    "titles",
    "together",
    "weak_evidence",
    "weakest",
    "years",
]
