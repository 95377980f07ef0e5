"""Conditions that look at earlier answers: what they name must be there, and nothing may wait for itself."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from s11.questionnaires.conditions import (
    NOT_APPLICABLE,
    UNRATED,
    BadCondition,
    Reference,
    compile_condition,
    is_number,
)
from s11.questionnaires.format.fields import every_field
from s11.questionnaires.format.places import Complaint, Place, items, plain
from s11.questionnaires.format.shape import StepsPart, nearest
from s11.questionnaires.format.steps import step_faults, values
from s11.questionnaires.rules import FIELD_KINDS

# What a field of a kind can be compared with, and how that is written.
COMPARED: dict[str, tuple[Any, str]] = {
    "number": (int | float, "compare it with a number, as in field({name!r}) > 10."),
    "yes_no": (bool, "write field({name!r}) alone, or compare it with True or False."),
    "date": (str, "compare it with a day, as in field({name!r}) == '2026-09-01'."),
    "file": ((), "compare it with '' to ask whether there is one."),
    "table": ((), "compare it with '' to ask whether anything stands in it."),
    **{
        kind: (str, "compare it with text in quotes, as in field({name!r}) == '...'.")
        for kind in ("text", "long_text", "choice", "choices")
    },
}


def complaints(data: dict[str, Any]) -> Iterator[Complaint]:
    """References to what is not asked, to levels that are not there, and circles."""
    world = _World(data)
    waits: dict[str, list[str]] = {}
    at: dict[str, Place] = {}
    for name, place, text in world.conditions():
        for reference in _references(text):
            sentence = world.fault(reference)
            if sentence:
                yield (*place, "only_if"), sentence
            else:
                waits.setdefault(name, []).append(world.target(reference))
                at.setdefault(name, place)
    for name, outer in world.within():
        waits.setdefault(name, []).append(outer)
    for circle in _circles(waits):
        first = next(place for place, name in enumerate(circle) if name in at)
        circle = [*circle[first:], *circle[:first]]
        yield (
            (*at[circle[0]], "only_if"),
            f"Break this circle, in which nothing could ever be asked: {world.told(circle)}.",
        )


def _references(text: Any) -> tuple[Reference, ...]:
    if not isinstance(text, str):
        return ()
    try:
        return compile_condition(text).references
    except BadCondition:
        return ()  # said already, at its line


class _World:
    """What a file asks, by the names that conditions use."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.criteria = items(data, "standards", "criteria")
        self.standards = items(data, "standards")
        self.by_name: dict[str, tuple[str, dict[str, Any]]] = {}
        for key in ("number", "key"):
            for _, criterion in self.criteria:
                if plain(criterion.get(key)):
                    name = f"criterion {plain(criterion.get('key')) or plain(criterion.get('number'))}"
                    self.by_name.setdefault(plain(criterion[key]), (name, criterion))
        repeated = {place for where in ("each_standard", "each_criterion") for place, _ in items(data, where)}
        self.fields = {
            plain(field.get("code")): (place, field)
            for place, field in every_field(data)
            if place not in repeated
        }
        self.repeated = {plain(field.get("code")) for place, field in every_field(data) if place in repeated}

    def conditions(self) -> Iterator[tuple[str, Place, Any]]:
        """Every condition: what waits, where it stands, and its text."""
        for place, standard in self.standards:
            yield f"standard {plain(standard.get('number'))}", place, standard.get("only_if")
        for place, criterion in self.criteria:
            yield self.name_of(criterion), place, criterion.get("only_if")
            for inner, variant in items(criterion, "variants", place=place):
                # Which words are shown may depend on anything: it holds nothing up.
                yield f"variant {inner}", inner, variant.get("only_if")
        for code, (place, field) in self.fields.items():
            yield f"field {code}", place, field.get("only_if")
        for where in ("each_standard", "each_criterion"):
            for place, field in items(self.data, where):
                yield f"each {place}", place, field.get("only_if")

    def within(self) -> Iterator[tuple[str, str]]:
        """What is asked only where something around it is: a criterion, a field, and what it stands in."""
        for _, standard in self.standards:
            around = f"standard {plain(standard.get('number'))}"
            held = [(around, standard)]
            for _, criterion in items(standard, "criteria"):
                yield self.name_of(criterion), around
                held.append((self.name_of(criterion), criterion))
            for outer, holder in held:
                for _, field in items(holder, "fields"):
                    yield f"field {plain(field.get('code'))}", outer

    def name_of(self, criterion: dict[str, Any]) -> str:
        return f"criterion {plain(criterion.get('key')) or plain(criterion.get('number'))}"

    def fault(self, reference: Reference) -> str:
        """What is wrong with one reference, or nothing."""
        if reference.kind == "field":
            return self.fault_of_field(reference)
        if reference.name not in self.by_name:
            return f"No criterion has the number or key {_nearest(reference.name, tuple(self.by_name))}"
        _, criterion = self.by_name[reference.name]
        if criterion.get("rated") is False:
            return f"{reference.name} is not rated, so no condition can look at its rating."
        scale = self.scale_of(criterion)
        if any(is_number(value) for value in reference.values):
            if scale.get("steps"):
                return ""
            return (
                f"{reference.name} is not rated in steps, so no rating of it is more or less. Name the "
                f"levels, as in rating({reference.name!r}) in ('...', '...')."
            )
        codes = _codes(scale)
        for value in reference.values:
            if codes and value not in (*codes, NOT_APPLICABLE, UNRATED):
                return f"{reference.name} has no level {value!r}. {nearest(str(value), codes)}"
        return ""

    def fault_of_field(self, reference: Reference) -> str:
        if reference.name in self.repeated:
            return (
                f"{reference.name!r} is asked in many places, so a condition cannot tell which is meant. "
                "Ask it once, under fields."
            )
        if reference.name not in self.fields:
            return f"No field has the code {_nearest(reference.name, tuple(self.fields))}"
        _, field = self.fields[reference.name]
        kind, options = field.get("kind", "text"), field.get("options")
        wanted, words = COMPARED.get(kind, (object, "")) if isinstance(kind, str) else (object, "")
        if not reference.values:
            wrong = kind in FIELD_KINDS and kind != "yes_no"
        else:
            wrong = not all(isinstance(value, wanted) or value == UNRATED for value in reference.values)
            wrong = wrong or (kind == "number" and True in map(_is_bool, reference.values))
        if wrong:
            return f"{reference.name!r} is {FIELD_KINDS[kind].lower()}: {words.format(name=reference.name)}"
        for value in reference.values:
            if value != UNRATED and isinstance(options, list) and options and value not in options:
                known = tuple(str(option) for option in options)
                return f"{reference.name!r} has no option {value!r}. {nearest(str(value), known)}"
        return ""

    def scale_of(self, criterion: dict[str, Any]) -> dict[str, Any]:
        """The scale a criterion is rated on; empty where it is not known."""
        named, main = plain(criterion.get("scale")), self.data.get("scale")
        scales = [main] if isinstance(main, dict) else []
        scales += [scale for _, scale in items(self.data, "other_scales")]
        return next((scale for scale in scales if not named or plain(scale.get("code")) == named), {})

    def target(self, reference: Reference) -> str:
        return self.by_name[reference.name][0] if reference.kind == "rating" else f"field {reference.name}"

    def told(self, circle: list[str]) -> str:
        """A circle in words, by what is printed; the middle of a long one is left out."""
        names = [self.said(name) for name in (*circle, circle[0])]
        if len(names) > 8:
            names = [*names[:4], "…", *names[-3:]]
        return " waits for ".join(names)

    def said(self, name: str) -> str:
        kind, _, rest = name.partition(" ")
        if kind == "criterion":
            return plain(self.by_name[rest][1].get("number")) or rest if rest in self.by_name else rest
        return f"{kind} {rest}"


