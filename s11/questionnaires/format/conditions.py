"""Conditions that look at earlier answers: what they name must be there, and nothing may wait for itself."""

from collections.abc import Iterator
from typing import Any

from s11.questionnaires.conditions import NOT_APPLICABLE, UNRATED, BadCondition, Reference, compile_condition
from s11.questionnaires.format.fields import every_field
from s11.questionnaires.format.places import Complaint, Place, items, plain
from s11.questionnaires.format.shape import nearest


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
            elif target := world.target(reference):
                waits.setdefault(name, []).append(target)
                at.setdefault(name, place)
    for circle in _circles(waits):
        names = " waits for ".join(world.said(name) for name in (*circle, circle[0]))
        yield (
            (*at[circle[0]], "only_if"),
            f"Break this circle, in which nothing could ever be asked: {names}.",
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
            for _, criterion in items(standard, "criteria"):
                yield self.name_of(criterion), place, standard.get("only_if")
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
        codes = self.codes_of(criterion)
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
        options = self.fields[reference.name][1].get("options")
        for value in reference.values:
            if isinstance(options, list) and options and value not in options:
                known = tuple(str(option) for option in options)
                return f"{reference.name!r} has no option {value!r}. {nearest(str(value), known)}"
        return ""

    def codes_of(self, criterion: dict[str, Any]) -> tuple[str, ...]:
        """The levels a criterion can be rated at; nothing where its scale is one of steps, or not known."""
        named, main = plain(criterion.get("scale")), self.data.get("scale")
        scales = [main] if isinstance(main, dict) else []
        scales += [scale for _, scale in items(self.data, "other_scales")]
        wanted = [scale for scale in scales if not named or plain(scale.get("code")) == named][:1]
        return tuple(
            plain(level.get("code"))
            for scale in wanted
            if not scale.get("steps")
            for _, level in items(scale, "levels")
        )

    def target(self, reference: Reference) -> str:
        if reference.kind == "rating":
            return self.by_name[reference.name][0]
        place, _ = self.fields[reference.name]
        return f"field {reference.name}" if place else ""

    def said(self, name: str) -> str:
        kind, _, rest = name.partition(" ")
        found = self.by_name.get(rest)
        return plain(found[1].get("number")) or rest if kind == "criterion" and found else rest


def _nearest(name: str, known: tuple[str, ...]) -> str:
    said = nearest(name, known)
    if len(known) > 40 and not said.startswith("Did you"):
        said = "Use the number or the key of one that is asked."
    return f"{name[:80]!r}. {said}" if known else f"{name[:80]!r}: there are none."


def _circles(waits: dict[str, list[str]]) -> Iterator[list[str]]:
    """Every circle once, each from where it was first met."""
    done: set[str] = set()
    for start in waits:
        path: list[str] = []
        yield from _walk(start, waits, path, done)


def _walk(name: str, waits: dict[str, list[str]], path: list[str], done: set[str]) -> Iterator[list[str]]:
    """Depth first without recursion: a file may hold a chain of hundreds."""
    stack = [(name, iter(waits.get(name, ())))]
    if name in done:
        return
    path.append(name)
    while stack:
        here, following = stack[-1]
        then = next(following, None)
        if then is None:
            stack.pop()
            path.pop()
            done.add(here)
        elif then in path:
            yield path[path.index(then) :]
        elif then not in done:
            path.append(then)
            stack.append((then, iter(waits.get(then, ()))))
