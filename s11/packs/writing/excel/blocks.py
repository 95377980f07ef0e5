"""The blocks of a paper on a sheet, one beneath the other."""

from collections.abc import Iterator

import xlsxwriter

from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Facts,
    Findings,
    Of,
    Paragraph,
    Question,
    Sheet,
    Table,
    Tone,
    Trend,
)
from s11.packs.writing.excel.paper import POINTS_A_LINE, Paper, lines_in, text_of
from s11.packs.writing.shades import INK, SOFT, shade
from s11.packs.writing.texts import plain

PIXELS_A_ROW, PIXELS_WIDE = 20, 900
BULLET = "\N{BULLET} "


class Blocks:
    """Puts blocks on one sheet of a workbook."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.book, self.name = book, name

    def write(self, paper: Paper, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self.one(paper, block)

    def one(self, paper: Paper, block: Block) -> None:
        match block:
            case Paragraph(text, tone):
                colour = SOFT if tone == Tone.QUIET else INK
                if text:
                    paper.say(text, bold=tone == Tone.STRONG, font_color=colour)
            case Bullets(items, numbered):
                for place, item in enumerate(items, start=1):
                    paper.say(f"{f'{place}. ' if numbered else BULLET}{item}")
            case Facts(pairs, big):
                for label, value in pairs:
                    paper.pair(label, value, strong=big)
                paper.skip()
            case Table():
                _table(paper, block)
            case Chart() | Trend():
                self.chart(paper, block)
            case Findings():
                _findings(paper, block)
            case Question():
                _question(paper, block)
            case Sheet():
                paper.heading(block.title)
                for turn in range(1, block.times + 1):
                    for place, (label, lines) in enumerate(block.fields):
                        number = f"{turn}. " if block.times > 1 and place == 0 else ""
                        paper.blank(f"{number}{label}", lines)
                    paper.skip()
            case Beside(left, right):
                self.write(paper, (*left, *right))

    def chart(self, paper: Paper, drawn: Chart | Trend) -> None:
        """The figures of a chart as a table, and the chart beneath it."""
        paper.heading(drawn.title, 12)
        if drawn.says:
            paper.say(drawn.says, font_color=SOFT)
        if isinstance(drawn, Trend):
            for line in drawn.lines:
                if line.why:
                    paper.say(line.why, font_color=SOFT)
        table = figures_of(drawn)
        if not table.rows or len(table.columns) < 2:
            return
        top, last = paper.table(table)
        made = _bars(self.book, drawn) if isinstance(drawn, Chart) else _lines(self.book, counts=drawn.counts)
        if isinstance(drawn, Chart):
            for place, chip in enumerate(drawn.levels, start=1):
                look = shade(chip.colour)
                made.add_series(
                    {
                        "name": [self.name, top, place],
                        "categories": [self.name, top + 1, 0, last, 0],
                        "values": [self.name, top + 1, place, last, place],
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
            high = 130 + 30 * (last - top)
        else:
            for row in range(top + 1, last + 1):
                width = len(drawn.marks)
                made.add_series(
                    {
                        "name": [self.name, row, 0],
                        "categories": [self.name, top, 1, top, width],
                        "values": [self.name, row, 1, row, width],
                        "marker": {"type": "automatic", "size": 7},
                    }
                )
            high = 320
        high = min(high, 900)
        made.set_size({"width": PIXELS_WIDE, "height": high})
        paper.sheet.insert_chart(
            paper.row,
            0,
            made,
            {"x_offset": 4, "y_offset": 6, "description": f"{plain(drawn.title)}. {plain(drawn.says)}"},
        )
        paper.skip(high // PIXELS_A_ROW + 2)


def tables_in(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Every table that blocks become on a sheet."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart | Trend):
            yield figures_of(block)
        elif isinstance(block, Beside):
            yield from tables_in((*block.left, *block.right))


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


def _table(paper: Paper, table: Table) -> None:
    paper.heading(table.caption, 12)
    paper.table(table)
    words = table.note if table.rows else table.empty
    if words:
        paper.say(words, font_color=SOFT)
    paper.skip()


def _findings(paper: Paper, block: Findings) -> None:
    paper.heading(block.title, 12)
    for item in block.items:
        look = {"valign": "top", "bold": True}
        letter = ""
        if item.chip is not None and item.chip.letter:
            colours = shade(item.chip.colour)
            look |= {"left": 5, "left_color": colours.fill}
            letter = f"{item.chip.letter} "
        paper.sheet.write_string(
            paper.row, 0, text_of(f"{letter}{item.number}".strip()), paper.formats.of(**look)
        )
        words = "\n".join(part for part in (item.text, *item.said) if part)
        paper.put(words, paper.formats.of(), start=1)
        paper.high(lines_in(words, 0.98 * sum(paper.widths[1:])) * POINTS_A_LINE + 3)
        paper.row += 1
    words = block.rest if block.items else block.empty
    if words:
        paper.say(words, font_color=SOFT)
    paper.skip()


def _question(paper: Paper, block: Question) -> None:
    paper.sheet.write_string(paper.row, 0, text_of(block.number), paper.formats.of(bold=True, align="right"))
    paper.put(block.question, paper.formats.of(bold=True), start=1)
    paper.high(lines_in(block.question, 0.92 * sum(paper.widths[1:])) * POINTS_A_LINE + 3)
    paper.row += 1
    asked = f"Asked by {block.asked_by}" if block.asked_by else ""
    for words in (block.why, block.about, asked):
        if words:
            paper.say(words, start=1, font_color=SOFT)
    if block.lines:
        paper.blank("", block.lines)
    paper.skip()


def _letter_behind(letter: str) -> str:
    """The format that puts a level's letter behind how often it was given, and nothing behind nought."""
    return '0" {}";;'.format(plain(letter).replace('"', ""))


def _bars(book: xlsxwriter.Workbook, drawn: Chart) -> "xlsxwriter.chart.Chart":
    made = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    made.set_y_axis({"reverse": True, "line": {"none": True}, "num_font": {"size": 9}})
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    made.set_legend({"position": "bottom"})
    made.set_title({"none": True})
    return made


def _lines(book: xlsxwriter.Workbook, *, counts: bool) -> "xlsxwriter.chart.Chart":
    made = book.add_chart({"type": "line"})
    made.set_y_axis(
        {
            "min": 0,
            **({} if counts else {"max": 1, "num_format": "0 %"}),
            "major_gridlines": {"visible": True, "line": {"color": "#cfd6d6"}},
        }
    )
    made.set_legend({"position": "bottom"})
    made.set_title({"none": True})
    made.show_blanks_as("gap")
    return made
