"""Tables on slides: as many rows as fit, the head on each slide, many columns in parts."""

from s11.packs.document import Cell, Column, Of, Table
from s11.packs.writing.columns import Part, parts
from s11.packs.writing.powerpoint.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from s11.packs.writing.powerpoint.markup import (
    Line,
    Run,
    TableCell,
    quiet,
    row_height,
    said,
    table,
)
from s11.packs.writing.shades import INK, PANEL, SOFT, shade
from s11.packs.writing.texts import heading, key_of, plain, runs, shortened, stands_out

# Points, and how wide a letter of that size is in millimetres.
SIZE, LETTER, SIZE_WIDE, LETTER_WIDE = 12.0, 2.3, 10.0, 1.92
CELL_LONGEST, HEAD_LONGEST = 150, 60
ROWS_AT_MOST = 14
LEAST_HIGH = 6.5
FLUSH_RIGHT = (Of.NUMBER, Of.SHARE)


def draw(deck: Deck, block: Table) -> None:
    """The table on this slide and on as many more as it takes."""
    deck.shut()
    if not block.rows:
        deck.say(said(block.caption, 14, bold=True, before=6), with_next=10)
        if block.empty:
            deck.say(quiet(block.empty, 12))
        deck.shut()
        return
    cut = parts(block, ROOM, LETTER_WIDE if block.wide else LETTER)
    for turn, part in enumerate(cut):
        if turn:
            deck.go_on()
        _part(deck, block, part, again=turn > 0)
    short = "" if cut[0].full else key_of(block.columns)
    for words in (short, block.note):
        if words:
            if len(words) > 500:
                deck.note(words)
            deck.say(quiet(shortened(words, 500), 11))
    deck.shut()


def _part(deck: Deck, block: Table, part: Part, *, again: bool) -> None:
    size = SIZE_WIDE if block.wide else SIZE
    columns = [block.columns[place] for place in part.places]
    head = [_head(deck, column, size, full=part.full) for column in columns]
    head_high = row_height(head, part.widths, LEAST_HIGH)
    rows = [
        [
            _cell(deck, block, row, place, size, names=place < block.names, quietly=True)
            for place in part.places
        ]
        for row in block.rows
    ]
    heights = [row_height(row, part.widths, LEAST_HIGH) for row in rows]
    done = 0
    while done < len(rows):
        caption = f"{block.caption} (continued)" if done or again else block.caption
        line = said(shortened(caption, 200), 12, bold=True, before=4)
        above = line.height(ROOM) + 1 + head_high
        # All that is left where one slide holds it, else two rows at least.
        left = sum(heights[done:])
        together = left if above + left <= BOTTOM - TOP else sum(heights[done : done + 2])
        if not deck.empty and above + together > deck.left_over:
            deck.go_on()
        if len(caption) > 200:
            deck.note(caption)
        deck.say(line)
        deck.shut(1)
        whole = BOTTOM - TOP - above
        count = _fitting(heights[done:], deck.left_over - head_high, even=sum(heights[done:]) > whole)
        some = slice(done, done + count)
        for row in block.rows[some]:
            for place in part.places:
                _cell(deck, block, row, place, size, names=False, quietly=False)
        deck.put(
            table(
                [head, *rows[some]], part.widths, [head_high, *heights[some]], place=(LEFT, deck.top),
                number=deck.next_number(), says=caption, language=deck.language,
            )
        )  # fmt: skip
        deck.top += head_high + sum(heights[some]) + 4
        done += count
        if done < len(rows):
            deck.go_on()


def _fitting(heights: list[float], room: float, *, even: bool) -> int:
    """How many rows fit; `even`: those of several slides come out about even."""
    count, high = 0, 0.0
    for height in heights[:ROWS_AT_MOST]:
        if count and high + height > room:
            break
        count, high = count + 1, high + height
    slides = -(-len(heights) // count)
    return count if not even else min(count, -(-len(heights) // slides))


def _head(deck: Deck, column: Column, size: float, *, full: bool) -> TableCell:
    words = plain(heading(column, full=full))
    if len(words) > HEAD_LONGEST:
        deck.note(words)
    line = Line(
        (Run(shortened(words, HEAD_LONGEST), True, SOFT),),
        size - 1 if size > 11 else size,
        before=0,
        right=column.of in FLUSH_RIGHT,
    )
    return TableCell((line,), PANEL)


def _cell(
    deck: Deck, block: Table, row: tuple[Cell, ...], place: int, size: float, *, names: bool, quietly: bool
) -> TableCell:
    """A cell. What is shortened is said in the notes of its slide, unless it is only measured."""
    cell, column = row[place], block.columns[place]
    right, bold = column.of in FLUSH_RIGHT, stands_out(cell, names=names)
    if len(cell.text) > CELL_LONGEST or len(cell.note) > CELL_LONGEST:
        if not quietly:
            about = "" if place == 0 else f"{row[0].text}, "
            deck.note(f"{about}{column.title}: {cell.text} {cell.note}".strip())
        pieces: tuple[Run, ...] = (Run(shortened(plain(cell.text), CELL_LONGEST), bold),)
        filled = ""
    elif cell.chip is not None and column.of == Of.RATING:
        look = shade(cell.chip.colour)
        pieces, filled = tuple(Run(plain(text), bold, look.ink) for text, _ in runs(cell)), look.fill
    else:
        pieces, filled = tuple(_runs(cell, bold=bold)), ""
    lines = [Line(pieces, size, before=0, right=right)]
    if cell.note:
        colour = shade(cell.chip.colour).ink if filled and cell.chip is not None else SOFT
        note = shortened(plain(cell.note), CELL_LONGEST)
        lines.append(said(note, 10, colour=colour, before=1, right=right))
    return TableCell(tuple(lines), filled)


def _runs(cell: Cell, *, bold: bool) -> list[Run]:
    found = []
    for text, chip in runs(cell):
        if chip is None:
            found.append(Run(plain(text), bold, INK))
        else:
            look = shade(chip.colour)
            found.append(Run(plain(text), True, look.ink, look.fill))
    return found
