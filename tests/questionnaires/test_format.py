"""The questionnaire file: what is refused, in which words, and what comes back as it went in."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from s11.questionnaires.format import LARGEST, Fault, Faults, QuestionnaireFile, read, write
from s11.questionnaires.format.shape import PARTS, known_keys
from tests.factories.questionnaires import tiny

SEEDS = sorted((Path(__file__).parents[2] / "seeds" / "questionnaires").glob("*.yaml"))


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as refusal:
        read(text, "tiny.yaml")
    return refusal.value.faults


def faults_or_none(text: str) -> tuple[Fault, ...]:
    try:
        read(text)
    except Faults as refusal:
        return refusal.faults
    return ()


def the_fault_of(text: str) -> Fault:
    faults = faults_of(text)
    assert len(faults) == 1, faults
    return faults[0]


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


def test_a_tiny_questionnaire_is_read():
    file = read(tiny(standards=2, criteria=3))
    assert file.edition.code == "TINY-2026"
    assert [criterion.number for criterion in file.criteria] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert file.introduction == "Be honest.\n\nBe brief."
    assert file.criteria[0].not_applicable and not file.criteria[0].must


def test_levels_come_back_best_first_however_they_are_listed():
    text = tiny().replace("order: 3", "order: 0")
    assert [level.code for level in read(text).scale.levels] == ["amber", "red", "green"]


# What is refused, and in which words


@pytest.mark.parametrize(
    ("written", "instead", "path", "says"),
    [
        ("text: Criterion 1.1", "txt: Criterion 1.1", "standards[1].criteria[1.1].txt", "mean 'text'?"),
        ("key: criterion-1-2", "key: criterion-1-1", "standards[1].criteria[1.2].key", "is used twice"),
        ('number: "1.2"', 'number: "1.1"', "standards[1].criteria[1.1].number", "'1.1' is used twice"),
        ('number: "1.2"', "number: 1.20", "standards[1].criteria[1.2].number", 'in double quotes: "1.20"'),
        ("key: criterion-1-2", "key: Criterion 1", "standards[1].criteria[1.2].key", "Use small letters"),
        ("meaning: In place.", 'meaning: ""', "scale.levels[green].meaning", "Write something here"),
        (", meaning: In place.", "", "scale.levels[green].meaning", "Add meaning"),
        ("colour: amber", "colour: ambre", "scale.levels[amber].colour", "Did you mean 'amber'?"),
        ("order: 2", "order: 3", "scale.levels[amber].order", "'3' is used twice in levels"),
        ("code: amber", "code: green", "scale.levels[green].code", "'green' is used twice in levels"),
        ("letter: A", "letter: G", "scale.levels[amber].letter", "'G' is used twice in levels"),
        ("order: 2", "order: two", "scale.levels[amber].order", "Write a whole number"),
        ("value: 2", "value: .inf", "scale.levels[amber].value", "Write a number"),
        ("year: 2026", "year: 26", "edition.year", "Write a year, for example 2026."),
        ("allowed: true", 'allowed: "true"', "not_applicable.allowed", "Write true or false"),
        ("format: 1", "format: 2", "format", "Write format: 1"),
        ("declaration: This is a fair account.", "", "declaration", "Add declaration: ..."),
        ("title: Standard 1", "title:", "standards[1].title", "Write something after 'title:'."),
        ("step: lead", "step: [lead]", "sign_off[#1].step", "Write plain text here"),
        ("title: Standard 1", f"title: {'x' * 201}", "standards[1].title", "at most 200 characters"),
        ("year: 2026", "year: &y 2026", "edition.year", "Remove &y"),
        ("year: 2026", "year: !!int 2026", "edition.year", "Remove !!int"),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what_to_do(written: str, instead: str, path: str, says: str):
    text = tiny()
    assert written in text
    text = text.replace(written, instead, 1)
    faults = faults_of(text)
    assert any(says in fault.sentence and fault.path == path for fault in faults), faults
    if instead:
        assert line_of(tiny(), written) in {fault.line for fault in faults}


@pytest.mark.parametrize(
    ("extra", "path", "says"),
    [
        ("themes: [ownershp]", "themes[#1]", "Unknown theme 'ownershp'. Did you mean 'ownership'?"),
        ("themes: [ownership, ownership]", "themes", "written twice in this list"),
        ("descriptors: {grean: Fine.}", "descriptors.grean", "Unknown level 'grean': a descriptor belongs"),
        ("only_if: kind == 'shool'", "only_if", "did you mean 'school'?"),
        ("lineage: {change: unchanged}", "lineage", "name the edition it goes back to as predecessor"),
        ("must: maybe", "must", "Write true or false here"),
        ("weight: 0", "weight", "Write a number that is more than 0"),
        ("evidence: Minutes", "evidence", "Write a list here"),
        ("descriptors: Fine.", "descriptors", "Write keys with their values"),
        ("scale: rga", "scale", "Unknown scale 'rga'. Did you mean 'rag'?"),
        ('guidance: "tab\\there"', "guidance", "Remove the character U+0009"),
    ],
)
def test_a_fault_in_a_criterion_says_what_to_do(extra: str, path: str, says: str):
    text = tiny(extra={"1.2": extra})
    fault = the_fault_of(text)
    assert fault.path == f"standards[1].criteria[1.2].{path}"
    assert says in fault.sentence
    assert fault.line == line_of(text, extra)


@pytest.mark.parametrize(
    ("step", "after", "says"),
    [
        ("chair", "haed", "Unknown step 'haed'. Did you mean 'head'?"),
        ("lead", "head", "the lead always signs first"),
        ("chair", "chair", "'chair' would wait for itself"),
    ],
)
def test_a_signature_waits_for_one_that_can_be_given(step: str, after: str, says: str):
    text = tiny(steps=("lead", "head", "chair"))
    fault = the_fault_of(text.replace(f"step: {step},", f"step: {step}, after: {after},"))
    assert fault.path == f"sign_off[{step}].after" and says in fault.sentence


def test_two_signatures_that_wait_for_each_other_are_both_named():
    text = tiny(steps=("lead", "head", "chair")).replace("step: head,", "step: head, after: chair,")
    faults = faults_of(text.replace("step: chair,", "step: chair, after: head,"))
    assert [fault.path for fault in faults] == ["sign_off[head].after", "sign_off[chair].after"]


@pytest.mark.parametrize(
    ("lineage", "says"),
    [
        ("{change: renamed}", "Unknown change 'renamed'"),
        ("{change: new}", "Add a reason: why is this criterion new?"),
        ("{change: split, reason: Two ideas.}", "Add from: the key it was split from"),
        ("{change: merged, reason: One idea.}", "Add from: the keys it was merged from"),
        ("{change: unchanged, from: [old]}", "Leave 'from' out"),
    ],
)
def test_lineage_tells_the_whole_story(lineage: str, says: str):
    text = tiny(predecessor="TINY-2025", extra={"1.1": f"lineage: {lineage}"})
    assert says in the_fault_of(text).sentence


def test_after_a_predecessor_every_criterion_says_what_became_of_it():
    text = tiny(predecessor="TINY-2025").replace("    lineage: {change: unchanged}\n", "", 1)
    assert "Say what became of it since TINY-2025" in the_fault_of(text).sentence


def test_an_edition_does_not_follow_itself():
    assert "Name the edition before" in the_fault_of(tiny(predecessor="TINY-2026")).sentence


def test_a_retired_criterion_is_not_asked_any_more():
    text = tiny(predecessor="TINY-2025", retired="criterion-1-1")
    assert "is still asked further down" in the_fault_of(text).sentence


def test_a_scale_has_at_least_two_levels():
    lines = [line for line in tiny().split("\n") if "code: amber" not in line and "code: red" not in line]
    assert the_fault_of("\n".join(lines)).sentence == "Write at least two levels here."


def test_a_key_written_twice_is_noticed_on_its_second_line():
    text = tiny().replace("declaration:", "declaration: First.\ndeclaration:", 1)
    fault = the_fault_of(text)
    assert "'declaration' is written twice" in fault.sentence
    assert fault.line == line_of(text, "declaration: This is")


def test_an_alias_is_refused_and_nothing_else_is_said_about_it():
    text = tiny(texts={"1.1": "&words Once.", "1.2": "*words"})
    assert [fault.sentence[:14] for fault in faults_of(text)] == ["Remove &words:", "Write the text"]


def test_every_fault_is_named_at_once_in_the_order_of_the_lines():
    text = tiny(extra={"1.1": "themes: [nonsense]", "1.2": "descriptors: {blue: Best.}"})
    text = text.replace("order: 2", "order: 3").replace("framework:", "frameworks:")
    faults = faults_of(text)
    assert [fault.path for fault in faults] == [
        "framework",
        "frameworks",
        "scale.levels[amber].order",
        "standards[1].criteria[1.1].themes[#1]",
        "standards[1].criteria[1.2].descriptors.blue",
    ]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_fault_reads_file_line_path_and_sentence():
    with pytest.raises(Faults) as refusal:
        read(tiny(extra={"1.1": "themes: [ownershp]"}), "tiny.yaml")
    (line,) = refusal.value.lines()
    assert line.startswith("tiny.yaml:")
    assert line.endswith(
        ": standards[1].criteria[1.1].themes[#1]: Unknown theme 'ownershp'. Did you mean 'ownership'?"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ("# only a comment", "Begin the file with the line: format: 1"),
        ("- a\n- list", "Begin the file with the line: format: 1"),
        ("just words", "Begin the file with the line: format: 1"),
        ("title: Leadership: who leads", "Put the text in double quotes"),
        ('title: "open', "Close the quotes"),
        ("a: [1, 2", "Close the bracket"),
        ("a: @b", "begins with a character YAML reserves"),
        ("a: 1\n\tb: 2", "Use spaces in place of the tab."),
        ("a: b\x00", "Remove the character U+0000"),
        ("a: " + "[" * 5000, "nothing in a questionnaire is nested so deep"),
        ("a: " + "{b: " * 5000, "nothing in a questionnaire is nested so deep"),
        ("x" * (LARGEST + 1), "Make the file smaller than 2 MB"),
        (tiny() + "---\na: 1\n", "a file holds one questionnaire"),
        ("? [a, b]\n: c", "Begin the line with a plain key"),
        ("a: " + "9" * 5000, "Add"),
    ],
)
def test_what_is_no_questionnaire_gets_a_sentence(text: str, says: str):
    assert any(says in fault.sentence for fault in faults_of(text))


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(list("ab:-[]{}&*!?|>'\"\n ,#%@0.1~<")), max_size=40).map("".join)
)
def test_any_text_is_read_or_refused_with_faults(text: str):
    with pytest.raises(Faults):
        read(text)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_line_of_a_questionnaire_may_be_lost_or_changed_without_a_crash(data: st.DataObject):
    lines = tiny(extra={"1.1": "themes: [ownership]\ndescriptors: {green: Fine.}"}).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = data.draw(
        st.sampled_from([[], ["x"], ["- x"], [lines[at] + " {"], ["  " + lines[at]], [lines[at]] * 2])
    )
    faults = faults_or_none("\n".join(lines))
    assert all(fault.sentence[0].isupper() and 1 <= fault.line <= len(lines) for fault in faults)


# What comes back as it went in


def test_a_written_questionnaire_looks_written_by_hand():
    text = tiny(
        extra={
            "1.1": "guidance: " + "many words " * 20 + '\nsource: "Act: section 1"\nweight: 0.5\n'
            "themes: [ownership]\ndescriptors: {green: Fine.}\nevidence: [Minutes]\nmust: true"
        }
    )
    written = write(read(text))
    assert written.startswith(text[: text.index("standards:")].replace("sign_off:\n", "sign_off:\n"))
    assert written[written.index("  - number") :] == (
        '  - number: "1.1"\n'
        "    key: criterion-1-1\n"
        "    text: Criterion 1.1 is met.\n"
        "    guidance: >-\n"
        "      " + " ".join(["many words"] * 9) + " many\n"
        "      " + " ".join(["words many"] * 9) + " words\n"
        "      many words\n"
        "    evidence:\n"
        "    - Minutes\n"
        "    descriptors:\n"
        "      green: Fine.\n"
        "    themes: [ownership]\n"
        '    source: "Act: section 1"\n'
        "    must: true\n"
        "    weight: 0.5\n"
        '  - number: "1.2"\n'
        "    key: criterion-1-2\n"
        "    text: Criterion 1.2 is met.\n"
    )


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=150
) | st.lists(
    st.sampled_from(
        [
            "yes",
            "null",
            "1.10",
            "2026-01-01",
            "a: b",
            "# c",
            "- d",
            "'",
            '"',
            "\\",
            " ",
            "  ",
            "\n",
            "\n\n",
            "~",
            "é",
            "word",
        ]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(words=WORDS, value=st.floats(-1e6, 1e6), weight=st.floats(1e-9, 1000, exclude_min=True))
def test_whatever_is_written_reads_back_equal_and_writes_the_same_again(
    words: str, value: float, weight: float
):
    file, words = read(tiny()), words.strip() or "word"  # as every text is once it was read
    criterion = file.criteria[0].model_copy(
        update={
            "text": words,
            "guidance": words,
            "evidence": [words],
            "descriptors": {"red": words},
            "weight": weight,
        }
    )
    level = file.scale.levels[0].model_copy(update={"value": value, "meaning": words})
    made = file.model_copy(
        update={
            "introduction": words,
            "scale": file.scale.model_copy(update={"levels": [level, *file.scale.levels[1:]]}),
            "standards": [file.standards[0].model_copy(update={"criteria": [criterion, *file.criteria[1:]]})],
        }
    )
    text = write(made)
    if faults := faults_or_none(text):
        assert all("cannot be printed" in fault.sentence for fault in faults), faults
        return
    again = read(text)
    assert again.criteria[0].text == words
    assert again.scale.levels[0].value == value
    assert again.criteria[0].weight == weight
    assert read(write(again)) == again
    assert write(read(write(again))) == write(again)


def test_any_other_reader_of_yaml_understands_what_is_written():
    plain = yaml.safe_load(write(read(tiny(extra={"1.1": 'practice_standards: ["6.1"]\nevidence: ["Yes"]'}))))
    criterion = plain["standards"][0]["criteria"][0]
    assert criterion["number"] == "1.1"
    assert criterion["practice_standards"] == ["6.1"]
    assert criterion["evidence"] == ["Yes"]


def test_a_second_scale_serves_the_criteria_that_name_it():
    text = tiny(extra={"1.2": 'scale: yesno\ndescriptors: {"yes": Seen.}'}).replace(
        "not_applicable:",
        "other_scales:\n- code: yesno\n  levels:\n"
        '  - {code: "yes", label: "Yes", letter: "Y", order: 2, colour: green, meaning: Seen.}\n'
        '  - {code: "no", label: "No", letter: "N", order: 1, colour: red, meaning: Not seen.}\n'
        "not_applicable:",
    )
    file = read(text)
    assert file.criteria[1].scale == "yesno"
    assert read(write(file)) == file


def test_every_part_of_the_file_is_listed_with_its_keys():
    for place, part in PARTS.items():
        owner = QuestionnaireFile if not place else PARTS[place[:-1]]
        assert not place or place[-1] in known_keys(owner), place
        assert known_keys(part)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_questionnaires_we_ship_read_and_come_back(path: Path):
    file = read(path.read_text(encoding="utf-8"), path.name)
    assert read(write(file)) == file
    assert write(read(write(file))) == write(file)


def test_the_example_in_the_handbook_is_a_questionnaire():
    handbook = (Path(__file__).parents[2] / "seeds" / "questionnaires" / "README.md").read_text(
        encoding="utf-8"
    )
    example = handbook.split("```yaml\n")[1].split("```")[0]
    assert read(example).criteria[0].key == "named-lead"


def test_the_handbook_names_every_key():
    handbook = (Path(__file__).parents[2] / "seeds" / "questionnaires" / "README.md").read_text(
        encoding="utf-8"
    )
    for place, part in PARTS.items():
        for key in known_keys(part):
            assert f"`{key}`" in handbook or f"{key}:" in handbook, (place, key)
