"""Ratings, and what stands beside them, as tables of pandas."""

from s11.analysis.frames.beside import proofs, returns_of
from s11.analysis.frames.ratings import moderated, of_submitted, packed, parts, ratings, tables
from s11.analysis.frames.slowly import ratings_from_answers
from s11.analysis.frames.unpacking import COLUMNS, unpacked

__all__ = [
    "COLUMNS",
    "moderated",
    "of_submitted",
    "packed",
    "parts",
    "proofs",
    "ratings",
    "ratings_from_answers",
    "returns_of",
    "tables",
    "unpacked",
]
