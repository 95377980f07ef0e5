"""What changed between two editions, thing by thing and word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.questionnaires.changes import About, Change, Kind, Mark, compare, counts, marked
from s11.questionnaires.changes.moving import out_of_order
from s11.questionnaires.format import QuestionnaireFile, read
from s11.questionnaires.format.shape import FieldPart, LevelPart, ScaleChangePart
from tests.factories.questionnaires import tiny

WORDS = st.lists(
    st.sampled_from(["the", "child", "is", "seen", ",", ".", " ", "\n", "- ", "’s"]), max_size=30
)
TEXTS = st.text(max_size=60) | WORDS.map("".join)


def was(**more: object) -> QuestionnaireFile:
    return read(tiny(2, 3, code="TINY-2025", year=2025, **more))  # type: ignore[arg-type]


def now(**more: object) -> QuestionnaireFile:
    return read(tiny(2, 3, predecessor="TINY-2025", **more))  # type: ignore[arg-type]


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    """Which thing, and what became of it."""
    return [(one.name, " ".join(one.kinds)) for one in changes]


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [(str(run.mark), run.text) for run in marked(old, new)]


# Words


@given(TEXTS, TEXTS)
def test_kept_and_deleted_words_are_the_old_text_and_kept_and_inserted_the_new(old: str, new: str) -> None:
    found = marked(old, new)
    assert "".join(run.text for run in found if run.mark != Mark.INSERTED) == old
    assert "".join(run.text for run in found if run.mark != Mark.DELETED) == new
    assert all(run.text for run in found)


@given(TEXTS)
def test_the_same_text_is_kept_whole(text: str) -> None:
    assert runs(text, text) == ([("kept", text)] if text else [])


def test_one_word_replaced_stands_alone_with_the_deleted_one_first() -> None:
    assert runs("Seen once a year.", "Seen twice a year.") == [
        ("kept", "Seen "), ("deleted", "once"), ("inserted", "twice"), ("kept", " a year."),
    ]  # fmt: skip


def test_a_space_between_two_changed_words_is_part_of_the_change() -> None:
    assert runs("All staff are trained in it.", "All who work here are trained in it.") == [
        ("kept", "All "), ("deleted", "staff"), ("inserted", "who work here"),
        ("kept", " are trained in it."),
    ]  # fmt: skip
    assert runs("We know two old things well.", "We know three new things well.") == [
        ("kept", "We know "), ("deleted", "two old"), ("inserted", "three new"), ("kept", " things well."),
    ]  # fmt: skip


def test_texts_with_little_in_common_are_not_woven_into_each_other() -> None:
    old, new = "Staff know the policy.", "Leaders look at the figures every month and act."
    assert runs(old, new) == [("deleted", old), ("inserted", new)]


def test_a_very_long_text_is_compared_by_its_lines() -> None:
    old = "".join(f"Line {number} of many words that are alike.\n" for number in range(1_000))
    found = marked(old, old.replace("Line 500 ", "Row 500 "))
    assert [run.text for run in found if run.mark == Mark.DELETED] == [
        "Line 500 of many words that are alike.\n"
    ]


def test_a_long_text_that_repeats_itself_is_compared_at_once() -> None:
    old, new = "the child is seen and " * 295, "the child is heard and " * 295
    found = marked(old, new)
    assert "".join(run.text for run in found if run.mark != Mark.INSERTED) == old


# Criteria


def test_what_is_the_same_is_no_change() -> None:
    assert compare(now(), was()) == ()


def test_a_line_break_or_a_space_is_no_change() -> None:
    assert compare(now(texts={"1.1": "Criterion  1.1   is met."}), was()) == ()


def test_a_reworded_criterion_shows_its_words_marked_its_reason_and_source() -> None:
    (one,) = compare(
        now(
            texts={"1.2": "Criterion 1.2 is fully met."},
            extra={"1.2": "lineage: {change: reworded, reason: Too vague., source: inspection}"},
        ),
        was(),
    )
    assert (one.about, one.kinds, one.number) == (About.CRITERION, (Kind.REWORDED,), "1.2")
    assert (one.why.reason, one.why.source) == ("Too vague.", "inspection")
    (words,) = one.parts
    assert [run.text for run in words.runs if run.mark == Mark.INSERTED] == ["fully "]


@pytest.mark.parametrize(
    ("extra", "what", "new"),
    [
        ("guidance: Think twice.", "Guidance", "Think twice."),
        ("descriptors: {green: All of it.}", "What “Green” looks like", "All of it."),
        ("evidence: [Minutes, Rota]", "What would show it", "Minutes\nRota"),
        ("only_if: kind == 'police'", "Asked of", "whoever is the police"),
        ("weight: 2.5", "Weight", "2.5"),
        ("not_applicable: false", "May be not applicable", "No"),
        ("must: true", "Statutory", "Yes"),
        ("rated: false", "Rated", "No"),
        ("group: Leadership", "Group", "Leadership"),
        ("themes: [ownership]", "Themes", "Ownership, accountability and management grip"),
        ("source: The Act", "Source", "The Act"),
    ],
)
def test_what_changed_beside_the_words_is_named(extra: str, what: str, new: str) -> None:
    (one,) = compare(now(extra={"1.1": extra}), was())
    assert one.kinds == (Kind.CHANGED,)
    assert [(part.what, part.new) for part in one.parts] == [(what, new)]


def test_a_new_criterion_is_told_with_what_does_not_go_without_saying() -> None:
    new = now(
        keys={"2.3": "fresh"},
        retired="criterion-2-3",
        extra={"2.3": "lineage: {change: new, reason: Needed.}"},
    )
    changes = compare(new, was())
    assert told(changes) == [("2.3", "retired"), ("2.3", "new")]
    assert [(part.what, part.old, part.new) for part in changes[1].parts] == [
        ("Words", "", "Criterion 2.3 is met.")
    ]
    assert changes[0].standard == "standard-2" and changes[0].why.reason == "No longer needed."


def test_what_nobody_said_is_gone_is_told_all_the_same() -> None:
    new = now(keys={"2.3": "fresh"}, extra={"2.3": "lineage: {change: new, reason: Needed.}"})
    assert told(compare(new, was())) == [("2.3", "retired"), ("2.3", "new")]


def test_what_is_retired_stands_where_it_stood_in_the_order_of_the_earlier_edition() -> None:
    """1.1 and 1.3 go, 1.2 and 1.4 are reworded; a standard that goes takes its criteria along at the end."""
    old = read(tiny(3, 4, code="TINY-2025", year=2025))
    new = read(tiny(3, 4, predecessor="TINY-2025"))
    first = [
        one.model_copy(update={"text": f"{one.text} Fully."})
        for one in new.standards[0].criteria
        if one.number in ("1.2", "1.4")
    ]
    left = [new.standards[0].model_copy(update={"criteria": first}), new.standards[2]]
    found = compare(new.model_copy(update={"standards": left}), old)
    assert told(tuple(one for one in found if one.standard != "standard-3")) == [
        ("1.1", "retired"), ("1.2", "reworded"), ("1.3", "retired"), ("1.4", "reworded"),
        ("2 Standard 2", "retired"), ("2.1", "retired"), ("2.2", "retired"), ("2.3", "retired"),
        ("2.4", "retired"),
    ]  # fmt: skip
    assert {one.standard for one in found if one.name.startswith("2")} == {""}


def test_a_criterion_split_in_two_names_where_it_came_from() -> None:
    new = now(
        keys={"1.2": "first-half", "1.3": "second-half"},
        retired="criterion-1-3",
        extra={
            "1.2": "lineage: {change: split, from: [criterion-1-2], reason: Clearer.}",
            "1.3": "lineage: {change: split, from: [criterion-1-2], reason: Clearer.}",
        },
    )
    changes = compare(new, was())
    assert told(changes) == [("1.2", "split"), ("1.3", "split"), ("1.3", "retired")]
    assert [old.number for one in changes[:2] for old in one.before] == ["1.2", "1.2"]


def test_criteria_merged_into_one_are_told_once_and_not_as_retired() -> None:
    new = read(
        tiny(
            2, 2, predecessor="TINY-2025",
            extra={"1.2": "lineage: {change: merged, from: [criterion-1-2, criterion-1-3], reason: One.}"},
            retired="criterion-2-3",
        )
    )  # fmt: skip
    changes = compare(new, was())
    assert told(changes) == [("1.2", "merged"), ("2.3", "retired")]
    assert [old.number for old in changes[0].before] == ["1.2", "1.3"]


def test_a_criterion_in_another_standard_has_moved() -> None:
    new = now(keys={"2.1": "criterion-1-3", "1.3": "criterion-2-1"})
    changes = [one for one in compare(new, was()) if Kind.MOVED in one.kinds]
    assert [(one.name, one.came_from) for one in changes] == [
        ("1.3", "2.1 in 2 Standard 2"), ("2.1", "1.3 in 1 Standard 1"),
    ]  # fmt: skip


def test_what_slid_down_was_renumbered_and_has_not_moved() -> None:
    new = now(
        keys={"1.1": "fresh", "1.2": "criterion-1-1", "1.3": "criterion-1-2"},
        texts={"1.2": "Criterion 1.1 is met.", "1.3": "Criterion 1.2 is met."},
        retired="criterion-1-3",
        extra={"1.1": "lineage: {change: new, reason: Needed.}"},
    )
    assert told(compare(new, was())) == [
        ("1.1", "new"), ("1.2", "renumbered"), ("1.3", "renumbered"), ("1.3", "retired"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "before", "moved"),
    [
        ("abcd", "abcd", ""),
        ("xabcd", "abcd", ""),
        ("bcda", "abcd", "a"),
        ("acdb", "abcd", "b"),
        ("abc", "axbyc", ""),
        ("", "abc", ""),
    ],
)
def test_the_fewest_that_explain_the_order_have_moved(after: str, before: str, moved: str) -> None:
    assert out_of_order(after, before) == set(moved)


# Standards, scales, fields and the whole


def test_standards_are_new_renamed_and_gone() -> None:
    old, new = was(), now()
    first = new.standards[0].model_copy(update={"title": "Leadership"})
    second = new.standards[1].model_copy(update={"key": "fresh"})
    found = compare(new.model_copy(update={"standards": [first, second]}), old)
    assert told(tuple(one for one in found if one.about == About.STANDARD)) == [
        ("1 Leadership", "changed"), ("2 Standard 2", "new"), ("2 Standard 2", "retired"),
    ]  # fmt: skip
    assert [(part.what, part.old, part.new) for part in found[0].parts] == [
        ("Title", "Standard 1", "Leadership")
    ]


def test_levels_are_added_removed_relabelled_and_reworded_with_the_reason_of_the_scale() -> None:
    old, new = was(), now()
    green, amber, _ = new.scale.levels
    levels = [
        LevelPart(code="blue", label="Blue", letter="B", order=4, colour="blue", meaning="Best."),
        green.model_copy(update={"label": "Met", "needs": ["evidence"], "value": 4.0}),
        amber.model_copy(update={"meaning": "Half in place.", "counts": False}),
    ]
    scale = new.scale.model_copy(update={"levels": levels})
    why = ScaleChangePart(reason="Green said too much.", source="audit")
    found = compare(new.model_copy(update={"scale": scale, "scale_change": why}), old)
    levels_told = [one for one in found if one.about == About.LEVEL]
    assert told(tuple(levels_told)) == [
        ("Level “Blue”", "new"), ("Level “Met”", "changed"), ("Level “Amber”", "changed"),
        ("Level “Red”", "retired"),
    ]  # fmt: skip
    assert {part.what for part in levels_told[1].parts} == {"Label", "Has to have", "Value"}
    assert {part.what for part in levels_told[2].parts} == {"Meaning", "Counts"}
    assert {one.why.reason for one in levels_told} == {"Green said too much."}


def test_levels_in_another_order_change_the_scale() -> None:
    old, new = was(), now()
    turned = [level.model_copy(update={"order": 4 - level.order}) for level in new.scale.levels]
    scale = new.scale.model_copy(update={"levels": turned})
    (one,) = compare(new.model_copy(update={"scale": scale}), old)
    assert one.about == About.SCALE
    assert [(part.what, part.old, part.new) for part in one.parts] == [
        ("Order, best first", "green, amber, red", "red, amber, green")
    ]


def test_fields_are_added_changed_and_removed_wherever_they_stand() -> None:
    kept = FieldPart(code="staff", label="How many staff?", kind="number")
    old = was().model_copy(update={"fields": [kept, FieldPart(code="gone", label="Old")]})
    changed = kept.model_copy(update={"required": True})
    each = [FieldPart(code="who", label="Who leads?")]
    found = compare(now().model_copy(update={"fields": [changed], "each_criterion": each}), old)
    assert told(found) == [
        ("Field “How many staff?”", "changed"), ("Field “Old”", "retired"),
        ("Field “Who leads?” beside every criterion", "new"),
    ]  # fmt: skip


def test_a_new_field_is_told_in_one_sentence() -> None:
    fields = [
        FieldPart(code="by", label="Deadline", kind="date", required=True),
        FieldPart(
            code="how", label="How?", hint="Be brief.", kind="choice", options=["Well", "Badly"],
            only_if="kind == 'school'",
        ),
    ]  # fmt: skip
    found = compare(now().model_copy(update={"each_criterion": fields}), was())
    assert [(one.name, one.kinds, [part.new for part in one.parts]) for one in found] == [
        ("Field “Deadline” beside every criterion", (Kind.NEW,), ["A date; has to be filled."]),
        (
            "Field “How?” beside every criterion",
            (Kind.NEW,),
            ["One of several; to choose from: Well, Badly; asked of whoever is a school. Be brief."],
        ),
    ]


# Who is asked


def test_who_is_asked_is_said_in_plain_english_and_never_as_code() -> None:
    asked = "only_if: rating('criterion-1-1') == 'red'"
    other = "variants: [{only_if: \"kind in ('school', 'college')\", text: In short.}]"
    new = now(extra={"1.2": asked, "1.3": other})
    fields = [FieldPart(code="lets", label="Do you let rooms?", kind="yes_no")]
    second = new.standards[1].model_copy(update={"only_if": "field('lets')"})
    found = compare(new.model_copy(update={"fields": fields, "standards": [new.standards[0], second]}), was())
    assert [part.new for one in found if one.about != About.FIELD for part in one.parts] == [
        "whoever answered yes to “Do you let rooms?”",
        "whoever rated 1.1 Red",
        "For whoever is a school or a college:\nIn short.",
    ]


def test_a_condition_that_names_a_renumbered_criterion_has_not_changed() -> None:
    asked = {"1.3": "only_if: rating('criterion-1-1') == 'red'"}
    new = now(
        keys={"1.1": "criterion-1-2", "1.2": "criterion-1-1"},
        texts={"1.1": "Criterion 1.2 is met.", "1.2": "Criterion 1.1 is met."},
        extra=asked,
    )
    assert "1.3" not in {one.number for one in compare(new, was(extra=asked))}


def test_another_condition_is_told_with_the_one_before() -> None:
    new = now(extra={"1.2": "only_if: kind == 'school'"})
    (one,) = compare(new, was(extra={"1.2": "only_if: rating('1.1') == 'red'"}))
    assert [(part.what, part.old, part.new) for part in one.parts] == [
        ("Asked of", "whoever rated 1.1 Red", "whoever is a school")
    ]


def test_what_is_said_of_the_whole_is_compared_and_the_title_of_the_year_is_not() -> None:
    new = now().model_copy(update={"declaration": "This is true.", "introduction": "Be honest."})
    (one,) = compare(new, was())
    assert one.about == About.EDITION
    assert [part.what for part in one.parts] == ["Introduction", "Declaration"]


def test_counts_tell_how_many_criteria_changed_in_which_way() -> None:
    new = now(
        keys={"1.3": "fresh"},
        texts={"1.1": "Better.", "2.1": "Better too."},
        retired="criterion-1-3",
        extra={"1.3": "lineage: {change: new, reason: Needed.}", "2.2": "guidance: Think."},
    )
    assert counts(compare(new, was())) == {
        Kind.NEW: 1, Kind.REWORDED: 2, Kind.CHANGED: 1, Kind.RETIRED: 1,
    }  # fmt: skip


def test_a_file_that_was_only_wrapped_otherwise_is_shown_in_paragraphs() -> None:
    (one,) = compare(now(extra={"1.1": "guidance: |\n  One\n  two.\n\n  - three\n  - four"}), was())
    assert one.parts[0].new == "One two.\n\n- three\n- four"
