"""The charts of a pack: the figures of its tables, in pictures that fit a page and are said in words."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from s11.challenge.ratings import Count, StandardRatings, Tally
from s11.packs import pictures
from s11.questionnaires.rules import LevelContent

LEVELS = tuple(
    LevelContent(order, code, code.capitalize(), code[0].upper(), order, order, code, "", True)
    for order, code in ((3, "green"), (2, "amber"), (1, "red"))
)


def a_tally(green: int, amber: int = 0, *, not_applicable: int = 0, blank: int = 0) -> Tally:
    counts = (Count("green", "Green", "G", "green", green), Count("amber", "Amber", "A", "amber", amber))
    return Tally(counts, green, green + amber, not_applicable, blank)


def a_pack(standards: int = 2, agencies: int = 2) -> SimpleNamespace:
    """As much of a pack as charts are drawn from; only the first standard is moderated."""
    return SimpleNamespace(
        key=LEVELS,
        standard_word="Standard",
        body="agency",
        totals=tuple(
            StandardRatings(
                str(n), f"s{n}", f"Title {n}", a_tally(5, 2, not_applicable=1), a_tally(3 * (n == 1), blank=5)
            )
            for n in range(1, standards + 1)
        ),
        profiles=tuple(
            SimpleNamespace(organisation=f"Agency {n}", short=f"A{n}", own=a_tally(4))
            for n in range(agencies)
        ),
    )  # fmt: skip


def test_a_bar_holds_what_the_table_prints_in_the_order_of_the_levels():
    bar = pictures.bar("Self", a_tally(5, 2, not_applicable=1, blank=3), LEVELS)
    assert (bar.label, bar.counts, bar.not_applicable, bar.blank) == ("Self", (5, 2, 0), 1, 3)


def test_every_chart_is_drawn_and_said_in_words():
    drawn = pictures.drawn(a_pack())
    for picture in (*drawn["standards"], *drawn["agencies"]):
        assert ElementTree.fromstring(picture.svg).tag.endswith("svg")
    assert "1 Title 1: 5 of 7 (71.4 %); 2 Title 2: 5 of 7 (71.4 %)." in drawn["standards"][0].alt
    assert "Agency 0: 4 of 4 (100.0 %)" in drawn["agencies"][0].alt
    assert drawn["agencies"][0].caption == "Ratings by agency, as each rated itself."


def test_moderated_ratings_stand_beneath_only_where_there_are_any(monkeypatch):
    asked = []
    monkeypatch.setattr(
        pictures.charts, "stacked_bars", lambda groups, *_, **__: asked.append(groups) or "<svg/>"
    )
    pictures.by_standard(a_pack())
    assert [[bar.label for bar in group.bars] for group in asked[0]] == [
        ["Self-assessment", "Moderated"], ["Self-assessment"],
    ]  # fmt: skip
    assert asked[0][0].bars[1].blank_word == "not moderated yet"


@pytest.mark.parametrize(
    ("count", "at_most", "sizes"),
    [(0, 28, []), (14, 28, [14]), (28, 28, [28]), (29, 28, [15, 14]), (49, 28, [25, 24])],
)
def test_what_is_too_long_for_a_page_is_cut_into_charts_of_one_length(count, at_most, sizes):
    cut = pictures.parts(count, at_most)
    assert [len(range(count)[part]) for part in cut] == sizes


def test_a_chart_of_sixty_schools_comes_in_three_pictures_with_names_of_their_own():
    drawn = pictures.by_agency(a_pack(agencies=60))
    assert [picture.name for picture in drawn] == ["agencies-1.svg", "agencies-2.svg", "agencies-3.svg"]
