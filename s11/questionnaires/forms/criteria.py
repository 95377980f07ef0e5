"""The form of a criterion, and of a standard."""

from typing import Any

from s11.core.errors import Invalid
from s11.questionnaires.editing.parts import scale_for
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, SignOffPart, StandardPart, VariantPart
from s11.questionnaires.forms.typed import WHY, Values, clean, lines, number_of, one_line
from s11.questionnaires.rules import SOURCES

TEXTS = ("text", "guidance", "source")
ON_ONE_LINE = ("number", "group", "only_if")
LISTS = ("evidence", "resources", "references", "recommendations")
VARIANT_NAMES = ("was", "only_if", "text", "guidance")
BLANK_VARIANT: Values = dict.fromkeys(VARIANT_NAMES, "")
BOXES = ("must", "rated", "not_applicable")
CRITERION_FIELDS = (*TEXTS, *ON_ONE_LINE, *LISTS, "practice_standards", "weight", "scale", *WHY)
CRITERION_LABELS = {
    "number": "Number", "text": "Text", "group": "Heading within the standard", "guidance": "Guidance",
    "evidence": "What would show it", "source": "The law or guidance behind it", "only_if": "Who is asked",
    "resources": "Where help is to be found", "references": "Where other tools ask the same",
    "recommendations": "Recommendations of reviews", "themes": "Themes", "weight": "Weight",
    "practice_standards": "Practice standards", "must": "A statutory must", "rated": "Is rated",
    "scale": "Scale", "not_applicable": "May be not applicable", "variants": "Other words for some",
    "reason": "Why is it changed?", "why_source": "What prompted it?",
}  # fmt: skip
STANDARD_TEXTS = ("question", "introduction", "good")
STANDARD_FIELDS = ("number", "title", *STANDARD_TEXTS, "only_if", "sign_off_label", "sign_off_step")
STANDARD_LABELS = {
    "number": "Number", "title": "Title", "question": "Question", "introduction": "Introduction",
    "good": "What good looks like", "only_if": "Who is asked", "sign_off_label": "Who signs it by itself",
    "sign_off_step": "Short name of that signature",
}  # fmt: skip


def criterion_values(criterion: CriterionPart, file: QuestionnaireFile) -> Values:
    """A criterion as its form shows it."""
    lineage = criterion.lineage
    return {
        **{name: getattr(criterion, name) for name in (*TEXTS, *ON_ONE_LINE, *BOXES, "themes")},
        "only_if": one_line(criterion.only_if),
        **{name: "\n".join(getattr(criterion, name)) for name in LISTS},
        "practice_standards": ", ".join(criterion.practice_standards),
        "weight": f"{criterion.weight:g}",
        "scale": criterion.scale or file.scale.code,
        "reason": lineage.reason if lineage else "",
        "why_source": lineage.source if lineage else "",
        "variants": [
            {"was": str(at), "only_if": one.only_if, "text": one.text, "guidance": one.guidance}
            for at, one in enumerate(criterion.variants)
        ],
        **{f"d-{code}": words for code, words in criterion.descriptors.items()},
    }


def in_order_of(before: list[str], ticked: list[str]) -> list[str]:
    """What is ticked, as it stood before: boxes have an order of their own, which is no change."""
    kept = [one for one in before if one in ticked]
    return kept + [one for one in ticked if one not in kept]


def criterion_parts(values: Values, criterion: CriterionPart, file: QuestionnaireFile) -> dict[str, Any]:
    """What was typed as parts of the criterion. Descriptors are those of the scale the form showed."""
    check_source(values)
    levels = scale_for(file, criterion).levels
    descriptors = {level.code: clean(values.get(f"d-{level.code}", "")) for level in levels}
    listed = values["practice_standards"].replace(";", ",").replace("\n", ",").split(",")
    scale = values["scale"].strip()
    if scale and scale not in file.scales:
        raise Invalid("Choose one of the scales.", field="scale")
    return {
        **{name: clean(values[name]) for name in TEXTS},
        **{name: one_line(values[name]) for name in ON_ONE_LINE},
        "only_if": condition_of(values, criterion),
        **{name: lines(values[name]) for name in LISTS},
        **{name: bool(values[name]) for name in BOXES},
        "themes": in_order_of(criterion.themes, values["themes"]),
        "practice_standards": list(dict.fromkeys(item.strip() for item in listed if item.strip())),
        "weight": number_of(values["weight"], "weight", empty=1),
        "scale": "" if scale == file.scale.code else scale,
        "descriptors": {code: words for code, words in descriptors.items() if words},
        "variants": [_variant(row, criterion) for row in values["variants"]],
    }


def condition_of(values: Values, before: CriterionPart | StandardPart | None) -> str:
    """Who is asked; as it was written `before`, line ends and all, where nobody changed it."""
    said = one_line(values["only_if"])
    return before.only_if if before and one_line(before.only_if) == said else said


def _variant(row: Values, criterion: CriterionPart) -> VariantPart:
    """Other words for some; what was written of each level in them stays as it was."""
    known = {str(at): one.descriptors for at, one in enumerate(criterion.variants)}
    return VariantPart.model_construct(
        only_if=one_line(row["only_if"]),
        text=clean(row["text"]),
        guidance=clean(row["guidance"]),
        descriptors=known.get(row["was"], {}),
    )


def standard_values(standard: StandardPart) -> Values:
    """A standard as its form shows it."""
    signed = standard.sign_off
    return {
        **{name: getattr(standard, name) for name in ("number", "title", *STANDARD_TEXTS)},
        "only_if": one_line(standard.only_if),
        "sign_off_label": signed.label if signed else "",
        "sign_off_step": signed.step if signed else "",
    }


def standard_parts(values: Values, before: StandardPart | None = None) -> dict[str, Any]:
    """What was typed as parts of the standard, which was another `before` unless it is new."""
    label, step = one_line(values["sign_off_label"]), one_line(values["sign_off_step"])
    signed = None
    if label or step:
        signed = SignOffPart.model_construct(step=step or "standard_lead", label=label)
    return {
        **{name: one_line(values[name]) for name in ("number", "title")},
        "only_if": condition_of(values, before),
        **{name: clean(values[name]) for name in STANDARD_TEXTS},
        "sign_off": signed,
    }


def check_source(values: Values) -> None:
    """Refuse a source of a change that no page offers."""
    if values.get("why_source", "") not in ("", *SOURCES):
        raise Invalid("Choose what prompted the change.", field="why_source")