def _codes(scale: dict[str, Any]) -> tuple[str, ...]:
    """What a rating on a scale can be: its levels or steps; nothing where that is not known."""
    levels = [level for _, level in items(scale, "levels")]
    if not scale.get("steps"):
        return tuple(plain(level.get("code")) for level in levels)
    try:
        steps = StepsPart.model_validate(scale["steps"], by_name=False, by_alias=True)
    except ValidationError:
        return ()  # said already
    bands = [level.get("value") for level in levels]
    if not all(is_number(value) for value in bands) or any(step_faults(steps, bands)):
        return ()
    return tuple(f"{value:g}" for value in values(steps))


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    said = nearest(name, known)
    if len(known) > 40 and not said.startswith("Did you"):
        said = "Use the number or the key of one that is asked."
    return f"{name[:80]!r}. {said}" if known else f"{name[:80]!r}: there are none."


def _circles(waits: dict[str, list[str]]) -> Iterator[list[str]]:
    """Circles, each from where it was first met. What stands in one of them is not named again."""
    done: set[str] = set()
    named: set[str] = set()
    for start in waits:
        for circle in _walk(start, waits, done):
            if not named & set(circle):  # of a knot, one circle at a time
                yield circle
            named |= set(circle)


def _walk(start: str, waits: dict[str, list[str]], done: set[str]) -> Iterator[list[str]]:
    """Depth first without recursion: a file may hold a chain of thousands."""
    if start in done:
        return
    path = {start: iter(waits.get(start, ()))}  # what is being looked at, in the order it was met
    while path:
        here = next(reversed(path))
        then = next(path[here], None)
        if then is None:
            del path[here]
            done.add(here)
        elif then in path:
            names = list(path)
            yield names[names.index(then) :]
        elif then not in done:
            path[then] = iter(waits.get(then, ()))
