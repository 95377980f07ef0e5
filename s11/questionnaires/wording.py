"""What a page says about a questionnaire in plain English: who is asked, what a level needs, a field holds.

kind in ('school', 'college') and rating('1.1') != 'green'
whoever is a school or a college and rated 1.1 other than Green
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from s11.questionnaires.conditions import NOT_APPLICABLE, UNRATED, compile_condition, parsed
from s11.questionnaires.needing import divided
from s11.questionnaires.rules import (
    FIELD_KINDS,
    NEEDS,
    FieldContent,
    LevelContent,
    ScaleContent,
)

KINDS = {
    "children_services": "a council's children's services",
    "public_health": "public health",
    "district_council": "a district council",
    "icb": "an integrated care board",
    "acute_trust": "an acute hospital trust",
    "community_trust": "a community and mental health trust",
    "police": "the police",
    "probation": "probation",
    "youth_justice": "youth justice",
    "fire": "fire and rescue",
    "housing": "a housing association",
    "leisure": "a leisure trust",
    "voluntary": "a voluntary or community body",
    "school": "a school",
    "college": "a college",
    "early_years": "a nursery or pre-school",
    "childminder": "a childminder",
    "trust": "a multi-academy trust",
    "other": "of another kind",
}
PHASES = {
    "nursery": "a nursery school",
    "primary": "a primary school",
    "secondary": "a secondary school",
    "all-through": "an all-through school",
    "special": "a special school",
    "pru": "a pupil referral unit",
    "post-16": "a post-16 setting",
    "": "of no phase",
}
NOUNS = {"kind": KINDS, "phase": PHASES}
# A fact that is true or false: what is so, and what is not.
YES_NO = {
    "bound_by_statute": ("is bound by statute", "is not bound by statute"),
    "residential": ("is residential", "is not residential"),
    "commissions_services": ("commissions services", "does not commission services"),
    "works_alone": ("works alone", "does not work alone"),
}
SIZES: dict[type[ast.cmpop], str] = {
    ast.Lt: "less than", ast.LtE: "at most", ast.Gt: "more than", ast.GtE: "at least",
}  # fmt: skip
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
}  # fmt: skip
NEGATIVE = (ast.NotEq, ast.NotIn)


def listed(words: Iterable[str], joint: str = "or") -> str:
    """red, amber or green."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last


