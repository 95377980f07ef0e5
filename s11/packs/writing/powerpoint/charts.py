"""Charts on slides: PowerPoint's own, so that their figures can be read off and edited."""

from collections.abc import Iterator
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Mm, Pt

from s11.packs.document import Chart, Trend
from s11.packs.pictures import parts
from s11.packs.writing.powerpoint.deck import LEFT, ROOM, Deck
from s11.packs.writing.powerpoint.markup import quiet, said
from s11.packs.writing.shades import INK, shade
from s11.packs.writing.texts import plain, shortened

BARS_A_SLIDE, LABEL_LONGEST = 14, 44
SAYS_LONGEST = 420
LEAST_HIGH, FRAME_HIGH, BAR_HIGH = 55.0, 24.0, 9.0
LINES = (
    ("0B3A43", MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE), ("A50F15", MSO_LINE.DASH, XL_MARKER_STYLE.SQUARE),
    ("1D5A9E", MSO_LINE.DASH_DOT, XL_MARKER_STYLE.TRIANGLE),
    ("8A5A00", MSO_LINE.ROUND_DOT, XL_MARKER_STYLE.DIAMOND),
    ("5C2D82", MSO_LINE.SOLID, XL_MARKER_STYLE.X), ("1B7837", MSO_LINE.DASH, XL_MARKER_STYLE.PLUS),
)  # fmt: skip


def draw(deck: Deck, drawn: Chart | Trend) -> None:
    """The chart with its title above and its summary beneath; over several slides where it is long."""
    says = plain(drawn.says)
    why = [plain(line.why) for line in drawn.lines if line.why] if isinstance(drawn, Trend) else []
    beneath = [quiet(shortened(words, SAYS_LONGEST), 12, before=2) for words in (says, *why) if words]
    below = sum(line.height(ROOM) for line in beneath)
    deck.shut()
    title = said(drawn.title, 14, bold=True, before=4)
    for turn, (kind, data, wanted) in enumerate(_charts(drawn)):
        if turn or (deck.left_over < LEAST_HIGH + below + 12 and not deck.empty):
            deck.go_on()
        deck.say(title)
        deck.shut(1)
        high = max(min(wanted, deck.left_over - below - 4), LEAST_HIGH)
        assert deck.slide is not None
        shapes: Any = deck.slide.shapes
        shape = shapes.add_chart(kind, Mm(LEFT), Mm(deck.top), Mm(ROOM), Mm(high), data)
        described = shape._element.nvGraphicFramePr.cNvPr
        described.set("descr", f"{plain(drawn.title)}. {says}")
        described.set("name", f"Chart {deck.next_number()}")
        described.set("id", str(deck.number))
        _dress(shape.chart, drawn)
        deck.top += high + 1
    for words in (says, *why):
        if len(words) > SAYS_LONGEST:
            deck.note(words)
    if not drawn.title or not _has_any(drawn):
        deck.say(title, with_next=below)
    for line in beneath:
        deck.say(line)
    deck.shut()


def _has_any(drawn: Chart | Trend) -> bool:
    return bool(drawn.bars if isinstance(drawn, Chart) else drawn.marks and drawn.lines)


def _charts(drawn: Chart | Trend) -> Iterator[tuple[Any, CategoryChartData, float]]:
    """Each chart's kind, its figures, and how high it should be."""
    if not _has_any(drawn):
        return
    if isinstance(drawn, Trend):
        data = CategoryChartData(number_format=_number_of(drawn))
        data.categories = [plain(mark) for mark in drawn.marks]
        for line in drawn.lines:
            data.add_series(plain(line.label), line.points)
        yield XL_CHART_TYPE.LINE_MARKERS, data, 110.0
        return
    for part in parts(len(drawn.bars), BARS_A_SLIDE):
        bars = drawn.bars[part]
        data = CategoryChartData(number_format="0")
        data.categories = [shortened(plain(bar.label), LABEL_LONGEST) for bar in bars]
        for place, chip in enumerate(drawn.levels):
            name = chip.label if chip.letter in ("", chip.label) else f"{chip.letter}  {chip.label}"
            data.add_series(plain(name), [bar.counts[place] for bar in bars])
        yield XL_CHART_TYPE.BAR_STACKED_100, data, FRAME_HIGH + BAR_HIGH * max(len(bars), 3)


def _dress(chart: Any, drawn: Chart | Trend) -> None:
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb(INK)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(12)
    chart.value_axis.has_major_gridlines = isinstance(drawn, Trend)
    chart.value_axis.format.line.fill.background()
    if isinstance(drawn, Trend):
        _dress_lines(chart, drawn)
    else:
        _dress_bars(chart, drawn)


def _dress_bars(chart: Any, drawn: Chart) -> None:
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.tick_labels.font.size = Pt(12)
    chart.value_axis.visible = False
    for series, chip in zip(chart.plots[0].series, drawn.levels, strict=True):
        look = shade(chip.colour)
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(look.fill)
        series.format.line.color.rgb = _rgb("#ffffff")
        labels = series.data_labels
        labels.show_value = True
        letter = chip.letter.replace('"', "")
        # A level nobody gave says nothing in its bar.
        labels.number_format, labels.number_format_is_linked = f'0" {plain(letter)}";;', False
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(11), True, _rgb(look.ink)


def _number_of(drawn: Trend) -> str:
    return "0" if drawn.counts else '0" %"'


def _dress_lines(chart: Any, drawn: Trend) -> None:
    chart.value_axis.minimum_scale = 0
    if not drawn.counts:
        chart.value_axis.maximum_scale, chart.value_axis.major_unit = 100, 25
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb("#cfd6d6")
    chart.value_axis.tick_labels.number_format = _number_of(drawn)
    chart.value_axis.tick_labels.number_format_is_linked = False
    for turn, series in enumerate(chart.plots[0].series):
        colour, dash, mark = LINES[turn % len(LINES)]
        series.smooth = False
        line = series.format.line
        line.color.rgb, line.width, line.dash_style = _rgb(colour), Pt(2.25), dash
        series.marker.style, series.marker.size = mark, 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.data_labels.show_value = True
        series.data_labels.number_format = _number_of(drawn)
        series.data_labels.number_format_is_linked = False
        series.data_labels.position = XL_LABEL_POSITION.ABOVE
        series.data_labels.font.size = Pt(11)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
