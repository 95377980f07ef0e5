"""How wide the columns of a table become, and how many stand side by side on one page.

Columns keep the proportions they ask for, as long as the longest word of each has room. What does not fit
beside the columns that name the rows is set beneath, as a second part that names them again.
"""

from dataclasses import dataclass
from itertools import islice

from s11.packs.document import Of, Table
from s11.packs.writing.texts import heading, in_words

# Lines are looked through for the longest word as far as this.
LOOKED_AT = 200
NAMES_KEEP, NAMES_AT_MOST = 0.8, 0.3
UNBROKEN = (Of.NUMBER, Of.SHARE)


@dataclass(frozen=True)
class Part:
    """Columns that stand side by side: their places in the table, and their widths in millimetres.

    `full`: there is room for their full titles.
    """

    places: tuple[int, ...]
    widths: tuple[float, ...]
    full: bool


def parts(table: Table, room: float, letter: float) -> tuple[Part, ...]:
    """The table in as many parts as it takes. `room`: the width there is, `letter`: that of a letter."""
    full = True
    least = [_least(table, place, letter, full=True) for place in range(len(table.columns))]
    if any(column.full_title for column in table.columns) and not _leaves_names_room(table, least, room):
        full = False
        least = [_least(table, place, letter, full=False) for place in range(len(table.columns))]
    return tuple(
        Part(
            places,
            tuple(spread([table.columns[n].width for n in places], [least[n] for n in places], room)),
            full,
        )
        for places in _cut(table, least, room)
    )


def _leaves_names_room(table: Table, least: list[float], room: float) -> bool:
    """Whether the names of the rows keep most of the room they ask for, up to a third of the page."""
    asked = sum(column.width for column in table.columns) or 1
    wanted = sum(column.width for column in table.columns[: table.names]) / asked
    return room - sum(least[table.names :]) >= NAMES_KEEP * min(wanted, NAMES_AT_MOST) * room


def _least(table: Table, place: int, letter: float, *, full: bool) -> float:
    """How narrow a column may be: the longest word fits, unless it is longer than words are."""
    column, padding, most = table.columns[place], 2.4 * letter, 18 * letter
    longest = 1.06 * _longest_word(heading(column, full=full))
    for row in islice(table.rows, LOOKED_AT):
        cell = row[place]
        text = in_words(cell)
        words = len(text) if column.of in UNBROKEN and len(text) <= 16 else _longest_word(text)
        extra = 1.4 if cell.chip is not None else 0
        longest = max(longest, words + extra, 5 if cell.counted else 0)
    return min(longest * letter, most) + padding


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.replace("-", "- ").split()), default=0)


def _cut(table: Table, least: list[float], room: float) -> list[tuple[int, ...]]:
    """Places of columns that fit side by side, the names of the rows in each part."""
    every = tuple(range(len(table.columns)))
    if sum(least) <= room or len(every) <= table.names + 1:
        return [every]
    names, others = every[: table.names], every[table.names :]
    there_is = room - sum(least[n] for n in names)
    count, taken = 1, 0.0
    for place in others:
        if taken and taken + least[place] > there_is:
            count, taken = count + 1, 0.0
        taken += least[place]
    size = -(-len(others) // count)
    return [(*names, *others[at : at + size]) for at in range(0, len(others), size)]


def spread(wanted: list[float], least: list[float], room: float) -> list[float]:
    """The room shared out as wanted, and none gets less than its least, if that can be."""
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    kept: set[int] = set()
    while True:
        free = [n for n in range(len(wanted)) if n not in kept]
        rest, asked = room - sum(least[n] for n in kept), sum(wanted[n] for n in free) or 1
        short = {n for n in free if rest * wanted[n] / asked < least[n]}
        if not short:
            return [least[n] if n in kept else rest * wanted[n] / asked for n in range(len(wanted))]
        kept |= short
