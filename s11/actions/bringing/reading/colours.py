"""A rating that is nothing but the colour of a cell, as a word."""

import colorsys
from collections.abc import Mapping, Sequence

from s11.actions.bringing.columns import meaning_of
from s11.actions.bringing.shapes import Meaning

# Colours of a rating by their hue in degrees, each up to its own; beyond the last it is red again.
HUES = ((18, "Red"), (70, "Amber"), (170, "Green"), (255, "Blue"), (330, ""), (360, "Red"))
# Paler is white, and darker black: a table is often shaded so, and means nothing by it.
PALEST, DARKEST = 0.12, 0.25
# Pale blue is what most programs shade rows with, and blue would say that an action is complete.
PALEST_BLUE = 0.4
RATED = frozenset({Meaning.RATING, Meaning.PROGRESS})


def colour_named(colour: str) -> str:
    """ "Red", "Amber", "Green" or "Blue" for RRGGBB, or nothing where it is none of these."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < PALEST or value < DARKEST:
        return ""
    name = next(name for most, name in HUES if hue * 360 <= most)
    return "" if name == "Blue" and saturation < PALEST_BLUE else name


def said_by_colour(headings: Sequence[str], cells: Sequence[str], colours: Mapping[int, str]) -> list[str]:
    """The cells of a row; one beneath a heading of ratings that holds only a colour has its name."""
    said = list(cells)
    for column, colour in colours.items():
        if column < len(headings) and not said[column] and meaning_of(headings[column]) in RATED:
            said[column] = colour_named(colour)
    return said
