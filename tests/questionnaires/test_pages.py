"""What changed between two editions, as a page tells it."""

from flask import Flask

from s11.core.database import unit_of_work
from s11.questionnaires import operations, pages, queries
from s11.questionnaires.format import read
from tests.factories.questionnaires import tiny


def test_changes_name_the_kind_the_reason_and_the_words_before(app: Flask):
    with app.app_context():
        with unit_of_work():
            operations.load(read(tiny(code="TINY-2025", year=2025, criteria=3)))
            new = operations.load(
                read(
                    tiny(
                        predecessor="TINY-2025",
                        retired="criterion-1-3",
                        texts={"1.2": "Better words."},
                        extra={"1.2": "lineage: {change: reworded, reason: Clearer.}"},
                    )
                )
            ).edition
        told = pages.changes(new)
        assert [(pages.kinds_of(one), one.number, one.why.reason) for one in told] == [
            ("Reworded", "1.2", "Clearer."),
            ("Retired", "", "No longer needed."),
        ]
        assert pages.tally(told) == ("1 reworded", "1 retired")
        assert [one.before[0].text for one in told] == ["Criterion 1.2 is met.", "Criterion 1.3 is met."]


def test_the_first_edition_of_a_framework_has_no_changes(app: Flask):
    with app.app_context():
        with unit_of_work():
            edition = operations.load(read(tiny())).edition
        assert pages.changes(edition) == ()


def test_editions_are_listed_by_framework_newest_first(app: Flask):
    with app.app_context():
        with unit_of_work():
            for code, year, framework in (("A-1", 2025, "A"), ("B-1", 2025, "B"), ("A-2", 2026, "A")):
                operations.load(read(tiny(code=code, year=year, framework=framework)))
        listed = pages.by_framework(queries.editions(), queries.sizes())
        assert [[line.code for line in framework.editions] for framework in listed] == [
            ["A-2", "A-1"],
            ["B-1"],
        ]
        assert listed[0].editions[0].standards == 1 and listed[0].editions[0].criteria == 2
