"""Conditions, levels and fields in plain English."""

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations.rules import PHASE_LABELS, Kind
from s11.questionnaires import operations, queries
from s11.questionnaires.format import read
from s11.questionnaires.wording import KINDS, PHASES, YES_NO, Wording
from tests.factories.questionnaires import headed, in_percent, tiny

FIELDS = """
fields:
- {code: staff, label: How many people work for you?, kind: number, required: true}
- {code: lets, label: Do you let rooms?, kind: yes_no}
- {code: size, label: How large?, kind: choice, options: [Small, Large]}
each_criterion:
- {code: example, label: An example}
"""


def wording_of(app: Flask, text: str) -> Wording:
    with app.app_context(), unit_of_work():
        return Wording(queries.content(operations.load(read(text)).edition))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("", ""),
        ("kind == 'school'", "whoever is a school"),
        ("kind != 'childminder'", "whoever is not a childminder"),
        (
            "kind in ('icb', 'school', 'police')",
            "whoever is an integrated care board, a school or the police",
        ),
        ("phase not in ('nursery', 'primary')", "whoever is not a nursery school or a primary school"),
        ("phase == ''", "whoever is of no phase"),
        ("residential", "whoever is residential"),
        ("not commissions_services", "whoever does not commission services"),
        ("bound_by_statute == False", "whoever is not bound by statute"),
        ("bound_by_statute != False", "whoever is bound by statute"),
        ("ofsted_grade == 'Good'", "whoever was graded Good by Ofsted"),
        ("rating('1.1') == 'red'", "whoever rated 1.1 Red"),
        ("rating('criterion-1-1') in ('red', 'amber')", "whoever rated 1.1 Red or Amber"),
        ("rating('1.1') != 'green'", "whoever rated 1.1 other than Green"),
        ("rating('1.1') == 'na'", "whoever rated 1.1 not applicable"),
        ("rating('1.1') == ''", "whoever has not rated 1.1"),
        ("rating('1.1') != ''", "whoever rated 1.1"),
        ("field('lets')", "whoever answered yes to “Do you let rooms?”"),
        ("not field('lets')", "whoever answered no to “Do you let rooms?”"),
        ("field('lets') == False", "whoever answered no to “Do you let rooms?”"),
        ("field('staff') > 10", "whoever answered more than 10 to “How many people work for you?”"),
        ("not field('staff') > 10", "whoever answered at most 10 to “How many people work for you?”"),
        ("field('size') != 'Large'", "whoever answered other than “Large” to “How large?”"),
        ("field('size') == ''", "whoever left “How large?” empty"),
        ("kind == 'school' and residential", "whoever is a school and is residential"),
        (
            "kind == 'school' and (residential or phase == 'special')",
            "whoever is a school and either is residential or is a special school",
        ),
        (
            "not (kind == 'school' and residential)",
            "whoever is not a school or is not residential",
        ),
        (
            "kind == 'trust' or not (kind == 'school' or residential)",
            "whoever is a multi-academy trust or both is not a school and is not residential",
        ),
        (
            "residential and not (kind == 'school' or kind == 'college')",
            "whoever is residential and is not a school and is not a college",
        ),
    ],
)
def test_a_condition_is_said_in_plain_english(app: Flask, condition: str, said: str):
    wording = wording_of(app, headed(tiny(), FIELDS))
    assert wording.asked_of(condition) == said


def test_every_kind_phase_and_fact_has_its_words():
    assert set(KINDS) == {str(kind) for kind in Kind}
    assert set(PHASES) == {*PHASE_LABELS, ""}
    assert set(YES_NO) == {"bound_by_statute", "residential", "commissions_services", "works_alone"}


def test_a_level_says_what_it_needs_and_that_it_does_not_count(app: Flask):
    text = headed(tiny(), FIELDS).replace(
        "meaning: In place.", "meaning: In place., needs: [evidence, example]"
    )
    text = text.replace("meaning: Not in place.", "meaning: Not in place., counts: false")
    wording = wording_of(app, text)
    green, _, red = wording.levels(wording.edition.scales[0])
    assert green.meaning == "In place. It needs a piece of evidence and “An example”."
    assert red.meaning == "Not in place. It is left out of every count."


def test_of_a_scale_of_steps_the_bands_are_explained(app: Flask):
    wording = wording_of(app, in_percent(tiny(extra={"1.2": "only_if: rating('1.1') < 30"})))
    scale = wording.edition.scales[0]
    assert [level.label for level in wording.levels(scale)] == [
        "Green, from 80 %", "Amber, from 40 %", "Red, from 0 %",
    ]  # fmt: skip
    assert [level.label for level in wording.levels(scale, short=True)] == ["Green", "Amber", "Red"]
    assert wording.steps(scale) == "Rated in steps of 5 from 0 to 100 %."
    assert wording.asked_of(wording.edition.criteria[1].only_if) == "whoever rated 1.1 less than 30 %"


def test_a_field_says_what_it_takes(app: Flask):
    wording = wording_of(app, headed(tiny(), FIELDS))
    assert [wording.kind(field) for field in wording.edition.fields] == [
        "A number, needed before signing", "Yes or no", "One of several",
    ]  # fmt: skip
