"""From a table to rows in our words: what each column is, what is shifted, and what stands there twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from s11.core.errors import Invalid
from s11.register.files import early_years, gias, plainly
from s11.register.files.columns import columns_in, layout_of, missing_from
from s11.register.files.reading import refused
from s11.register.files.rules import (
    FACTS,
    LAYOUT_LABELS,
    LONGEST,
    NUMBERS,
    ROWS_AT_MOST,
    Layout,
    Row,
    State,
    Table,
)
from s11.register.files.shifting import SIDES, Shift, from_row, shifts_of
from s11.register.files.words import plain

RowOf = Callable[[int, Mapping[str, str]], Row]
ROW_OF: dict[Layout, RowOf] = {
    Layout.GIAS: gias.row,
    Layout.EARLY_YEARS: early_years.row,
    Layout.PLAIN: plainly.row,
}
MEND = {
    True: "Say which column it is, or name it so in the first row.",
    False: "Download the register anew with all its columns.",
}


@dataclass(frozen=True)
class Understood:
    """A file as far as it is understood: `rows` are empty where an authority has to be chosen first."""

    layout: Layout
    table: Table
    places: Mapping[str, int]
    rows: tuple[Row, ...] = ()

    @property
    def authorities(self) -> list[str]:
        """The local authorities that a register of many names, by name."""
        if self.layout == Layout.PLAIN:
            return []
        return sorted(
            (name for name in self.table.authorities if name and not name.isdigit()), key=str.casefold
        )


def layout_in(table: Table, wanted: Layout | None = None) -> Layout:
    """The layout of a table, by its headings. Raises Invalid where it is another than the one wanted."""
    found = layout_of(table.headings)
    if found is None:
        raise refused("No heading in this file is known here. Download the template to see how.")
    if wanted not in (None, found):
        raise refused(
            f"This file is not a {LAYOUT_LABELS[wanted].lower()}: by its headings it is a "
            f"{LAYOUT_LABELS[found].lower()}."
        )
    return found


def places_of(layout: Layout, table: Table, said: Mapping[str, int] | None = None) -> dict[str, int]:
    """Which column stands where, as somebody said or by the headings. Raises Invalid for what is missing."""
    places = dict(said) if said is not None else columns_in(layout, table.headings)
    missing = missing_from(layout, places)
    if missing:
        one = len(missing) == 1
        raise refused(
            f"The {'column' if one else 'columns'} “{'”, “'.join(missing)}” {'is' if one else 'are'} needed, "
            f"and not in this file. {MEND[layout == Layout.PLAIN]}"
        )
    return places


def refuse_broken(layout: Layout, table: Table, places: Mapping[str, int]) -> dict[int, Shift]:
    """Raises Invalid for what is wrong with a file as a whole; gives the single rows that are shifted."""
    if table.broken_at is not None and layout != Layout.PLAIN:
        raise refused(
            f"This file breaks off in row {table.broken_at:,}: it was not downloaded whole. "
            "Download it again."
        )
    shifts = shifts_of(layout, table, places)
    whole = from_row(table, shifts)
    if whole is not None:
        raise refused(
            f"From row {whole.number:,} on the values stand one column to the {SIDES[whole.side]} of their "
            f"heading, beginning with “{whole.column}”. Put the file right, and choose it again."
        )
    return shifts


def understand(layout: Layout, table: Table, places: Mapping[str, int]) -> tuple[Row, ...]:
    """The rows of a table, each with its faults. Raises Invalid where the whole file is wrong."""
    shifts = refuse_broken(layout, table, places)
    if len(table.rows) > ROWS_AT_MOST:
        raise refused(f"This file has more than {ROWS_AT_MOST:,} rows to take in. Bring it in parts.")
    rows = []
    for number, cells in table.rows:
        by_key = {key: cells[at] for key, at in places.items() if at < len(cells)}
        if number in shifts:
            name = by_key.get("name", "")
            rows.append(Row(number, {"name": name} if name else {}, faults=(shifts[number].sentence,)))
        elif any(by_key.values()):
            rows.append(with_lengths(ROW_OF[layout](number, by_key)))
    return without_doubles(rows)


def with_lengths(row: Row) -> Row:
    """A fault for each value that is longer than can be kept."""
    for key, most in LONGEST.items():
        if len(str(row.facts.get(key, ""))) > most:
            row = row.with_fault(f"“{FACTS[key]}” is longer than {most} characters.")
    return row


def without_doubles(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same organisation twice: named in both rows. Where both say the same, the first is taken."""
    first: dict[tuple[str, str], int] = {}
    found = list(rows)
    for at, row in enumerate(rows):
        if row.faults or row.state == State.PASSED:
            continue
        for key in known_by(row):
            before = first.setdefault(key, at)
            if before != at:
                name_both(found, before, at, key)
                break
    return tuple(found)


def name_both(rows: list[Row], before: int, at: int, key: tuple[str, str]) -> None:
    """Say in both rows that the other is the same organisation."""
    earlier, row = rows[before], rows[at]
    if (earlier.facts, earlier.state, earlier.contacts) == (row.facts, row.state, row.contacts):
        rows[at] = replace(row, note=f"The same stands in row {earlier.number:,}.", state=State.PASSED)
        return
    what = f"“{row.name}”" if key[0] == "name" else f"{FACTS[key[0]]} {key[1]}"
    for place, other in ((at, earlier), (before, row)):
        rows[place] = rows[place].with_fault(
            f"{what} stands in row {other.number:,} too, with other facts. Delete the row that is wrong."
        )


def known_by(row: Row) -> list[tuple[str, str]]:
    """By what the same organisation is known within a file: its numbers, or else its name and postcode."""
    numbers = [(key, str(row.facts[key])) for key in NUMBERS if row.facts.get(key)]
    if numbers or not row.name:
        return numbers
    return [("name", f"{plain(row.name)} {row.facts.get('postcode', '')}")]


def held_to(understood: Understood, chosen: Sequence[str]) -> None:
    """Raises Invalid where a register has no rows of the authorities chosen."""
    known = {plain(name) for name in understood.authorities}
    absent = [name for name in chosen if plain(name) not in known]
    if absent:
        raise Invalid(
            f"This file has no rows of “{'”, “'.join(absent)}”. Choose a local authority that is in it.",
            field="authorities",
        )
