"""The schools of a group, each with its ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.analysis.counts import Line
from s11.questionnaires.rules import LevelContent
from s11.schools.pages.beside import Row, row_of
from s11.schools.queries import Asked


@dataclass(frozen=True)
class Listed:
    """One school: where it stands, and its ratings where it is in and was asked."""

    asked: Asked
    ratings: Row | None
    best_share: float


def listed(
    asked: Sequence[Asked],
    lines: Mapping[str, Mapping[str, Line]],
    number: str,
    levels: Sequence[LevelContent],
) -> list[Listed]:
    """The smallest share at the best level first; then whoever has none, by name."""
    rows = []
    for one in asked:
        line = lines.get(one.return_ref, {}).get(number)
        share = line.best / line.denominator if line and line.denominator else 2.0
        rows.append(Listed(one, row_of("", line, levels) if line else None, share))
    return sorted(rows, key=lambda row: (row.best_share, row.asked.name.casefold()))
