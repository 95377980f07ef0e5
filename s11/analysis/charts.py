"""Charts as SVG text, made with matplotlib and fit for a page, a grey print and a PDF.

Letters stand in the bars and patterns lie over them, so that a copy without colour still reads.
The same figures give the same text, byte for byte. There are no style elements or attributes in
it, which our content security policy would refuse, and its ids carry the chart's own name, so
that two charts can stand on one page. Letters are drawn as shapes: no font is needed to show it.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import ceil
from textwrap import wrap
from threading import Lock
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from s11.questionnaires.rules import LevelContent

# matplotlib's settings are the whole process's; nothing but this module uses it.
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "s11",
        "svg.fonttype": "path",
        "text.parse_math": False,  # "$" in an agency's name is a dollar sign
        "font.family": ["DejaVu Sans"],
        "font.size": 9,
        "hatch.linewidth": 0.7,
    }
)
_drawing = Lock()  # its font and text caches are not made for several threads

# token -> fill, text upon it, pattern and colour of the pattern: as in static/scss/_brand.scss
COLOURS: dict[str, tuple[str, str, str, str]] = {
    "green": ("#1b7837", "#ffffff", "", "#ffffff"),
    "lightgreen": ("#a6d96a", "#000000", "..", "#5b8a2a"),
    "amber": ("#f9a65a", "#000000", "--", "#b9661c"),
    "red": ("#a50f15", "#ffffff", "//", "#e58a8e"),
    "darkred": ("#67000d", "#ffffff", "\\\\", "#c98b92"),
    "blue": ("#1d5a9e", "#ffffff", "||", "#8fb3da"),
    "teal": ("#0f6b72", "#ffffff", "", "#ffffff"),
    "grey": ("#5c686c", "#ffffff", "", "#ffffff"),
    "scale-1": ("#f6e8c3", "#000000", "", "#000000"),
    "scale-2": ("#dfc27d", "#000000", "", "#000000"),
    "scale-3": ("#7fcabd", "#000000", "", "#000000"),
    "scale-4": ("#36978c", "#000000", "", "#000000"),
    "scale-5": ("#01665e", "#ffffff", "", "#ffffff"),
    "scale-6": ("#003c30", "#ffffff", "", "#ffffff"),
    "na": ("#e9e7e2", "#10272d", "xx", "#c4bfb4"),
    "blank": ("#ffffff", "#10272d", "", "#10272d"),
}
INK, LINE = "#10272d", "#cfd6d6"
WIDTH_INCHES, NARROW_INCHES = 7.6, 3.8
PIXELS_AN_INCH = 96
# Heights in rows: a bar of a labelled group is one row, a bar alone is thicker.
ROW_INCHES = 0.27
BAR_ROWS, LONE_ROWS = 1.0, 1.8
TITLE_ROWS, LINE_ROWS = 0.95, 0.62
FOOT_INCHES, HEAD_INCHES, LEGEND_LINE_INCHES = 0.5, 0.16, 0.24
# How wide nine points of text are, plain and bold: enough to lay it out by.
LETTER_INCHES, BOLD_INCHES = 0.072, 0.081
LABEL_SHARE, LABEL_LONGEST = 0.36, 44
LEGEND_WIDE, LEGEND_NARROW = 6, 2
RIGHT_INCHES = 0.24
OF_ALL = "Share of everything asked"  # beneath a chart of ratings
NARROWEST_FOR_WORDS = 5.0  # percent of the bar's length


@dataclass(frozen=True)
class Bar:
    """One bar: its label, and how many ratings it holds of each level, not applicable and blank.

    `blank_word` is what a blank is called in this bar where there is room to say it.
    """

    label: str
    counts: tuple[int, ...]
    not_applicable: int
    blank: int
    blank_word: str = "blank"

    @property
    def total(self) -> int:
        return sum(self.counts) + self.not_applicable + self.blank


@dataclass(frozen=True)
class Group:
    """Bars that stand close together under one label: self above moderated."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Segment:
    """A part of a bar as it is drawn and named in the legend."""

    letter: str
    label: str
    colour: str