class Labelled(Protocol):
    """A level or a field, of a stored edition or of a file."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


class Named(Protocol):
    """An edition whose criteria and fields a condition names: `rules.EditionContent`, or a file."""

    @property
    def by_number(self) -> Mapping[str, Any]: ...
    @property
    def by_key(self) -> Mapping[str, Any]: ...
    def all_fields(self) -> Iterable[Labelled]: ...


@dataclass(frozen=True)
class Wording:
    """The words for one edition: criteria by their number, fields by their label, levels by theirs."""

    edition: Named

    def asked_of(self, condition: str) -> str:
        """Who is asked, to stand after "Asked of"; nothing where everybody is."""
        if not condition.strip():
            return ""
        compile_condition(condition)  # raises BadCondition for what is none
        return f"whoever {self._clause(parsed(condition), so=True)}"

    def levels(self, scale: ScaleContent, *, short: bool = False) -> tuple[LevelContent, ...]:
        """The levels as they are explained: with what each needs, and a band for many steps.

        `short`: a band without the step at which it begins.
        """
        bands = {float(band["value"]): band for band in scale.steps.bands} if scale.steps else {}
        return tuple(self._level(level, bands.get(level.value or 0), short=short) for level in scale.printed)

    def steps(self, scale: ScaleContent) -> str:
        """Rated in steps of 5 from 0 to 100 %."""
        if scale.steps is None:
            return ""
        told = scale.steps
        return f"Rated in steps of {told.by:g} from {told.first:g} to {told.last:g} {told.unit}".strip() + "."

    def kind(self, field: FieldContent) -> str:
        """What a field holds: "A date, needed before signing"."""
        return FIELD_KINDS[field.kind] + (", needed before signing" if field.required else "")

    @cached_property
    def _fields(self) -> dict[str, Labelled]:
        return {field.code: field for field in self.edition.all_fields()}

    def _level(self, level: LevelContent, band: dict[str, Any] | None, *, short: bool) -> LevelContent:
        said = [level.meaning]
        if level.needs:
            said.append(f"It needs {listed((self._need(need) for need in level.needs), 'and')}.")
        if not level.counts:
            said.append("It is left out of every count.")
        label, letter = level.label, level.letter
        if band is not None:
            label, letter = band["label"] if short else f"{band['label']}, from {level.label}", band["letter"]
        return replace(level, label=label, letter=letter, meaning=" ".join(filter(None, said)))

    def _need(self, need: str) -> str:
        what, condition = divided(need)
        words = NEEDS[what] if what in NEEDS else f"“{self._fields[what].label}”"
        return f"{words}, of {self.asked_of(condition)}" if condition else words

    def _clause(self, node: ast.expr, *, so: bool) -> str:
        """A part of a condition, or the opposite of it where it is not `so`."""
        match node:
            case ast.UnaryOp(operand=operand):
                return self._clause(operand, so=not so)
            case ast.BoolOp(values=parts):
                return self._joined(parts, _joint(node, so=so), so=so)
            case ast.Name(id=name):
                return YES_NO[name][0 if so else 1]
            case ast.Call():
                return f"answered {'yes' if so else 'no'} to {self._field_name(_name(node))}"
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                kind = type(operator) if so else OPPOSITES[type(operator)]
                value = ast.literal_eval(right)
                values = tuple(value) if isinstance(value, tuple | list) else (value,)
                return self._compared(left, kind, values)
        return ast.unparse(node)  # nothing else is understood as a condition

    def _joined(self, parts: list[ast.expr], joint: str, *, so: bool) -> str:
        """The parts in a row; a row within a row of the other sort says where it begins."""
        said = []
        for part in parts:
            clause = self._clause(part, so=so)
            if _joint(part, so=so) not in ("", joint):
                clause = f"{'both' if joint == 'or' else 'either'} {clause}"
            said.append(clause)
        return f" {joint} ".join(said)

    def _compared(self, left: ast.expr, kind: type[ast.cmpop], values: tuple[Any, ...]) -> str:
        if isinstance(left, ast.Name):
            return _fact(left.id, values, so=kind not in NEGATIVE)
        assert isinstance(left, ast.Call) and isinstance(left.func, ast.Name)
        said = self._rating if left.func.id == "rating" else self._answer
        return said(_name(left), kind, values)

    def _rating(self, name: str, kind: type[ast.cmpop], values: tuple[Any, ...]) -> str:
        criterion = self.edition.by_number.get(name) or self.edition.by_key.get(name)
        number = criterion.number if criterion else name
        if values == (UNRATED,):
            return f"rated {number}" if kind in NEGATIVE else f"has not rated {number}"
        if kind in SIZES:
            unit = criterion.scale.steps.unit if criterion and criterion.scale.steps else ""
            return f"rated {number} {SIZES[kind]} {values[0]:g} {unit}".strip()
        labels = listed(_level_label(criterion, value) for value in values)
        return f"rated {number} {'other than ' if kind in NEGATIVE else ''}{labels}"

    def _answer(self, code: str, kind: type[ast.cmpop], values: tuple[Any, ...]) -> str:
        name = self._field_name(code)
        if values == (UNRATED,):
            return f"answered {name}" if kind in NEGATIVE else f"left {name} empty"
        if kind in SIZES:
            return f"answered {SIZES[kind]} {values[0]:g} to {name}"
        said = listed(_answer_label(value) for value in values)
        return f"answered {'other than ' if kind in NEGATIVE else ''}{said} to {name}"

    def _field_name(self, code: str) -> str:
        return f"“{self._fields[code].label}”" if code in self._fields else code


def _joint(node: ast.expr, *, so: bool) -> str:
    """The word between the parts of a row; nothing where there is no row."""
    if isinstance(node, ast.UnaryOp):
        return _joint(node.operand, so=not so)
    if not isinstance(node, ast.BoolOp):
        return ""
    return "or" if isinstance(node.op, ast.Or) is so else "and"


def _name(call: ast.expr) -> str:
    """The answer a call names: rating('1.1')."""
    assert isinstance(call, ast.Call)
    return str(ast.literal_eval(call.args[0]))


def _fact(name: str, values: tuple[Any, ...], *, so: bool) -> str:
    if name in YES_NO:
        return YES_NO[name][0 if (values[0] is True) is so else 1]
    if name in NOUNS:
        return f"is {'' if so else 'not '}{listed(NOUNS[name][value] for value in values)}"
    grades = listed(value or "nothing" for value in values)
    return f"was {'' if so else 'not '}graded {grades} by Ofsted"


def _level_label(criterion: Any, code: str) -> str:
    if code == NOT_APPLICABLE:
        return "not applicable"
    if code == UNRATED:
        return "nothing yet"
    levels: Iterable[Labelled] = criterion.scale.levels if criterion else ()
    return next((level.label for level in levels if level.code == code), code)


def _answer_label(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else f"“{value}”" if value else "nothing"
