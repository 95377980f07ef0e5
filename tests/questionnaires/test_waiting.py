"""Conditions in a file that wait for an answer: what they may name, and what may not wait for itself."""

import pytest

from s11.questionnaires.format import Fault, Faults, read
from tests.factories.questionnaires import headed, in_percent, tiny

FIELDS = """
fields:
- {code: staff, label: How many?, kind: number}
- {code: lets, label: Lets rooms?, kind: yes_no}
- {code: since, label: Since?, kind: date}
- {code: size, label: Size?, kind: choice, options: [Small, Large]}
- {code: places, label: Where?, kind: choices, options: [Here, There]}
- {code: minute, label: Minute, kind: file}
- {code: rows, label: Rows, kind: table, columns: [{code: a, label: A}]}
each_criterion:
- {code: beside, label: Beside}
"""


def asking(condition: str, *, of: str = "1.2") -> str:
    return headed(tiny(2, 2, extra={of: f'only_if: "{condition}"'}), FIELDS)


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as refusal:
        read(text)
    return refusal.value.faults


def the_fault_of(text: str) -> Fault:
    (fault,) = faults_of(text)
    return fault


@pytest.mark.parametrize(
    "condition",
    [
        "rating('1.1') == 'red'",
        "rating('criterion-1-1') in ('red', 'na', '')",
        "field('staff') > 10",
        "field('staff') == 10",
        "field('staff') > -1.5",
        "field('staff') == ''",
        "field('lets')",
        "field('lets') == False",
        "field('since') == '2026-09-01'",
        "field('size') != 'Large'",
        "field('places') in ('Here', 'There')",
        "field('minute') != ''",
    ],
)
def test_an_answer_can_be_asked_for_by_number_key_or_code(condition: str):
    assert read(asking(condition)).criteria[1].only_if == condition


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("rating('1.11') == 'red'", "No criterion has the number or key '1.11'. Did you mean '1.1'?"),
        ("rating('criterion-1-') == 'red'", "number or key 'criterion-1-'. Did you mean 'criterion-"),
        ("rating('zebra') == 'red'", "Use one of: 1.1, 1.2"),
        ("rating('1.1') == 'rde'", "1.1 has no level 'rde'. Did you mean 'red'?"),
        ("rating('1.1') in ('red', 'blue')", "1.1 has no level 'blue'. Use one of: green, amber, red."),
        ("rating('1.1') < 30", "1.1 is not rated in steps"),
        ("field('saff') > 3", "No field has the code 'saff'. Did you mean 'staff'?"),
        ("field('beside') == 'x'", "'beside' is asked in many places"),
        ("field('size') == 'Huge'", "'size' has no option 'Huge'. Use one of: Small, Large."),
        ("field('staff')", "'staff' is a number: compare it with a number, as in field('staff') > 10."),
        ("field('staff') == '10'", "'staff' is a number"),
        ("field('staff') == True", "'staff' is a number"),
        ("field('size') > 3", "'size' is one of several: compare it with text in quotes"),
        ("field('lets') == 'yes'", "'lets' is yes or no: write field('lets') alone"),
        ("field('since') > 2026", "'since' is a date: compare it with a day"),
        ("field('rows') == 'x'", "'rows' is a table of rows: compare it with ''"),
    ],
)
def test_a_condition_that_names_what_is_not_there_says_what_was_meant(condition: str, says: str):
    fault = the_fault_of(asking(condition))
    assert says in fault.sentence and fault.path == "standards[1].criteria[1.2].only_if"


def test_of_very_many_criteria_none_is_listed():
    text = tiny(5, 10, extra={"1.2": "only_if: rating('zebra') == 'red'"})
    assert "Use the number or the key of one that is asked." in the_fault_of(text).sentence


def test_without_fields_there_are_none_to_name():
    assert "there are none" in the_fault_of(tiny(extra={"1.2": "only_if: field('x') > 1"})).sentence


def test_what_is_not_rated_has_no_rating_to_look_at():
    text = tiny(extra={"1.1": "rated: false", "1.2": "only_if: rating('1.1') == 'red'"})
    assert "1.1 is not rated" in the_fault_of(text).sentence


