"""Editing a stored draft: who may when, what the trail tells, and two at once."""

from datetime import date

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.cycles import operations as cycles
from s11.organisations import operations as organisations
from s11.organisations.models import Partnership
from s11.questionnaires import operations, queries
from s11.questionnaires.editing import Why, criteria
from s11.questionnaires.editing.parts import criterion_of, digest
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile, read
from s11.questionnaires.models import Edition, Framework
from s11.questionnaires.operations import Edit, Overtaken, Refused
from s11.trail import queries as trail
from tests.factories.questionnaires import tiny

pytestmark = pytest.mark.database


@pytest.fixture
def drafted(app: Flask) -> Flask:
    with app.app_context(), unit_of_work():
        board = organisations.found(code="north", name="North")
        loaded = operations.load(read(tiny(2, 2))).edition
        operations.clone(loaded, code="NEXT-2027", year=2027, title="Next", by=None, owner=board)
    return app


def the(code: str = "NEXT-2027") -> Edition:
    edition = queries.edition_by_code(code)
    assert edition is not None
    return edition


def board() -> Partnership:
    owner = the().partnership
    assert owner is not None
    return owner


def worded(text: str, *, was: str = "", reason: str = "Clearer.") -> Edit:
    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        return criteria.change(file, "criterion-1-1", {"text": text}, why=Why(reason), earlier=earlier)

    def part(file: QuestionnaireFile) -> str:
        return criterion_of(file, "criterion-1-1").text

    return Edit("questionnaire:criterion:changed", apply, part if was else None, was, {"criterion": "1.1"})


def test_a_change_is_written_and_told_from_what_to_what(drafted: Flask):
    with drafted.app_context():
        with unit_of_work():
            version = the().version
            assert operations.edit(the(), worded("Other words."), by=None)
        assert queries.content(the()).criteria[0].text == "Other words." and the().version == version + 1
        entry = trail.of("questionnaire", the().id)[0]
        assert entry.tag == "questionnaire:criterion:changed" and entry.partnership_id == board().id
        assert entry.before is not None and entry.after is not None
        assert entry.before["1.1 text"] == "Criterion 1.1 is met."
        assert entry.after["1.1 text"] == "Other words." and set(entry.before) == {"1.1 text", "1.1 lineage"}


def test_a_change_to_nothing_writes_nothing(drafted: Flask):
    with drafted.app_context(), unit_of_work():
        version = the().version
        assert not operations.edit(the(), worded("Criterion 1.1 is met.", reason=""), by=None)
        assert the().version == version


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [("approved", "back to draft"), ("issued", "new edition")],
)
def test_what_is_approved_or_issued_is_not_edited(drafted: Flask, stage: str, sentence: str):
    with drafted.app_context():
        with unit_of_work():
            the().stage = stage
        with pytest.raises(DomainError, match=sentence), unit_of_work():
            operations.edit(the(), worded("Other words."), by=None)


def test_what_came_from_a_file_is_not_edited(drafted: Flask):
    with drafted.app_context(), pytest.raises(DomainError, match="came from a file"), unit_of_work():
        operations.edit(the("TINY-2026"), worded("Other words."), by=None)


def test_a_change_that_rests_on_something_older_is_refused_unless_it_says_the_same(drafted: Flask):
    with drafted.app_context():
        was = digest("Criterion 1.1 is met.")
        with unit_of_work():
            operations.edit(the(), worded("Theirs.", was=was), by=None)
        with pytest.raises(Overtaken), unit_of_work():
            operations.edit(the(), worded("Mine.", was=was), by=None)
        with unit_of_work():
            assert not operations.edit(the(), worded("Theirs.", was=was), by=None)
        assert queries.content(the()).criteria[0].text == "Theirs."


def test_a_refusal_names_the_place_and_changes_nothing(drafted: Flask):
    edit = Edit(
        "questionnaire:criterion:changed",
        lambda file, earlier: criteria.change(file, "criterion-1-1", {"only_if": "kind"}, earlier=earlier),
    )
    with drafted.app_context():
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.edit(the(), edit, by=None)
        assert refused.value.field == "only_if"
        assert refused.value.faults[0].path == "standards[1].criteria[1.1].only_if"
        assert queries.content(the()).criteria[0].only_if == ""


def test_an_edit_cannot_break_the_line_to_the_predecessor(drafted: Flask):
    def drop(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        first = file.standards[0]
        kept = first.model_copy(update={"criteria": first.criteria[1:]})
        return file.model_copy(update={"standards": [kept, *file.standards[1:]]})

    with drafted.app_context(), pytest.raises(Invalid, match="Say what became of"), unit_of_work():
        operations.edit(the(), Edit("questionnaire:criterion:retired", drop), by=None)


def test_a_draft_is_deleted_with_all_it_holds(drafted: Flask):
    with drafted.app_context():
        with unit_of_work():
            operations.delete_draft(the(), by=None)
        assert queries.edition_by_code("NEXT-2027") is None
        assert file_of(the("TINY-2026")).criteria


def test_a_draft_that_something_rests_on_is_kept(drafted: Flask):
    with drafted.app_context():
        with unit_of_work():
            operations.clone(the(), code="LATER", year=2028, title="Later", by=None, owner=board())
        with pytest.raises(DomainError, match="LATER, goes back to"), unit_of_work():
            operations.delete_draft(the(), by=None)
        with unit_of_work():
            cycles.plan(
                board(),
                the("LATER"),
                code="C",
                title="Cycle",
                opens_on=clock.today(),
                due_on=date(2099, 1, 1),
            )
        with pytest.raises(DomainError, match="A cycle was planned"), unit_of_work():
            operations.delete_draft(the("LATER"), by=None)
        assert queries.edition_by_code("LATER") is not None


def test_a_new_questionnaire_belongs_to_its_partnership_and_its_family_goes_with_it(drafted: Flask):
    with drafted.app_context():
        with unit_of_work():
            operations.start(read(tiny(code="HSA-2027", framework="HSA")), owner=board(), by=None)
        assert the("HSA-2027").partnership_id == board().id
        with unit_of_work():
            operations.delete_draft(the("HSA-2027"), by=None)
        assert db.session.query(Framework).filter_by(code="HSA").first() is None


def test_a_code_that_is_taken_and_a_family_with_other_words_are_refused_at_their_fields(drafted: Flask):
    with drafted.app_context():
        with pytest.raises(Invalid) as refused, unit_of_work():
            operations.start(read(tiny()), owner=board(), by=None)
        assert refused.value.field == "code"
        other = read(tiny(code="OTHER").replace("Tiny Act", "Another Act"))
        with pytest.raises(Invalid) as refused, unit_of_work():
            operations.start(other, owner=board(), by=None)
        assert refused.value.field == "framework_title"
