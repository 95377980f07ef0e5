"""Fields, needs of levels, steps and variants in a file: what is refused, and in which words."""

import pytest

from s11.questionnaires.format import Fault, Faults, read, write
from s11.questionnaires.format.steps import expanded, step_code
from tests.factories.questionnaires import headed, in_percent, tiny


def the_fault_of(text: str) -> Fault:
    with pytest.raises(Faults) as refusal:
        read(text)
    assert len(refusal.value.faults) == 1, refusal.value.lines()
    return refusal.value.faults[0]


@pytest.mark.parametrize(
    ("field", "path", "says"),
    [
        ("{code: a, label: A, kind: txt}", "kind", "Unknown kind of field 'txt'. Did you mean 'text'?"),
        ("{code: a, label: A, kind: choice}", "", "Add at least two options"),
        ("{code: a, label: A, kind: choice, options: [One]}", "", "Add at least two options"),
        ("{code: a, label: A, kind: choices}", "", "Add at least two options"),
        ("{code: a, label: A, kind: choice, options: [One, One]}", "options", "'One' is written twice"),
        ("{code: a, label: A, options: [One, Two]}", "options", "or write kind: choice"),
        ("{code: a, label: A, kind: table}", "", "Add columns: what does each row of this table hold?"),
        ("{code: a, label: A, columns: [{code: b, label: B}]}", "columns", "or write kind: table"),
        ("{code: evidence, label: A}", "code", "Choose another code: 'evidence' means something already"),
        ("{code: commentary, label: A}", "code", "Choose another code"),
        ("{code: a, lable: A, label: A}", "lable", "Did you mean 'label'?"),
        ("{code: a}", "label", "Add label"),
        ("{code: a b, label: A}", "code", "Use letters, digits and dashes"),
        ("{code: a, label: A, required: perhaps}", "required", "Write true or false"),
        ("{code: a, label: A, only_if: knd == 'school'}", "only_if", "did you mean 'kind'?"),
    ],
)
@pytest.mark.parametrize("where", ["fields", "each_standard", "each_criterion"])
def test_a_fault_in_a_field_says_where_and_what_to_do(where: str, field: str, path: str, says: str):
    fault = the_fault_of(headed(tiny(), f"{where}:\n- {field}"))
    code = field.split("code: ")[1].split(",")[0].rstrip("}")
    assert fault.path == f"{where}[{code}]" + (f".{path}" if path else "")
    assert says in fault.sentence


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ("{code: b, label: B, kind: file}", "Unknown kind of column 'file'"),
        ("{code: b, label: B, kind: choice}", "Add at least two options"),
        ("{code: b, label: B, options: [One, Two]}", "Leave the options out"),
        ("{code: b, label: B}, {code: b, label: C}", "'b' is used twice"),
    ],
)
def test_a_fault_in_a_column_says_what_to_do(column: str, says: str):
    field = f"{{code: a, label: A, kind: table, columns: [{column}]}}"
    fault = the_fault_of(headed(tiny(), f"fields:\n- {field}"))
    assert says in fault.sentence and fault.path.startswith("fields[a].columns[b]")


def test_a_code_is_used_once_wherever_the_field_stands():
    text = headed(
        tiny(extra={"1.2": "fields:\n- {code: again, label: B}"}), "fields:\n- {code: again, label: A}"
    )
    fault = the_fault_of(text)
    assert fault.path == "standards[1].criteria[1.2].fields[again].code"
    assert fault.sentence == "Change this code: 'again' is used twice."


def test_two_tables_may_have_columns_of_the_same_code():
    table = "kind: table, columns: [{code: date, label: Date}]"
    text = headed(tiny(), f"fields:\n- {{code: a, label: A, {table}}}\n- {{code: b, label: B, {table}}}")
    assert len(read(text).fields) == 2


def test_fields_are_read_wherever_they_may_stand():
    text = headed(
        tiny(extra={"1.1": "fields:\n- {code: own, label: Own}"}),
        "fields:\n- {code: once, label: Once, kind: yes_no, required: true}\n"
        "each_standard:\n- {code: of-standard, label: Of each, kind: date}\n"
        "each_criterion:\n- {code: beside, label: Beside, hint: Say more., kind: long_text}",
    ).replace("  title: Standard 1\n", "  title: Standard 1\n  fields:\n  - {code: of-one, label: Of one}\n")
    file = read(text)
    assert file.fields[0].required and file.each_standard[0].kind == "date"
    assert file.each_criterion[0].hint == "Say more." and file.standards[0].fields[0].code == "of-one"
    assert file.criteria[0].fields[0].code == "own" and not file.criteria[1].fields
    assert read(write(file)) == file


# What a level needs


def needing(need: str) -> str:
    return tiny().replace("meaning: In place.", f"meaning: In place., needs: [{need}]")


