import csv
import io
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader

from s11.evidence.inspection import inspect
from s11.seeding.documents import Press, Sheet
from s11.seeding.figures import varied
from s11.seeding.material import Material, Paper
from s11.seeding.words import year_slots

WRITTEN = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def press(material: Material) -> Press:
    return Press(material.folder)


def slots_for(material: Material, paper: Paper) -> dict[str, str]:
    """The slots of somebody who would have this paper."""
    keys = {
        "school": "harstow-primary-school",
        "governor": "harstow-primary-school",
        "early": "dawn-pettifer-childminding",
    }
    body = material.by_key[next((key for word, key in keys.items() if word in paper.key), "police")]
    return {**body.slots, **year_slots(2026)}


def test_every_paper_can_be_made_and_is_what_its_name_says(material: Material, press: Press) -> None:
    for paper in material.papers:
        title, name, content = press.make(
            paper, slots_for(material, paper), of="police 2026", written=WRITTEN
        )
        assert inspect(io.BytesIO(content), name, most=100_000).size > 200
        assert "{" not in title + name


def test_the_same_paper_is_the_same_file(material: Material) -> None:
    papers = {paper.key: paper for paper in material.papers}
    for key in ("safeguarding-policy", "annual-report", "training-figures", "escalation-log"):
        slots = slots_for(material, papers[key])
        first, second = (
            Press(material.folder).make(papers[key], slots, of="police 2026", written=WRITTEN)
            for _ in range(2)
        )
        assert first == second


def test_a_word_document_holds_its_words_and_nothing_of_the_pattern(press: Press) -> None:
    sheet = Sheet("A policy & more", "Marlhome <Housing>", ("First paragraph.", "Second & last."))
    document = docx.Document(io.BytesIO(press.word(sheet)))
    said = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert said == [
        ("Subtitle", "Marlhome <Housing>"),
        ("Heading 1", "A policy & more"),
        ("Normal", "First paragraph."),
        ("Normal", "Second & last."),
    ]


def test_a_pdf_holds_its_words(press: Press) -> None:
    reader = PdfReader(io.BytesIO(press.pdf(Sheet("A report", "Marlhome", ("One # two *three*.",)), WRITTEN)))
    assert reader.metadata and reader.metadata.title == "A report"
    assert "One # two *three*." in reader.pages[0].extract_text()


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def paper(material: Material, key: str) -> str:
    return next(paper.text for paper in material.papers if paper.key == key)


def test_no_two_organisations_show_the_same_figures(material: Material) -> None:
    for key in ("training-figures", "checks-table", "meeting-attendance", "school-training", "record-audit"):
        tables = {varied(key, paper(material, key), of=f"agency {number}") for number in range(14)}
        assert len(tables) >= 13, key


def test_teams_change_places_and_the_total_stays_right(material: Material) -> None:
    head, *table = rows(varied("training-figures", paper(material, "training-figures"), of="police 2026"))
    posts = head.index("posts")
    assert sum(int(row[posts]) for row in table[:-1]) == int(table[-1][posts])
    assert [row[0] for row in table[:3]] == ["Team A", "Team B", "Team C"]


def test_attendance_is_computed_again_and_never_more_than_the_invitations(material: Material) -> None:
    for number in range(30):
        text = varied("meeting-attendance", paper(material, "meeting-attendance"), of=str(number))
        for row in rows(text)[1:]:
            invited, attended, share, away, written, shared = map(int, row[1:])
            assert attended <= invited and share == round(100 * attended / invited)
            assert attended + away <= invited and shared <= written <= attended


def test_nobody_is_trained_who_is_not_there(material: Material) -> None:
    for number in range(30):
        for row in rows(varied("school-training", paper(material, "school-training"), of=str(number)))[1:]:
            people, *trained = map(int, row[1:])
            assert max(trained) <= people
