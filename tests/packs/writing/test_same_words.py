"""What a paper says is the same in every format, whatever people wrote."""

from functools import cache

import pytest
from fontTools.ttLib import TTFont

from s11.packs.document import Document, Section, Table, words
from s11.packs.kinds import Format
from s11.packs.pdf import font_folder
from s11.packs.typesetting import printable
from s11.packs.writing.formats import Written, write
from s11.packs.writing.texts import plain
from s11.partnerships.looks import Look
from tests.packs.writing import extracting
from tests.packs.writing.extracting import squeezed
from tests.packs.writing.sample import everything

READ = {
    Format.PDF: extracting.pdf, Format.WORD: extracting.word, Format.POWERPOINT: extracting.powerpoint,
    Format.EXCEL: extracting.excel,
}  # fmt: skip
HEBREW = range(0x590, 0x600)


@cache
def written(as_: Format) -> Written:
    return write(everything(), as_, Look("Mallowshire", "#0b5394"))


@cache
def said_in(as_: Format) -> str:
    return squeezed(READ[as_](written(as_).content))


@cache
def known_characters() -> frozenset[int]:
    with TTFont(font_folder() / "DejaVuSans.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def as_said(text: str, as_: Format) -> list[str]:
    """The pieces a text is found in: a PDF holds letters from right to left in the order they are drawn."""
    if as_ != Format.PDF:
        return [squeezed(plain(text))]
    shown = printable(text, known_characters())
    return [squeezed(piece) for piece in shown.split() if not any(ord(char) in HEBREW for char in piece)]


@pytest.mark.parametrize("as_", Format)
def test_every_word_and_figure_of_a_paper_is_in_each_format(as_):
    said = said_in(as_)
    missing = [text for text in words(everything()) for piece in as_said(text, as_) if piece not in said]
    assert not missing, missing[:5]


def test_letters_written_from_right_to_left_are_printed():
    assert "שלום" in said_in(Format.PDF) or "םולש" in said_in(Format.PDF)


@pytest.mark.parametrize("as_", Format)
def test_a_paper_of_nothing_but_a_title_can_be_written(as_):
    bare = Document("Only a title", "", "", (), "", "", (), "bare")
    assert "Onlyatitle" in squeezed(READ[as_](write(bare, as_).content))


@pytest.mark.parametrize("as_", Format)
def test_a_letter_without_cover_and_contents_can_be_written(as_):
    empty = Section("Findings", (Table("None", (), (), empty="No finding."),))
    letter = Document(
        "Letter", "To the chief officer", "Mallowshire", (("Date", "1 April 2027"),), "Private.", "Built.",
        (empty,), "letter", has_cover=False, has_contents=False,
    )  # fmt: skip
    said = squeezed(READ[as_](write(letter, as_).content))
    assert all(squeezed(text) in said for text in words(letter))
