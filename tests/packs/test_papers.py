"""The sub-group's paper about what changed: in print, tagged; and as Word, to be edited."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from s11.core.database import unit_of_work
from s11.core.storage import files
from s11.organisations import queries as organisations
from s11.questionnaires import operations, queries
from s11.trail import queries as trail
from tests.factories.pictures import image
from tests.factories.world import CHAIR, POLICE_LEAD, World, a_return
from tests.pages import Browser
from tests.questionnaires.drafts import DRAFT, a_draft, doing, person, reword

pytestmark = pytest.mark.database


@pytest.fixture
def reader(world: World) -> Browser:
    a_draft(world, stage="in_review")
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser = Browser(world.app)
    browser.sign_in(CHAIR)
    return browser


def fetched(reader: Browser, kind: str) -> io.BytesIO:
    page = reader.open(f"/questionnaires/{DRAFT}/changes")
    answer = reader.client.get(page.href("PDF to print" if kind == "pdf" else "Word to edit"))
    assert answer.headers["Content-Disposition"] == f"attachment; filename=what-changed-in-draft-2027.{kind}"
    return io.BytesIO(answer.data)


def test_the_printed_paper_is_tagged_and_holds_what_the_meeting_decides_on(reader: Browser) -> None:
    paper = PdfReader(fetched(reader, "pdf"))
    assert paper.metadata is not None and paper.metadata.title == "What changed in Draft of 2027"
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] and paper.trailer["/Root"]["/Lang"] == "en-GB"
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for told in (
        "Northshire Partnership", "Criteria: reworded 1 1.2", "Criterion 1.2 is fully met.", "Too vague.",
        "A case review", "1 organisation carried answers to this.", "Is Draft of 2027 approved",
        "Agreed", "Decision", "Meeting", "Date",
    ):  # fmt: skip
        assert told in words, told


def test_the_paper_in_word_marks_words_so_that_they_read_without_colour(reader: Browser) -> None:
    paper = Document(fetched(reader, "docx"))
    assert paper.core_properties.title == "What changed in Draft of 2027"
    (reworded,) = [p for p in paper.paragraphs if p.text == "Criterion 1.2 is fully met."]
    assert [run.text for run in reworded.runs if run.font.underline] == ["fully "]
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Why: Too vague. (A case review)" in text
    assert "Whom it concerns: 1 organisation carried answers to this." in text
    assert [row.cells[2].text for row in paper.tables[1].rows] == ["Which", "1.2"]


def test_a_word_that_was_taken_out_is_struck_through(world: World, reader: Browser) -> None:
    doing(world, lambda e: reword(e, "1.2", "Criterion 1.2 is done."))
    paper = Document(fetched(reader, "docx"))
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.strike] == ["struck through", "met"]


def test_text_of_a_questionnaire_is_never_markup(world: World, reader: Browser) -> None:
    nasty = "Criterion 1.2 is #met[x] $y$ *z* <w:t> \N{GRINNING FACE}."
    doing(world, lambda e: reword(e, "1.2", nasty))
    runs = [run for p in Document(fetched(reader, "docx")).paragraphs for run in p.runs]
    assert nasty in "".join(run.text for run in runs if not run.font.strike and run.text != "\u200a")
    words = " ".join(page.extract_text() for page in PdfReader(fetched(reader, "pdf")).pages)
    assert "#met[x] $y$ *z* <w:t>" in " ".join(words.split())


def test_taking_the_paper_stands_in_the_trail(world: World, reader: Browser) -> None:
    fetched(reader, "docx")
    with world.app.app_context():
        edition = queries.edition_by_code(DRAFT)
        assert edition is not None
        entry = trail.of("questionnaire", edition.id)[0]
        assert (entry.tag, entry.person_name) == ("questionnaire:paper:downloaded", "Colin Chair")


def test_without_an_earlier_edition_the_paper_says_so(world: World) -> None:
    browser = Browser(world.app)
    browser.sign_in(CHAIR)
    answer = browser.client.get("/questionnaires/TINY-2026/changes.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "There is no earlier edition to compare with" in " ".join(words.split())


def test_a_comment_nobody_resolved_is_before_the_meeting(world: World, reader: Browser) -> None:
    doing(
        world,
        lambda e: operations.comment(
            e, about="criterion", key="criterion-1-2", text="Who shows it?", by=person(CHAIR)
        ),
    )
    words = " ".join(page.extract_text() for page in PdfReader(fetched(reader, "pdf")).pages)
    assert "Comments not resolved About Who Comment 1.2 Colin Chair Who shows it?" in " ".join(words.split())
    (table,) = [t for t in Document(fetched(reader, "docx")).tables if t.rows[0].cells[0].text == "About"]
    assert [cell.text for cell in table.rows[1].cells] == ["1.2", "Colin Chair", "Who shows it?"]


def test_the_paper_looks_like_its_partnership_and_names_its_group(world: World, reader: Browser) -> None:
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code("northshire")
        assert board is not None
        board.colour, board.quality_group = "#7b1e3a", "learning panel"
        board.logo_key, board.logo_type = files().save(io.BytesIO(image("PNG", (80, 40)))).key, "image/png"
    paper = PdfReader(fetched(reader, "pdf"))
    assert len(paper.pages[0].images) == 1
    assert "Name of the learning panel or person" in " ".join(page.extract_text() for page in paper.pages)
    written = Document(fetched(reader, "docx"))
    assert len(written.inline_shapes) == 1
    assert written.inline_shapes[0]._inline.docPr.get("descr") == "Northshire Partnership"
    (title,) = [p for p in written.paragraphs if p.text == "What changed in Draft of 2027"]
    assert str(title.runs[0].font.color.rgb) == "7B1E3A"
