"""What two people wrote in the same fields of a form, in the words of that form."""

from collections.abc import Mapping
from typing import Any

from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.typed import SOURCE_CHOICES
from s11.questionnaires.rules import COLOURS, FIELD_KINDS, NEEDS, THEMES

TICKED = {"y": "Yes"}
# What the form calls the cells of the parts that repeat, in its order; what it hides is not told.
CELLS: dict[str, dict[str, str]] = {
    "variants": {"only_if": "For whom", "text": "The text for them", "guidance": "Guidance for them"},
    "fields": {
        "label": "Question", "hint": "Hint", "kind": "Kind of answer", "code": "Short name",
        "options": "Options, or columns of a table", "required": "A return cannot be signed without it",
        "only_if": "Who is asked", "prefill": "Filled from the register with",
        "remove": "Take this field out",
    },
    "levels": {
        "label": "Label", "letter": "Letters for small spaces", "colour": "Colour",
        "value": "Value for scores", "meaning": "What it means",
        "needs": "An answer at this level needs", "counts": "It counts in figures",
        "remove": "Take this level out",
    },
    "steps": {"label": "Who", "step": "Short name", "after": "Only after"},
}  # fmt: skip
# What is called otherwise on the page than in the form that is sent.
CALLED: dict[str, Mapping[str, str]] = {
    "why_source": dict(SOURCE_CHOICES),
    "themes": THEMES,
    "kind": FIELD_KINDS,
    "colour": {colour: colour.replace("-", " ").capitalize() for colour in COLOURS},
    "required": TICKED,
    "counts": TICKED,
    "remove": TICKED,
}


def said(name: str, value: Any, file: QuestionnaireFile) -> str:
    """A value of a form as its page would show it."""
    called = {**CALLED, **_called_in(file)}
    if name in CELLS:
        return "\n\n".join(_row(row, CELLS[name], called) for row in value) or "(empty)"
    return _plain(value, called.get(name, {})) or "(empty)"


def _called_in(file: QuestionnaireFile) -> dict[str, Mapping[str, str]]:
    """What the edition itself gives a name to."""
    return {
        "scale": {code: scale.title or code for code, scale in file.scales.items()},
        "needs": {**NEEDS, **{field.code: field.label for field in file.each_criterion}},
    }


def _row(row: Mapping[str, Any], cells: Mapping[str, str], called: Mapping[str, Mapping[str, str]]) -> str:
    lines = ((label, _plain(row.get(name, ""), called.get(name, {}))) for name, label in cells.items())
    return "\n".join(f"{label}: {words}" for label, words in lines if words)


def _plain(value: Any, called: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "\n".join(called.get(one, one) for one in value)
    return called.get(value, value)
