"""Sections of the same shape, one for each organisation, as a few tables with its name in the first column.

Each kind of block becomes one table: the heads of all profiles, their ratings, what is worth naming, the
questions with room for the answers, the forms with a column for each field. Nothing is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Finding,
    Findings,
    OneOf,
    Paragraph,
    Question,
    Section,
    Sheet,
    Table,
)

NAME_WIDE = 2.0
# Rows to write in are as high as an answer of a few lines; a cell grows with what is typed into it.
LINES_AT_MOST = 9
ANSWER = "Answer"

Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Stacked:
    """A table of a series: what its sheet is called, which columns are to be written in, and how many lines
    each row has for it."""

    sheet: str
    table: Table
    boxes: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


def stacked(sections: Sequence[Section]) -> Iterator[Stacked]:
    """The tables of a series of sections."""
    series, head = _of(sections[0]).series, _of(sections[0]).head
    names = [_of(section).name for section in sections]
    blocks = [tuple(_flat(section.blocks)) for section in sections]
    held = list(zip(names, blocks, strict=True))
    made = [
        _facts(series, head, held),
        *_tables(head, held),
        _findings(head, held),
        _questions(series, head, held),
        *_forms(series, head, held),
    ]
    yield from (one for one in made if one is not None and one.table.rows)


def _of(section: Section) -> OneOf:
    assert section.one_of is not None
    return section.one_of


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Beside):
            yield from _flat((*block.left, *block.right))
        else:
            yield block


Held = list[tuple[str, tuple[Block, ...]]]


def _facts(series: str, head: str, held: Held) -> Stacked | None:
    """Each organisation on a row, with what stands at the head of its section."""
    pairs = [
        (name, {label: said for block in blocks if isinstance(block, Facts) for label, said in block.pairs})
        for name, blocks in held
    ]
    labels = list(dict.fromkeys(label for _, found in pairs for label in found))
    rows = tuple(
        (Cell(name, strong=True), *(Cell(found.get(label, "")) for label in labels))
        for name, found in pairs
        if found
    )
    columns = (Column(head, width=NAME_WIDE), *(Column(label) for label in labels))
    return Stacked(series, Table(series, columns, rows))


def _tables(head: str, held: Held) -> Iterator[Stacked]:
    """Tables with the same caption and the same heads, beneath each other."""
    found: dict[tuple[str, tuple[Column, ...]], list[tuple[str, Table]]] = {}
    for name, blocks in held:
        for block in blocks:
            if isinstance(block, Table):
                found.setdefault((block.caption, block.columns), []).append((name, block))
    for (caption, columns), tables in found.items():
        rows: list[Row] = []
        for name, table in tables:
            label = Cell(name, strong=True)
            rows += [(label, *row) for row in table.rows]
            if not table.rows:
                rows.append((label, Cell(table.empty), *(Cell("") for _ in columns[1:])))
        first = tables[0][1]
        notes = " ".join(dict.fromkeys(table.note for _, table in tables if table.note))
        joined = replace(
            first,
            columns=(Column(head, width=NAME_WIDE), *columns),
            rows=tuple(rows),
            note=notes,
            names=1 + first.names,
        )
        yield Stacked(first.sheet or caption, joined)


def _findings(head: str, held: Held) -> Stacked | None:
    rows: list[Row] = []
    for name, blocks in held:
        for block in blocks:
            if isinstance(block, Findings):
                label, title = Cell(name, strong=True), Cell(block.title)
                rows += [(label, title, *_finding(one)) for one in block.items]
                more = block.rest if block.items else block.empty
                if more:
                    rows.append((label, title, Cell(""), Cell(""), Cell(more), Cell("")))
    columns = (
        Column(head, width=NAME_WIDE), Column("What"), Column("No."), Column("Rating"), Column("Which"),
        Column("What is said of it"),
    )  # fmt: skip
    return Stacked("Findings", Table("Strengths, gaps and what else is worth naming", columns, tuple(rows)))


def _finding(one: Finding) -> Row:
    rating = Cell(one.chip.label, chip=one.chip) if one.chip is not None else Cell("")
    said = "\n".join(words for words in one.said if words)
    return Cell(one.number), rating, Cell(one.text), Cell(said)


def _questions(series: str, head: str, held: Held) -> Stacked | None:
    """Every question with room for its answer, and every other sentence where it stood."""
    asks = any(isinstance(block, Question) for _, blocks in held for block in blocks)
    rows: list[Row] = []
    lines: list[int] = []
    for name, blocks in held:
        label = Cell(name, strong=True)
        for block in blocks:
            if isinstance(block, Question):
                said = (block.number, block.question, block.why, block.about, block.asked_by)
                rows.append((label, *(Cell(words) for words in said), Cell("")))
                lines.append(min(block.lines, LINES_AT_MOST))
            for words in _sentences(block):
                rows.append((label, Cell(""), Cell(words), *(Cell("") for _ in range(4))))
                lines.append(1)
    titles = ("No.", "Question" if asks else "Remark", "Why it is asked", "About", "Asked by", ANSWER)
    columns = (Column(head, width=NAME_WIDE), *(Column(title) for title in titles))
    kept = [
        place
        for place in range(len(columns))
        if any(row[place].text for row in rows) or (asks and columns[place].title == ANSWER)
    ]
    table = Table(
        series if asks else f"{series}: remarks",
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        names=2 if asks else 1,
    )
    return Stacked(series, table, boxes=(len(kept) - 1,) if asks else (), lines=tuple(lines))


def _sentences(block: Block) -> Sequence[str]:
    if isinstance(block, Paragraph):
        return [block.text] if block.text else []
    return block.items if isinstance(block, Bullets) else []


def _forms(series: str, head: str, held: Held) -> Iterator[Stacked]:
    """Empty forms: a row for each, and a column for each field."""
    found: dict[tuple[str, tuple[tuple[str, int], ...]], list[tuple[str, int]]] = {}
    for name, blocks in held:
        for block in blocks:
            if isinstance(block, Sheet):
                found.setdefault((block.title, block.fields), []).append((name, block.times))
    for (title, fields), whose in found.items():
        names = [name for name, times in whose for _ in range(times)]
        rows = tuple((Cell(name, strong=True), *(Cell("") for _ in fields)) for name in names)
        columns = (Column(head, width=NAME_WIDE), *(Column(label, width=lines) for label, lines in fields))
        most = min(max(lines for _, lines in fields), LINES_AT_MOST)
        yield Stacked(
            series,
            Table(title, columns, rows),
            boxes=tuple(range(1, len(columns))),
            lines=(most,) * len(rows),
        )
