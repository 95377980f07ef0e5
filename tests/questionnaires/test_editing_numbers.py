"""Numbers, keys and conditions that name them; standards, words and scales: functions on a file."""

import pytest

from s11.core.errors import Invalid
from s11.questionnaires.editing import Why, criteria, numbers, reshaping, scales, standards, words
from s11.questionnaires.editing.glance import glance, headline, moved_keys
from s11.questionnaires.editing.keys import code_from, key_from
from s11.questionnaires.editing.starting import empty, next_year
from s11.questionnaires.format import QuestionnaireFile, checked, read
from s11.questionnaires.format.shape import FieldPart
from tests.factories.questionnaires import tiny

WHY = Why("Finer.")
EARLIER = read(tiny(3, 3, code="TINY-2026"))


def a_draft(**more: object) -> QuestionnaireFile:
    return read(tiny(3, 3, code="TINY-2027", year=2027, predecessor="TINY-2026", **more))  # type: ignore[arg-type]


def listed(file: QuestionnaireFile) -> str:
    return " ".join(one.number for one in file.criteria)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Staff know whom to tell about a worry.", "staff-know-whom-tell-about"),
        ("The of and", "the-of-and"),
        ("Größe & Übermut", "groe-ubermut"),
        ("!?", "criterion"),
        ("Board’s lead", "boards-lead"),
    ],
)
def test_a_key_is_made_of_the_words_that_tell_something(text: str, key: str):
    assert key_from(text, set()) == key


def test_a_key_that_is_taken_is_counted_on():
    assert key_from("Staff know.", {"staff-know", "staff-know-2"}) == "staff-know-3"
    assert code_from("How many staff are there?", {"how_many_staff"}) == "how_many_staff_2"


def test_numbers_follow_the_order_and_conditions_follow_the_numbers():
    file = a_draft(extra={"3.1": "only_if: rating('1.1') == 'red' and rating(\"1.3\") != 'na'"})
    file = reshaping.step(file, "criterion-1-1", up=False)
    file = numbers.anew(file, "standard-1")
    assert listed(file).startswith("1.1 1.2 1.3")
    assert file.standards[2].criteria[0].only_if == "rating('1.2') == 'red' and rating(\"1.3\") != 'na'"
    assert checked(file) == file


def test_all_are_numbered_with_their_standards_by_letters_where_those_have_letters():
    file = standards.step(a_draft(), "standard-1", up=False)
    assert [one.number for one in numbers.anew(file).standards] == ["1", "2", "3"]
    lettered = a_draft()
    for at, letter in enumerate("BAC", start=1):
        lettered = standards.change(lettered, f"standard-{at}", {"number": letter})
    assert listed(numbers.anew(lettered)).startswith("A.1 A.2 A.3 B.1")
    assert not numbers.in_order(lettered) and numbers.in_order(numbers.anew(lettered))


def test_a_standard_is_not_numbered_over_the_numbers_of_another():
    file = criteria.change(a_draft(), "criterion-2-1", {"number": "1.4"}, earlier=EARLIER)
    file = criteria.change(file, "criterion-1-1", {"number": "1.9"}, earlier=EARLIER)
    file = criteria.add(file, "standard-1", text="More.", number="1.10", why=WHY, earlier=EARLIER)
    with pytest.raises(Invalid, match=r"1\.4 is the number of a criterion elsewhere"):
        numbers.anew(file, "standard-1")


def test_a_condition_follows_a_number_that_is_changed_by_hand():
    file = a_draft(extra={"1.2": "only_if: rating('1.1') == 'red'"})
    file = criteria.change(file, "criterion-1-1", {"number": "1.9"}, earlier=EARLIER)
    assert file.criteria[1].only_if == "rating('1.9') == 'red'"


def test_a_standard_is_added_with_a_number_and_a_first_criterion_once():
    file = standards.add(a_draft(), {"title": "Online safety"}, text="Filters.", why=WHY, earlier=EARLIER)
    assert listed(file).endswith("4.1") and file.standards[-1].key == "online-safety"
    assert standards.add(file, {"title": "Online safety"}, text="Filters.", why=WHY, earlier=EARLIER) == file
    with pytest.raises(Invalid, match="first criterion"):
        standards.add(a_draft(), {"title": "More"}, text="", why=WHY, earlier=EARLIER)


def test_a_retired_standard_leaves_its_criteria_under_retired():
    file = standards.retire(a_draft(), "standard-2", why=WHY, earlier=EARLIER)
    assert [one.key for one in file.retired] == ["criterion-2-1", "criterion-2-2", "criterion-2-3"]
    with pytest.raises(Invalid, match="only standard"):
        standards.retire(read(tiny(1, 2)), "standard-1")


