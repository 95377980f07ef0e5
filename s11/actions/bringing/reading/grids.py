"""Grids of cells as tables of a plan: what heads them, what stands above, which rows there are.

Nothing is dropped: what is no row of a table stands above the next one, or below the last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from s11.actions.bringing.columns import are_headings, plain, same_headings
from s11.actions.bringing.reading.blocks import Block, Grid, Range, Words, refused
from s11.actions.bringing.reading.cells import heading_of, words_of
from s11.actions.bringing.reading.colours import said_by_colour
from s11.actions.bringing.sections import section_of
from s11.actions.bringing.shapes import PrintedRow, PrintedTable

ROWS_AT_MOST = 2_000
COLUMNS_AT_MOST = 40
LETTERS_AT_MOST = 2_000_000


@dataclass
class _Row:
    cells: tuple[str, ...]
    joined: tuple[int, ...] = ()
    title: bool = False
    colours: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_lone(self) -> bool:
        """Whether only one cell holds words: a title above headings, where they follow."""
        return sum(map(bool, self.cells)) == 1


@dataclass
class _Table:
    above: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: list[_Row] = field(default_factory=list)


def tables_of(blocks: Iterable[Block], field: str) -> list[PrintedTable]:
    """The tables of a plan. Raises Invalid, with the field, where there is none or far too much."""
    making = _Making()
    for block in blocks:
        if isinstance(block, Words):
            making.say(heading_of(block.text))
        else:
            making.take(_rows(block))
    found = making.finished()
    if not found:
        raise refused(
            "There is no table with at least two columns in this. Select the table of the plan with its "
            "headings, and copy it whole.",
            field,
        )
    _refuse_too_much(found, field)
    return _numbered(found, tuple(making.waiting))


class _Making:
    """Rows come in, and words between them; tables come out."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.waiting: list[str] = []
        self.open: _Table | None = None

    def say(self, words: str) -> None:
        self.open = None
        if words:
            self.waiting.append(words)

    def take(self, rows: Sequence[_Row]) -> None:
        self.open = None
        for at, row in enumerate(rows):
            following = next((one for one in rows[at + 1 :] if not (one.title or one.is_lone)), None)
            self._take(row, following)
        self.open = None

    def _take(self, row: _Row, following: _Row | None) -> None:
        begins = following is not None and self._begins_another(following)
        if (row.title and (self.open is None or begins)) or (row.is_lone and self.open is None and begins):
            self.say("".join(row.cells))
        elif not row.title and are_headings(row.cells):
            self._head(row)
        else:
            self._table().rows.append(row)

    def _head(self, row: _Row) -> None:
        table = self.open
        if table is not None and not table.rows and table.headings and row.joined:
            # Headings in two rows: the lower says more of the upper.
            table.headings = tuple(map(_both, table.headings, row.cells))
        elif table is not None and same_headings(table.headings, row.cells):
            table.rows.append(row)
        else:
            self.open = None
            self._table().headings = row.cells

    def _begins_another(self, row: _Row) -> bool:
        return are_headings(row.cells) and (
            self.open is None or not same_headings(self.open.headings, row.cells)
        )

    def _table(self) -> _Table:
        if self.open is None:
            self.open = _Table(tuple(self.waiting))
            self.tables.append(self.open)
            self.waiting = []
        return self.open

    def finished(self) -> list[_Table]:
        """The tables that have rows; the words of others go to the next."""
        kept: list[_Table] = []
        said: list[str] = []
        for table in self.tables:
            above = (*said, *table.above)
            if table.rows:
                kept.append(_Table(above, table.headings, table.rows))
                said = []
            else:
                said = [*above, " | ".join(heading for heading in table.headings if heading)]
        self.waiting = [*said, *self.waiting]
        return kept


def _both(upper: str, lower: str) -> str:
    return upper if not lower or plain(upper) == plain(lower) else f"{upper} {lower}".strip()


def _rows(grid: Grid) -> list[_Row]:
    """The rows of a grid, all as wide as the widest, without empty ones and empty columns at the end."""
    cells = [[words_of(cell) for cell in row] for row in grid.rows]
    width = max((at + 1 for row in cells for at, cell in enumerate(row) if cell), default=0)
    squared = [[*row, *[""] * (width - len(row))][:width] for row in cells]
    joined: dict[int, set[int]] = {}
    for place in grid.merged:
        _unmerge(squared, joined, place)
    colours: dict[int, dict[int, str]] = {}
    for at, column, colour in grid.colours:
        if column < width:
            colours.setdefault(at, {})[column] = colour
    found = []
    for at, row in enumerate(squared):
        if any(row):
            above = tuple(sorted(column for column in joined.get(at, ()) if row[column]))
            found.append(_Row(tuple(row), above, _is_title(at, row, grid.merged), colours.get(at, {})))
    return found


def _unmerge(rows: list[list[str]], joined: dict[int, set[int]], place: Range) -> None:
    """Words of a cell that is merged across stand in its first column only; of one merged down, in each row.

    Headings that go over several columns head each of them.
    """
    top, left, bottom, right = place
    for at in range(top, min(bottom, len(rows) - 1) + 1):
        across = range(left + 1, min(right, len(rows[at]) - 1) + 1)
        if across and not are_headings(rows[at]):
            for column in across:
                rows[at][column] = ""
        if at > top and left < len(rows[at]):
            joined.setdefault(at, set()).add(left)


def _is_title(at: int, row: Sequence[str], merged: Sequence[Range]) -> bool:
    """Whether a row is one line of words across the table."""
    if any(row[1:]) or not row[0]:
        return False
    whole = any(
        top <= at <= bottom and left == 0 and right >= len(row) - 1 > 0 for top, left, bottom, right in merged
    )
    return whole or len(row) == 1 or section_of(heading_of(row[0])) is not None


def _refuse_too_much(tables: Sequence[_Table], field: str) -> None:
    rows = sum(len(table.rows) for table in tables)
    widest = max(len(row.cells) for table in tables for row in table.rows)
    letters = sum(len(cell) for table in tables for row in table.rows for cell in row.cells)
    if rows > ROWS_AT_MOST or letters > LETTERS_AT_MOST:
        raise refused(
            f"The plan has {rows:,} rows, and no more than {ROWS_AT_MOST:,} with {LETTERS_AT_MOST:,} letters "
            "are read at once. Bring it in in parts.",
            field,
        )
    if widest > COLUMNS_AT_MOST:
        raise refused(
            f"A table has {widest} columns, and no more than {COLUMNS_AT_MOST} are read. Delete those that "
            "are not needed.",
            field,
        )


def _numbered(tables: Sequence[_Table], below: tuple[str, ...]) -> list[PrintedTable]:
    found = []
    row_number = 0
    for at, table in enumerate(tables, start=1):
        rows = []
        for row in table.rows:
            row_number += 1
            cells = tuple(said_by_colour(table.headings, row.cells, row.colours))
            rows.append(PrintedRow(row_number, cells, row.joined, row.title))
        is_last = at == len(tables)
        found.append(PrintedTable(at, table.above, table.headings, tuple(rows), below if is_last else ()))
    return found
