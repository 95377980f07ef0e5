"""The sheet of charts: each on printed pages of its own, beneath the figures it is drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import xlsxwriter

from s11.packs.document import Beside, Block, Cell, Chart, Column, Of, Section, Table, Trend
from s11.packs.writing.excel.paper import POINTS_A_ROW, Paper, Placed
from s11.packs.writing.shades import SOFT, shade
from s11.packs.writing.texts import plain

NAME_WIDE, FIGURE_WIDE = 44.0, 12.0
POINTS_A_PIXEL, PIXELS_A_LETTER = 0.75, 7
# With more bars than this a chart is drawn in several parts.
BARS_AT_MOST = 24
HIGHEST, LOWEST, BAR_HIGH = 400.0, 190.0, 22.0


@dataclass(frozen=True)
class Drawn:
    """A chart, and the title of the section it stands in."""

    section: str
    chart: Chart | Trend


def drawings_of(section: Section) -> Iterator[Drawn]:
    """Every chart of a section."""
    name = section.one_of.name if section.one_of else section.title
    yield from (Drawn(name, chart) for chart in _charts(section.blocks))


def _charts(blocks: tuple[Block, ...]) -> Iterator[Chart | Trend]:
    for block in blocks:
        if isinstance(block, Chart | Trend):
            yield block
        elif isinstance(block, Beside):
            yield from _charts((*block.left, *block.right))


def widths_for(drawn: list[Drawn]) -> list[float]:
    columns = max(len(figures_of(one.chart).columns) for one in drawn)
    return [NAME_WIDE, *[FIGURE_WIDE] * max(columns - 1, 5)]


class Drawings:
    """Puts charts on a sheet, and breaks pages between them."""

    def __init__(self, book: xlsxwriter.Workbook, paper: Paper, name: str) -> None:
        self.book, self.paper, self.name = book, paper, name
        paper.printed_whole()

    def put(self, drawn: list[Drawn]) -> None:
        for place, one in enumerate(drawn):
            if place:
                self.paper.turn()
            if one.section and one.section != one.chart.title:
                self.paper.heading(one.section, 15)
            self.one(one.chart)

    def one(self, chart: Chart | Trend) -> None:
        self.paper.heading(chart.title, 12)
        why = [line.why for line in chart.lines if line.why] if isinstance(chart, Trend) else []
        for words in (chart.says, *why):
            if words:
                self.paper.say(words, font_color=SOFT)
        table = figures_of(chart)
        if not table.rows or len(table.columns) < 2:
            return
        placed = self.paper.table(table)
        self.paper.skip()
        if isinstance(chart, Trend):
            self.drawn(_lines(self.book, self.name, placed, counts=chart.counts), HIGHEST * 0.7, chart)
            return
        count = placed.last - placed.head
        parts = ceil(count / BARS_AT_MOST)
        size = ceil(count / parts)
        for part in range(parts):
            first = placed.head + 1 + part * size
            rows = (first, min(first + size - 1, placed.last))
            high = min(HIGHEST, max(LOWEST, 90 + BAR_HIGH * (rows[1] - rows[0] + 1)))
            made = _bars(self.book, self.name, chart, placed.head, rows)
            self.drawn(made, high, chart)

    def drawn(self, made: "xlsxwriter.chart.Chart", high: float, chart: Chart | Trend) -> None:
        """A chart as high as this in points; on a new page where it would not be whole on this one."""
        high = min(high, self.paper.room * 0.95)
        self.paper.keep(high)
        # Narrower than its columns are on any screen: beyond them it would not be printed.
        wide = 0.95 * sum(PIXELS_A_LETTER * width + 5 for width in self.paper.widths)
        made.set_size({"width": int(wide), "height": int(high / POINTS_A_PIXEL)})
        said = {"x_offset": 4, "y_offset": 6, "description": f"{plain(chart.title)}. {plain(chart.says)}"}
        self.paper.sheet.insert_chart(self.paper.row, 0, made, said)
        self.paper.skip(ceil((high + 12) / POINTS_A_ROW))


def figures_of(drawn: Chart | Trend) -> Table:
    """What a chart is drawn from."""
    if isinstance(drawn, Chart):
        titles = [
            chip.label if chip.letter in ("", chip.label) else f"{chip.letter} {chip.label}"
            for chip in drawn.levels
        ]
        rows = [
            (Cell(bar.label), *(Cell(str(count), number=count) for count in bar.counts)) for bar in drawn.bars
        ]
        numbers = [Column(title, Of.NUMBER) for title in titles]
    else:
        numbers = [Column(mark, Of.NUMBER if drawn.counts else Of.SHARE) for mark in drawn.marks]
        rows = [
            (Cell(line.label), *(_point(point, counts=drawn.counts) for point in line.points))
            for line in drawn.lines
        ]
    return Table(drawn.title, (Column(""), *numbers), tuple(rows))


def _point(point: float | None, *, counts: bool) -> Cell:
    if point is None:
        return Cell("")
    return Cell(f"{point:.0f}" if counts else f"{point:.1f} %", number=point)


def _letter_behind(letter: str) -> str:
    """The format that puts a level's letter behind how often it was given, and nothing behind nought."""
    return '0" {}";;'.format(plain(letter).replace('"', ""))


def _bars(
    book: xlsxwriter.Workbook, name: str, drawn: Chart, head: int, rows: tuple[int, int]
) -> "xlsxwriter.chart.Chart":
    made = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    made.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": {"size": 9}})
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    made.set_legend({"position": "bottom"})
    made.set_title({"none": True})
    for place, chip in enumerate(drawn.levels, start=1):
        look = shade(chip.colour)
        made.add_series(
            {
                "name": [name, head, place],
                "categories": [name, rows[0], 0, rows[1], 0],
                "values": [name, rows[0], place, rows[1], place],
                "fill": {"color": look.fill},
                "border": {"color": "#ffffff"},
                "gap": 40,
                "data_labels": {
                    "value": True,
                    "num_format": _letter_behind(chip.letter),
                    "font": {"color": look.ink, "bold": True, "size": 9},
                },
            }
        )
    return made


def _lines(book: xlsxwriter.Workbook, name: str, placed: Placed, *, counts: bool) -> "xlsxwriter.chart.Chart":
    made = book.add_chart({"type": "line"})
    grid = {"visible": True, "line": {"color": "#cfd6d6"}}
    share = {} if counts else {"max": 1, "num_format": "0 %"}
    made.set_y_axis({"min": 0, **share, "major_gridlines": grid})
    made.set_legend({"position": "bottom"})
    made.set_title({"none": True})
    made.show_blanks_as("gap")
    for row in range(placed.head + 1, placed.last + 1):
        made.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, placed.head, 1, placed.head, placed.right],
                "values": [name, row, 1, row, placed.right],
                "marker": {"type": "automatic", "size": 7},
            }
        )
    return made
