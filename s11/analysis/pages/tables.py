"""What the pages of figures share: rows of tables, names, and the parts of a bar."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from s11.analysis import measures
from s11.analysis.narrowing import BY_NAME, Asked
from s11.analysis.rules import one_decimal
from s11.questionnaires.rules import EditionContent, LevelContent

Row = dict[Any, Any]
# Colour, letter, label and number: what `bar` of components/rating.html draws.
Segment = tuple[str, str, str, int]
KEPT_SHARES = frozenset({"best_pct", "agreed_pct", "unproved_pct"})


def best_word(edition: EditionContent) -> str:
    """What the best level is called where every criterion has the same one, else "at the best level"."""
    labels = {
        next((level.label for level in criterion.scale.counted if level.counts), "")
        for criterion in edition.asked_criteria
    }
    return labels.pop().lower() if len(labels) == 1 else "at the best level"


def first(table: pd.DataFrame) -> Row:
    return next((row for _, row in records(table)), {})


def records(table: pd.DataFrame) -> list[tuple[Any, Row]]:
    """The rows of a table with what they are called; shares are left behind, they are taken where printed."""
    kept = [
        name for name in table.columns if not name.endswith(("_pct", "_pct_of_all")) or name in KEPT_SHARES
    ]
    return list(zip(table.index, table[kept].to_dict("records"), strict=True))


def names(frame: pd.DataFrame, column: str = "organisation") -> dict[str, str]:
    """What each return's organisation is called, by ref of the return, in the order of the frame."""
    codes, refs = measures.coded(frame["return_ref"])
    # The rows of a return stand together: where the code changes the next begins.
    first = np.flatnonzero(codes[1:] != codes[:-1]) + 1 if len(codes) else codes
    starts = np.r_[0, first] if len(codes) else first
    called = frame[column].iloc[starts].astype(str)
    return dict(zip(refs.take(codes[starts]).astype(str), called, strict=True))


def title(edition: EditionContent, number: str) -> str:
    standard = edition.standard(number)
    return f"{number} {standard.title}" if standard else number


def percent(value: float) -> str:
    """79.6 % that no line break parts."""
    return f"{one_decimal(value)}\u00a0%"


def segments(row: Mapping[Any, Any], levels: Sequence[LevelContent]) -> tuple[Segment, ...]:
    """The parts of a bar that hold anything: the levels, best first, then not applicable and blank."""
    found = [
        (level.colour, level.letter, level.label, int(row[level.code])) for level in levels if row[level.code]
    ]
    if row["not_applicable"]:
        found.append(("na", "N/A", "Not applicable", int(row["not_applicable"])))
    if row["blank"]:
        found.append(("blank", "–", "Blank", int(row["blank"])))
    return tuple(found)


@dataclass(frozen=True)
class FigureLine:
    """A line of a table of figures: what it is about and where that leads; its cells, each with a word
    beneath it; and what it can be sorted by, by the name of the column (None: nothing to sort by)."""

    key: str
    name: str
    href: str
    cells: tuple[tuple[str, str], ...]
    by: Mapping[str, float | None]


def sorted_lines(
    lines: Sequence[FigureLine], asked: Asked, highest_first: Collection[str] = ()
) -> tuple[FigureLine, ...]:
    """As they stand, or as the address asks; what has nothing in that column comes last either way."""
    if asked.sort == BY_NAME:
        return tuple(lines[::-1] if asked.down else lines)
    known = [(value, line) for line in lines if (value := line.by.get(asked.sort)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=asked.down != (asked.sort in highest_first))
    return (*(line for _, line in known), *(line for line in lines if line.by.get(asked.sort) is None))
