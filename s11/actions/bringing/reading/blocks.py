"""What every kind of file is taken apart into, in its order: words, and grids of cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.core.errors import Invalid

# First and last row and column of merged cells, from 0: top, left, bottom, right.
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Words:
    """A line between tables."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table as it was found. The words of merged cells stand in each of them.

    `colours` are those of cells that hold nothing else: row and column from 0, and the colour as RRGGBB.
    """

    rows: Sequence[Sequence[str]]
    merged: Sequence[Range] = ()
    colours: Sequence[tuple[int, int, str]] = ()


Block = Words | Grid


def refused(sentence: str, field: str) -> Invalid:
    return Invalid(sentence, field=field)
