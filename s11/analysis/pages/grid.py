"""The matrix: organisations by standards, with totals."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from s11.analysis import measures
from s11.analysis.pages.tables import Segment, best_word, names, percent, segments
from s11.analysis.rules import Basis, By
from s11.questionnaires.rules import EditionContent, LevelContent

LETTERS = {Basis.SELF: "S", Basis.MODERATED: "M"}  # the caption says what they stand for
BLANK_WORDS = {Basis.SELF: "blank", Basis.MODERATED: "not yet"}
COUNTED = ("asked", "denominator", "best", "not_applicable", "blank")
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Strip:
    """A bar with its figures. `basis` is empty where there is only one."""

    basis: str
    segments: tuple[Segment, ...]
    figures: str
    note: str


@dataclass(frozen=True)
class Face:
    """What a cell shows. Many cells look alike: each look is made, and printed, once."""

    strips: tuple[Strip, ...] = ()
    note: str = ""
    empty: str = ""


class Cell(NamedTuple):
    """A cell: where it leads, and which of the faces it wears."""

    href: str
    face: int


@dataclass(frozen=True)
class Column:
    number: str
    title: str


@dataclass(frozen=True)
class MatrixRow:
    label: str
    href: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Organisations by standards; the last column and the last row are totals."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    faces: tuple[Face, ...]


class Look(NamedTuple):
    """All that decides what a cell shows: counts on each basis, how many differ, whether it is a total."""

    counts: tuple[Counts, ...]
    differing: int = 0
    is_total: bool = False


def matrix(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    *,
    caption: str,
    return_href: Callable[[str], str],
    answers_href: Callable[[str, str], str],
    lowest_first: bool = False,
) -> Matrix:
    """Organisations by standards on one basis or, with a table for each, on both.

    By name, or those with the smallest share at the best level first.
    """
    any_frame = next(iter(frames.values()))
    called, phases = _called(any_frame), names(any_frame, "phase")
    cells = [_counts(measures.matrix(frame, levels), levels) for frame in frames.values()]
    across = [_counts(measures.summary(f, By.ORGANISATION, levels), levels) for f in frames.values()]
    down = [_counts(measures.summary(f, By.STANDARD, levels), levels) for f in frames.values()]
    whole = [_counts(measures.summary(f, By.TOTAL, levels), levels) for f in frames.values()]
    differing = measures.differing(*frames.values()) if len(frames) == len(Basis) else {}
    standards = [s for s in edition.standards if any(s.number in table for table in down)]
    worn: dict[Look, int] = {}

    def wear(look: Look) -> int:
        return worn.setdefault(look, len(worn))

    def row(ref: str) -> MatrixRow:
        made = []
        for s in standards:
            look = Look(tuple(table[ref, s.number] for table in cells), differing.get((ref, s.number), 0))
            made.append(Cell(answers_href(ref, s.number) if look.counts[0][0] else "", wear(look)))
        apart = sum(differing.get((ref, s.number), 0) for s in standards)
        made.append(Cell("", wear(Look(tuple(table[ref] for table in across), apart, True))))
        return MatrixRow(called[ref], return_href(ref), phases[ref], tuple(made))

    def place_of(ref: str) -> tuple[float, str]:
        return (_best_share(across[0][ref]) if lowest_first else 0, called[ref].casefold())

    def totals() -> MatrixRow:
        made = []
        for s in standards:
            apart = sum(count for (_, number), count in differing.items() if number == s.number)
            made.append(Cell("", wear(Look(tuple(table[s.number] for table in down), apart, True))))
        every = Look(tuple(table["total"] for table in whole), sum(differing.values()), True)
        return MatrixRow("All organisations", "", "", (*made, Cell("", wear(every))))

    rows = (*(row(ref) for ref in sorted(called, key=place_of)), totals()) if called else ()
    return Matrix(
        caption=f"{caption}. How many of the ratings given are {best_word(edition)}.",
        corner="Organisation",
        columns=(*(Column(s.number, s.title) for s in standards), Column("", "All")),
        rows=rows,
        faces=tuple(face(look, tuple(frames), levels) for look in worn),
    )


def _best_share(counts: Counts) -> float:
    """The share at the best level; where nothing is rated, more than any."""
    rated, best = counts[COUNTED.index("denominator")], counts[COUNTED.index("best")]
    return best / rated if rated else 2


def _called(frame: pd.DataFrame) -> dict[str, str]:
    """Short names, which keep rows low; the full name where two organisations share a short one."""
    full, short = names(frame), names(frame, "short_name")
    shared = Counter(short.values())
    return {ref: short[ref] if short[ref] and shared[short[ref]] == 1 else full[ref] for ref in full}


def _counts(table: pd.DataFrame, levels: Sequence[LevelContent]) -> dict[object, Counts]:
    """The counts of each row of a summary: `COUNTED`, then one a level."""
    columns = [*COUNTED, *(level.code for level in levels)]
    return dict(zip(table.index, map(tuple, table[columns].to_numpy().tolist()), strict=True))


def face(look: Look, bases: Sequence[Basis], levels: Sequence[LevelContent]) -> Face:
    """What a cell with these figures shows."""
    if not look.counts[0][0]:
        return Face(empty="Not asked")
    strips = [
        strip(counts, basis, levels, alone=len(bases) == 1, is_total=look.is_total)
        for counts, basis in zip(look.counts, bases, strict=True)
    ]
    if len(strips) == 1 and not strips[0].segments:
        return Face(empty=strips[0].figures)
    apart = look.differing
    return Face(tuple(strips), f"{apart} differ{'s' if apart == 1 else ''}" if apart else "")


def strip(
    counts: Counts, basis: Basis, levels: Sequence[LevelContent], *, alone: bool, is_total: bool
) -> Strip:
    """A bar with its figures. Where a moderator has said nothing there is no bar, but "not yet"."""
    row = dict(zip([*COUNTED, *(level.code for level in levels)], counts, strict=True))
    label = "" if alone else LETTERS[basis]
    if basis is Basis.MODERATED and row["blank"] == row["asked"]:
        return Strip(label, (), "not yet", "")
    left_out = [
        f"{row[name]} {words}"
        for name, words in (("not_applicable", "N/A"), ("blank", BLANK_WORDS[basis]))
        if row[name]
    ]
    if not row["denominator"]:
        return Strip(label, segments(row, levels), "none rated", ", ".join(left_out))
    of_rated = [percent(100 * row["best"] / row["denominator"])] if is_total else []
    figures = f"{row['best']} of {row['denominator']}"
    return Strip(label, segments(row, levels), figures, ", ".join([*of_rated, *left_out]))
