"""How the columns of a table lie on a sheet, how wide they become, and how high its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, sqrt
from statistics import fmean

from s11.packs.document import Cell, Chip, Column, Of, Table
from s11.packs.writing.columns import LOOKED_AT
from s11.packs.writing.texts import heading, in_words

POINTS_A_LINE = 14.6
NARROWEST, WIDEST, NAMES_WIDEST, COUNT_WIDE = 9.0, 60.0, 46.0, 6.0
WORD_AT_MOST, HEAD_LINES = 16, 3
# So many letters lie across a page on its side without becoming too small to read.
ACROSS = 190.0
# How wide letters are beside a digit, by which the width of a column is measured. A little more than they
# mostly are: a row that is too high is better than words cut off.
SLIM, BROAD = frozenset("fijlrtI.,:;'!|()[]-‘’ "), frozenset("mwMW@%—…")
SLIM_WIDE, BROAD_WIDE, CAPITAL_WIDE, LETTER_WIDE = 0.66, 1.65, 1.2, 1.02
SPACE = 0.5
# What a cell shows as a figure: Excel prints none that is wider than its column.
UNBROKEN = frozenset({Of.NUMBER, Of.SHARE, Of.DATE})
ROUNDING = 1e-6
# The button to filter by lies upon the end of the last line, as a short word would.
BUTTON = " xx"
# Words come again and again: how wide so many of them are is measured once.
WORDS_KEPT = 20_000


class Holds(StrEnum):
    """What a column of a sheet holds of a column of a table."""

    WORDS = "words"
    NOTES = "notes"
    COUNT = "count"


@dataclass(frozen=True)
class Laid:
    """A column of a sheet: what stands above it, and what it holds of which column of the table."""

    title: str
    at: int
    holds: Holds = Holds.WORDS
    chip: Chip | None = None  # the level that is counted
    group: str = ""  # what stands above several columns


def apart(column: Column) -> bool:
    """Whether what is said beneath a cell stands in a column of its own: beside a figure, no words can."""
    return column.of in (Of.NUMBER, Of.SHARE, Of.DATE, Of.RATINGS)


def laid_out(table: Table, *, counts: bool = False) -> list[Laid]:
    """The columns of a table on a sheet. `counts`: ratings have a column of numbers for each level too."""
    found: list[Laid] = []
    for place, column in enumerate(table.columns):
        title = heading(column)
        levels = levels_of(table, place) if counts and column.of == Of.RATINGS else []
        if levels:
            found.append(Laid("Ratings", place, group=title))
            found += [Laid(chip.letter, place, Holds.COUNT, chip, title) for chip in levels]
        else:
            found.append(Laid(title, place))
        if apart(column) and any(row[place].note for row in table.rows):
            found.append(Laid(f"{title}: note", place, Holds.NOTES))
    return found


def levels_of(table: Table, place: int) -> list[Chip]:
    """Every level given in a column, in the order of the scale as far as its cells tell it."""
    found: list[Chip] = []
    for row in table.rows:
        at = 0
        for one in row[place].counted:
            if one.chip not in found:
                found.insert(at, one.chip)
            at = found.index(one.chip) + 1
    return found


def widths_of(table: Table, *, counts: bool = False, across: float = ACROSS) -> list[float]:
    """How wide the columns of a table should be, in letters: as its texts ask, as far as there is room.

    A figure is never broken, so its column is as wide as the widest. Where even the longest words do not fit
    beside each other, there is room for several pages.
    """
    wanted, least, typical = [], [], []
    for laid in laid_out(table, counts=counts):
        if laid.holds == Holds.COUNT:
            wanted.append(COUNT_WIDE)
            least.append(COUNT_WIDE)
            typical.append(COUNT_WIDE)
            continue
        column = table.columns[laid.at]
        longest, word = wide(laid.title) / HEAD_LINES, _longest_word(laid.title) + 2.0
        unbroken = column.of in UNBROKEN and laid.holds == Holds.WORDS
        texts = []
        for row in table.rows[:LOOKED_AT]:
            text = said_in(row[laid.at], column, laid.holds)
            line = max(wide(part) + 2.5 for part in text.split("\n"))
            longest = max(longest, line)
            texts += [wide(text)] if text else []
            word = max(word, line if unbroken else min(_longest_word(text), WORD_AT_MOST) + 2.0)
        most = NAMES_WIDEST if laid.at < table.names else WIDEST
        least.append(max(NARROWEST, word))
        wanted.append(max(NARROWEST, word, min(longest, most)))
        # A long text counts for more than a short one, since it makes its row high.
        typical.append(sqrt(fmean(one**2 for one in texts)) if texts else longest)
    return shared_out(wanted, least, typical, across * pages_across(least, across))


def pages_across(widths: Sequence[float], across: float = ACROSS) -> int:
    """On how many pages side by side columns are printed."""
    return max(1, ceil(sum(widths) / across - ROUNDING))


def shared_out(
    wanted: Sequence[float], least: Sequence[float], texts: Sequence[float], across: float
) -> list[float]:
    """Widths between the least and the wanted: room goes letter by letter to the column whose typical text
    takes the most lines."""
    found, room = list(least), across - sum(least)
    growing = {place for place, width in enumerate(least) if width < wanted[place]}
    while room > 0 and growing:
        place = max(growing, key=lambda one: texts[one] / found[one])
        more = min(1.0, wanted[place] - found[place], room)
        found[place], room = found[place] + more, room - more
        if found[place] >= wanted[place]:
            growing.remove(place)
    return found


def narrowed(wanted: Sequence[float], least: Sequence[float], across: float) -> list[float]:
    """The same widths, all as much nearer to the least as it takes to print them side by side."""
    over = sum(wanted) - across
    spare = sum(wanted) - sum(least)
    if over <= 0 or spare <= 0:
        return list(wanted)
    part = min(1.0, over / spare)
    return [width - part * (width - fewest) for width, fewest in zip(wanted, least, strict=True)]


def _longest_word(text: str) -> float:
    return max((wide(word) for word in _words(text)), default=0.0)


@lru_cache(maxsize=WORDS_KEPT)
def wide(text: str) -> float:
    """How wide a text is, in digits."""
    return sum(
        SLIM_WIDE
        if char in SLIM
        else BROAD_WIDE
        if char in BROAD or ord(char) > 0x2FF
        else CAPITAL_WIDE
        if char.isupper()
        else LETTER_WIDE
        for char in text
    )


def said_in(cell: Cell, column: Column, holds: Holds) -> str:
    """The words a cell of a sheet shows."""
    if holds == Holds.NOTES:
        return cell.note
    return in_words(cell) + (f"\n{cell.note}" if cell.note and not apart(column) else "")


def lines_in(words: str, width: float) -> int:
    """How many lines words take in a column so many letters wide, broken between words."""
    return sum(_lines(part, max(width, 1.0)) for part in words.split("\n"))


def _lines(text: str, width: float) -> int:
    if len(text) * BROAD_WIDE <= width:
        return 1  # without measuring
    lines, filled = 1, 0.0
    for word in _words(text):
        long = wide(word)
        if filled and filled + SPACE + long > width:
            lines, filled = lines + 1, 0.0
        if long > width:  # a word longer than a line is broken within
            more = ceil(long / width) - 1
            lines, long = lines + more, long - more * width
        filled += long + (SPACE if filled else 0)
    return lines


def _words(text: str) -> list[str]:
    """What stays together on a line: a hyphen may end one."""
    return text.replace("-", "- ").split()
