"""Evidence that is asked of some only: by what the Ofsted grade is, written in the questionnaire."""

from collections.abc import Iterator

import pytest
from flask import Flask

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires import format as files
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import read
from s11.questionnaires.needing import divided
from s11.questionnaires.operations import load
from s11.questionnaires.queries import content
from s11.questionnaires.rules import EditionContent, LevelContent
from s11.questionnaires.wording import Wording
from s11.returns.rules import AnswerFacts, gap_of
from tests.factories.questionnaires import tiny

NEED = "evidence if ofsted_grade not in ('Good', 'Outstanding')"


def a_file(need: str = NEED) -> str:
    return tiny().replace("meaning: In place.", f'meaning: In place., needs: ["{need}"]')


def setting(grade: str) -> OrganisationFacts:
    return OrganisationFacts("early_years", "", False, False, grade)


@pytest.fixture
def edition(app: Flask) -> Iterator[EditionContent]:
    with app.app_context():
        yield content(load(read(a_file(), "tiny.yaml")).edition)


@pytest.mark.parametrize(
    ("grade", "asked"),
    [
        ("Good", False),
        ("Outstanding", False),
        ("Requires improvement", True),
        ("Inadequate", True),
        ("", True),
    ],
)
def test_green_needs_evidence_unless_the_grade_is_good_or_outstanding(
    edition: EditionContent, grade: str, asked: bool
) -> None:
    (standard,) = edition.for_organisation(setting(grade))
    criterion = standard.criteria[0]
    green = criterion.scale.best
    answer = AnswerFacts(criterion.id, level_id=green.id, commentary="We do.")
    gap = gap_of(criterion, answer)
    assert gap == ("Add evidence for 1.1: “Green” needs it" if asked else None)
    assert (green.needs, green.let_off) == ((("evidence",), ()) if asked else ((), ("evidence",)))


def test_the_words_say_of_whom_it_is_asked(edition: EditionContent) -> None:
    (green, *_) = Wording(edition).levels(edition.scales[0])
    assert green.meaning == (
        "In place. It needs a piece of evidence, of whoever was not graded Good or Outstanding by Ofsted."
    )


def test_a_need_without_a_condition_is_of_everybody() -> None:
    level = LevelContent(1, "blue", "Blue", "B", 4, None, "blue", "", True, needs=("evidence", "action"))
    assert level.needed_of(setting("Good")).needs == ("evidence", "action")
    assert divided("evidence") == ("evidence", "")
    assert divided(" evidence  if  works_alone ") == ("evidence", "works_alone")


def test_it_goes_through_a_file_and_back(app: Flask) -> None:
    with app.app_context():
        written = files.write(file_of(load(read(a_file(), "tiny.yaml")).edition))
        assert read(written, "tiny.yaml").scale.levels[0].needs == [NEED]


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("evidence if grade == 'Good'", "unknown fact 'grade'"),
        ("evidence if rating('1.1') == 'green'", "not what it answered"),
        ("photograph if works_alone", "Unknown need"),
        ("evidence if", "Unknown need"),
        ("evidence if ofsted_grade", "say what 'ofsted_grade' should be"),
    ],
)
def test_what_cannot_be_meant_is_said(need: str, said: str) -> None:
    with pytest.raises(files.Faults) as refused:
        read(a_file(need), "tiny.yaml")
    assert said in str(refused.value)
