"""Chosen organisations beside each other, with their names or without."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from s11.analysis.pages.grid import COUNTED, Cell, Column, Look, Matrix, MatrixRow, face
from s11.analysis.pages.tables import best_word
from s11.analysis.pages.tallies import Tally
from s11.analysis.rules import Basis
from s11.questionnaires.rules import EditionContent, LevelContent

ORDER = ("asked", "denominator", "best", "not_applicable", "blank")
assert COUNTED == ORDER  # a tally and a look count in the same order


def letters_for(refs: Sequence[str], secret: str) -> dict[str, str]:
    """A, B, C for organisations, by ref, in an order that betrays nothing: neither their names nor how they
    rate decide it, and without the secret it cannot be worked out again. The same ones have the same letters.
    """
    together = " ".join(sorted(refs))

    def lot(ref: str) -> str:
        return hashlib.sha256(f"{secret} {together} {ref}".encode()).hexdigest()

    return {ref: letter(place) for place, ref in enumerate(sorted(refs, key=lot))}


def letter(place: int) -> str:
    """A to Z, then AA, AB: as columns of a spreadsheet are called."""
    first, last = divmod(place, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def side_by_side(
    tallies: Mapping[str, Mapping[str, Tally]],
    called: Mapping[str, str],
    titles: Mapping[str, str],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    bases: Sequence[Basis],
    *,
    caption: str,
    corner: str,
    hrefs: Callable[[str, str], str],
) -> Matrix:
    """Standards or criteria by organisations; `tallies` holds those of each organisation by its ref and the
    number, `titles` what each number is called, in the order printed.

    `hrefs(ref, number)` leads to the answers behind a cell, or is empty.
    """
    worn: dict[Look, int] = {}
    numbers = [number for number in titles if any(number in found for found in tallies.values())]

    def cell(ref: str, number: str, tally: Tally | None, *, total: bool = False) -> Cell:
        look = look_of(tally, bases, levels, total=total)
        return Cell(hrefs(ref, number) if tally and not total else "", worn.setdefault(look, len(worn)))

    def sum_of(ref: str) -> Tally | None:
        parts = list(tallies[ref].values())
        return sum(parts[1:], parts[0]) if parts else None

    rows = [
        MatrixRow(
            titles[number],
            "",
            "",
            tuple(cell(ref, number, tallies[ref].get(number)) for ref in called),
        )
        for number in numbers
    ]
    last = MatrixRow(
        "Everything asked", "", "", tuple(cell(ref, "", sum_of(ref), total=True) for ref in called)
    )
    return Matrix(
        caption=f"{caption}. How many of the ratings given are {best_word(edition)}.",
        corner=corner,
        columns=tuple(Column("", name) for name in called.values()),
        rows=(*rows, last) if rows else (),
        faces=tuple(face(look, tuple(bases), levels) for look in worn),
    )


def look_of(
    tally: Tally | None, bases: Sequence[Basis], levels: Sequence[LevelContent], *, total: bool
) -> Look:
    """What a cell with this tally shows."""
    nothing = (0,) * (len(ORDER) + len(levels))
    if tally is None:
        return Look(tuple(nothing for _ in bases), is_total=total)
    counts = tuple(tally.own if basis is Basis.SELF else tally.other for basis in bases)
    return Look(counts, tally.differing if len(bases) == len(Basis) else 0, total)
