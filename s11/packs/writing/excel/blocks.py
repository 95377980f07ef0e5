"""The blocks of a paper on a sheet, one beneath the other."""

from collections.abc import Iterator

from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Chart,
    Facts,
    Findings,
    Paragraph,
    Question,
    Sheet,
    Table,
    Tone,
    Trend,
)
from s11.packs.writing.excel.layout import POINTS_A_LINE, lines_in
from s11.packs.writing.excel.paper import Paper, text_of
from s11.packs.writing.shades import INK, SOFT, shade

# In points: a heading with the first rows beneath it.
SOME_ROWS = 110.0
BULLET = "\N{BULLET} "


def put(paper: Paper, blocks: tuple[Block, ...]) -> None:
    """Every block, beneath the one before it. Charts are left out: they have a sheet of their own."""
    for block in blocks:
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
                pass  # stands on the sheet of charts
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
                put(paper, (*left, *right))


def tables_in(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Every table that stands among blocks."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Beside):
            yield from tables_in((*block.left, *block.right))


def _table(paper: Paper, table: Table) -> None:
    paper.keep(SOME_ROWS)
    paper.heading(table.caption, 12)
    if table.rows:
        paper.table(table, stretch=True)
    words = table.note if table.rows else table.empty
    if words:
        paper.say(words, font_color=SOFT)
    paper.skip()


def _findings(paper: Paper, block: Findings) -> None:
    paper.keep(SOME_ROWS)
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
    paper.keep((block.lines + 5) * POINTS_A_LINE)
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