def test_fields_stand_where_they_are_put():
    field = FieldPart(code="staff", label="How many staff?", kind="number")
    file = a_draft()
    for where in (
        "fields",
        "each_standard",
        "each_criterion",
        "standard:standard-1",
        "criterion:criterion-1-1",
    ):
        assert words.fields_at(words.set_fields(file, where, [field]), where) == [field]


def test_another_scale_needs_a_reason_until_it_is_last_years_again():
    scale = a_draft().scale
    other = scale.model_copy(update={"levels": scale.levels[:2]})
    with pytest.raises(Invalid, match="Say why the scale"):
        scales.change(a_draft(), "rag", other, earlier=EARLIER)
    file = scales.change(a_draft(), "rag", other, why=WHY, earlier=EARLIER)
    assert file.scale_change is not None and file.scale_change.reason == "Finer."
    assert scales.change(file, "rag", scale, why=WHY, earlier=EARLIER) == a_draft()


def test_what_was_written_of_a_level_goes_with_it():
    file = a_draft(extra={"1.1": "descriptors: {green: All., red: None.}"})
    scale = file.scale.model_copy(update={"levels": file.scale.levels[:2]})
    file = scales.change(file, "rag", scale, why=WHY, earlier=EARLIER)
    assert file.criteria[0].descriptors == {"green": "All."} and checked(file) == file


@pytest.mark.parametrize("ready", sorted(scales.READY))
def test_every_scale_that_is_ready_made_can_be_used(ready: str):
    file = read(tiny(1, 2))
    assert checked(scales.replace(file, ready)).scale.code == ready
    assert ready in checked(scales.add(file, ready)).scales or ready == "rag"


def test_a_scale_in_use_is_not_taken_out():
    file = scales.add(a_draft(), "met")
    used = criteria.change(file, "criterion-1-1", {"scale": "met"}, earlier=EARLIER)
    with pytest.raises(Invalid, match=r"1\.1 is rated on it"):
        scales.remove(used, "met")
    assert scales.remove(file, "met") == a_draft()
    with pytest.raises(Invalid, match="whole edition"):
        scales.remove(file, "rag")


@pytest.mark.parametrize(
    ("code", "title", "year", "wanted"),
    [
        ("S11-2026", "Section 11, 2026", 2026, ("S11-2027", "Section 11, 2027", 2027)),
        ("S175-2025", "Audit 2025-26", 2025, ("S175-2026", "Audit 2026-27", 2026)),
        ("S175-2025", "Audit 2025/2026", 2025, ("S175-2026", "Audit 2026/2027", 2026)),
        ("TOOL", "A tool", 2026, ("TOOL-2027", "A tool", 2027)),
        ("TAKEN-2026", "A tool", 2026, ("TAKEN-2027-2", "A tool", 2027)),
    ],
)
def test_next_years_code_and_title_are_suggested(
    code: str, title: str, year: int, wanted: tuple[str, str, int]
):
    assert next_year(code, title, year, {"TAKEN-2027"}) == wanted


def test_an_empty_edition_is_a_valid_file():
    told = {
        "framework_code": "HSA", "framework_title": "Housing", "duty": "", "code": "HSA-2027", "year": 2027,
        "title": "Housing", "scale": "met", "declaration": "So.", "standard": "Leading",
        "criterion": "It is led.",
    }  # fmt: skip
    assert checked(empty(told)).criteria[0].key == "led"
    with pytest.raises(Invalid, match="Choose how"):
        empty({**told, "scale": ""})


def test_the_glance_tells_what_changed_and_marks_as_few_as_possible_as_moved():
    file = reshaping.step(a_draft(), "criterion-1-1", up=False)
    file = reshaping.move(file, "criterion-2-1", "standard-3", "")
    assert moved_keys(file, EARLIER) == {"criterion-2-1", "criterion-1-1"} or moved_keys(file, EARLIER) == {
        "criterion-2-1", "criterion-1-2"
    }  # fmt: skip
    file = criteria.retire(file, "criterion-3-3", why=WHY, earlier=EARLIER)
    seen = glance(file, EARLIER)
    assert seen.tally == ("2 moved", "1 retired") and not seen.to_mend and not seen.in_order
    assert seen.retired[0].number == "3.3"


def test_the_glance_names_what_is_still_to_be_mended():
    file = a_draft()
    broken = file.criteria[0].model_copy(update={"text": "Other."})
    standard = file.standards[0].model_copy(update={"criteria": [broken, *file.standards[0].criteria[1:]]})
    file = file.model_copy(update={"standards": [standard, *file.standards[1:]]})
    assert "Mark 1.1 as reworded" in glance(file, EARLIER).to_mend[0].sentence


def test_a_headline_is_cut_between_words():
    assert headline("Short.\n\nMore.") == "Short."
    assert len(headline("word " * 100)) <= 160 and headline("word " * 100).endswith("word…")
