"""A plan as understood: a pure function of what was printed, what its columns mean, and what was mended."""

from collections.abc import Mapping, Sequence

from s11.actions.bringing.keeping import Meanings
from s11.actions.bringing.shapes import Known, Mended, Post, PrintedTable, UnderstoodPlan

__all__ = ["understand"]


def understand(
    tables: Sequence[PrintedTable],
    meanings: Meanings,
    mended: Mapping[int, Mended],
    known: Known,
    posts: Mapping[str, Post] | None = None,
) -> UnderstoodPlan:
    """What every printed row is. `posts` are owners that were mended once for all rows, by their spelling."""
    raise NotImplementedError