def test_a_level_can_need_evidence_an_action_or_a_field_beside_every_criterion():
    text = headed(needing("evidence, action, example"), "each_criterion:\n- {code: example, label: Example}")
    assert read(text).scale.levels[0].needs == ["evidence", "action", "example"]


def test_a_level_does_not_need_what_nobody_is_asked():
    fault = the_fault_of(headed(needing("exampel"), "each_criterion:\n- {code: example, label: Example}"))
    assert fault.path == "scale.levels[green].needs[#1]" and "Did you mean 'example'?" in fault.sentence


def test_a_field_that_is_asked_once_is_nothing_a_level_can_need():
    fault = the_fault_of(headed(needing("once"), "fields:\n- {code: once, label: Once}"))
    assert "Unknown need 'once': write evidence, action, or the code of a field" in fault.sentence


# Steps


def test_every_step_is_a_level_with_the_words_of_its_band():
    levels = expanded(read(in_percent(tiny())).scale)
    assert [level.code for level in levels][:2] == ["100", "95"] and len(levels) == 21
    by_code = {level.code: level for level in levels}
    assert by_code["80"].meaning == "In place." and by_code["75"].meaning == "Partly in place."
    assert by_code["0"].colour == "red" and by_code["35"].label == "35 %"
    assert [level.order for level in levels] == list(range(21, 0, -1))


def test_a_descriptor_of_a_band_is_kept_at_its_lowest_step():
    scale = read(in_percent(tiny())).scale
    assert [step_code(scale, band) for band in ("green", "amber", "red")] == ["80", "40", "0"]
    assert step_code(read(tiny()).scale, "green") == "green"


def test_steps_may_be_halves():
    scale = read(
        in_percent(tiny(), steps="{from: 0, to: 5, by: 0.5, unit: points}", values=(4, 2.5, 0))
    ).scale
    assert [level.code for level in expanded(scale)][:3] == ["5", "4.5", "4"]


@pytest.mark.parametrize(
    ("steps", "values", "says"),
    [
        ("{by: 7}", (70, 35, 0), "Choose 'by' so that steps of it lead from 0 to 100."),
        ("{by: 0.5}", (80, 40, 0), "a scale has at most 101"),
        ("{by: 1.0e-320}", (80, 40, 0), "a scale has at most 101"),
        ("{from: 100, to: 50, by: 5}", (80, 70, 60), "Let 'to' be more than 'from'."),
        ("{by: 5}", (82, 40, 0), "Let each band begin at a step: 82 is none."),
        ("{by: 5}", (80, 40, 5), "Let the lowest band begin at 0"),
        ("{by: 5}", (80, 80, 0), "Let a better level begin at a higher step"),
        ("{by: 5}", (40, 80, 0), "Let a better level begin at a higher step"),
        ("{by: 0}", (80, 40, 0), "Write a number that is more than 0"),
        ("{by: 5, unit: per cent of all}", (80, 40, 0), "at most 10 characters"),
        ("{from: 0, to: 0.1, by: 0.0025}", (0.1, 0.05, 0), "written in four characters"),
    ],
)
def test_steps_that_do_not_add_up_are_refused(steps: str, values: tuple[object, ...], says: str):
    text = in_percent(tiny(), steps=steps, values=values)  # type: ignore[arg-type]
    with pytest.raises(Faults) as refusal:
        read(text)
    assert any(says in fault.sentence for fault in refusal.value.faults), refusal.value.lines()


def test_every_band_says_where_it_begins():
    text = in_percent(tiny()).replace(", value: 40", "")
    assert the_fault_of(text).sentence.startswith("Give each level a value")


def test_a_step_too_large_for_any_number_is_a_fault_and_no_crash():
    assert "Write a number" in the_fault_of(in_percent(tiny(), values=(80, "9" * 400, 0))).sentence


# Variants


def test_a_variant_says_for_whom_it_is():
    fault = the_fault_of(tiny(extra={"1.1": "variants:\n- {text: Other words.}"}))
    assert fault.sentence.startswith("Add only_if") and fault.path.endswith("variants[#1].only_if")


def test_a_variant_has_descriptors_of_the_levels_there_are():
    variant = "variants:\n- {only_if: residential, descriptors: {geen: Fine.}}"
    assert "Did you mean 'green'?" in the_fault_of(tiny(extra={"1.1": variant})).sentence


def test_descriptors_of_a_variant_come_in_the_order_of_the_levels():
    variant = "variants:\n- {only_if: residential, descriptors: {red: Bad., green: Fine.}}"
    (told,) = read(tiny(extra={"1.1": variant})).criteria[0].variants
    assert list(told.descriptors) == ["green", "red"]


def test_why_the_scale_is_another_goes_with_a_predecessor():
    fault = the_fault_of(headed(tiny(), "scale_change: {reason: Four levels say more.}"))
    assert fault.path == "scale_change" and "Name the predecessor" in fault.sentence
