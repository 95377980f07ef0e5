"""The blocks of a paper as Word's markup."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from s11.packs.document import (
    Beside,
    Block,
    Bullets,
    Cell,
    Chart,
    Chip,
    Column,
    Facts,
    Finding,
    Findings,
    Of,
    Paragraph,
    Question,
    Sheet,
    Table,
    Tone,
    Trend,
)
from s11.packs.writing.columns import Part, parts
from s11.packs.writing.shades import PANEL, SOFT, shade
from s11.packs.writing.texts import heading, key_of, runs, stands_out
from s11.packs.writing.word.markup import BOXED, cell, paragraph, row, run, says, table, twips

# Millimetres: how wide a letter in a cell is, upright and on its side.
LETTER, LETTER_SMALL = 1.66, 1.42
BIG_A_ROW = 4
LINE_HIGH, WRITING_HIGH = 6.2, 7.4
# Facts so short stand two in a row.
SHORT_FACT = 46
# Many blanks of the same form would be many pages: an empty form can be copied where it is edited.
FLUSH_RIGHT = (Of.NUMBER, Of.SHARE)
TONES = {Tone.PLAIN: "", Tone.LEAD: "Lead", Tone.QUIET: "Quiet", Tone.STRONG: ""}
KEEP = "<w:keepNext/>"
# Findings are many and stand close: their headings are small at every level, in half points.
FINDINGS_HEAD, CLOSE = 23, '<w:spacing w:before="120" w:after="20"/>'
# A table with no more rows than this stays on one page, as long as none of its cells is long.
ROWS_TOGETHER, LETTERS_TOGETHER = 16, 60
# Half of what lies between two columns, millimetres.
GUTTER = 4.0
TIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
GAP = '<w:p><w:pPr><w:pStyle w:val="Cellsmall"/></w:pPr></w:p>'


class Blocks:
    """Sets blocks into a width. `pictures` makes a drawing's markup, `numbering` begins a numbered list,
    `end` ends what stood in so many columns."""

    def __init__(
        self,
        pictures: Callable[[Chart | Trend, float], Iterator[str]],
        numbering: Callable[[], int],
        end: Callable[[int], str],
    ) -> None:
        self.pictures, self.numbering, self.end = pictures, numbering, end

    def set(self, blocks: tuple[Block, ...], level: int, room: float) -> Iterator[str]:
        """The markup of blocks under a heading of this level. `room`: the width there is, millimetres."""
        for block in blocks:
            yield from self.one(block, level, room)

    def one(self, block: Block, level: int, room: float) -> Iterator[str]:
        match block:
            case Paragraph(text, tone):
                yield paragraph(run(text, bold=tone == Tone.STRONG), TONES[tone])
            case Bullets():
                yield from self.bullets(block)
            case Facts(pairs, big):
                yield from _big(pairs, room) if big else _facts(pairs, room)
            case Table():
                yield from _table(block, room)
            case Chart() | Trend():
                yield from self.drawn(block, room)
            case Findings():
                yield from _findings(block, level + 1)
            case Question():
                yield from _question(block, room)
            case Sheet():
                yield from _sheet(block, level + 1, room)
            case Beside(left, right):
                yield self.end(1)
                yield from self.set((*left, *right), level, room / 2 - GUTTER)
                yield self.end(2)

    def bullets(self, block: Bullets) -> Iterator[str]:
        number = self.numbering() if block.numbered and block.items else 0
        more = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        for item in block.items:
            yield says(item, "ListNumber" if block.numbered else "ListBullet", more=more)

    def drawn(self, block: Chart | Trend, room: float) -> Iterator[str]:
        yield says(block.title, "Caption")
        for picture in self.pictures(block, room):
            yield paragraph(picture, more=KEEP)
        if block.says:
            yield says(block.says, "Quiet")
        if isinstance(block, Trend):
            yield from (says(line.why, "Quiet") for line in block.lines if line.why)


def _table(block: Table, room: float) -> Iterator[str]:
    yield says(block.caption, "Caption")
    if not block.rows:
        if block.empty:
            yield says(block.empty, "Quiet")
        return
    small = block.wide
    cut = parts(block, room, LETTER_SMALL if small else LETTER)
    for turn, part in enumerate(cut):
        if turn:
            yield says(f"{block.caption} (continued)", "Caption")
        yield _part(block, part, "Cellsmall" if small else "Cell")
    short = "" if cut[0].full else key_of(block.columns)
    for words in (short, block.note):
        if words:
            yield says(words, "Quiet", more='<w:spacing w:before="60"/>')
    if not short and not block.note:
        yield GAP


def _part(block: Table, part: Part, style: str) -> str:
    widths = [twips(width) for width in part.widths]
    columns = [block.columns[place] for place in part.places]
    together = _together(block)
    heads = (
        cell(_aligned(run(heading(column, full=part.full)), "Cellhead", column, keep=True), width, fill=PANEL)
        for column, width in zip(columns, widths, strict=True)
    )
    rows = (
        row(
            _cell(one[place], column, width, style, names=place < block.names, keep=at < together)
            for place, column, width in zip(part.places, columns, widths, strict=True)
        )
        for at, one in enumerate(block.rows)
    )
    return table([row(heads, head=True), *rows], widths, says=block.caption, head=True)


def _together(block: Table) -> int:
    """How many rows are kept with what follows them: all of a low table, whose note stays with its last."""
    longest = max((len(cell.text) + len(cell.note) for row in block.rows for cell in row), default=0)
    if len(block.rows) > ROWS_TOGETHER or longest > LETTERS_TOGETHER:
        return 0
    return len(block.rows) if block.note or key_of(block.columns) else len(block.rows) - 1


def _cell(one: Cell, column: Column, width: int, style: str, *, names: bool, keep: bool) -> str:
    bold = stands_out(one, names=names)
    filled = shade(one.chip.colour) if one.chip is not None and column.of == Of.RATING else None
    if filled is not None:
        inner = "".join(run(text, bold=bold, colour=filled.ink) for text, _ in runs(one))
    else:
        inner = "".join(_run(text, chip, bold=bold) for text, chip in runs(one))
    said = _aligned(inner, style, column, keep=keep)
    if one.note:
        said += paragraph(run(one.note, colour=filled.ink if filled is not None else ""), "Cellnote")
    return cell(said, width, fill=filled.fill if filled else "", middle=True)


def _run(text: str, chip: Chip | None, *, bold: bool = False) -> str:
    if chip is None:
        return run(text, bold=bold)
    colours = shade(chip.colour)
    return run(
        f"\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}", bold=True, colour=colours.ink, fill=colours.fill
    )


def _aligned(inner: str, style: str, column: Column, *, keep: bool) -> str:
    more = '<w:jc w:val="right"/>' if column.of in FLUSH_RIGHT else ""
    return paragraph(inner, style, more=(KEEP if keep else "") + more)


def _facts(pairs: tuple[tuple[str, str], ...], room: float) -> Iterator[str]:
    if not pairs:
        return
    widths = [twips(room * part) for part in (0.15, 0.35, 0.15, 0.35)]
    rows: list[str] = []
    half: list[str] = []
    for pair in pairs:
        is_short = sum(map(len, pair)) <= SHORT_FACT
        if half and (len(half) == 4 or not is_short):
            rows.append(_fact_row(half, widths))
            half = []
        if is_short:
            half += _fact(*pair)
        else:
            rows.append(_fact_row(list(_fact(*pair)), widths))
    if half:
        rows.append(_fact_row(half, widths))
    yield table(rows, widths, says="Facts", borders="")
    yield paragraph("", "Cellsmall", more=TIGHT)


def _fact_row(inner: list[str], widths: list[int]) -> str:
    """Two facts side by side, or one over the whole width."""
    if len(inner) == 2:
        return row([cell(inner[0], widths[0]), cell(inner[1], sum(widths[1:]), span=3)])
    return row([cell(one, width) for one, width in zip(inner, widths, strict=True)])


def _fact(label: str, value: str) -> tuple[str, str]:
    return paragraph(run(label, colour=SOFT), "Cell"), says(value, "Cell")


def _big(pairs: tuple[tuple[str, str], ...], room: float) -> Iterator[str]:
    """A few figures in large, side by side."""
    for at in range(0, len(pairs), BIG_A_ROW):
        some = pairs[at : at + BIG_A_ROW]
        width = twips(room / len(some))
        cells = (
            cell(
                paragraph(run(label, colour=SOFT, half_points=16), "Cell", more=KEEP)
                + paragraph(run(value, bold=True, half_points=22 if len(value) > 24 else 30), "Cell"),
                width,
                fill=PANEL,
            )
            for label, value in some
        )
        yield table([row(cells)], [width] * len(some), says="Figures", borders="")
        yield GAP


def _findings(block: Findings, level: int) -> Iterator[str]:
    yield paragraph(run(block.title, half_points=FINDINGS_HEAD), f"Heading{level}", more=CLOSE)
    for item in block.items:
        yield from _finding(item)
    words = block.rest if block.items else block.empty
    if words:
        yield says(words, "Quiet")


def _finding(item: Finding) -> Iterator[str]:
    chip = _run(item.chip.letter, item.chip) if item.chip is not None and item.chip.letter else ""
    said = [words for words in item.said if words]
    yield paragraph(
        f"{chip}<w:r><w:tab/></w:r>{run(item.number, bold=True)}{run(' ' if item.number else '')}"
        f"{run(item.text)}",
        "Finding",
        more=KEEP if said else "",
    )
    for words, after in pairwise([*said, ""]):
        yield says(words, "Findingmore", more=KEEP if after else "")


def _question(block: Question, room: float) -> Iterator[str]:
    dot = "" if not block.number or block.number.endswith(".") else "."
    number = f"{block.number}{dot} " if block.number else ""
    yield says(f"{number}{block.question}", "Question")
    asked = f"Asked by {block.asked_by}" if block.asked_by else ""
    for words in (block.why, block.about, asked):
        if words:
            yield says(words, "Quiet", more=KEEP)
    if block.lines > 0:
        width = twips(room)
        empty = [
            row([cell(paragraph("", "Cell", more=more), width)], height=WRITING_HIGH)
            for more in [*[KEEP] * (block.lines - 1), ""]
        ]
        yield table(empty, [width], says=f"Space to write about: {block.question}")
        yield GAP


def _sheet(block: Sheet, level: int, room: float) -> Iterator[str]:
    yield says(block.title, f"Heading{level}")
    width = twips(room)
    for turn in range(1, block.times + 1):
        rows = []
        for place, (label, lines) in enumerate(block.fields):
            number = f"{turn}. " if block.times > 1 and place == 0 else ""
            told = paragraph(run(f"{number}{label}", colour=SOFT, half_points=16), "Cell", more=KEEP)
            rows.append(row([cell(told + paragraph("", "Cell"), width)], height=LINE_HIGH * (lines + 0.8)))
        yield table(rows, [width], says=f"{block.title}, {turn}", borders=BOXED)
        yield GAP
