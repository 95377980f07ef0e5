"""Reading what was typed: text without stray blanks, lists one a line, rows that repeat."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from s11.core.errors import Invalid
from s11.questionnaires.editing import Why, digest
from s11.questionnaires.rules import SOURCES

Values = dict[str, Any]
SOURCE_CHOICES = [("", "Not said"), *SOURCES.items()]
WHY = ("reason", "why_source")
MOST_ROWS = 200


def clean(text: str) -> str:
    """Text with one kind of line end, no tabs, and no blanks at the ends of lines or around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def one_line(text: str) -> str:
    """Text on one line, whatever was pasted."""
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """The lines of a list, each once, without the marks people put before them."""
    found = (re.sub(r"^\s*[-*•]\s+", "", line).strip() for line in clean(text).split("\n"))
    return list(dict.fromkeys(line for line in found if line))


def typed(
    form: MultiDict[str, str], texts: Sequence[str], *, many: Sequence[str] = (), boxes: Sequence[str] = ()
) -> Values:
    """The fields of a form as they came: texts, lists of ticked choices, and single boxes."""
    return {
        **{name: form.get(name, "").replace("\r\n", "\n") for name in texts},
        **{name: form.getlist(name) for name in many},
        **{name: name in form for name in boxes},
    }


def rows(
    form: MultiDict[str, str],
    prefix: str,
    names: Sequence[str],
    *,
    telling: Sequence[str],
    many: Sequence[str] = (),
) -> list[Values]:
    """The rows of a part that repeats, in the order of the page: `prefix-3-label`.

    A row is one when something stands in a field of `telling`: the empty one at the end is none.
    """
    places = dict.fromkeys(
        int(found[1]) for name in form if (found := re.fullmatch(rf"{prefix}-(\d{{1,4}})-\w+", name))
    )
    told = [
        {
            **{name: form.get(f"{prefix}-{at}-{name}", "").replace("\r\n", "\n") for name in names},
            **{name: form.getlist(f"{prefix}-{at}-{name}") for name in many},
        }
        for at in list(places)[:MOST_ROWS]
    ]
    return [row for row in told if any(clean(str(row[name])) for name in telling)]


def moved(found: list[Values], go: str) -> list[Values] | None:
    """The rows after a press of "up:2" or "down:2" (places from 0), or None for another button."""
    pressed = re.fullmatch(r"(up|down):(\d{1,4})", go)
    if pressed is None:
        return None
    at = int(pressed[2])
    to = at - 1 if pressed[1] == "up" else at + 1
    if 0 <= at < len(found) and 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found


def number_of(text: str, field: str, *, empty: float | None = None) -> float | None:
    """A number as people type it, or what an empty field means."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return empty
    try:
        value = float(plain)
    except ValueError:
        raise Invalid("Write a number here, for example 3 or 0.5.", field=field) from None
    if value != value or value in (float("inf"), float("-inf")):
        raise Invalid("Write a number here, for example 3 or 0.5.", field=field)
    return value


def why(values: Mapping[str, Any]) -> Why:
    """The reason and source of a change."""
    return Why(clean(values.get("reason", "")), values.get("why_source", ""))


def field_at(path: str, names: Mapping[str, str]) -> str | None:
    """The field of a form for the place of a fault: the one named for the nearest part around it."""
    while path:
        if path in names:
            return names[path]
        shorter = re.sub(r"(\[[^\]]*\]|\.[^.\[\]]*|^[^.\[\]]*)$", "", path)
        path = shorter if shorter != path else ""
    return None


def _normal(value: Any) -> Any:
    """A value of a form as it is compared: without what typing and sending do to it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _normal(held) for name, held in value.items()}
    if isinstance(value, list):
        items = [_normal(item) for item in value]
        return [item for item in items if not isinstance(item, dict) or any(item.values())]
    return value


def marks_of(values: Values) -> str:
    """A mark for each value a form shows, by which it is known later who changed what."""
    return " ".join(f"{name}={digest(_normal(value))[:10]}" for name, value in values.items())


def merged(values: Values, now: Values, marks: str) -> tuple[Values, list[str]]:
    """What was typed, with what others changed meanwhile where this person changed nothing.

    `now` is what the form would show at this moment, `marks` what it showed when it was opened. The names
    are those that both changed, each in their own way.
    """
    was = dict(mark.split("=", 1) for mark in marks.split() if "=" in mark)
    together, both = dict(values), []
    for name, current in now.items():
        if name not in values or _normal(values[name]) == _normal(current):
            continue
        if name not in was or digest(_normal(current))[:10] == was[name]:
            continue
        if digest(_normal(values[name]))[:10] == was[name]:
            together[name] = current
        else:
            both.append(name)
    return together, both