NOT_APPLICABLE = Segment("N/A", "Not applicable", "na")
BLANK = Segment("–", "Blank or not moderated yet", "blank")


def segments_of(levels: Sequence[LevelContent]) -> tuple[Segment, ...]:
    """What the parts of a bar stand for, in the order drawn."""
    return (*(Segment(v.letter, v.label, v.colour) for v in levels), NOT_APPLICABLE, BLANK)


def stacked_bars(
    groups: Sequence[Group],
    levels: Sequence[LevelContent],
    *,
    name: str,
    title: str,
    description: str,
    narrow: bool = False,
    of: str = OF_ALL,
) -> str:
    """Horizontal bars, each the whole of what was asked, as SVG text; `narrow` for a phone.

    `name` (letters, digits, hyphens) goes into every id. `title` and `description` are what a screen
    reader says of the picture; `of` is what a whole bar stands for. Made once for the same figures and
    then kept.
    """
    return _stacked_bars(tuple(groups), segments_of(levels), name, title, description, narrow, of)


def size_of(
    groups: Sequence[Group], levels: Sequence[LevelContent], *, narrow: bool = False
) -> tuple[int, int]:
    """Width and height of the picture in pixels, so that a page can keep its place."""
    plan = _planned(tuple(groups), segments_of(levels), narrow)
    return round(plan.width * PIXELS_AN_INCH), round(plan.height * PIXELS_AN_INCH)


