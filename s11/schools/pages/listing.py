"""The schools of a group, each with its ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from s11.analysis.counts import Line
from s11.questionnaires.rules import LevelContent
from s11.schools.pages.beside import Row, row_of
from s11.schools.queries import Asked

ON_A_PAGE = 100


@dataclass(frozen=True)
class Listed:
    """One school: where it stands, and its ratings where it is in and was asked."""

    asked: Asked
    ratings: Row | None


@dataclass(frozen=True)
class Listing:
    """A page of the schools behind a cell, and how many there are."""

    rows: list[Listed]
    found: int
    page: int
    pages: int


def listing_of(
    asked: Sequence[Asked], lines: Mapping[str, Line], levels: Sequence[LevelContent], page: int
) -> Listing:
    """The smallest share at the best level first; then whoever has none, by name."""
    ordered = sorted(asked, key=lambda one: _place(one, lines.get(one.return_ref)))
    pages = max(1, ceil(len(ordered) / ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    rows = [Listed(one, _ratings(lines.get(one.return_ref), levels)) for one in shown]
    return Listing(rows, len(ordered), page, pages)


def _place(one: Asked, line: Line | None) -> tuple[bool, float, str]:
    share = line.best_share if line else None
    return share is None, share or 0.0, one.name.casefold()


def _ratings(line: Line | None, levels: Sequence[LevelContent]) -> Row | None:
    return row_of("", line, levels) if line else None
