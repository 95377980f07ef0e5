"""Loading, cloning and freezing editions."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.questionnaires import operations, queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import read, write
from s11.questionnaires.models import Criterion, Descriptor, Edition, Level, Standard
from s11.questionnaires.operations import BrokenLineage, Loaded
from s11.trail import queries as trail
from tests.factories.questionnaires import tiny

pytestmark = pytest.mark.database

RICH = {
    "1.1": "guidance: Think twice.\nevidence: [Minutes, Rota]\ndescriptors: {green: Fine., red: Poor.}\n"
    'themes: [ownership]\npractice_standards: ["6.1"]\nsource: The Act\nmust: true\nweight: 2.5\n'
    "only_if: kind != 'childminder'\nnot_applicable: false"
}


def load(text: str) -> Loaded:
    with unit_of_work():
        return operations.load(read(text))


def the(code: str) -> Edition:
    edition = queries.edition_by_code(code)
    assert edition is not None
    return edition


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_loading_a_file_makes_the_edition_with_everything_in_it(app: Flask):
    with app.app_context():
        loaded = load(tiny(standards=2, criteria=3, extra=RICH))
        assert loaded.created and not loaded.changed
        content = queries.content(the("TINY-2026"))
        assert [standard.number for standard in content.standards] == ["1", "2"]
        assert [criterion.number for criterion in content.criteria][:3] == ["1.1", "1.2", "1.3"]
        first = content.criteria[0]
        assert first.must and first.weight == 2.5 and not first.not_applicable_allowed
        assert [content.levels[level].code for level in first.descriptors] == ["green", "red"]
        assert content.scales[0].best.label == "Green"
        assert content.stage == "draft"


def test_loading_the_same_again_changes_nothing_and_says_so(app: Flask):
    with app.app_context():
        load(tiny(extra=RICH))
        ids = set(db.session.scalars(select(Criterion.id)))
        again = load(tiny(extra=RICH))
        assert not again.created and not again.changed
        assert set(db.session.scalars(select(Criterion.id))) == ids
        assert len(trail.of("questionnaire", the("TINY-2026").id)) == 1


def test_loading_and_exporting_gives_the_same_content_and_then_the_same_text(app: Flask):
    with app.app_context():
        file = read(tiny(standards=2, extra=RICH))
        load(write(file))
        exported = operations.export(the("TINY-2026"))
        assert read(exported) == file
        assert exported == write(file)


def test_a_draft_that_differs_is_replaced_whole(app: Flask):
    with app.app_context():
        load(tiny(criteria=3, extra=RICH))
        loaded = load(tiny(criteria=2, texts={"1.1": "New words."}))
        assert loaded.changed and not loaded.created
        content = queries.content(the("TINY-2026"))
        assert [criterion.text for criterion in content.criteria] == ["New words.", "Criterion 1.2 is met."]
        assert (count(Criterion), count(Standard), count(Level), count(Descriptor)) == (2, 1, 3, 0)


@pytest.mark.parametrize(
    "change", [{"texts": {"1.1": "Other."}}, {"steps": ("lead", "director")}, {"criteria": 3}]
)
def test_an_issued_edition_keeps_its_words(app: Flask, change: dict):
    with app.app_context():
        load(tiny())
        with unit_of_work():
            operations.freeze(the("TINY-2026"), by=None)
        with pytest.raises(DomainError) as refusal:
            load(tiny(**change))
        assert refusal.value.sentence == (
            "TINY-2026 has been issued, so its words are frozen. Save your changes as a new edition."
        )
        assert queries.content(the("TINY-2026")).criteria[0].text == "Criterion 1.1 is met."


def test_an_issued_edition_can_be_loaded_again_unchanged(app: Flask):
    with app.app_context():
        load(tiny())
        with unit_of_work():
            operations.freeze(the("TINY-2026"), by=None)
        assert not load(tiny()).changed


def test_freezing_twice_keeps_the_first_moment(app: Flask):
    with app.app_context():
        load(tiny())
        with unit_of_work():
            operations.freeze(the("TINY-2026"), by=None)
        first = the("TINY-2026").frozen_at
        with unit_of_work():
            operations.freeze(the("TINY-2026"), by=None)
        assert the("TINY-2026").frozen_at == first
        tags = [entry.tag for entry in trail.of("questionnaire", the("TINY-2026").id)]
        assert tags.count("questionnaire:edition:frozen") == 1


def test_a_predecessor_is_linked(app: Flask):
    with app.app_context():
        load(tiny(code="TINY-2025", year=2025))
        load(tiny(predecessor="TINY-2025"))
        assert the("TINY-2026").predecessor is the("TINY-2025")
        assert read(operations.export(the("TINY-2026"))) == read(tiny(predecessor="TINY-2025"))


def test_a_predecessor_that_is_not_here_is_asked_for(app: Flask):
    with app.app_context(), pytest.raises(DomainError, match="Load TINY-2025 first"):
        load(tiny(predecessor="TINY-2025"))


def test_an_edition_follows_one_of_its_own_framework(app: Flask):
    with app.app_context():
        load(tiny(code="OTHER-1", framework="OTHER"))
        with pytest.raises(DomainError, match="cannot follow OTHER-1"):
            load(tiny(predecessor="OTHER-1"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"texts": {"1.1": "Other words."}}, "Mark 1.1 as reworded and say why"),
        ({"keys": {"1.2": "other"}}, "has no criterion 'other'"),
        ({"criteria": 1}, "Say what became of 'criterion-1-2' (1.2 before)"),
        ({"retired": "unheard-of"}, "Remove 'unheard-of' from retired"),
        ({"extra": {"1.1": "lineage: {change: new, reason: Why not.}"}}, "so it is not new"),
        ({"extra": {"1.1": "lineage: {change: split, from: [gone], reason: Two.}"}}, "Correct 'from' of 1.1"),
    ],
)
def test_an_edition_accounts_for_every_criterion_of_its_predecessor(app: Flask, change: dict, says: str):
    with app.app_context():
        load(tiny(code="TINY-2025", year=2025))
        with pytest.raises(BrokenLineage) as refusal:
            load(tiny(predecessor="TINY-2025", **change))
        assert any(says in sentence for sentence in refusal.value.sentences)
        assert queries.edition_by_code("TINY-2026") is None


def test_a_retired_a_reworded_and_a_merged_criterion_account_for_the_old_ones(app: Flask):
    with app.app_context():
        load(tiny(code="TINY-2025", year=2025, criteria=4))
        load(
            tiny(
                predecessor="TINY-2025",
                retired="criterion-1-4",
                texts={"1.1": "Better words."},
                keys={"1.2": "both"},
                extra={
                    "1.1": "lineage: {change: reworded, reason: Clearer.}",
                    "1.2": "lineage: {change: merged, from: [criterion-1-2, criterion-1-3], reason: One.}",
                },
            )
        )
        assert [criterion.change for criterion in queries.content(the("TINY-2026")).criteria] == [
            "reworded",
            "merged",
        ]


def test_the_editions_of_a_framework_share_its_title(app: Flask):
    with app.app_context():
        load(tiny(code="TINY-2025", year=2025))
        renamed = tiny().replace("title: Tiny questionnaire,", "title: Small questionnaire,")
        with pytest.raises(DomainError, match="Use the same title and duty"):
            load(renamed)


def test_the_only_edition_of_a_framework_may_rename_it(app: Flask):
    with app.app_context():
        load(tiny())
        assert load(tiny().replace("title: Tiny questionnaire,", "title: Small questionnaire,")).changed
        assert the("TINY-2026").framework.title == "Small questionnaire"


def test_a_clone_asks_the_same_as_a_new_draft(app: Flask):
    with app.app_context():
        load(tiny(code="TINY-2025", year=2025, extra=RICH))
        with unit_of_work():
            operations.freeze(the("TINY-2025"), by=None)
            operations.clone(the("TINY-2025"), code="TINY-2026", year=2026, title="Next year", by=None)
        clone, source = the("TINY-2026"), the("TINY-2025")
        assert (clone.stage, clone.frozen_at, clone.predecessor_id) == ("draft", None, source.id)
        assert clone.title == "Next year" and clone.year == 2026
        assert {criterion.change for criterion in queries.content(clone).criteria} == {"unchanged"}
        assert [c.text for c in file_of(clone).criteria] == [c.text for c in file_of(source).criteria]
        assert not load(operations.export(clone)).changed


def test_a_clone_needs_a_code_of_its_own(app: Flask):
    with app.app_context():
        load(tiny())
        with pytest.raises(DomainError, match="TINY-2026 is the code of another edition"):
            operations.clone(the("TINY-2026"), code="TINY-2026", year=2027, title="Next", by=None)
        with pytest.raises(Invalid) as refusal:
            operations.clone(the("TINY-2026"), code="two words", year=2027, title="Next", by=None)
        assert refusal.value.field == "code"


def test_loading_leaves_the_commit_to_its_caller(app: Flask):
    with app.app_context():
        operations.load(read(tiny()))
        db.session.rollback()
        assert queries.edition_by_code("TINY-2026") is None
