"""The parts of a questionnaire in words, so that two editions of them can be compared and printed."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from s11.questionnaires.changes.saying import Say
from s11.questionnaires.format.shape import (
    CriterionPart,
    FieldPart,
    LevelPart,
    QuestionnaireFile,
    ScalePart,
    SignOffPart,
    StandardPart,
    VariantPart,
)
from s11.questionnaires.needing import divided
from s11.questionnaires.rules import FIELD_KINDS, NEEDS, PREFILLS, THEMES
from s11.questionnaires.signing import chain_words

# What each part is called, and its words. A part that is empty on both sides is never shown.
Parts = dict[str, str]

# A line break inside a paragraph, where a file was only wrapped.
WRAPPED = re.compile(r"(?<!\n)\n(?!\s*\n|\s*[-*] |\s*\d+\. )")
# What goes without saying of a new criterion.
USUAL = {("Statutory", "No"), ("Weight", "1"), ("Rated", "Yes"), ("May be not applicable", "Yes")}


def listed(items: Iterable[str]) -> str:
    return "\n".join(items)


def prose(text: str) -> str:
    """Text whose lines are folded into paragraphs, as it is printed; lists keep theirs."""
    return WRAPPED.sub(" ", text)


def yes(value: bool) -> str:
    return "Yes" if value else "No"


def criterion_parts(criterion: CriterionPart, file: QuestionnaireFile, say: Say) -> Parts:
    """Everything asked and printed with a criterion; its words first."""
    scale = file.scales[criterion.scale or file.scale.code]
    return {
        "Words": prose(criterion.text),
        "Group": criterion.group,
        "Guidance": prose(criterion.guidance),
        "What would show it": listed(criterion.evidence),
        **{
            f"What “{level.label}” looks like": prose(criterion.descriptors.get(level.code, ""))
            for level in scale.levels
        },
        "Themes": listed(THEMES[theme] for theme in criterion.themes),
        "Practice standards": ", ".join(criterion.practice_standards),
        "Source": criterion.source,
        "Where to read more": listed(criterion.resources),
        "References": listed(criterion.references),
        "Recommendations tested": listed(criterion.recommendations),
        "Statutory": yes(criterion.must),
        "Weight": f"{criterion.weight:g}",
        "Rated": yes(criterion.rated),
        "Scale": scale.title or scale.code,
        "Asked of": say(criterion.only_if),
        "May be not applicable": yes(criterion.not_applicable),
        "Other words for some": listed(variant_words(variant, scale, say) for variant in criterion.variants),
    }


def variant_words(variant: VariantPart, scale: ScalePart, say: Say) -> str:
    labels = {level.code: level.label for level in scale.levels}
    said = [f"For {say(variant.only_if)}:", variant.text, variant.guidance]
    said += [f"{labels.get(code, code)}: {words}" for code, words in variant.descriptors.items()]
    return listed(filter(None, said))


def conditions_of(criterion: CriterionPart) -> set[str]:
    """Every condition written at a criterion."""
    return {criterion.only_if, *(variant.only_if for variant in criterion.variants)}


def standard_parts(standard: StandardPart, say: Say) -> Parts:
    return {
        "Title": standard.title,
        "Question": prose(standard.question),
        "Introduction": prose(standard.introduction),
        "What good looks like": prose(standard.good),
        "Asked of": say(standard.only_if),
        "Signed by itself": step_words(standard.sign_off) if standard.sign_off else "",
    }


def step_words(step: SignOffPart) -> str:
    return step.label


def field_parts(field: FieldPart, say: Say) -> Parts:
    return {
        "Label": field.label,
        "Hint": field.hint,
        "Kind": FIELD_KINDS[field.kind],
        "Has to be filled": yes(field.required),
        "Options": listed(field.options),
        "Columns": listed(column_words(field)),
        "Asked of": say(field.only_if),
        "Filled first with": PREFILLS.get(field.prefill, ""),
    }


def column_words(field: FieldPart) -> Iterator[str]:
    """The columns of a table: "Outcome (one of several: kept, moved)"."""
    for column in field.columns:
        options = f": {', '.join(column.options)}" if column.options else ""
        yield f"{column.label} ({FIELD_KINDS[column.kind].lower()}{options})"


def field_sentence(field: FieldPart, say: Say) -> str:
    """A field in one sentence, under its name: "A date; has to be filled."; its hint follows."""
    said = [FIELD_KINDS[field.kind]]
    if field.required:
        said.append("has to be filled")
    if field.options:
        said.append(f"to choose from: {', '.join(field.options)}")
    if field.columns:
        said.append(f"its columns: {', '.join(column_words(field))}")
    if field.prefill:
        said.append(f"filled from the register with {PREFILLS[field.prefill]}")
    if field.only_if:
        said.append(f"asked of {say(field.only_if)}")
    hint = f" {field.hint}" if field.hint else ""
    return f"{'; '.join(said)}.{hint}"


def level_parts(level: LevelPart) -> Parts:
    return {
        "Label": level.label,
        "Letter": level.letter,
        "Meaning": prose(level.meaning),
        "Value": "" if level.value is None else f"{level.value:g}",
        "Colour": level.colour,
        "Counts": yes(level.counts),
        "Has to have": listed(need_words(need) for need in level.needs),
    }


def need_words(need: str) -> str:
    """a piece of evidence, if ofsted_grade == 'Inadequate'"""
    what, condition = divided(need)
    words = NEEDS.get(what, f"the field “{what}”")
    return f"{words}, if {condition}" if condition else words


def scale_parts(scale: ScalePart, shared: Collection[str] = ()) -> Parts:
    """A scale as a whole: its title, its steps, and the order of its levels, best first.

    `shared`: the codes to look at, so that a level that was added puts nothing out of order.
    """
    steps = scale.steps
    best_first = sorted(scale.levels, key=lambda level: level.order, reverse=True)
    return {
        "Title": scale.title,
        "Steps": f"{steps.from_:g} to {steps.to:g} {steps.unit} by {steps.by:g}" if steps else "",
        "Order, best first": ", ".join(
            level.code for level in best_first if level.code in shared or not shared
        ),
    }


HEADER: dict[str, Callable[[QuestionnaireFile], Any]] = {
    "Introduction": lambda file: prose(file.introduction),
    "Declaration": lambda file: prose(file.declaration),
    "Signed by": lambda file: chain_words(file.sign_off),
    "Who approves a return": lambda file: file.approver,
    "Not applicable": lambda file: yes(file.not_applicable.allowed),
    "What not applicable means": lambda file: prose(file.not_applicable.meaning),
    "Name of the framework": lambda file: file.framework.title,
    "Duty": lambda file: file.framework.duty,
    "Word for a standard": lambda file: file.labels.standard,
    "Word for standards": lambda file: file.labels.standards,
    "Word for a criterion": lambda file: file.labels.criterion,
    "Word for criteria": lambda file: file.labels.criteria,
}


def header_parts(file: QuestionnaireFile) -> Parts:
    """What is said of the whole edition. Its title and year change with every edition and are left out."""
    return {name: part(file) for name, part in HEADER.items()}
