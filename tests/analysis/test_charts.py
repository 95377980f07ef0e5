"""Charts that anybody can read and any page can show."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from s11.analysis.charts import (
    COLOURS,
    Bar,
    Group,
    Panel,
    Trace,
    lines,
    size_of,
    size_of_lines,
    stacked_bars,
    traces,
    traces_png,
)
from tests.analysis.figures import LEVELS

BRAND = Path(__file__).parents[2] / "static" / "scss" / "_brand.scss"


def a_chart(name: str = "standards", label: str = "Police") -> str:
    groups = [Group("1 Leadership", (Bar(label, (5, 2, 1), 1, 0), Bar("Moderated", (0, 0, 0), 0, 9)))]
    return stacked_bars(groups, LEVELS, name=name, title="Ratings <b>", description="5 green & 2 amber")


def test_it_is_said_in_words_too() -> None:
    root = ElementTree.fromstring(a_chart())
    assert root.get("role") == "img"
    titles = [element.text for element in root if element.tag.endswith(("title", "desc"))]
    assert titles == ["Ratings <b>", "5 green & 2 amber"]


def test_the_same_figures_give_the_same_bytes() -> None:
    from s11.analysis import charts

    first = a_chart()
    charts._stacked_bars.cache_clear()
    assert a_chart() == first


def test_two_charts_on_one_page_share_no_id_and_every_reference_is_met() -> None:
    one, two = a_chart("standards"), a_chart("organisations")
    ids = re.findall(r'\bid="([^"]+)"', one + two)
    assert len(ids) == len(set(ids))
    for chart in (one, two):
        wanted = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', chart))
        assert {a or b for a, b in wanted} <= set(re.findall(r'\bid="([^"]+)"', chart))


def test_the_content_security_policy_has_nothing_to_refuse() -> None:
    assert "style" not in a_chart() and "<script" not in a_chart() and "<!--" not in a_chart()


def test_a_name_is_drawn_as_it_is_written() -> None:
    assert ElementTree.fromstring(a_chart(label="A $x^2$ & <b> -- Ltd")) is not None


def test_red_has_a_pattern_that_green_has_not() -> None:
    assert "<pattern" in a_chart()
    assert COLOURS["red"][2] and not COLOURS["green"][2]


@pytest.mark.skipif(not BRAND.exists(), reason="the style sheets are not here")
def test_colours_are_those_of_the_pages() -> None:
    pairs = re.findall(r'"([\w-]+)": \((#\w+), (#\w+)\)', BRAND.read_text())
    assert {name: (fill, ink) for name, fill, ink in pairs} == {
        name: (fill, ink) for name, (fill, ink, _, _) in COLOURS.items()
    }


def test_it_can_be_set_into_a_pdf(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    (tmp_path / "chart.svg").write_text(a_chart())
    (tmp_path / "page.typ").write_text('#image("chart.svg", alt: "Ratings")')
    assert typst.compile(str(tmp_path / "page.typ")).startswith(b"%PDF")


def test_a_long_title_gets_more_lines_on_a_phone_and_never_loses_its_beginning() -> None:
    title = "5 Induction, training, supervision and professional curiosity"
    groups = [Group(title, (Bar("Self-assessment", (5, 2, 1), 1, 0),))]
    wide, narrow = size_of(groups, LEVELS), size_of(groups, LEVELS, narrow=True)
    assert wide[0] > narrow[0] and narrow[1] > wide[1]
    for chosen, size in ((False, wide), (True, narrow)):
        svg = stacked_bars(groups, LEVELS, name="one", title="", description="", narrow=chosen)
        found = re.search(
            r'width="([\d.]+)pt" height="([\d.]+)pt"|height="([\d.]+)pt" .*?width="([\d.]+)pt"', svg
        )
        assert found is not None
        points = sorted(float(value) for value in found.groups() if value)
        assert [round(value * 96 / 72) for value in points] == sorted(size)


def test_a_line_over_the_years_breaks_where_there_is_nothing_to_compare() -> None:
    years = ["2025", "2026", "2027"]

    def drawn(*points: float | None) -> str:
        return traces(years, [Trace("$ Police", points)], name="t", title="Trend", description="To 61 %.")

    broken, whole = drawn(40.0, None, 61.0), drawn(40.0, 50.0, 61.0)
    assert 'id="t-title">Trend<' in broken and ">To 61 %.<" in broken and "style" not in broken
    assert broken.count("\nL ") < whole.count("\nL ")
    assert traces_png(years, [Trace("Police", (40.0,))]).startswith(b"\x89PNG")


def test_years_are_small_charts_and_no_line_crosses_a_break() -> None:
    told = {"name": "years", "title": "Year by year", "description": "In the table."}
    whole = (Panel("1 Leadership", (60.0, 70.0, 80.0), (False, False, False)),)
    broken = (Panel("1 Leadership", (60.0, 70.0, 80.0), (False, False, True)),)
    years = ("2024", "2025", "2026")
    one, other = lines(whole, years, **told), lines(broken, years, **told)
    for svg in (one, other):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img" and "style" not in svg
    assert "stroke-dasharray" not in one and "stroke-dasharray" in other
    wide, narrow = size_of_lines(whole * 10), size_of_lines(whole * 10, narrow=True)
    assert wide[0] > narrow[0] and narrow[1] > wide[1]
