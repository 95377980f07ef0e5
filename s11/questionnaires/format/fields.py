"""What must be true of the fields of a file, and of the levels that ask for them."""

from collections.abc import Iterator
from typing import Any

from s11.questionnaires.conditions import BadCondition, compile_condition
from s11.questionnaires.format.places import Complaint, Item, Place, items, plain
from s11.questionnaires.format.shape import nearest
from s11.questionnaires.needing import divided
from s11.questionnaires.rules import NEEDS, PREFILLS

PLACES = (
    ("fields",),
    ("each_standard",),
    ("each_criterion",),
    ("standards", "fields"),
    ("standards", "criteria", "fields"),
)
WITH_OPTIONS = ("choice", "choices")
# What the register tells is a few words, or a number.
FILLED_FIRST = ("text", "long_text", "number", "choice")
NUMBERS = ("urn", "pupils")


def complaints(data: dict[str, Any]) -> Iterator[Complaint]:
    """What does not agree in the fields, and levels that need a field nobody asks for."""
    yield from _codes(data)
    for place, field in every_field(data):
        yield from _options(place, field)
        yield from _prefill(place, field)
        kind, columns = field.get("kind", "text"), items(field, "columns", place=place)
        if kind == "table" and not columns:
            yield place, "Add columns: what does each row of this table hold?"
        if kind != "table" and columns:
            yield (*place, "columns"), "Leave the columns out, or write kind: table."
        yield from _twice(columns)
        for inner, column in columns:
            yield from _options(inner, column)
    yield from _needs(data)


def every_field(data: dict[str, Any]) -> list[Item]:
    """The fields of a file wherever they stand."""
    return [found for where in PLACES for found in items(data, *where)]


def _options(place: Place, field: dict[str, Any]) -> Iterator[Complaint]:
    chosen = field.get("kind", "text") in WITH_OPTIONS
    options = field.get("options")
    if chosen and not (isinstance(options, list) and len(options) > 1):
        yield place, "Add at least two options to choose from."
    if not chosen and options:
        yield (*place, "options"), "Leave the options out, or write kind: choice."


def _prefill(place: Place, field: dict[str, Any]) -> Iterator[Complaint]:
    prefill, kind = field.get("prefill"), field.get("kind", "text")
    if not prefill:
        return
    if kind not in FILLED_FIRST:
        yield (*place, "prefill"), "Leave this out, or write kind: text. The register holds nothing else."
    if kind == "number" and prefill in PREFILLS and prefill not in NUMBERS:
        yield (*place, "prefill"), f"Write kind: text: {prefill} is no number."
    # Elsewhere a page saves itself while one types, and would save what nobody has checked.
    if place[0] != "fields":
        yield (
            (*place, "prefill"),
            "Leave this out: the register fills only what is asked of the whole return.",
        )


def _codes(data: dict[str, Any]) -> Iterator[Complaint]:
    yield from _twice(every_field(data))
    for place, field in every_field(data):
        if field.get("code") in (*NEEDS, "commentary"):
            yield (*place, "code"), f"Choose another code: {field['code']!r} means something already."


def _twice(found: list[Item]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, item in found:
        code = plain(item.get("code"))
        if code and code in seen:
            yield (*place, "code"), f"Change this code: {code!r} is used twice."
        seen.add(code)


def _needs(data: dict[str, Any]) -> Iterator[Complaint]:
    everywhere = {plain(field.get("code")) for _, field in items(data, "each_criterion")}
    known = (*NEEDS, *sorted(code for code in everywhere if code))
    scale = data.get("scale")
    scales: list[Item] = [(("scale",), scale)] if isinstance(scale, dict) else []
    for place, found in [*scales, *items(data, "other_scales")]:
        for inner, level in items(found, "levels", place=place):
            needs = level.get("needs")
            for at, need in enumerate(needs if isinstance(needs, list) else []):
                if not isinstance(need, str):
                    continue
                what, condition = divided(need)
                if condition:
                    yield from _about_condition((*inner, "needs", at), condition)
                if what not in known:
                    yield (
                        (*inner, "needs", at),
                        f"Unknown need {need[:80]!r}: write evidence, action, or the code of a field under "
                        f"each_criterion. {nearest(need, known)}",
                    )


def _about_condition(place: Place, condition: str) -> Iterator[Complaint]:
    """What is wrong with the words after "if": only what an organisation is decides what it owes."""
    try:
        if compile_condition(condition).references:
            yield place, "Ask what the organisation is, not what it answered: ofsted_grade == 'Good'."
    except BadCondition as error:
        yield place, f"After “if”, {error}."
