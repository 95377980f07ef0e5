"""Which sheets a workbook has, and what stands on each.

A section that is a table, with no more than a few words beside it, is a sheet with that table. A series of
sections of the same shape is stacked into tables, each on a sheet. Every other section is read on the sheet
of its highest heading, and all charts stand on a last one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from s11.packs.document import Beside, Block, Bullets, Chart, Document, Paragraph, Section, Table, Trend
from s11.packs.writing.excel.drawings import Drawn, drawings_of
from s11.packs.writing.excel.stacks import Stacked, stacked
from s11.packs.writing.texts import levelled, plain

FRONT, CHARTS = "Contents", "Charts"
NAME_LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass
class Planned:
    """A sheet before it is written: what it is called, its title, and what stands on it."""

    name: str
    title: str
    parts: list[tuple[int, str, tuple[Block, ...]]] = field(default_factory=list)
    table: Stacked | None = None  # which it is for; `before` is said above it
    before: tuple[Block, ...] = ()
    series: bool = False  # its table is that of a series
    drawn: list[Drawn] = field(default_factory=list)

    @property
    def is_for(self) -> str:
        """What the front sheet says of it."""
        if self.table is None or self.table.table.caption == self.title:
            return self.title
        return ": ".join(part for part in (self.title, self.table.table.caption) if part)


def sheets_of(document: Document) -> list[Planned]:
    """Every sheet but the front one, in the order of the paper."""
    return _Plan().of(document)


class _Plan:
    def __init__(self) -> None:
        self.taken = {FRONT.lower(), "history"}
        self.sheets: list[Planned] = []
        self.reading: Planned | None = None  # the sheet that further words go on
        self.waiting: tuple[str, tuple[Block, ...]] | None = None  # the head of a series to come

    def of(self, document: Document) -> list[Planned]:
        levels = list(levelled(document))
        drawn = [one for _, section in levels for one in drawings_of(section)]
        if drawn:
            self.taken.add(CHARTS.lower())
        runs = [(key, list(found)) for key, found in groupby(levels, key=lambda pair: _series(pair[1]))]
        for place, (key, found) in enumerate(runs):
            sections = [section for _, section in found]
            if key and len(sections) > 1:
                self.series(sections)
                continue
            follows = runs[place + 1] if place + 1 < len(runs) else ("", [])
            heads = bool(follows[0]) and len(follows[1]) > 1
            for turn, (level, section) in enumerate(found):
                self.section(level, section, heads=heads and turn == len(found) - 1)
        if drawn:
            self.sheets.append(Planned(CHARTS, _titles(drawn), drawn=drawn))
        return self.sheets

    def section(self, level: int, section: Section, *, heads: bool) -> None:
        blocks = tuple(without_charts(section.blocks))
        if heads and all(_is_light(block) for block in blocks):
            self.waiting = (section.title, blocks)
            return
        own = [block for block in blocks if isinstance(block, Table) and block.sheet and block.rows]
        others = tuple(block for block in blocks if block not in own)
        if own and all(_is_light(block) for block in others):
            for place, table in enumerate(own):
                self.on_its_own(section.title, Stacked(table.sheet, table), others if place == 0 else ())
            self.reading = None
            return
        if not blocks and section.blocks:  # nothing but charts: its title stands above them
            return
        if self.reading is None or level == 1:
            self.reading = Planned(self.name(section.title), section.title)
            self.sheets.append(self.reading)
        self.reading.parts.append((level, section.title, blocks))

    def series(self, sections: list[Section]) -> None:
        title, before = self.waiting or ("", ())
        for place, table in enumerate(stacked(sections)):
            self.on_its_own(title, table, before if place == 0 else (), series=True)
        self.waiting = self.reading = None

    def on_its_own(
        self, title: str, table: Stacked, before: tuple[Block, ...], *, series: bool = False
    ) -> None:
        name = self.name(table.sheet)
        self.sheets.append(Planned(name, title, table=table, before=before, series=series))

    def name(self, title: str) -> str:
        """A name a sheet may have, and no other has."""
        base = FORBIDDEN.sub(" ", plain(title)).replace("\n", " ").strip().strip("'")[:NAME_LONGEST]
        name, turn = base.strip() or "Sheet", 1
        while name.lower() in self.taken:
            turn += 1
            name = f"{base[: NAME_LONGEST - len(str(turn)) - 1].rstrip()} {turn}"
        self.taken.add(name.lower())
        return name


def _series(section: Section) -> str:
    return section.one_of.series if section.one_of else ""


def _is_light(block: Block) -> bool:
    return isinstance(block, Paragraph | Bullets)


def _titles(drawn: list[Drawn]) -> str:
    return "; ".join(dict.fromkeys(one.chart.title for one in drawn))


def without_charts(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Beside):
            yield Beside(tuple(without_charts(block.left)), tuple(without_charts(block.right)))
        elif not isinstance(block, Chart | Trend):
            yield block
