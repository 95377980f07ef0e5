"""How ratings, figures and days stand in a document: chips, cells and the words beside them."""

from collections.abc import Iterable, Sequence
from datetime import date

from s11.analysis.lazy import charts
from s11.analysis.rules import share
from s11.challenge.ratings import Rating, Tally
from s11.packs.document import Bar, Cell, Chart, Chip, Counted
from s11.questionnaires.rules import LevelContent
from s11.web.filters import day as day_words

NOT_APPLICABLE = Chip("N/A", "Not applicable", "")
BLANK = Chip("–", "Blank", "")
NOTHING = "–"


def chip(level: LevelContent) -> Chip:
    return Chip(level.letter, level.label, charts.COLOURS[level.colour][0])


def chip_of(rating: Rating) -> Chip:
    """A rating as it is shown, whatever was given."""
    if rating.not_applicable:
        return NOT_APPLICABLE
    return chip(rating.level) if rating.level else BLANK


def words_of(rating: Rating) -> str:
    """Green; Not applicable; Blank."""
    return chip_of(rating).label


def rating_cell(rating: Rating, note: str = "") -> Cell:
    return Cell(words_of(rating), chip=chip_of(rating), note=note)


def short_words(tally: Tally) -> str:
    """5 G, 2 A, 1 N/A: what fits into a cell; the letters are in the key."""
    parts = [f"{count.count} {count.letter}" for count in tally.counts if count.count]
    parts += [f"{tally.not_applicable} N/A"] if tally.not_applicable else []
    parts += [f"{tally.blank} blank"] if tally.blank else []
    return ", ".join(parts) or NOTHING


def tally_cell(tally: Tally, levels: Sequence[LevelContent], note: str = "") -> Cell:
    """The ratings of several criteria in one cell."""
    known = {level.code: level for level in levels}
    counted = tuple(
        Counted(chip(known[count.code]), count.count)
        for count in tally.counts
        if count.count and count.code in known
    )
    return Cell(short_words(tally), counted=counted, note=note)


def share_cell(tally: Tally) -> Cell:
    """How many of the ratings given are at the best level, in percent."""
    return Cell(tally.share, number=100 * tally.best / tally.counted if tally.counted else None)


def percent_cell(part: int, whole: int) -> Cell:
    return Cell(share(part, whole), number=100 * part / whole if whole else None)


def number_cell(count: int) -> Cell:
    return Cell(str(count), number=count)


def day_cell(value: date | None) -> Cell:
    return Cell(day_words(value), date=value.isoformat() if value else "") if value else Cell(NOTHING)


def chart_of(
    title: str, lines: Iterable[tuple[str, Tally]], levels: Sequence[LevelContent], says: str
) -> Chart:
    """Bars of tallies, one a line, their parts in the order of the levels; N/A and blank come last."""
    known = tuple(lines)
    away = any(tally.not_applicable for _, tally in known)
    blank = any(tally.blank for _, tally in known)
    shown = tuple(chip(level) for level in levels)
    return Chart(
        title,
        says,
        (*shown, *((NOT_APPLICABLE,) if away else ()), *((BLANK,) if blank else ())),
        tuple(Bar(label, _counts(tally, levels, away, blank)) for label, tally in known),
    )


def _counts(tally: Tally, levels: Sequence[LevelContent], away: bool, blank: bool) -> tuple[int, ...]:
    given = {count.code: count.count for count in tally.counts}
    counts = [given.get(level.code, 0) for level in levels]
    counts += [tally.not_applicable] if away else []
    counts += [tally.blank] if blank else []
    return tuple(counts)
