"""The form of the edition's own words."""

from typing import Any

from s11.questionnaires.editing.keys import code_from
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import ChainStepPart, LabelsPart, NotApplicablePart
from s11.questionnaires.forms.typed import Values, clean, one_line

LABELS = ("standard", "standards", "criterion", "criteria")
WORDS = (
    "title",
    "introduction",
    "declaration",
    "approver",
    "na_meaning",
    *(f"label_{name}" for name in LABELS),
)
WORDS_LABELS = {
    "title": "Title", "introduction": "Introduction", "declaration": "Declaration",
    "approver": "Asked of whoever approves", "na_meaning": "What not applicable means",
    "label_standard": "One standard", "label_standards": "Several standards",
    "label_criterion": "One criterion", "label_criteria": "Several criteria", "na_allowed": "Not applicable",
    "steps": "Signatures",
}  # fmt: skip
STEP_NAMES = ("label", "step", "after")


def words_values(file: QuestionnaireFile) -> Values:
    """The edition's own words as their form shows them."""
    return {
        "title": file.edition.title,
        "introduction": file.introduction,
        "declaration": file.declaration,
        "approver": file.approver,
        "na_allowed": file.not_applicable.allowed,
        "na_meaning": file.not_applicable.meaning,
        **{f"label_{name}": getattr(file.labels, name) for name in LABELS},
        "steps": [{"label": step.label, "step": step.step, "after": step.after} for step in file.sign_off],
    }


def words_parts(values: Values) -> dict[str, Any]:
    """What was typed as parts of the edition."""
    steps: list[ChainStepPart] = []
    taken: set[str] = set()
    for row in values["steps"]:
        label, step = one_line(row["label"]), one_line(row["step"])
        if label or step:
            step = step or code_from(label, taken, otherwise="step")
            taken.add(step)
            after = one_line(row["after"])
            steps.append(ChainStepPart.model_construct(step=step, label=label, after=after))
    labels = {name: one_line(values[f"label_{name}"]) or name.capitalize() for name in LABELS}
    return {
        "title": one_line(values["title"]),
        "introduction": clean(values["introduction"]),
        "declaration": clean(values["declaration"]),
        "approver": one_line(values["approver"]),
        "labels": LabelsPart.model_construct(None, **labels),
        "not_applicable": NotApplicablePart.model_construct(
            allowed=bool(values["na_allowed"]), meaning=clean(values["na_meaning"])
        ),
        "sign_off": steps,
    }


def words_places(values: Values) -> dict[str, str]:
    """The field of the form for each part of the file."""
    steps = words_parts(values)["sign_off"]
    filled = [at for at, row in enumerate(values["steps"]) if one_line(row["label"]) or one_line(row["step"])]
    places = {
        f"sign_off[{one.step}].{name}": f"step-{at}-{name}"
        for at, one in zip(filled, steps, strict=True)
        for name in STEP_NAMES
    }
    return {
        **{name: name for name in ("introduction", "declaration", "approver")},
        **{f"labels.{name}": f"label_{name}" for name in LABELS},
        "edition.title": "title",
        "not_applicable.meaning": "na_meaning",
        "sign_off": "step-0-label",
        **places,
    }
