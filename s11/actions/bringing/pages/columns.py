"""The tables that were found, and what their columns are taken to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.actions.bringing.keeping import Meanings
from s11.actions.bringing.shapes import Meaning, PrintedTable

# So many values of a column, of so many characters each, say what it holds.
SAMPLES = 3
SAMPLE_LONGEST = 90
ABOVE_SHOWN = 3


@dataclass(frozen=True)
class ShownColumn:
    """A column of several tables: the name of its field, its heading, and first values."""

    name: str
    heading: str
    samples: tuple[str, ...]
    meaning: Meaning


@dataclass(frozen=True)
class ShownTable:
    """One table: the name of its box, the words above it, how many rows, and whether it comes in."""

    name: str
    number: int
    above: tuple[str, ...]
    rows: int
    comes_in: bool

    @property
    def label(self) -> str:
        return f"Table {self.number}: {self.rows} row{'' if self.rows == 1 else 's'}"


@dataclass(frozen=True)
class ShownGroup:
    """Tables with the same headings, for which one choice is made."""

    number: int
    columns: tuple[ShownColumn, ...]
    tables: tuple[ShownTable, ...]


def groups_of(tables: Sequence[PrintedTable], guessed: Meanings, chosen: Meanings) -> list[ShownGroup]:
    """The tables by their headings, in the order they were read.

    `guessed` has a meaning for the columns of every table; `chosen` is what was said before, if anything was:
    a table that is not among it was left out.
    """
    same: dict[object, list[PrintedTable]] = {}
    for table in tables:
        # Without headings it is what they seem to hold that makes two tables alike.
        alike = _headings(table) if table.headings else (table.width, *guessed[table.number].items())
        same.setdefault(alike, []).append(table)
    return [
        _group(number, _headings(alike[0]), alike, guessed, chosen)
        for number, alike in enumerate(same.values(), start=1)
    ]


def meanings_chosen(
    groups: Sequence[ShownGroup], said: Mapping[str, object]
) -> dict[int, dict[int, Meaning]]:
    """What was said of every table that comes in, from the fields of the page."""
    return {
        table.number: {at: Meaning(str(said[column.name])) for at, column in enumerate(group.columns)}
        for group in groups
        for table in group.tables
        if said.get(table.name)
    }


def _headings(table: PrintedTable) -> tuple[str, ...]:
    return tuple(table.headings) + ("",) * (table.width - len(table.headings))


def _group(
    number: int,
    headings: tuple[str, ...],
    tables: list[PrintedTable],
    guessed: Meanings,
    chosen: Meanings,
) -> ShownGroup:
    said = next((chosen[table.number] for table in tables if table.number in chosen), None)
    meanings = said or guessed.get(tables[0].number, {})
    columns = tuple(
        ShownColumn(
            name=f"g{number}-c{at}",
            heading=" ".join(heading.split()) or f"Column {at + 1}",
            samples=_samples(tables, at),
            meaning=meanings.get(at, Meaning.NOTHING),
        )
        for at, heading in enumerate(headings)
    )
    shown = tuple(
        ShownTable(
            name=f"t{table.number}",
            number=table.number,
            above=tuple(" ".join(words.split()) for words in table.above[-ABOVE_SHOWN:]),
            rows=len(table.rows),
            comes_in=table.number in chosen if chosen else True,
        )
        for table in tables
    )
    return ShownGroup(number, columns, shown)


def _samples(tables: list[PrintedTable], at: int) -> tuple[str, ...]:
    found: list[str] = []
    for cells in (row.cells for table in tables for row in table.rows):
        words = " ".join(cells[at].split()) if at < len(cells) else ""
        if words and words not in found:
            found.append(words)
        if len(found) == SAMPLES:
            break
    return tuple(found)
