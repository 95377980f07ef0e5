"""What would change between two questionnaires."""

from s11.questionnaires.comparing import Comparison, compare
from s11.questionnaires.format import read
from tests.factories.questionnaires import tiny


def compared(before: str, after: str) -> Comparison:
    return compare(read(before), read(after))


def kinds(found: Comparison) -> list[tuple[str, str, str]]:
    return [(one.kind, one.number, one.about) for one in found.criteria]


def test_nothing_changes_between_the_same():
    assert not compared(tiny(), tiny())


def test_a_new_text_is_reworded_and_a_new_key_is_new():
    found = compared(tiny(), tiny(texts={"1.1": "Better."}, keys={"1.2": "another"}))
    assert kinds(found) == [("reworded", "1.1", ""), ("new", "1.2", ""), ("removed", "1.2", "")]
    assert (found.criteria[0].before, found.criteria[0].after) == ("Criterion 1.1 is met.", "Better.")
    assert found.count("new") == 1 and found.count("removed", "reworded") == 2


def test_what_goes_with_a_reason_is_retired():
    before = tiny(criteria=3, predecessor="TINY-2025")
    after = tiny(criteria=2, predecessor="TINY-2025", retired="criterion-1-3")
    found = compared(before, after)
    assert kinds(found) == [("retired", "1.3", "No longer needed.")]
    assert found.parts == ("What is retired",)


def test_only_the_one_that_was_moved_counts_as_moved():
    order = {f"1.{n}": key for n, key in enumerate(("d", "a", "b", "c"), start=1)}
    words = {f"1.{n}": f"The {key}." for n, key in enumerate(("d", "a", "b", "c"), start=1)}
    before = tiny(
        criteria=4,
        keys={f"1.{n}": key for n, key in enumerate("abcd", start=1)},
        texts={f"1.{n}": f"The {key}." for n, key in enumerate("abcd", start=1)},
    )
    same_numbers = compared(before, tiny(criteria=4, keys=order, texts=words))
    assert [one.about for one in same_numbers.criteria] == [
        "it was 1.4",
        "it was 1.1",
        "it was 1.2",
        "it was 1.3",
    ]
    files = read(before), read(before)
    standard = files[1].standards[0]
    last, *others = standard.criteria[::-1]
    reordered = standard.model_copy(update={"criteria": [last, *others[::-1]]})
    found = compare(files[0], files[1].model_copy(update={"standards": [reordered]}))
    assert kinds(found) == [("moved", "1.4", "to another place")]


def test_a_criterion_that_changes_its_standard_is_moved():
    keys = {"1.1": "a", "1.2": "b", "2.1": "c", "2.2": "d"}
    other = {"1.1": "a", "1.2": "c", "2.1": "b", "2.2": "d"}
    words = {number: f"The {key}." for number, key in other.items()}
    before = tiny(2, 2, keys=keys, texts={number: f"The {key}." for number, key in keys.items()})
    assert kinds(compared(before, tiny(2, 2, keys=other, texts=words))) == [
        ("moved", "1.2", "it was 2.1; to another standard"),
        ("moved", "2.1", "it was 1.2; to another standard"),
    ]


def test_what_stands_beside_the_words_is_named():
    after = tiny(extra={"1.1": "guidance: Think.\nmust: true", "1.2": "descriptors: {green: All.}"})
    assert kinds(compared(tiny(), after)) == [
        ("changed", "1.1", "guidance, statutory"),
        ("changed", "1.2", "descriptors"),
    ]


def test_standards_and_the_words_of_the_edition_are_named():
    after = tiny(2).replace("title: Standard 1", "title: Leadership").replace("Be brief.", "Be kind.")
    found = compared(tiny(), after)
    assert [(one.kind, one.number, one.before, one.after) for one in found.standards] == [
        ("renamed", "1", "Standard 1", "Leadership"),
        ("new", "2", "", "Standard 2"),
    ]
    assert found.parts == ("The introduction",)
