"""One organisation beside others of its group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.analysis.counts import ALL, Line
from s11.core.shares import share
from s11.questionnaires.rules import LevelContent, StandardContent

Segment = tuple[str, str, str, int]
HIDDEN = "Not shown: too few have rated this"


@dataclass(frozen=True)
class Row:
    """One side in one standard: a cell a level, then not applicable and blank; or why there are none."""

    whose: str
    segments: tuple[Segment, ...] = ()
    cells: tuple[str, ...] = ()
    hidden: str = ""


@dataclass(frozen=True)
class Part:
    """A standard, or all of them: one's own ratings and those of the others."""

    title: str
    own: Row
    others: Row


def parts(
    own: Mapping[str, Line | None],
    others: Mapping[str, Line | None],
    standards: Sequence[StandardContent],
    levels: Sequence[LevelContent],
    *,
    called: str,
) -> list[Part]:
    """All standards together, then each in the order printed, where the organisation was asked it."""
    titles = [(ALL, "All together"), *((s.number, f"{s.number}. {s.title}") for s in standards)]
    return [
        Part(title, row_of("Yours", own[number], levels), row_of(called, others.get(number), levels))
        for number, title in titles
        if number in own
    ]


def row_of(whose: str, line: Line | None, levels: Sequence[LevelContent]) -> Row:
    if line is None:
        return Row(whose, hidden=HIDDEN)
    given = [(level, line.counts.get(level.code, 0)) for level in levels]
    segments = [(level.colour, level.letter, level.label, count) for level, count in given if count]
    cells = [cell(count, line.denominator if level.counts else 0) for level, count in given]
    return Row(whose, tuple(segments), (*cells, str(line.not_applicable), str(line.blank)))


def cell(count: int, of: int) -> str:
    """5 (71.4 %), which no line break parts; what has no share is its count alone."""
    said = f"{count} ({share(count, of)})" if of and count else str(count)
    return said.replace(" ", "\u00a0")
