"""The colours of ratings as papers use them: what can be read upon each, and which is hatched.

Ratings keep their colours on every paper; only a cover looks like its partnership.
"""

from dataclasses import dataclass

from s11.partnerships.colours import WHITE, canonical, contrast

INK, SOFT, RULE, PANEL, FRAME = "#10272d", "#4b5a60", "#cfd6d6", "#f3f5f4", "#0b3a43"
# Not applicable, and blank: no colour of a scale.
WITHOUT = "#e9e7e2"
BLACK = "#000000"
# The colours a scale may have, by the names under which charts are drawn. Source: static/scss/_brand.scss.
TOKENS = {
    "#1b7837": "green", "#a6d96a": "lightgreen", "#f9a65a": "amber", "#a50f15": "red", "#67000d": "darkred",
    "#1d5a9e": "blue", "#0f6b72": "teal", "#5c686c": "grey", "#f6e8c3": "scale-1", "#dfc27d": "scale-2",
    "#7fcabd": "scale-3", "#36978c": "scale-4", "#01665e": "scale-5", "#003c30": "scale-6",
}  # fmt: skip
FILLS = {token: fill for fill, token in TOKENS.items()}
# Red and green are equally dark in a grey copy.
HATCHED = frozenset({"red", "darkred"})


@dataclass(frozen=True)
class Shade:
    """A fill and the colour of words upon it, both as #rrggbb."""

    fill: str
    ink: str
    token: str

    @property
    def hatched(self) -> bool:
        return self.token in HATCHED


def shade(colour: str) -> Shade:
    """How a rating of this colour looks, be it #rrggbb or a name; without one, as not applicable does."""
    fill = FILLS.get(colour) or canonical(colour) or WITHOUT
    if fill == WITHOUT:
        return Shade(fill, INK, "na")
    ink = WHITE if contrast(fill, WHITE) >= contrast(fill, BLACK) else BLACK
    return Shade(fill, ink, TOKENS.get(fill, "grey"))


def frame(colour: str) -> str:
    """The colour of titles and of what frames a page: the partnership's, or the product's own."""
    return canonical(colour) or FRAME
