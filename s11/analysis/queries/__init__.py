"""What figures are made of: how returns came in and what was shown in them, and the composite plan."""

from s11.analysis.queries.plan import Moved, Tracked, Unanswered, moves, of_plan, unanswered
from s11.analysis.queries.returning import (
    PROOFS_AT_MOST,
    AskedOnce,
    Missing,
    Proof,
    Standing,
    asked,
    not_in,
    perhaps_hidden,
    proofs,
    standing,
    years,
)

__all__ = [
    "PROOFS_AT_MOST", "AskedOnce", "Missing", "Moved", "Proof", "Standing", "Tracked", "Unanswered", "asked",
    "moves", "not_in", "of_plan", "perhaps_hidden", "proofs", "standing", "unanswered", "years",
]  # fmt: skip
