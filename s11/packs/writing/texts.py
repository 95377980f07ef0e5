"""Texts as a file can hold them, and the parts of a cell."""

import re
from collections.abc import Iterator

from s11.packs.document import Cell, Chip, Column, Document, Section

# No XML can hold these, and nobody sees them.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MORE = "…"
NAME_LONGEST = 48


def plain(text: str) -> str:
    """Text without the characters XML cannot hold, its lines ended in one way."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def shortened(text: str, most: int) -> str:
    """Not longer than so many characters, cut between words."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + MORE


def heading(column: Column, *, full: bool = True) -> str:
    """What stands above a column."""
    if not full or not column.full_title:
        return column.title
    if column.title in column.full_title:
        return column.full_title
    return f"{column.title} {column.full_title}"


def key_of(columns: tuple[Column, ...]) -> str:
    """What short titles stand for, where only these fit above the columns."""
    return "; ".join(heading(column) for column in columns if column.full_title)


def runs(cell: Cell) -> Iterator[tuple[str, Chip | None]]:
    """The text of a cell in pieces: the letters of ratings apart, with the rating they stand for.

    Of one rating the letter comes first, unless the text is nothing but the letter.
    """
    if cell.chip is not None and cell.chip.letter:
        yield cell.chip.letter, cell.chip
        if cell.text != cell.chip.letter:
            yield f" {cell.text}", None
        return
    yield from _counted_runs(cell)


def _counted_runs(cell: Cell) -> Iterator[tuple[str, Chip | None]]:
    chips = {one.chip.letter: one.chip for one in cell.counted if one.chip.letter}
    if not chips:
        yield cell.text, None
        return
    letters = "|".join(re.escape(letter) for letter in sorted(chips, key=len, reverse=True))
    done = 0
    for found in re.finditer(rf"(?<=\d\s)({letters})(?!\w)", cell.text):
        if found.start() > done:
            yield cell.text[done : found.start()], None
        yield found[1], chips[found[1]]
        done = found.end()
    if done < len(cell.text):
        yield cell.text[done:], None


def in_words(cell: Cell) -> str:
    """The text of a cell with the letter of its rating before it."""
    return "".join(text for text, _ in runs(cell))


def stands_out(cell: Cell, *, names: bool) -> bool:
    """Whether a cell is set in bold: it asks for it, or names its row in few words."""
    return cell.strong or (names and len(cell.text) <= NAME_LONGEST)


def levelled(document: Document) -> Iterator[tuple[int, Section]]:
    """Every section with the level of its heading, none more than one below the heading before it."""
    last = 0
    for section in document.sections:
        last = min(max(section.level, 1), last + 1, 3)
        yield last, section
