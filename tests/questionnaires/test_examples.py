"""The examples: each loads, comes back to the same bytes, and has the shape of what was published."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations.rules import Kind, OrganisationFacts
from s11.questionnaires import operations, queries
from s11.questionnaires.conditions import Said
from s11.questionnaires.format import QuestionnaireFile, read

FOLDER = Path(__file__).parents[2] / "seeds" / "questionnaires" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.yaml"))
REAL = Path(os.environ.get("S11_REAL") or Path(__file__).parents[2] / "../shared/real") / "templates"


def example(name: str) -> QuestionnaireFile:
    return read((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name)


def published(name: str) -> str:
    source = REAL / f"{name}.txt"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    return source.read_text(encoding="utf-8")


def test_there_are_examples_and_the_table_names_each():
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) >= 12
    assert {path.name for path in EXAMPLES} == set(re.findall(r"\]\(([a-z0-9-]+\.yaml)\)", told))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_loaded_and_exported_to_the_same_bytes(app: Flask, path: Path):
    command = app.test_cli_runner().invoke
    text = path.read_bytes()
    code = read(text.decode()).edition.code
    assert "no faults" in command(args=["questionnaires", "check", str(path)]).output
    assert "Loaded" in command(args=["questionnaires", "load", str(path)]).output
    assert command(args=["questionnaires", "export", code]).stdout_bytes == text
    assert "already loaded and unchanged" in command(args=["questionnaires", "load", str(path)]).output


def test_all_examples_can_be_loaded_beside_one_another(app: Flask):
    loaded = app.test_cli_runner().invoke(args=["questionnaires", "load", *map(str, EXAMPLES)])
    assert loaded.exit_code == 0 and loaded.output.count("Loaded") == len(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_clone_of_an_example_asks_the_same(app: Flask, path: Path):
    with app.app_context(), unit_of_work():
        file = read(path.read_text(encoding="utf-8"))
        draft = operations.clone(
            operations.load(file).edition, code="NEXT", year=2027, title="Next year", by=None
        )
        again = read(operations.export(draft))
    assert [(c.number, c.text, c.variants, c.fields) for c in again.criteria] == [
        (c.number, c.text, c.variants, c.fields) for c in file.criteria
    ]
    assert (again.fields, again.each_criterion, again.scale) == (file.fields, file.each_criterion, file.scale)


def test_between_them_the_examples_use_every_key_of_the_format():
    told = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    wanted = (
        "approver", "other_scales", "steps", "needs", "counts", "fields", "each_standard", "each_criterion",
        "columns", "options", "hint", "required", "only_if", "sign_off", "group", "evidence", "descriptors",
        "themes", "practice_standards", "resources", "references", "recommendations", "must", "weight",
        "rated", "variants", "question", "introduction", "not_applicable",
    )  # fmt: skip
    assert [key for key in wanted if not re.search(rf"\b{key}:", told)] == []


# What becomes of them when they are asked


def asked(app: Flask, name: str, kind: Kind, said: Said = Said(), phase: str = "") -> list[str]:  # noqa: B008
    facts = OrganisationFacts(kind, phase, kind != Kind.VOLUNTARY, False, "")
    with app.app_context(), unit_of_work():
        edition = queries.content(operations.load(example(name)).edition)
        return [c.number for standard in edition.for_organisation(facts, said) for c in standard.criteria]


def test_a_small_body_sees_the_short_form(app: Flask):
    staffed = Said(fields={"staff": 200, "volunteers": True})
    voluntary = asked(app, "partners-and-small-bodies", Kind.VOLUNTARY, staffed)
    police = asked(app, "partners-and-small-bodies", Kind.POLICE, staffed)
    school = asked(app, "partners-and-small-bodies", Kind.SCHOOL, staffed)
    assert voluntary == ["1.1", "2.1", "5.1", "5.2", "6.1", "7.1", "8.1", "9.1"]
    assert "4.1" in police and "6.2" not in police and "9.1" not in police
    assert "6.2" in school and "4.1" not in school
    few = asked(app, "partners-and-small-bodies", Kind.POLICE, Said(fields={"staff": 4, "volunteers": False}))
    assert not {"1.2", "3.1", "5.2"} & set(few)


def test_the_optional_part_opens_with_a_yes(app: Flask):
    for answer, numbers in ((True, {"2.1", "2.2"}), (False, set()), (None, set())):
        said = Said(fields={"answers-part-2": answer})
        found = asked(app, "mandatory-and-optional", Kind.SCHOOL, said, "secondary")
        assert {number for number in found if number.startswith("2.")} == numbers
    said = Said(ratings={"governors-trained": "part"})
    assert "1.3" in asked(app, "mandatory-and-optional", Kind.SCHOOL, said)


def test_a_low_figure_opens_a_question(app: Flask):
    assert "2.2" in asked(app, "percent-weighted", Kind.POLICE, Said(ratings={"child-seen": "25"}))
    assert "2.2" not in asked(app, "percent-weighted", Kind.POLICE, Said(ratings={"child-seen": "30"}))


# Their shape, held against what was published


@pytest.mark.real
def test_eight_standards_are_those_in_use():
    listed = published("standards-in-use").split("OTHER COUNTS")[0]
    named = re.findall(r"^ (\d) (.+)$", listed, re.MULTILINE)
    ours = [(standard.number, standard.title) for standard in example("eight-standards").standards]
    assert ours == [
        (number, title.replace("agency's responsibilities", "agency's responsibility"))
        for number, title in named
    ]


@pytest.mark.real
def test_the_first_of_the_eight_has_the_six_criteria_of_the_matrix():
    told = published("eight-standards-board-matrix-s11")
    file = example("eight-standards")
    first = re.findall(r"^  (1\.\d) ", told, re.MULTILINE)
    assert [criterion.number for criterion in file.standards[0].criteria] == first
    assert len(first) == 6 and file.standards[1].criteria[0].number == "2.1"
    words = {level.label for level in file.scale.levels}
    assert words == {"Green", "Amber", "Red"} and "grey" in file.not_applicable.meaning.lower()
    assert all(standard.question for standard in file.standards)


@pytest.mark.real
def test_the_regional_template_keeps_its_numbers_references_and_header():
    told = published("greater-manchester-s11")
    file = example("zero-to-three")
    numbers = re.findall(r"^  (1\.\d)  ", told, re.MULTILINE)
    assert [criterion.number for criterion in file.standards[0].criteria] == numbers
    assert file.standards[0].title == re.search(r"KEY STANDARD 1: (.+)", told)[1]  # type: ignore[index]
    references = [
        re.findall(r"[\d.]+", line) for line in re.findall(r"health ref: (.+)$", told, re.MULTILINE)
    ]
    ours = [
        [reference.removeprefix("Health audit ") for reference in criterion.references]
        for criterion in file.standards[0].criteria[:4]
    ]
    assert ours == references
    header = told.split("(all must be completed)")[1].split("NOTE:")[0]
    assert len(file.fields) == len(re.findall(r"[^|\n]*\w[^|\n]*", header)) == 8
    assert all(field.required for field in file.fields)
    assert [level.code for level in file.scale.levels] == ["3", "2", "1", "0"]
    assert all(len(criterion.descriptors) == 4 for criterion in file.criteria)
    bullets = told.split("including 5 dash-bullets")[1].split("+ two trailing")[0].count("- ")
    third = file.standards[0].criteria[2].text
    assert third.count("\n- ") == bullets == 5
    assert third.rsplit("\n\n", 1)[1].count(".") == 2, "two sentences follow the list"
    assert "\n\n" in file.standards[0].criteria[1].text


@pytest.mark.real
def test_the_parts_and_items_of_the_school_audit_keep_their_numbers():
    told = published("bristol-s175")
    file = example("schools-parts")
    seen = re.findall(r"^ (\d[ab]?\.\d) ", told, re.MULTILINE)
    ours = [criterion.number for criterion in file.criteria]
    assert set(seen) <= set(ours)
    assert [standard.number for standard in file.standards] == ["0", "1", "2a", "2b", "3", "4", "5"]
    by_number = {criterion.number: criterion for criterion in file.criteria}
    assert all(set(by_number[number].descriptors) == {"red", "amber", "green"} for number in seen)
    assert not by_number["2b.1"].resources and "](https://" in by_number["2a.1"].resources[0]
    assert by_number["2a.1"].group == by_number["2a.2"].group != ""
    assert {"phase == 'pru'", "kind in ('early_years', 'childminder')"} == {
        variant.only_if for variant in by_number["2a.1"].variants
    }


@pytest.mark.real
def test_the_eleven_focus_areas_and_the_rest_of_the_variants_are_there():
    told = published("schools-s175-variants")
    assert "11 focus areas + overall" in told
    focus = example("four-levels-as-inspected").standards[0].criteria
    assert len(focus) == 12 and focus[-1].group == "Overall"
    assert "Does not meet minimum requirements / Developing / Embedded" in told
    continuum = [level.label for level in example("continuum-signatures").scale.levels]
    assert continuum == ["Embedded", "Developing", "Does not meet minimum requirements"]
    assert "3 feedback questions" in told
    assert len(example("partners-and-small-bodies").standards[-1].criteria[0].fields) == 3


@pytest.mark.real
def test_the_arrangements_are_those_of_the_list():
    told = published("standards-in-use")
    listed = re.split(r";\s*", told.split("Redbridge 2025)\n")[1].strip())
    ours = [standard.title.lower() for standard in example("ten-arrangements").standards]
    assert len(listed) == len(ours) == 10
    first = [re.split(r"[ ,/-]", name.strip())[0] for name in listed]
    assert [re.split(r"[ ,/-]", name)[0] for name in ours] == first


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    ["bristol-s175", "eight-standards-board-matrix-s11", "greater-manchester-s11", "schools-s175-variants"],
)
def test_no_sentence_is_copied(name: str):
    """Eight words in a row that stand in the published text as well would be one."""
    theirs = _rows(published(name))
    for path in EXAMPLES:
        file = read(path.read_text(encoding="utf-8"))
        prose = [file.introduction, file.declaration, *(level.meaning for level in file.scale.levels)]
        for criterion in file.criteria:
            prose += [
                criterion.text,
                criterion.guidance,
                *criterion.evidence,
                *criterion.descriptors.values(),
            ]
        for sentence in prose:
            assert not _rows(sentence) & theirs, (path.name, sentence)


def _rows(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
