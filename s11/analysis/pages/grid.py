"""The matrix: organisations by standards, with totals; and the order in which rows stand."""

import html
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from s11.analysis import measures
from s11.analysis.narrowing import BY_NAME, BY_TOTAL, Asked
from s11.analysis.pages.tables import Segment, best_word, names, percent, segments
from s11.analysis.rules import Basis
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
    """A column; `href` sorts by it, and `sorted` says how it is, as `aria-sort` does."""

    number: str
    title: str
    href: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class MatrixRow:
    label: str
    href: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Organisations by standards; the last column and the last row are totals. `found` organisations stand
    on so many pages."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    faces: tuple[Face, ...]
    corner_href: str = ""
    corner_sorted: str = ""
    found: int = 0
    page: int = 1
    pages: int = 1

    @staticmethod
    def printed(cells: Sequence[Cell], faces: Sequence[str]) -> Markup:
        """The cells of a row as they stand in the page. There are thousands, and printing each by the
        template costs more than all the figures; `faces` are printed already."""
        return printed(cells, faces)


def printed(cells: Sequence[Cell], faces: Sequence[str]) -> Markup:
    """Cells around faces that are fit to be printed; the addresses are made fit here."""
    return Markup(
        "".join(
            [
                f'<td><a href="{html.escape(cell[0])}">{faces[cell[1]]}</a></td>'
                if cell[0]
                else f"<td>{faces[cell[1]]}</td>"
                for cell in cells
            ]
        )
    )


class Look(NamedTuple):
    """All that decides what a cell shows: counts on each basis, how many differ, whether it is a total."""

    counts: tuple[Counts, ...]
    differing: int = 0
    is_total: bool = False


