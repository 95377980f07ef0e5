"""Who is asked: the small language of conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.conditions import FACTS, NOTHING, BadCondition, Said, compile_condition, holds

PIECES = [
    "kind",
    "phase",
    "residential",
    "==",
    "!=",
    "in",
    "not",
    "and",
    "or",
    "(",
    ")",
    "[",
    "]",
    ",",
    "-",
    "~",
]
PIECES += [
    "'school'",
    "'primary'",
    "True",
    "False",
    "true",
    "None",
    "1",
    "''",
    ".",
    "lambda:",
    "f'{kind}'",
    "*",
]


def an_organisation(
    kind: str = "school",
    phase: str = "",
    *,
    bound: bool = False,
    residential: bool = False,
    grade: str = "",
) -> OrganisationFacts:
    return OrganisationFacts(kind, phase, bound, residential, grade)


def test_an_empty_condition_asks_everybody():
    assert holds("", an_organisation()) and holds("  ", an_organisation("police"))


def test_a_kind_can_be_left_out():
    assert holds("kind != 'childminder'", an_organisation("early_years"))
    assert not holds("kind != 'childminder'", an_organisation("childminder"))


def test_several_values_are_named_with_in():
    condition = "kind in ('icb', 'acute_trust')"
    assert holds(condition, an_organisation("icb"))
    assert not holds(condition, an_organisation("police"))
    assert holds("phase not in ['primary', 'secondary']", an_organisation(phase="special"))


def test_a_single_value_in_brackets_is_not_read_letter_by_letter():
    with pytest.raises(BadCondition, match="with several"):
        compile_condition("kind in ('school')")


def test_words_combine_as_in_a_sentence():
    condition = "kind == 'school' and (phase == 'secondary' or not residential)"
    assert holds(condition, an_organisation(phase="secondary", residential=True))
    assert holds(condition, an_organisation(phase="primary"))
    assert not holds(condition, an_organisation(phase="primary", residential=True))


def test_a_yes_or_no_fact_stands_alone_or_is_compared():
    assert holds("residential", an_organisation(residential=True))
    assert holds("bound_by_statute == False", an_organisation())
    assert holds("not bound_by_statute", an_organisation())


def test_a_phase_may_be_none_at_all():
    assert holds("phase == ''", an_organisation("police"))


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("knd == 'school'", "unknown fact 'knd': did you mean 'kind'?"),
        ("staff > 10", "works_alone. An answer to a field is written field('staff')"),
        ("kind == 'shool'", "unknown kind 'shool': did you mean 'school'?"),
        ("phase == 'primry'", "unknown phase 'primry': did you mean 'primary'?"),
        ("kind = 'school'", "write for example"),
        ("kind == school", "put text in quotes: 'school'"),
        ("kind", "say what 'kind' should be"),
        ("residential == true", "write True for true"),
        ("residential == 'yes'", "compare 'residential' with True or False"),
        ("kind == True", "compare 'kind' with text"),
        ("kind in ()", "name at least one value"),
        ("'school' == kind", "begin the comparison with a fact"),
        ("kind == 'school' == phase", "cannot use"),
        ("phase > 'a'", "only a number is more or less than another, not 'phase'"),
        ("rating('1.1') > 'amber'", "only a number is more or less than another: write rating('1.1') > 10"),
        ("rating('1.1') == 2", "compare a rating with the code of a level"),
        ("rating('1.1')", "cannot use"),
        ("rating(kind) == 'red'", "name one answer in quotes, as in rating('1.1')"),
        ("field() > 3", "name one answer in quotes, as in field('1.1')"),
        ("field('staff') > 'ten'", "only a number is more or less than another: write field('staff') > 10"),
        ("field('staff') in ()", "name at least one value"),
        ("answer('1.1') == 'red'", "cannot use"),
        ("__import__('os').system('id')", "cannot use"),
        ("kind.__class__", "cannot use"),
        ("[k for k in kind]", "cannot use"),
        ("kind == f'{phase}'", "put text in quotes"),
        ("kind == 'sch\\dool'", "write for example"),
        ("kind == 'school'" + " or residential" * 100, "at most 500 characters"),
        ("-" * 490 + "kind", "write for example"),
        ("(" * 400, "write for example"),
        ("kind == '\x00'", "write for example"),
    ],
)
def test_a_condition_that_cannot_be_understood_says_what_to_write(condition: str, says: str):
    with pytest.raises(BadCondition) as refusal:
        compile_condition(condition)
    assert says in str(refusal.value)


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_text_is_understood_or_refused_and_never_anything_else(text: str):
    try:
        test = compile_condition(text)
    except BadCondition:
        return
    assert test.test(an_organisation(), NOTHING) in (True, False)


@given(st.sampled_from(["kind == 'school'", "residential", "phase != ''"]), st.booleans())
def test_not_turns_a_condition_round(condition: str, residential: bool):
    facts = an_organisation(residential=residential)
    assert holds(f"not ({condition})", facts) is not holds(condition, facts)


def test_the_facts_are_those_of_an_organisation():
    assert list(FACTS) == [
        "kind", "phase", "bound_by_statute", "residential", "ofsted_grade", "commissions_services",
        "works_alone",
    ]  # fmt: skip


def test_a_condition_can_look_at_an_earlier_rating():
    said = Said(ratings={"1.1": "red"})
    assert holds("rating('1.1') in ('red', 'amber')", an_organisation(), said)
    assert not holds("rating('1.1') == 'green'", an_organisation(), said)
    assert holds("rating('1.1') == ''", an_organisation()), "nothing is said yet"


def test_a_condition_can_look_at_an_earlier_field():
    said = Said(fields={"staff": 12, "lets_rooms": True, "size": "large"})
    assert holds("field('staff') > 10 and field('lets_rooms')", an_organisation(), said)
    assert holds("field('size') in ('large', 'huge')", an_organisation(), said)
    assert not holds("field('staff') <= 11.5", an_organisation(), said)


def test_an_empty_field_is_neither_more_nor_less_and_not_yes():
    for condition in ("field('staff') > 0", "field('staff') < 5", "field('lets_rooms')"):
        assert not holds(condition, an_organisation())


def test_a_condition_names_the_answers_it_looks_at():
    found = compile_condition("rating('1.1') == 'red' or not field('lets_rooms')").references
    assert [(one.kind, one.name, one.values) for one in found] == [
        ("rating", "1.1", ("red",)),
        ("field", "lets_rooms", ()),
    ]
