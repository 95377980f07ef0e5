"""The charts of a paper as pictures: SVG where it is printed, PNG for Word.

Drawn by `s11.analysis.charts`, whose letters and patterns a grey copy keeps. A chart with more bars than a
page has room for comes in several pictures; one that nobody could read is left to its table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from s11.analysis.lazy import charts
from s11.packs.document import Bar, Chart, Chip, Trend
from s11.packs.pictures import parts
from s11.packs.writing.shades import shade
from s11.packs.writing.texts import plain, shortened
from s11.questionnaires.rules import LevelContent

if TYPE_CHECKING:
    from s11.analysis.charts import Group

BARS_A_PICTURE, LABEL_LONGEST = 24, 40
# Nobody reads a chart of more bars: its figures stand in a table of its section.
BARS_AT_MOST = 120
# More bars than this are drawn slim, as charts draw the bars of a group: this one's label prints nothing.
THICK_AT_MOST, SLIM = 9, " "
NOT_APPLICABLE = frozenset({"N/A", "n/a", "NA"})


@dataclass(frozen=True)
class Picture:
    """A drawing, and what it says to whoever does not see it."""

    content: bytes
    alt: str


def svg(drawn: Chart | Trend, name: str) -> Iterator[Picture]:
    """The pictures of a chart as SVG. `name` goes into every id of it."""
    alt = f"{plain(drawn.title)}. {plain(drawn.says)}"
    if isinstance(drawn, Trend):
        if drawn.marks and drawn.lines:
            text = charts.traces(
                _marks(drawn),
                _traces(drawn),
                name=name,
                title=plain(drawn.title),
                description=alt,
                counts=drawn.counts,
            )
            yield Picture(text.encode(), alt)
        return
    levels = _levels(drawn)
    for turn, groups in enumerate(_groups(drawn), start=1):
        text = charts.stacked_bars(
            groups,
            levels,
            name=f"{name}-{turn}",
            title=plain(drawn.title),
            description=alt,
            of=plain(drawn.of),
        )
        yield Picture(text.encode(), alt)


def png(drawn: Chart | Trend) -> Iterator[Picture]:
    """The pictures of a chart as PNG."""
    alt = f"{plain(drawn.title)}. {plain(drawn.says)}"
    if isinstance(drawn, Trend):
        if drawn.marks and drawn.lines:
            yield Picture(charts.traces_png(_marks(drawn), _traces(drawn), counts=drawn.counts), alt)
        return
    levels = _levels(drawn)
    for groups in _groups(drawn):
        yield Picture(charts.stacked_bars_png(groups, levels, of=plain(drawn.of)), alt)


def _marks(trend: Trend) -> list[str]:
    return [plain(mark) for mark in trend.marks]


def _traces(trend: Trend) -> list["charts.Trace"]:
    return [charts.Trace(plain(line.label), line.points) for line in trend.lines]


def _levels(chart: Chart) -> list[LevelContent]:
    """The levels as charts take them, best first as the paper has them; those without a colour apart."""
    return [
        LevelContent(
            id=place, code=str(place), label=plain(chip.label), letter=plain(chip.letter), order=-place,
            value=None, colour=shade(chip.colour).token, meaning="", counts=True,
        )
        for place, chip in enumerate(chart.levels)
        if chip.colour
    ]  # fmt: skip


def _groups(chart: Chart) -> Iterator[list["Group"]]:
    if len(chart.bars) > BARS_AT_MOST:
        return
    for part in parts(len(chart.bars), BARS_A_PICTURE):
        bars = tuple(_bar(chart.levels, bar) for bar in chart.bars[part])
        yield [charts.Group(SLIM if len(chart.bars) > THICK_AT_MOST else "", bars)]


def _bar(levels: tuple[Chip, ...], bar: Bar) -> "charts.Bar":
    counts = list(zip(levels, bar.counts, strict=False))
    return charts.Bar(
        shortened(plain(bar.label), LABEL_LONGEST),
        tuple(count for chip, count in counts if chip.colour),
        sum(count for chip, count in counts if not chip.colour and chip.letter in NOT_APPLICABLE),
        sum(count for chip, count in counts if not chip.colour and chip.letter not in NOT_APPLICABLE),
    )
