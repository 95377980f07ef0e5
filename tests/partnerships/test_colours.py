"""Whether words can be read on a colour, in figures anybody can check with another tool."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.partnerships import colours

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ffffff", "#ffffff", 1.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.00),
        ("#1a5c8e", "#ffffff", 7.08),
    ],
)
def test_the_contrast_of_known_pairs(one: str, other: str, ratio: float) -> None:
    assert round(colours.contrast(one, other), 2) == ratio
    assert colours.contrast(one, other) == colours.contrast(other, one)


def test_the_grey_that_just_passes_and_the_one_that_just_does_not() -> None:
    assert colours.carries_white("#767676") and colours.fault_of("#767676") is None
    assert not colours.carries_white("#777777")
    assert colours.fault_of("#777777") == (
        "White words on #777777 have a contrast of 4.4 : 1, and need 4.5 : 1 to be read by everybody. "
        "#767676 would do: it is the nearest darker one."
    )


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#1A5C8E", "#1a5c8e"),
        (" 1a5c8e ", "#1a5c8e"),
        ("#abc", "#aabbcc"),
        ("", None),
        ("blue", None),
        ("#12345", None),
        ("#1a5c8e}body{display:none", None),
        ("rgb(1,2,3)", None),
    ],
)
def test_a_colour_however_it_is_typed(typed: str, colour: str | None) -> None:
    assert colours.canonical(typed) == colour


@given(COLOURS)
def test_what_is_offered_instead_passes_is_no_lighter_and_is_itself_where_that_passes(colour: str) -> None:
    offered = colours.darkened(colour)
    assert colours.carries_white(offered)
    assert colours.luminance(offered) <= colours.luminance(colour)
    assert (offered == colour) is colours.carries_white(colour)


@given(COLOURS)
def test_where_white_words_can_be_read_the_focus_can_be_seen(colour: str) -> None:
    if colours.carries_white(colour):
        assert colours.contrast(colour, colours.FOCUS) >= 3


@given(COLOURS)
def test_the_style_sheet_holds_nothing_but_colours(colour: str) -> None:
    sheet = colours.style_sheet(colours.darkened(colour))
    assert re.fullmatch(r":root\{(--s11-brand[a-z-]*:#[0-9a-f]{6};?){4}\}\n", sheet)
    strong = re.search(r"strong:(#[0-9a-f]{6})", sheet)
    assert strong is not None and colours.carries_white(strong[1])
