"""The matrix by criteria: a letter for each rating, and a row of totals."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from s11.analysis import measures
from s11.analysis.narrowing import BY_TOTAL
from s11.analysis.pages.grid import Cell, Column, Order, called_of, printed
from s11.analysis.pages.tables import best_word
from s11.analysis.rules import BLANK, NOT_APPLICABLE, Basis, By, share
from s11.questionnaires.rules import EditionContent, LevelContent, StandardContent

NOT_ASKED = -1


class Sign(NamedTuple):
    """A rating as a letter: its colour, the letter, and the word it stands for."""

    colour: str
    letter: str
    label: str


AWAY, NOTHING = Sign("na", "N/A", "Not applicable"), Sign("blank", "–", "Blank")


@dataclass(frozen=True)
class Letters:
    """What a cell shows: one rating or, on both bases, two; none where nothing was asked."""

    signs: tuple[Sign, ...] = ()
    differs: bool = False


@dataclass(frozen=True)
class Group:
    """Columns that belong to one standard."""

    number: str
    title: str
    span: int


@dataclass(frozen=True)
class LetterRow:
    label: str
    href: str
    cells: tuple[Cell, ...]
    total: str
    share: str


@dataclass(frozen=True)
class LetterMatrix:
    """Organisations by criteria. `best` and `shares` are the row of totals: how many organisations rated
    each criterion at the best level, of how many that rated it."""

    caption: str
    corner: str
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    rows: tuple[LetterRow, ...]
    faces: tuple[Letters, ...]
    best: tuple[tuple[str, str], ...]
    all_best: tuple[str, str]
    total: Column
    paired: bool  # two letters a cell
    corner_href: str
    corner_sorted: str
    found: int
    page: int
    pages: int

    @staticmethod
    def printed(cells: Sequence[Cell], faces: Sequence[str]) -> Markup:
        return printed(cells, faces)


def letter_matrix(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    *,
    caption: str,
    return_href: Callable[[str], str],
    answers_href: Callable[[str, str, int], str],
    order: Order,
) -> LetterMatrix:
    """Organisations by criteria on one basis or both; `answers_href` takes a return, the number of a standard
    and the id of a criterion."""
    first = next(iter(frames.values()))
    called = called_of(first)
    refs = list(called)
    asked = set(first["criterion"].unique())
    criteria = [
        (standard, criterion)
        for standard in edition.standards
        for criterion in standard.criteria
        if criterion.number in asked
    ]
    numbers = [criterion.number for _, criterion in criteria]
    signs = signs_of(first, levels)
    blocks = [_block(frame, refs, numbers) for frame in frames.values()]
    across = measures.counts(first, By.ORGANISATION, levels)
    down = measures.counts(first, By.CRITERION, levels)

    def shares() -> dict[str, float]:
        if order.asked.sort in numbers:
            return _orders(first, order.asked.sort)
        rated = across[across["denominator"] > 0] if order.asked.sort == BY_TOTAL else across[:0]
        return {str(ref): best / of for ref, best, of in rated[["best", "denominator"]].itertuples()}

    shown, at = order.on_page(order.sorted(called, shares()))
    faces = _Faces(signs)
    place = {ref: at for at, ref in enumerate(refs)}

    def row(ref: str) -> LetterRow:
        codes = [block[place[ref]].tolist() for block in blocks]
        cells = tuple(
            Cell(answers_href(ref, s.number, c.id) if code[0] != NOT_ASKED else "", faces.wear(code))
            for (s, c), code in zip(criteria, zip(*codes, strict=True), strict=True)
        )
        best, of = int(across.at[ref, "best"]), int(across.at[ref, "denominator"])
        return LetterRow(called[ref], return_href(ref), cells, f"{best} of {of}", share(best, of))

    rows = tuple(row(ref) for ref in shown)
    pairs = [(int(down.at[n, "best"]), int(down.at[n, "denominator"])) for n in numbers]
    best, of = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return LetterMatrix(
        caption=f"{caption}. The last column and row count the ratings given that are {best_word(edition)}.",
        corner="Organisation",
        groups=groups_of([standard for standard, _ in criteria]),
        columns=tuple(order.column(c.number, c.headline, c.number) for _, c in criteria),
        rows=rows,
        faces=tuple(faces.made),
        best=tuple((f"{a} of {b}", share(a, b)) for a, b in pairs),
        all_best=(f"{best} of {of}", share(best, of)),
        total=order.column("", "All", BY_TOTAL),
        paired=len(frames) == len(Basis),
        **order.corner(len(called), only=at),
    )


def groups_of(standards: Sequence[StandardContent]) -> tuple[Group, ...]:
    """The standards of neighbouring columns, each once with how many columns it has."""
    counted = Counter(standard.number for standard in standards)
    titles = {standard.number: standard.title for standard in standards}
    return tuple(Group(number, titles[number], span) for number, span in counted.items())


class _Faces:
    """The looks that cells share: each is made once."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._signs = signs
        self._worn: dict[tuple[int, ...], int] = {}

    def wear(self, codes: tuple[int, ...]) -> int:
        return self._worn.setdefault(codes, len(self._worn))

    @property
    def made(self) -> list[Letters]:
        return [self._face(codes) for codes in self._worn]

    def _face(self, codes: tuple[int, ...]) -> Letters:
        if codes[0] == NOT_ASKED:
            return Letters()
        shown = tuple(self._signs[code] for code in codes)
        # What nobody has moderated does not differ.
        return Letters(shown, len(shown) == len(Basis) and shown[1] is not NOTHING and shown[0] != shown[1])


def signs_of(frame: pd.DataFrame, levels: Sequence[LevelContent]) -> list[Sign]:
    """What stands for each rating, in the order in which the frame knows them."""
    known = {level.code: Sign(level.colour, level.letter, level.label) for level in levels}
    known |= {NOT_APPLICABLE: AWAY, BLANK: NOTHING}
    return [known[code] for code in frame["rating"].cat.categories]


def _block(frame: pd.DataFrame, refs: Sequence[str], numbers: Sequence[str]) -> NDArray[np.int16]:
    """The ratings as one block, a row a return and a column a criterion; what was not asked is -1."""
    rows = pd.Index(refs).get_indexer(pd.Index(frame["return_ref"].cat.categories))
    columns = pd.Index(numbers).get_indexer(pd.Index(frame["criterion"].cat.categories))
    block = np.full((len(refs), len(numbers)), NOT_ASKED, dtype=np.int16)
    at = rows[frame["return_ref"].cat.codes], columns[frame["criterion"].cat.codes]
    block[at] = frame["rating"].cat.codes
    return block


def _orders(frame: pd.DataFrame, number: str) -> dict[str, float]:
    """The place in its scale of each rating given to a criterion, by ref of the return."""
    part = frame[(frame["criterion"] == number) & frame["counts"]]
    return dict(zip(names_of(part), part["order"].astype(float), strict=True))


def names_of(frame: pd.DataFrame) -> list[str]:
    return frame["return_ref"].astype(str).tolist()