def test_on_a_scale_of_steps_a_rating_is_a_step():
    for condition in ("rating('1.1') < 30", "rating('1.1') == '85'"):
        assert read(in_percent(tiny(extra={"1.2": f'only_if: "{condition}"'})))
    fault = the_fault_of(in_percent(tiny(extra={"1.2": "only_if: rating('1.1') == '86'"})))
    assert "1.1 has no level '86'. Use one of: 0, 5, 10" in fault.sentence


def test_a_criterion_on_another_scale_is_asked_for_by_its_own_levels():
    scale = (
        "other_scales:\n- code: yesno\n  levels:\n"
        '  - {code: "yes", label: "Yes", letter: "Y", order: 2, colour: green, meaning: Seen.}\n'
        '  - {code: "no", label: "No", letter: "N", order: 1, colour: red, meaning: Not seen.}'
    )
    good = tiny(extra={"1.1": "scale: yesno", "1.2": "only_if: rating('1.1') == 'no'"})
    assert read(headed(good, scale))
    assert "no level 'red'" in the_fault_of(headed(good.replace("'no'", "'red'"), scale)).sentence


# Nothing waits for itself


def waiting(*pairs: tuple[str, str]) -> str:
    return tiny(1, 4, extra={who: f"only_if: rating('{for_}') == 'red'" for who, for_ in pairs})


def test_a_criterion_does_not_wait_for_itself():
    fault = the_fault_of(waiting(("1.1", "1.1")))
    assert fault.sentence == ("Break this circle, in which nothing could ever be asked: 1.1 waits for 1.1.")


def test_two_do_not_wait_for_each_other():
    fault = the_fault_of(waiting(("1.1", "1.2"), ("1.2", "criterion-1-1")))
    assert fault.sentence.endswith("1.1 waits for 1.2 waits for 1.1.")
    assert fault.path == "standards[1].criteria[1.1].only_if"


def test_three_do_not_wait_in_a_circle():
    fault = the_fault_of(waiting(("1.1", "1.2"), ("1.2", "1.3"), ("1.3", "1.1")))
    assert fault.sentence.endswith("1.1 waits for 1.2 waits for 1.3 waits for 1.1.")


def test_two_circles_are_two_faults():
    assert len(faults_of(waiting(("1.1", "1.2"), ("1.2", "1.1"), ("1.3", "1.4"), ("1.4", "1.3")))) == 2


def test_a_chain_is_no_circle_and_may_be_long():
    assert read(waiting(("1.2", "1.1"), ("1.3", "1.2"), ("1.4", "1.3")))
    chain = {f"1.{n}": f"only_if: rating('1.{n - 1}') == 'red'" for n in range(2, 401)}
    assert len(read(tiny(1, 400, extra=chain)).criteria) == 400


def test_two_may_wait_for_the_same_and_one_for_two():
    assert read(
        tiny(
            1,
            4,
            extra={
                "1.2": "only_if: rating('1.1') == 'red'",
                "1.3": "only_if: rating('1.1') == 'red'",
                "1.4": "only_if: rating('1.2') == 'red' or rating('1.3') == 'red'",
            },
        )
    )


def test_the_middle_of_a_long_circle_is_not_told():
    pairs = {f"1.{n}": f"only_if: rating('1.{n % 50 + 1}') == 'red'" for n in range(1, 51)}
    sentence = the_fault_of(tiny(1, 50, extra=pairs)).sentence
    assert "1.1 waits for 1.2" in sentence and "…" in sentence and len(sentence) < 250


def test_a_standard_does_not_wait_for_what_stands_in_it():
    text = tiny().replace("  title: Standard 1\n", "  title: Standard 1\n  only_if: rating('1.1') == 'red'\n")
    assert the_fault_of(text).sentence.endswith("standard 1 waits for 1.1 waits for standard 1.")


def test_a_criterion_does_not_wait_for_a_field_that_stands_in_it():
    text = tiny(extra={"1.1": "only_if: field('x') > 1\nfields:\n- {code: x, label: X, kind: number}"})
    assert the_fault_of(text).sentence.endswith("1.1 waits for field x waits for 1.1.")


def test_a_field_may_wait_for_the_criterion_it_stands_in():
    field = "fields:\n- {code: x, label: X, only_if: rating('1.1') == 'red'}"
    assert read(tiny(extra={"1.1": field}))


def test_words_may_depend_on_the_rating_they_are_words_for():
    variant = "variants:\n- {only_if: rating('1.1') == 'red', guidance: Ring us.}"
    assert read(tiny(extra={"1.1": variant}))
