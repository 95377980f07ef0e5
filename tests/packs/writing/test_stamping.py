"""Whoever fetches a pack stands on each of its pages, and nothing else of it is different."""

import io
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from s11.packs.kinds import Format
from s11.packs.stamping import office, pdf
from tests.packs.writing import extracting
from tests.packs.writing.extracting import squeezed
from tests.packs.writing.test_same_words import READ, written
from tests.packs.writing.test_structure import tags

WORDS = "Downloaded by Sam <O’Hara> & Co, 28 November 2026 at 04:03"
PARTS = {
    Format.WORD: "word/footer", Format.POWERPOINT: "ppt/slides/slide", Format.EXCEL: "xl/worksheets/sheet",
}  # fmt: skip


def test_a_pdf_is_added_to_and_each_page_draws_who_fetched_it():
    before = written(Format.PDF).content
    after = pdf.stamped(before, WORDS)
    assert after.startswith(before)
    was, now = PdfReader(io.BytesIO(before)), PdfReader(io.BytesIO(after))
    assert len(now.pages) == len(was.pages) and tags(now) == tags(was)
    assert extracting.pdf(after) == extracting.pdf(before)
    for old, new in zip(was.pages, now.pages, strict=True):
        drawn = new["/Contents"][-1].get_data()
        assert new["/Contents"][1].get_data() == old["/Contents"].get_data()
        assert new.raw_get("/Resources").idnum == old.raw_get("/Resources").idnum
        assert b"/Artifact <</Type/Pagination/Subtype/Watermark>> BDC" in drawn
        # One outline for every letter that is not a space.
        assert drawn.count(b" f ") == len(squeezed(WORDS))


def test_what_is_no_pdf_of_ours_is_refused():
    with pytest.raises(pdf.NotStampable):
        pdf.stamped(b"%PDF-1.7 no more than a beginning", WORDS)


@pytest.mark.parametrize("format_", PARTS)
def test_word_powerpoint_and_excel_carry_it_at_the_edge_of_every_page(format_):
    before = written(format_).content
    after = office.stamped(before, format_, WORDS)
    assert (
        squeezed(READ[format_](after))
        .replace(squeezed(WORDS), "")
        .startswith(squeezed(READ[format_](before))[:2000])
    )
    with ZipFile(io.BytesIO(after)) as package, ZipFile(io.BytesIO(before)) as was:
        assert package.namelist() == was.namelist()
        parts = [name for name in package.namelist() if name.startswith(PARTS[format_])]
        said = "&amp;&amp; Co, 28" if format_ == Format.EXCEL else "&amp; Co, 28"
        shown = [name for name in parts if said in package.read(name).decode()]
    assert len(shown) >= (len(parts) - 1 if format_ == Format.POWERPOINT else len(parts)) > 0
