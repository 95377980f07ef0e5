"""Who fetched a PDF of ours and when, in small letters in the foot margin of every page.

The file is added to, as the format provides for: what was there stays as it is, byte for byte, and new
versions of its pages follow, each with one more thing to draw. The words are drawn as outlines, for a tagged
PDF has to hold the whole font of whatever it sets, and marked as no part of what is read aloud.

It is meant for what typst writes (`packs.pdf`): objects one by one, and a plain table of where each is.
"""

import re
from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from s11.packs.pdf import font_folder
from s11.packs.typesetting import printable

# In points: how large the words are, how high above the edge, and where they begin on a page that is upright
# and on one on its side: beneath the notice at its foot.
SIZE, LOW, UPRIGHT, SIDEWAYS = 6.0, 11.5, 53.9, 34.0
GREY = 0.35
PAGE = re.compile(rb"(\d+) 0 obj\s*<</Type/Page/")
EDGES = re.compile(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]")
CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
IN_USE = re.compile(rb"(\d{10}) \d{5} n")


class NotStampable(ValueError):
    """The file is not built the way we build ours."""


def stamped(content: bytes, words: str) -> bytes:
    """The PDF with words on every page. Raises NotStampable."""
    begins, trailer = _trailer(content)
    size = int(_found(rb"/Size (\d+)", trailer))
    before, upright, sideways = size, size + 1, size + 2
    objects = {
        before: _stream(b"q"),
        upright: _stream(_drawn(words, UPRIGHT)),
        sideways: _stream(_drawn(words, SIDEWAYS)),
    }
    for offset in (int(one) for one in IN_USE.findall(content, begins)):
        if page := PAGE.match(content, offset):
            body = content[page.start() : content.index(b"endobj", offset)].partition(b"obj")[2]
            edges = EDGES.search(body)
            after = sideways if edges and float(edges[1]) > float(edges[2]) else upright
            drawing = rb"/Contents[%d 0 R \1 %d 0 R]" % (before, after)
            made, count = CONTENTS.subn(drawing, body)
            if count != 1:
                raise NotStampable("a page draws its content in another way")
            objects[int(page[1])] = made.strip()
    if len(objects) == 3:
        raise NotStampable("no page was found")
    return content + _added(objects, len(content) + 1, begins, trailer, size)


def _trailer(content: bytes) -> tuple[int, bytes]:
    """Where the table of objects begins, and what the end of the file says of it."""
    begins = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*$", content[-64:]))
    found = TRAILER.search(content, begins)
    if not content.startswith(b"xref", begins) or found is None:
        raise NotStampable("it has no plain table of its objects")
    return begins, found[1]


def _found(pattern: bytes, within: bytes) -> bytes:
    found = re.search(pattern, within)
    if found is None:
        raise NotStampable(f"it has no {pattern.decode()}")
    return found[1]


def _stream(drawn: bytes) -> bytes:
    return b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn)


def _added(objects: dict[int, bytes], start: int, begins: int, trailer: bytes, size: int) -> bytes:
    """New versions of objects, with a table of where they are."""
    body, places = b"\n", {}
    for number, made in objects.items():
        places[number] = start - 1 + len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, made)
    table = b"xref\n" + b"".join(
        b"%d 1\n%010d 00000 n\r\n" % (number, place) for number, place in sorted(places.items())
    )
    ends = re.sub(rb"/Size \d+", b"/Size %d" % (size + 3), trailer)
    last = b"trailer\n<<%b/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (ends, begins, start - 1 + len(body))
    return body + table + last


class _Outline(BasePen):
    """Draws letters as the operators of a PDF."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.drawn: list[str] = []

    def _moveTo(self, to: tuple[float, float]) -> None:
        self.drawn.append(f"{to[0]:g} {to[1]:g} m")

    def _lineTo(self, to: tuple[float, float]) -> None:
        self.drawn.append(f"{to[0]:g} {to[1]:g} l")

    def _curveToOne(
        self, one: tuple[float, float], two: tuple[float, float], to: tuple[float, float]
    ) -> None:
        self.drawn.append(" ".join(f"{value:.0f}" for point in (one, two, to) for value in point) + " c")

    def _closePath(self) -> None:
        self.drawn.append("h")


@cache
def _font() -> TTFont:
    return TTFont(font_folder() / "DejaVuSans.ttf", lazy=True)


@cache
def _letter(char: str) -> tuple[str, int]:
    """The outline of a letter, and how far the next one stands from it."""
    glyphs, named = _font().getGlyphSet(), _font().getBestCmap()
    glyph = glyphs[named[ord(char)]]
    pen = _Outline(glyphs)
    glyph.draw(pen)
    return " ".join(pen.drawn), glyph.width


def _drawn(words: str, left: float) -> bytes:
    """What a page draws last, apart from all that is said on it."""
    return b"Q /Artifact <</Type/Pagination/Subtype/Watermark>> BDC q " + _outlines(words, left) + b" Q EMC"


def _outlines(words: str, left: float) -> bytes:
    scale = SIZE / _font()["head"].unitsPerEm
    drawn = [f"{GREY} g {scale:.6f} 0 0 {scale:.6f} {left} {LOW} cm"]
    for char in printable(" ".join(words.split()), _font().getBestCmap()):
        path, wide = _letter(char)
        drawn.append(f"{path} f 1 0 0 1 {wide} 0 cm" if path else f"1 0 0 1 {wide} 0 cm")
    return "\n".join(drawn).encode()
