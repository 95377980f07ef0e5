"""The choices under "Who is asked": what a page offers, what was ticked, and the condition that follows.

The form carries the condition it showed and what the boxes stood for, so that it is known later whether
somebody ticked or wrote. What nobody touched stays as it was written.
"""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from werkzeug.datastructures import MultiDict

from s11.core.errors import Invalid
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS
from s11.questionnaires.conditions import NOT_APPLICABLE
from s11.questionnaires.editing.choosing import EVERYBODY, FACT_LABELS, Choice, chosen, written
from s11.questionnaires.editing.glance import headline
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart
from s11.questionnaires.format.steps import expanded
from s11.questionnaires.forms.typed import Values, one_line

MOST_LEVELS = 12  # of a scale with more steps, a condition says "less than" and is written
KINDS = [(str(kind), label) for kind, label in KIND_LABELS.items()]


@dataclass(frozen=True)
class Boxes:
    """The boxes as a page shows them. `was` is the condition shown with them, `stood_for` what they say.

    `apart`: the condition says what no box can.
    """

    choice: Choice
    was: str
    stood_for: str
    apart: bool = False


@dataclass(frozen=True)
class Offer:
    """What can be ticked: earlier criteria on the edition's own scale, by name, and its levels."""

    criteria: tuple[CriterionPart, ...]
    levels: tuple[tuple[str, str], ...]
    kinds = KINDS
    phases = list(PHASE_LABELS.items())
    facts = list(FACT_LABELS.items())

    def boxes(self, values: Values) -> Boxes:
        """The boxes for a condition, or as they were ticked where that was refused."""
        if "ticked" in values:
            ticked: Boxes = values["ticked"]
            return ticked
        was = one_line(values["only_if"])
        choice = chosen(was)
        if choice is None or not self._has(choice):
            return Boxes(EVERYBODY, was, "", apart=True)
        return Boxes(choice, was, written(choice))

    def earlier(self, named: str) -> list[tuple[str, str]]:
        """The earlier criteria to choose from, by number; the one that a condition `named`, as it did."""
        return [("", "Whatever was rated before it")] + [
            (
                named if named == one.key else one.number,
                shorten(f"{one.number} {headline(one.text)}", 100, placeholder="…"),
            )
            for one in self.criteria
        ]

    def _has(self, choice: Choice) -> bool:
        names = {"", *(name for one in self.criteria for name in (one.number, one.key))}
        return choice.after in names and choice.levels <= {code for code, _ in self.levels}


def offered(file: QuestionnaireFile, before: str = "") -> Offer:
    """What can be ticked for the criterion or standard with a key; without one, for what comes last."""
    earlier: list[CriterionPart] = []
    for standard in file.standards:
        if standard.key == before:
            break
        keys = [one.key for one in standard.criteria]
        if before in keys:
            earlier += standard.criteria[: keys.index(before)]
            break
        earlier += standard.criteria
    levels = sorted(expanded(file.scale), key=lambda level: -level.order)
    if len(levels) > MOST_LEVELS:
        return Offer((), ())
    return Offer(
        tuple(one for one in earlier if one.rated and one.scale in ("", file.scale.code)),
        (*((level.code, level.label) for level in levels), (NOT_APPLICABLE, "Not applicable")),
    )


def settle(values: Values, form: MultiDict[str, str]) -> Invalid | None:
    """Put the condition that was ticked or written among the values; or the refusal, with what was ticked."""
    if "who_was" not in form:
        return None  # the form had no boxes
    ticked = Boxes(_choice(form), form["who_was"], form.get("who_stood_for", ""))
    try:
        values["only_if"] = _settled(values["only_if"], ticked)
    except Invalid as refusal:
        values["ticked"] = ticked
        return refusal
    return None


def _settled(text: str, ticked: Boxes) -> str:
    choice = ticked.choice
    if choice.after and not choice.levels:
        raise Invalid("Tick the ratings after which it is asked.", field="who_levels")
    if choice.levels and not choice.after:
        raise Invalid("Choose which earlier rating is meant.", field="who_after")
    said = written(choice)
    if said == ticked.stood_for:
        return text
    if one_line(text) not in (one_line(ticked.was), said):
        raise Invalid(
            "Either tick who is asked or write it: both were changed, and they say different things. To keep "
            f"what is ticked, write here: {said or '(nothing)'}",
            field="only_if",
        )
    return said


def _choice(form: MultiDict[str, str]) -> Choice:
    many: dict[str, Any] = {
        name: frozenset(form.getlist(f"who_{name}")) for name in ("kinds", "phases", "facts", "levels")
    }
    return Choice(**many, after=one_line(form.get("who_after", "")))
