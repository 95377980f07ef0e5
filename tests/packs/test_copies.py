"""Copies of a submission: what stands in them, who may take them, and from what they are made."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, update

from s11.core.database import db, unit_of_work
from s11.packs.copies import pdf, word
from s11.packs.copies.contents import CopyContents, gather
from s11.questionnaires.models import Criterion
from s11.returns import queries
from s11.returns.sealing import unseal
from s11.trail.models import Entry
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def as_(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def copy_of(world: World, round_: int = 1) -> CopyContents:
    with world.app.app_context():
        submission = queries.submission(queries.by_ref(world.police).id, round_)
        return gather(
            unseal(submission.sealed),
            receipt=submission.ref,
            checksum=submission.checksum,
            nth=round_,
            service="https://s11.example",
        )


def words_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_the_pdf_says_everything_and_carries_the_checksum_on_every_page(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    copy = copy_of(world)
    document = pdf.write(copy)
    pages = words_of(document.content)
    assert len(pages) == document.pages
    assert all(copy.checksum in page and copy.receipt in page and "page " in page for page in pages)
    text = " ".join(pages)
    for words in (
        "Northshire Police", "Cycle TINY-2026", "Pat Lead", "Head of Vulnerability",
        "This is a fair account.",
        "Criterion 1.1 is met.", "G Green", "A Amber", "R Red", "Why 1.2 is A.", "Not applicable",
        "We do not do this.", "https://s11.example/verify",
    ):  # fmt: skip
        assert words in text, words
    reader = PdfReader(io.BytesIO(document.content))
    assert reader.metadata.title == "Northshire Police: Cycle TINY-2026"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and "/StructTreeRoot" in root
    titles = str([item["/Title"] for item in reader.outline if not isinstance(item, list)])
    assert "1. Standard 1" in titles and "Evidence" in titles


def test_the_word_copy_has_headings_language_page_numbers_and_the_checksum(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    copy = copy_of(world)
    document = docx.Document(io.BytesIO(word.write(copy)))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings[:4] == ["Northshire Police", "Signatures", "1. Standard 1", "1.1 Criterion 1.1 is met."]
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Green (G)" in text and "Why 1.2 is A." in text and "apply: We do not do this." in text
    footer = document.sections[0].footer
    assert copy.checksum in footer.paragraphs[0].text
    assert [e.text for e in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    # A number that Word works out has the size of the style, whatever its run says.
    assert document.styles["Footer"].font.size.pt == 8
    assert document.core_properties.title == copy.title and document.core_properties.language == "en-GB"
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert "Pat Lead" in " ".join(c.text for t in document.tables for r in t.rows for c in r.cells)


def test_a_copy_is_of_the_sealed_record_whatever_became_of_the_questionnaire(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        db.session.execute(update(Criterion).values(text="Something else."))
    assert copy_of(world).standards[0].answers[0].heading == "Criterion 1.1 is met."


def test_every_round_can_be_taken_by_its_own_people_and_what_is_in_by_the_board(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    lead, manager, chair = (as_(app, who) for who in (POLICE_LEAD, MANAGER, CHAIR))
    chair.open(f"/returns/{world.police}/submitted.docx")
    manager.open(f"/returns/{world.police}/submitted")
    manager.submit("/send-back", reason="Please say more about 1.1.")
    chair.open(f"/returns/{world.police}/submitted.pdf", status=404)
    a_return(app, world.police, "A A R N", by=POLICE_LEAD, submit=True)
    for round_, words in ((1, "Why 1.1 is G."), (2, "Why 1.1 is A.")):
        lead.open(f"/returns/{world.police}/submitted.pdf?round={round_}")
        assert words in " ".join(words_of(lead.response.data))
        assert lead.response.mimetype == "application/pdf"
    name = lead.response.headers["Content-Disposition"]
    assert "northshire-police-cycle-tiny-2026-submitted-" in name
    assert "Submission number 2" in " ".join(words_of(lead.response.data))
    lead.open(f"/returns/{world.police}/submitted.pdf?round=9", status=404)
    as_(app, HOUSING_LEAD).open(f"/returns/{world.police}/submitted.pdf", status=404)
    with app.app_context():
        tags = list(db.session.scalars(select(Entry.tag).where(Entry.tag == "return:copy:downloaded")))
        assert len(tags) == 1  # the chair's: its own people leave none


def test_markup_and_odd_characters_are_printed_as_they_were_typed(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    with app.app_context():
        submission = queries.submission(queries.by_ref(world.police).id)
        sealed = unseal(submission.sealed)
    nasty = "#panic() *bold* $x$ <b>b</b> \u0000 \U0001f600 \\ [link](x)"
    first, *others = sealed.standards
    one, *rest = first.answers
    changed = replace(first, answers=(replace(one, commentary=nasty), *rest))
    copy = gather(
        replace(sealed, standards=(changed, *others)),
        receipt="abcdefghjkmn", checksum="0" * 64, nth=1, service="https://s11.example",
    )  # fmt: skip
    assert "#panic() *bold* $x$ <b>b</b>" in " ".join(words_of(pdf.write(copy).content))
    assert "#panic() *bold* $x$ <b>b</b>" in "\n".join(
        p.text for p in docx.Document(io.BytesIO(word.write(copy))).paragraphs
    )