@dataclass(frozen=True)
class Order:
    """In which order rows stand, where the titles of columns lead, and which page is shown."""

    asked: Asked = field(default_factory=Asked)
    href: Callable[[dict[str, Any]], str] | None = None
    page_size: int = 0  # 0: everything on one page

    def column(self, number: str, title: str, sort: str) -> Column:
        return Column(number, title, self._href(sort), self.asked.direction(sort))

    def corner(self, rows: int, *, only: tuple[int, int]) -> dict[str, Any]:
        """What a matrix says of its first column and its pages."""
        page, pages = only
        return {
            "corner_href": self._href(BY_NAME),
            "corner_sorted": self.asked.direction(BY_NAME),
            "found": rows,
            "page": page,
            "pages": pages,
        }

    def _href(self, sort: str) -> str:
        return self.href(self.asked.sorted_by(sort)) if self.href else ""

    def sorted(self, names: dict[str, str], shares: Mapping[str, float]) -> list[str]:
        """Refs in order: by name, or by share with what has none last either way; then by name."""
        refs = sorted(names, key=lambda ref: names[ref].casefold())
        if self.asked.sort == BY_NAME:
            return refs[::-1] if self.asked.down else refs
        known = sorted(
            (ref for ref in refs if ref in shares), key=shares.__getitem__, reverse=self.asked.down
        )
        return [*known, *(ref for ref in refs if ref not in shares)]

    def on_page(self, refs: list[str]) -> tuple[list[str], tuple[int, int]]:
        """The refs of the page asked for, and its number with how many there are."""
        if not self.page_size:
            return refs, (1, 1)
        pages = max(1, -(-len(refs) // self.page_size))
        page = min(max(1, self.asked.page), pages)
        return refs[(page - 1) * self.page_size : page * self.page_size], (page, pages)


WEAKEST_FIRST = Order(Asked(sort=BY_TOTAL))


def matrix(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    *,
    caption: str,
    return_href: Callable[[str], str],
    answers_href: Callable[[str, str], str],
    lowest_first: bool = False,
    order: Order | None = None,
) -> Matrix:
    """Organisations by standards on one basis or, with a table for each, on both.

    By name, or those with the smallest share at the best level first; or as `order` says. The row of totals
    is of all organisations, whichever page is shown.
    """
    order = order or (WEAKEST_FIRST if lowest_first else Order())
    any_frame = next(iter(frames.values()))
    called, phases = called_of(any_frame), names(any_frame, "phase")
    counted = [Counted.of(frame, levels) for frame in frames.values()]
    differing = measures.differing(*frames.values()) if len(frames) == len(Basis) else {}
    standards = [s for s in edition.standards if any(s.number in one.down for one in counted)]
    numbers = [s.number for s in standards]
    worn: dict[Look, int] = {}

    def wear(look: Look) -> int:
        return worn.setdefault(look, len(worn))

    def row(ref: str) -> MatrixRow:
        made = []
        for number, *counts in zip(numbers, *(one.row(ref, numbers) for one in counted), strict=True):
            look = Look(tuple(counts), differing.get((ref, number), 0))
            made.append(Cell(answers_href(ref, number) if look.counts[0][0] else "", wear(look)))
        apart = sum(differing.get((ref, number), 0) for number in numbers) if differing else 0
        made.append(Cell("", wear(Look(tuple(one.across[ref] for one in counted), apart, True))))
        return MatrixRow(called[ref], return_href(ref), phases[ref], tuple(made))

    def shares() -> dict[str, float]:
        sort = order.asked.sort
        if sort in numbers:
            return _shares(counted[0].column(called, sort))
        return _shares({ref: counted[0].across[ref] for ref in called}) if sort == BY_TOTAL else {}

    def totals() -> MatrixRow:
        made = []
        for number in numbers:
            apart = sum(count for (_, other), count in differing.items() if other == number)
            made.append(Cell("", wear(Look(tuple(one.down[number] for one in counted), apart, True))))
        every = Look(tuple(one.whole for one in counted), sum(differing.values()), True)
        return MatrixRow("All organisations", "", "", (*made, Cell("", wear(every))))

    shown, at = order.on_page(order.sorted(called, shares()))
    rows = (*(row(ref) for ref in shown), totals()) if called else ()
    return Matrix(
        caption=f"{caption}. How many of the ratings given are {best_word(edition)}.",
        corner="Organisation",
        columns=(
            *(order.column(s.number, s.title, s.number) for s in standards),
            order.column("", "All", BY_TOTAL),
        ),
        rows=rows,
        faces=tuple(face(look, tuple(frames), levels) for look in worn),
        **order.corner(len(called), only=at),
    )


def _shares(counts: Mapping[str, Counts]) -> dict[str, float]:
    """The share at the best level of each that has rated anything."""
    rated, best = COUNTED.index("denominator"), COUNTED.index("best")
    return {ref: one[best] / one[rated] for ref, one in counts.items() if one[rated]}


def called_of(frame: pd.DataFrame) -> dict[str, str]:
    """Short names, which keep rows low; the full name where two organisations share a short one."""
    full, short = names(frame), names(frame, "short_name")
    shared = Counter(short.values())
    return {ref: short[ref] if short[ref] and shared[short[ref]] == 1 else full[ref] for ref in full}


@dataclass(frozen=True)
class Counted:
    """The counts of a table of ratings, each `COUNTED` and then one a level: of every return and standard,
    and of returns, of standards that were asked and of everything, which are sums of these."""

    block: NDArray[np.int64]  # returns × standards × counts
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    across: Mapping[str, Counts]
    down: Mapping[str, Counts]
    whole: Counts

    @classmethod
    def of(cls, frame: pd.DataFrame, levels: Sequence[LevelContent]) -> "Counted":
        crossed = measures.crossed(frame, levels)
        block = np.stack([crossed[name] for name in (*COUNTED, *(level.code for level in levels))], axis=-1)
        refs, standards = (list(frame[name].cat.categories) for name in ("return_ref", "standard"))
        down = zip(standards, map(tuple, block.sum(axis=0).tolist()), strict=True)
        return cls(
            block,
            {ref: place for place, ref in enumerate(refs)},
            {number: place for place, number in enumerate(standards)},
            dict(zip(refs, map(tuple, block.sum(axis=1).tolist()), strict=True)),
            {number: counts for number, counts in down if counts[COUNTED.index("asked")]},
            tuple(block.sum(axis=(0, 1)).tolist()),
        )

    def row(self, ref: str, numbers: Sequence[str]) -> list[Counts]:
        """The cells of a return."""
        found = self.block[self.rows[ref]].tolist()
        return [tuple(found[self.columns[number]]) for number in numbers]

    def column(self, refs: Iterable[str], number: str) -> dict[str, Counts]:
        """The cells of a standard."""
        found = self.block[:, self.columns[number]].tolist()
        return {ref: tuple(found[self.rows[ref]]) for ref in refs}


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