@lru_cache(maxsize=128)
def _stacked_bars(
    groups: tuple[Group, ...],
    segments: tuple[Segment, ...],
    name: str,
    title: str,
    description: str,
    narrow: bool,
    of: str,
) -> str:
    with _drawing:
        figure = _drawn(_planned(groups, segments, narrow), of)
        text = io.StringIO()
        figure.savefig(
            text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return finished(text.getvalue(), name=name, title=title, description=description)


@dataclass(frozen=True)
class _Plan:
    """Where everything goes, before it is drawn: inches, and rows counted from the top."""

    width: float
    height: float
    head: float
    label_share: float
    rows: float
    titles: tuple[tuple[float, str], ...]
    bars: tuple[tuple[float, float, Bar], ...]
    segments: tuple[Segment, ...]
    legend: tuple[Segment, ...]
    legend_columns: int

    @property
    def bar_inches(self) -> float:
        """How long a bar is."""
        return self.width * (1 - self.label_share) - RIGHT_INCHES


def _planned(groups: tuple[Group, ...], segments: tuple[Segment, ...], narrow: bool) -> _Plan:
    width = NARROW_INCHES if narrow else WIDTH_INCHES
    letters = int((width - 0.2) / BOLD_INCHES)
    titles: list[tuple[float, str]] = []
    bars: list[tuple[float, float, Bar]] = []
    row = 0.0
    for group in groups:
        if group.label:
            lines = wrap(group.label, letters)
            row += TITLE_ROWS + LINE_ROWS * (len(lines) - 1)
            titles += [(row - 0.36 - LINE_ROWS * n, line) for n, line in enumerate(reversed(lines))]
        high = BAR_ROWS if group.label else LONE_ROWS
        for bar in group.bars:
            bars.append((row + high / 2, 0.86 * high if group.label else 0.69 * high, bar))
            row += high
    legend = _in_legend([bar for _, _, bar in bars], segments)
    columns = min(len(legend), LEGEND_NARROW if narrow else LEGEND_WIDE)
    head = HEAD_INCHES + LEGEND_LINE_INCHES * ceil(len(legend) / columns)
    longest = max((len(shortened(bar.label)) for _, _, bar in bars), default=0)
    label = min(LABEL_SHARE, (longest * LETTER_INCHES + 0.2) / width)
    height = head + ROW_INCHES * row + FOOT_INCHES
    return _Plan(
        width, height, head, label, row, tuple(titles), tuple(bars), segments, legend, columns
    )  # fmt: skip


def _in_legend(bars: Sequence[Bar], segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Every level, and not applicable and blank where there are any."""
    used = [False] * len(segments)
    for bar in bars:
        for place, count in enumerate((*bar.counts, bar.not_applicable, bar.blank)):
            used[place] = used[place] or count > 0
    return tuple(s for s, yes in zip(segments, used, strict=True) if yes or s not in (NOT_APPLICABLE, BLANK))


def _drawn(plan: _Plan, of: str) -> Figure:
    figure = Figure(figsize=(plan.width, plan.height))
    axes = figure.add_axes(
        (
            plan.label_share,
            FOOT_INCHES / plan.height,
            plan.bar_inches / plan.width,
            ROW_INCHES * plan.rows / plan.height,
        )
    )
    for place, high, bar in plan.bars:
        _draw_bar(axes, place, high, bar, plan)
    for place, line in plan.titles:
        axes.annotate(
            line, (0.01, place), xycoords=("figure fraction", "data"),
            ha="left", va="center", weight="bold", color=INK,
        )  # fmt: skip
    axes.set_yticks(
        [place for place, _, _ in plan.bars], [shortened(b.label) for _, _, b in plan.bars], color=INK
    )
    axes.set_xlim(0, 100)
    axes.set_ylim(max(plan.rows, 1.0), 0)
    axes.set_xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"], color=INK)
    axes.set_xlabel(of, color=INK)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    figure.legend(
        handles=[Patch(**_look(segment)) for segment in plan.legend],
        labels=[f"{segment.letter}  {shortened(segment.label)}" for segment in plan.legend],
        loc="upper left", bbox_to_anchor=(0.01, 1 - 0.04 / plan.height), ncols=plan.legend_columns,
        frameon=False, labelcolor=INK, handlelength=1.4, columnspacing=1.4, borderaxespad=0,
    )  # fmt: skip
    return figure


def _draw_bar(axes: Axes, place: float, high: float, bar: Bar, plan: _Plan) -> None:
    left = 0.0
    for segment, count in zip(plan.segments, (*bar.counts, bar.not_applicable, bar.blank), strict=True):
        if not count:
            continue
        width = 100 * count / bar.total
        _, ink, _, _ = COLOURS[segment.colour]
        # Not `barh`, which looks for the limits of the axes with every bar: they are known.
        axes.add_artist(Rectangle((left, place - high / 2), width, high, **_look(segment)))
        words = _words(segment, count, bar, width * plan.bar_inches / 100)
        if words and width >= NARROWEST_FOR_WORDS:
            box = {"facecolor": COLOURS[segment.colour][0], "edgecolor": "none", "pad": 1}
            axes.text(
                left + width / 2, place, words, color=ink, ha="center", va="center", weight="bold",
                fontsize=8, bbox=box,
            )  # fmt: skip
        left += width
    if not bar.total:
        axes.text(0.5, place, "nothing asked", color=INK, va="center", style="italic")


def _words(segment: Segment, count: int, bar: Bar, inches: float) -> str:
    """As much as there is room for: letter and number, or the letter, or nothing."""
    full = f"{count} {bar.blank_word}" if segment is BLANK else ""
    for words in (full, f"{segment.letter} {count}", segment.letter):
        if words and len(words) * LETTER_INCHES + 0.06 <= inches:
            return words
    return ""


def _look(segment: Segment) -> dict[str, Any]:
    fill, _, pattern, pattern_colour = COLOURS[segment.colour]
    edge = INK if segment in (NOT_APPLICABLE, BLANK) else "#ffffff"
    dashed = "--" if segment is BLANK else "-"
    look: dict[str, Any] = {"facecolor": fill, "edgecolor": edge, "linewidth": 0.8, "linestyle": dashed}
    if pattern:
        look |= {"hatch": pattern, "hatchcolor": pattern_colour}
    return look


@dataclass(frozen=True)
class Panel:
    """A small chart of one thing over the years: percent in each, None where there is none, and whether a
    year cannot be compared with the one before it."""

    title: str
    points: tuple[float | None, ...]
    breaks: tuple[bool, ...]


PANELS_ACROSS, PANELS_ACROSS_NARROW = 4, 2
PANEL_INCHES, PANEL_TOP_INCHES, PANELS_FOOT_INCHES = 0.82, 0.5, 0.34


def lines(
    panels: Sequence[Panel],
    years: Sequence[str],
    *,
    name: str,
    title: str,
    description: str,
    narrow: bool = False,
) -> str:
    """A small chart for each panel, all on the same scale, as SVG text. A dotted line stands where a year
    cannot be compared with the one before, and no line is drawn across it."""
    return _lines(tuple(panels), tuple(years), name, title, description, narrow)


def size_of_lines(panels: Sequence[Panel], *, narrow: bool = False) -> tuple[int, int]:
    """Width and height of the picture in pixels."""
    width, height, _ = _panels_planned(len(panels), narrow)
    return round(width * PIXELS_AN_INCH), round(height * PIXELS_AN_INCH)


def _panels_planned(count: int, narrow: bool) -> tuple[float, float, int]:
    """Width and height in inches, and how many stand side by side."""
    across = PANELS_ACROSS_NARROW if narrow else PANELS_ACROSS
    rows = max(1, ceil(count / across))
    width = NARROW_INCHES if narrow else WIDTH_INCHES
    return width, rows * (PANEL_INCHES + PANEL_TOP_INCHES + PANELS_FOOT_INCHES), across


@lru_cache(maxsize=32)
def _lines(
    panels: tuple[Panel, ...], years: tuple[str, ...], name: str, title: str, description: str, narrow: bool
) -> str:
    with _drawing:
        figure = _panels_drawn(panels, years, narrow)
        text = io.StringIO()
        figure.savefig(
            text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return finished(text.getvalue(), name=name, title=title, description=description)


def _panels_drawn(panels: tuple[Panel, ...], years: tuple[str, ...], narrow: bool) -> Figure:
    width, height, across = _panels_planned(len(panels), narrow)
    figure = Figure(figsize=(width, height))
    wide, gap = (width - 0.5) / across, 0.28
    high = PANEL_INCHES + PANEL_TOP_INCHES + PANELS_FOOT_INCHES
    for place, panel in enumerate(panels):
        row, column = divmod(place, across)
        bottom = height - (row + 1) * high + PANELS_FOOT_INCHES
        left = 0.42 + column * wide
        axes = figure.add_axes((left / width, bottom / height, (wide - gap) / width, PANEL_INCHES / height))
        _draw_panel(axes, panel, years, first=column == 0)
        letters = int((wide - 0.12) / LETTER_INCHES * 9 / 8)
        head = wrap(panel.title, letters)
        shown = [*head[:1], f"{head[1][: letters - 1].rstrip()}…"] if len(head) > 2 else head
        figure.text(
            (left - 0.1) / width, (bottom + PANEL_INCHES + 0.1) / height, "\n".join(shown),
            ha="left", va="bottom", fontsize=8, weight="bold", color=INK, linespacing=1.15,
        )  # fmt: skip
    return figure


def _draw_panel(axes: Axes, panel: Panel, years: tuple[str, ...], *, first: bool) -> None:
    axes.set_xlim(-0.3, len(years) - 0.7)
    axes.set_ylim(0, 108)
    for level in (0, 50, 100):
        axes.axhline(level, color=LINE, linewidth=0.6, zorder=0)
    for start, end in _unbroken(panel):
        run = [(x, y) for x, y in enumerate(panel.points[start:end], start=start) if y is not None]
        if run:
            axes.plot(*zip(*run, strict=True), color=INK, linewidth=1.4, marker="o", markersize=3.5)
    for place, broken in enumerate(panel.breaks):
        if broken:
            axes.axvline(place - 0.5, color=INK, linewidth=1, linestyle=":")
    for place, value in enumerate(panel.points):
        if value is not None and place in (0, len(years) - 1):
            side = "left" if place == 0 and len(years) > 1 else "right"
            lift = -5 if value > 80 else 5
            axes.annotate(
                f"{value:.0f}", (place, value), xytext=(0, lift), textcoords="offset points",
                ha=side, va="top" if lift < 0 else "bottom", fontsize=7.5, color=INK,
            )  # fmt: skip
    axes.set_xticks([0, len(years) - 1], [years[0], years[-1]], fontsize=7.5, color=INK)
    axes.set_yticks([0, 50, 100], ["0", "50", "100 %"] if first else ["", "", ""], fontsize=7, color=INK)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)


def _unbroken(panel: Panel) -> list[tuple[int, int]]:
    """The runs of years that can be compared, as slices."""
    starts = [0, *(place for place, broken in enumerate(panel.breaks) if broken and place)]
    return list(zip(starts, [*starts[1:], len(panel.points)], strict=True))


def shortened(text: str) -> str:
    """A label that fits beside a bar."""
    return text if len(text) <= LABEL_LONGEST else text[: LABEL_LONGEST - 1].rstrip() + "…"


def finished(svg: str, *, name: str, title: str, description: str) -> str:
    """matplotlib's text made fit for us: no prologue, comments or styles, own ids, title and description."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'style="([^"]*)"', _as_attributes, svg)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'href="#', f'href="#{name}-', svg)
    svg = re.sub(r"url\(#", f"url(#{name}-", svg)
    head = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" '
        # What matplotlib says in its style element, inherited instead.
        'stroke-linejoin="round" stroke-linecap="butt"'
    )
    words = (
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    svg = svg.replace("<svg", head, 1)
    end = svg.index(">") + 1
    return svg[:end] + words + svg[end:]


def _as_attributes(style: re.Match[str]) -> str:
    """Every property matplotlib writes is a presentation attribute of SVG as well."""
    pairs = (part.split(":", 1) for part in style[1].split(";") if part.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)


# ---------- for papers: the same as pixels, and lines over the years

PIXELS_PRINTED = 200  # an inch


def stacked_bars_png(groups: Sequence[Group], levels: Sequence[LevelContent], *, of: str = OF_ALL) -> bytes:
    """`stacked_bars` as a PNG, for files that hold no SVG."""
    with _drawing:
        return _as_png(_drawn(_planned(tuple(groups), segments_of(levels), narrow=False), of))


@dataclass(frozen=True)
class Trace:
    """A line over marks, in percent or counts; None where it breaks."""

    label: str
    points: tuple[float | None, ...]


# Lines are told apart by their dashes and marks; the colours help. They are dark enough on white.
TRACES = (
    ("#0b3a43", "-", "o"), ("#a50f15", "--", "s"), ("#1d5a9e", "-.", "^"), ("#8a5a00", ":", "D"),
    ("#5c2d82", "-", "v"), ("#1b7837", "--", "P"),
)  # fmt: skip
TRACES_HIGH = 3.0  # inches
LAST_INCHES = 0.5  # for the figure behind a line that runs to the end


def traces(
    marks: Sequence[str],
    lines: Sequence[Trace],
    *,
    name: str,
    title: str,
    description: str,
    narrow: bool = False,
    counts: bool = False,
) -> str:
    """Lines over years or weeks as SVG text, from nought to a hundred percent, with gaps; `narrow` for a
    phone; `counts`: they are numbers of things, from nought to the highest."""
    with _drawing:
        figure = _traced(marks, lines, narrow=narrow, counts=counts)
        text = io.StringIO()
        figure.savefig(
            text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return finished(text.getvalue(), name=name, title=title, description=description)


def traces_png(marks: Sequence[str], lines: Sequence[Trace], *, counts: bool = False) -> bytes:
    """The same as a PNG."""
    with _drawing:
        return _as_png(_traced(marks, lines, counts=counts))


def _as_png(figure: Figure) -> bytes:
    pixels = io.BytesIO()
    figure.savefig(pixels, format="png", dpi=PIXELS_PRINTED, metadata={"Software": None})
    return pixels.getvalue()


def size_of_traces(lines: Sequence[Trace], *, narrow: bool = False) -> tuple[int, int]:
    """Width and height of the picture in pixels."""
    width, height, _ = _traces_planned(len(lines), narrow)
    return round(width * PIXELS_AN_INCH), round(height * PIXELS_AN_INCH)


def _traces_planned(count: int, narrow: bool) -> tuple[float, float, int]:
    """Width and height in inches, and how many names stand side by side above."""
    across = LEGEND_NARROW if narrow else 3
    height = TRACES_HIGH + LEGEND_LINE_INCHES * ceil(count / across)
    return NARROW_INCHES if narrow else WIDTH_INCHES, height, across


def _traced(
    marks: Sequence[str], lines: Sequence[Trace], *, narrow: bool = False, counts: bool = False
) -> Figure:
    width, height, across = _traces_planned(len(lines), narrow)
    figure = Figure(figsize=(width, height))
    left = 0.07 * WIDTH_INCHES / width
    axes = figure.add_axes((left, 0.42 / height, 0.98 - left, (TRACES_HIGH - 0.62) / height))
    places = list(range(len(marks)))
    for turn, line in enumerate(lines):
        colour, dashes, mark = TRACES[turn % len(TRACES)]
        points = [float("nan") if point is None else point for point in line.points]
        axes.plot(
            places[: len(points)], points, color=colour, linestyle=dashes, marker=mark,
            markersize=5, linewidth=1.6, label=shortened(line.label), clip_on=False,
        )  # fmt: skip
        last = next((n for n in reversed(range(len(points))) if line.points[n] is not None), None)
        if last is not None:
            said = f"{points[last]:,.0f}" if counts else f"{points[last]:.0f} %"
            axes.annotate(
                said, (places[last], points[last]), xytext=(7, 0), textcoords="offset points",
                va="center", fontsize=8, color=colour, annotation_clip=False,
            )  # fmt: skip
    every = max(1, ceil(len(marks) / (4 if narrow else 10)))
    axes.set_xticks(places[::every], list(marks)[::every], color=INK)
    end = max(len(marks) - 1, 0)
    room = LAST_INCHES / (width * (0.98 - left))  # the share of its width that the last figure takes
    axes.set_xlim(-0.25, end + max(0.45, (end + 0.25) * room / (1 - room)))
    if counts:
        steps = _steps_to(max((p for line in lines for p in line.points if p is not None), default=0))
        axes.set_ylim(0, steps[-1])
        axes.set_yticks(steps, [f"{step:,}" for step in steps], color=INK)
    else:
        axes.set_ylim(0, 100)
        axes.set_yticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"], color=INK)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    if lines:
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.01, 1 - 0.04 / height), ncols=across, frameon=False,
            labelcolor=INK, handlelength=3, columnspacing=1.4, borderaxespad=0,
        )  # fmt: skip
    return figure


def _steps_to(highest: float) -> list[int]:
    """Round numbers from nought to the first that is not below the highest; at most six steps."""
    step = next(
        unit * power
        for power in (10**n for n in range(9))
        for unit in (1, 2, 5)
        if unit * power * 6 >= highest
    )
    return list(range(0, max(ceil(highest / step), 1) * step + 1, step))
