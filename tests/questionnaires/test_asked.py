"""What an organisation is asked: conditions that look at answers, other words for some, headings."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations.rules import OrganisationFacts
from s11.questionnaires import operations, queries
from s11.questionnaires.conditions import Said
from s11.questionnaires.format import read
from s11.questionnaires.rules import CriterionContent, EditionContent, StandardContent
from tests.factories.questionnaires import headed, in_percent, tiny

SCHOOL = OrganisationFacts("school", "primary", True, False, "")
CHILDMINDER = OrganisationFacts("childminder", "", False, False, "")


@pytest.fixture
def loaded(app: Flask):
    """Loads a text and gives what it says."""

    def load(text: str) -> EditionContent:
        with app.app_context(), unit_of_work():
            return queries.content(operations.load(read(text)).edition)

    return load


def numbers(standards: Iterable[StandardContent]) -> list[str]:
    return [criterion.number for standard in standards for criterion in standard.criteria]


def rated(**ratings: str) -> Said:
    """Ratings by the key of a criterion: criterion_1_1."""
    return Said(ratings={name.replace("_", "-"): code for name, code in ratings.items()})


CHAIN = {
    "1.2": "only_if: rating('1.1') in ('red', 'amber')",
    "1.3": "only_if: rating('criterion-1-2') == 'red'",
}


def test_what_waits_for_an_answer_is_asked_once_there_is_one(loaded):
    edition = loaded(tiny(1, 3, extra=CHAIN))
    assert edition.depends_on_answers
    assert numbers(edition.for_organisation(SCHOOL)) == ["1.1"]
    assert numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1="red"))) == ["1.1", "1.2"]
    assert numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1="green"))) == ["1.1"]


def test_an_answer_to_what_is_no_longer_asked_is_not_heard(loaded):
    edition = loaded(tiny(1, 3, extra=CHAIN))
    both = rated(criterion_1_1="red", criterion_1_2="red")
    assert numbers(edition.for_organisation(SCHOOL, both)) == ["1.1", "1.2", "1.3"]
    changed = rated(criterion_1_1="green", criterion_1_2="red")
    assert numbers(edition.for_organisation(SCHOOL, changed)) == ["1.1"]


def test_an_answer_in_a_standard_that_is_not_asked_is_not_heard(loaded):
    text = tiny(2, 1, extra={"2.1": "only_if: rating('1.1') == 'red'"})
    edition = loaded(
        text.replace("  title: Standard 1\n", "  title: Standard 1\n  only_if: kind == 'school'\n")
    )
    said = rated(criterion_1_1="red")
    assert numbers(edition.for_organisation(SCHOOL, said)) == ["1.1", "2.1"]
    assert numbers(edition.for_organisation(CHILDMINDER, said)) == []


@pytest.mark.parametrize("condition", ["rating('1.1') != 'green'", "not rating('1.1') == 'green'"])
def test_nothing_opens_before_there_is_an_answer_however_it_is_written(loaded, condition: str):
    edition = loaded(tiny(extra={"1.2": f'only_if: "{condition}"'}))
    assert numbers(edition.for_organisation(SCHOOL)) == ["1.1"]
    assert numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1="green"))) == ["1.1"]
    for code in ("amber", "na"):
        assert numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1=code))) == ["1.1", "1.2"]


def test_whether_there_is_an_answer_can_be_asked_itself(loaded):
    edition = loaded(tiny(extra={"1.2": "only_if: rating('1.1') == ''"}))
    assert numbers(edition.for_organisation(SCHOOL)) == ["1.1", "1.2"]
    assert numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1="red"))) == ["1.1"]


def test_what_holds_already_does_not_wait_for_the_rest(loaded):
    edition = loaded(tiny(extra={"1.2": "only_if: kind == 'school' or rating('1.1') == 'red'"}))
    assert numbers(edition.for_organisation(SCHOOL)) == ["1.1", "1.2"]
    assert numbers(edition.for_organisation(CHILDMINDER)) == ["1.1"]


def test_a_rating_in_steps_is_compared_as_a_number(loaded):
    edition = loaded(in_percent(tiny(extra={"1.2": "only_if: rating('1.1') < 30"})))
    for step, asked in (("25", True), ("5", True), ("30", False), ("100", False), ("na", False)):
        found = numbers(edition.for_organisation(SCHOOL, rated(criterion_1_1=step)))
        assert ("1.2" in found) is asked, step


def test_fields_open_criteria_and_other_fields(loaded):
    text = headed(
        tiny(1, 3, extra={"1.2": "only_if: field('staff') >= 10", "1.3": "only_if: not field('lets')"}),
        "fields:\n- {code: staff, label: How many?, kind: number}\n"
        "- {code: lets, label: Lets rooms?, kind: yes_no, only_if: field('staff') > 1}",
    )
    edition = loaded(text)
    codes = lambda said: [field.code for field in edition.fields_for(SCHOOL, said)]  # noqa: E731
    assert codes(Said()) == ["staff"] and numbers(edition.for_organisation(SCHOOL)) == ["1.1"]
    small = Said(fields={"staff": 1, "lets": False})
    assert codes(small) == ["staff"]
    assert numbers(edition.for_organisation(SCHOOL, small)) == ["1.1"], "lets is not asked any more"
    large = Said(fields={"staff": 10, "lets": False})
    assert codes(large) == ["staff", "lets"]
    assert numbers(edition.for_organisation(SCHOOL, large)) == ["1.1", "1.2", "1.3"]


def test_of_several_that_were_chosen_one_has_to_fit(loaded):
    text = headed(
        tiny(1, 3, extra={"1.2": "only_if: field('at') == 'Here'", "1.3": "only_if: field('at') != 'Here'"}),
        "fields:\n- {code: at, label: Where?, kind: choices, options: [Here, There]}",
    )
    edition = loaded(text)
    assert numbers(edition.for_organisation(SCHOOL, Said(fields={"at": ["Here", "There"]}))) == ["1.1", "1.2"]
    assert numbers(edition.for_organisation(SCHOOL, Said(fields={"at": ["There"]}))) == ["1.1", "1.3"]
    assert numbers(edition.for_organisation(SCHOOL, Said(fields={"at": []}))) == ["1.1"]


def test_fields_beside_a_criterion_are_asked_where_they_are_meant(loaded):
    text = headed(
        tiny(extra={"1.1": "fields:\n- {code: own, label: Own, only_if: kind == 'school'}"}),
        "each_criterion:\n- {code: beside, label: Beside}\neach_standard:\n- {code: of-each, label: Of each}",
    )
    edition = loaded(text)
    (standard,) = edition.for_organisation(SCHOOL)
    assert [field.code for field in standard.fields] == ["of-each"] and standard.fields[0].repeated
    assert [[field.code for field in c.fields] for c in standard.criteria] == [["own", "beside"], ["beside"]]
    (standard,) = edition.for_organisation(CHILDMINDER)
    assert [[field.code for field in c.fields] for c in standard.criteria] == [["beside"], ["beside"]]


def test_what_is_asked_in_every_standard_does_not_keep_an_empty_one_open(loaded):
    no = "only_if: kind == 'police'"
    text = headed(tiny(2, 1, extra={"2.1": no}), "each_standard:\n- {code: of-each, label: Of each}")
    assert [standard.number for standard in loaded(text).for_organisation(SCHOOL)] == ["1"]


def test_a_number_comes_before_a_key_that_looks_like_one(loaded):
    edition = loaded(
        tiny(
            1, 3, keys={"1.1": "'3'", "1.3": "other"}, extra={"1.2": "only_if: rating('3') == 'red'"}
        ).replace('number: "1.3"', 'number: "3"')
    )
    assert "1.2" in numbers(edition.for_organisation(SCHOOL, Said(ratings={"other": "red"})))
    assert "1.2" not in numbers(edition.for_organisation(SCHOOL, Said(ratings={"3": "red"})))


# Words


def test_the_first_variant_that_fits_is_used_and_what_it_leaves_out_stays(loaded):
    variants = (
        "guidance: For all.\ndescriptors: {green: All green., red: All red.}\nvariants:\n"
        "- {only_if: kind == 'childminder', text: For you alone., descriptors: {green: Small green.}}\n"
        "- only_if: kind in ('childminder', 'school')\n  guidance: For some."
    )
    edition = loaded(tiny(extra={"1.1": variants}))
    levels = {level.code: level.id for level in edition.scales[0].levels}

    def told(facts: OrganisationFacts) -> CriterionContent:
        return edition.for_organisation(facts)[0].criteria[0]

    small, school, police = told(CHILDMINDER), told(SCHOOL), told(replace(SCHOOL, kind="police"))
    assert small.text == "For you alone." and small.guidance == "For all."
    assert small.descriptors == {levels["green"]: "Small green.", levels["red"]: "All red."}
    assert school.text == "Criterion 1.1 is met." and school.guidance == "For some."
    assert police.guidance == "For all." and police.descriptors[levels["green"]] == "All green."


def test_a_variant_may_wait_for_an_answer(loaded):
    edition = loaded(
        tiny(extra={"1.2": "variants:\n- {only_if: rating('1.1') == 'red', guidance: Ring us.}"})
    )
    assert edition.for_organisation(SCHOOL)[0].criteria[1].guidance == ""
    assert edition.for_organisation(SCHOOL, rated(criterion_1_1="red"))[0].criteria[1].guidance == "Ring us."


@pytest.mark.parametrize(
    ("text", "headline", "detail"),
    [
        ("One line.", "One line.", ""),
        ("Two lines\nof one paragraph.", "Two lines of one paragraph.", ""),
        ("First.\n\nSecond.\n\nThird.", "First.", "Second.\n\nThird."),
        ("They\n- know\n- act\n\nAlways.", "They", "- know\n- act\n\nAlways."),
        ("They\n1. know\n2. act", "They", "1. know\n2. act"),
        ("- a list\n- alone", "- a list", "- alone"),
    ],
)
def test_a_criterion_has_a_headline_and_the_rest(loaded, text: str, headline: str, detail: str):
    (first, *_) = loaded(tiny()).criteria
    criterion = replace(first, text=text)
    assert (criterion.headline, criterion.detail) == (headline, detail)


def test_criteria_of_a_group_name_it(loaded):
    edition = loaded(tiny(extra={"1.1": "group: The lead", "1.2": "group: The lead"}))
    assert [criterion.group for criterion in edition.criteria] == ["The lead", "The lead"]
