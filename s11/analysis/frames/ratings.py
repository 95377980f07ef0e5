"""Ratings as a table of pandas: one row for every criterion that was asked of a return that is in.

The ratings of a submitted return are kept packed, one byte a criterion (`s11.returns.rules`), so
that a cycle is read as one small block of numbers. Nothing here goes through the answers one by
one. `ratings_from_answers` is the slow, obvious way from the answers themselves; a test holds the
two equal.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from s11.analysis.frames.unpacking import Bytes, unpacked
from s11.analysis.rules import Basis
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.moderation import queries as moderation
from s11.questionnaires.rules import EditionContent
from s11.returns import queries as returns
from s11.returns.packing import BLANK, NOT_APPLICABLE, NOT_ASKED
from s11.returns.queries import Submitted

PART = 2_000  # returns of a table of `parts`: what is read of them fits into a few megabytes


def ratings(cycle: Cycle, basis: Basis = Basis.SELF) -> pd.DataFrame:
    """Every criterion asked in every return of a cycle that is in, in the order printed.

    One row a return and criterion, `unpacking.COLUMNS` wide:

    - `trust` is the name of the organisation it belongs to, empty where there is none;
    - `standard` and `criterion` are numbers as printed ("4", "4.3"), the `_key`s their lineage;
    - `themes` and `practice_standards` are those of the criterion, parted by `rules.BETWEEN`; `scale` is the
      code of the scale it is rated on;
    - `rating` is a level's code, "not_applicable", or "" when blank; `label` is it in words;
    - `value` is the level's value or NaN, `order` its order as its author wrote it (highest is best, 0 for
      none); `step` is its place among the levels of the scale that count, from 0 for the lowest to `steps`
      for the best; 0 for none, and for a level that does not count;
    - `counts` says whether the row is in the denominator, `best` whether it is at the best level;
    - `not_applicable_reason` is a text, `evidence` the number of pieces attached by the agency.

    On the moderated basis the rating is the moderator's; what nobody has moderated is blank.
    """
    return tables(cycle, basis)[basis]


def tables(cycle: Cycle, *bases: Basis) -> dict[Basis, pd.DataFrame]:
    """`ratings` on each basis, all of them if none is named; what was submitted is read once."""
    edition = content_of(cycle)
    submitted = returns.submitted(cycle.id)
    own = packed(submitted, len(edition.criteria))
    found = {}
    for basis in bases or tuple(Basis):
        block = own if basis is Basis.SELF else moderated(edition, cycle.id, submitted, own)
        found[basis] = unpacked(edition, submitted, block)
    return found


def parts(cycle: Cycle, at_most: int = PART) -> Iterator[pd.DataFrame]:
    """The own ratings of a cycle, so many returns at a time: thousands of them in little memory.

    What is counted of each part adds up (`measures.together`): no return is in two of them.
    """
    edition = content_of(cycle)
    for submitted in returns.submitted_in_parts(cycle.id, at_most):
        yield of_submitted(edition, submitted)


def of_submitted(edition: EditionContent, submitted: Sequence[Submitted]) -> pd.DataFrame:
    """The same of some returns only, or as they stood at another time; own ratings."""
    return unpacked(edition, submitted, packed(submitted, len(edition.criteria)))


def packed(submitted: Sequence[Submitted], criteria: int) -> Bytes:
    """The packed ratings of all returns: one row a return, one column a criterion of the edition."""
    block = np.frombuffer(b"".join(item.ratings for item in submitted), dtype=np.uint8)
    return block.reshape(len(submitted), criteria)


def moderated(edition: EditionContent, cycle_id: int, submitted: Sequence[Submitted], own: Bytes) -> Bytes:
    """The same block with moderators' ratings: what is not asked stays so, the rest starts blank."""
    block = np.where(own == NOT_ASKED, NOT_ASKED, BLANK).astype(np.uint8)
    rows = {item.return_id: row for row, item in enumerate(submitted)}
    positions = {criterion.id: criterion.position for criterion in edition.criteria}
    # A level belongs to one scale, so its place there says everything.
    places = {level.id: place for scale in edition.scales for place, level in enumerate(scale.levels)}
    found = [
        (
            rows[return_id],
            positions[criterion_id],
            NOT_APPLICABLE if not_applicable else places[level_id or 0],
        )
        for return_id, criterion_id, level_id, not_applicable in moderation.of_cycle(cycle_id)
        if return_id in rows
    ]
    if found:
        row, column, rating = np.array(found).T
        block[row, column] = rating
        block[own == NOT_ASKED] = NOT_ASKED
    return block
