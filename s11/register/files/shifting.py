"""Rows whose values do not stand beneath their headings: found by what cannot be where it is, and could be
beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.register.files.columns import COLUMNS, Column
from s11.register.files.rules import Layout, Table

SIDES = {1: "right", -1: "left"}
# So many values have to speak for it, and this part of the rows from the first such row on.
SPEAK = 2
MOST_OF = 0.8


@dataclass(frozen=True)
class Shift:
    """To which side the values of these rows stand, and from which column on."""

    number: int
    side: int
    column: str

    @property
    def sentence(self) -> str:
        return (
            f"The values of this row stand one column to the {SIDES[self.side]} of their heading from "
            f"“{self.column}” on. Put them right in the file."
        )


def shifts_of(layout: Layout, table: Table, places: Mapping[str, int]) -> dict[int, Shift]:
    """The rows that are shifted, by their number."""
    checked = [
        (column, places[column.key]) for column in COLUMNS[layout] if column.key in places and column.fits
    ]
    checked.sort(key=lambda pair: pair[1])
    found = {}
    for number, cells in table.rows:
        shift = shift_of(number, cells, checked)
        if shift is not None:
            found[number] = shift
    return found


def shift_of(number: int, cells: Sequence[str], checked: Sequence[tuple[Column, int]]) -> Shift | None:
    """How one row is shifted, if it is: more values fit beside their place than in it."""
    wrong = [(column, at) for column, at in checked if not fits(column, cells, at)]
    if len(wrong) < SPEAK:
        return None
    first = wrong[0][1]
    beyond = [(column, at) for column, at in checked if at >= first]
    for side in SIDES:
        beside = sum(fits(column, cells, at + side, filled=True) for column, at in beyond)
        here = sum(fits(column, cells, at, filled=True) for column, at in beyond)
        mended = sum(fits(column, cells, at + side, filled=True) for column, at in wrong)
        if mended >= SPEAK and beside > here:
            return Shift(number, side, wrong[0][0].label)
    return None


def fits(column: Column, cells: Sequence[str], at: int, *, filled: bool = False) -> bool:
    """Whether what stands there can be of the column; an empty cell fits unless it has to be filled."""
    value = cells[at] if 0 <= at < len(cells) else ""
    if not value:
        return not filled
    return column.fits is None or column.fits(value)


def from_row(table: Table, shifts: Mapping[int, Shift]) -> Shift | None:
    """The shift that runs from some row to the end of the file; None where only single rows are shifted."""
    if len(shifts) < SPEAK:
        return None
    first = next(number for number, _ in table.rows if number in shifts)
    after = [number for number, _ in table.rows if number >= first]
    side = shifts[first].side
    same = sum(number in shifts and shifts[number].side == side for number in after)
    return shifts[first] if same >= SPEAK and same >= MOST_OF * len(after) else None
