"""Writing a questionnaire as a person would: short things on one line, long text folded.

A general YAML writer quotes, sorts and wraps by its own taste; these files are read and edited by
people, so the few shapes they need are written here. Whatever is written, `read` gives it back.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from s11.questionnaires.format.shape import LabelsPart, Part, QuestionnaireFile, StepsPart

WIDTH = 110
ON_ONE_LINE = frozenset(
    {"framework", "edition", "labels", "sign_off", "levels", "not_applicable", "retired", "lineage"}
    | {"themes", "practice_standards", "from", "steps", "needs", "options", "references", "recommendations"}
    | {"fields", "each_standard", "each_criterion", "columns", "scale_change"}
)
IN_FULL = (LabelsPart, StepsPart)  # read more easily with what goes without saying
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 '/()&+.;!?_-]*")
PLAIN_ALONE = re.compile(r"[A-Za-z][A-Za-z0-9 '/()&+.;!?_,-]*")  # a comma would end it within brackets
FOLD = re.compile(r"(?<=\S) (?=\S)")
ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}

_resolver = yaml.resolver.Resolver()


def write(file: QuestionnaireFile) -> str:
    """The file's text; reading it gives an equal file, and writing that the same text again."""
    return "".join(f"{line}\n" for key, value in _told(file).items() for line in _entry(key, value, 0))


def _told(part: Part) -> dict[str, Any]:
    """What a part says, in order, without what goes without saying."""
    told: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        goes_without_saying = not field.is_required() and not isinstance(part, IN_FULL)
        if goes_without_saying and not isinstance(value, IN_FULL) and value == field.get_default():
            continue
        if value is None:
            continue
        told[field.alias or name] = _plainly(value)
    return told


def _plainly(value: Any) -> Any:
    match value:
        case Part():
            return _told(value)
        case list():
            return [_plainly(item) for item in value]
    return value


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    """The lines of one key and its value."""
    start = f"{' ' * indent}{_scalar(key)}:"
    if isinstance(value, str):
        yield from _text(f"{start} ", value, indent + 2)
    elif not isinstance(value, dict | list):
        yield f"{start} {_scalar(value)}"
    elif key in ON_ONE_LINE and not _holds_parts(value) and _fits(line := f"{start} {_flow(value)}"):
        yield line
    elif isinstance(value, dict):
        yield start
        for below, held in value.items():
            yield from _entry(below, held, indent + 2)
    else:
        yield start
        for item in value:
            yield from _item(key, item, indent)


def _item(key: str, item: Any, indent: int) -> Iterator[str]:
    """The lines of one item of the list at `key`; its dash stands under the key."""
    dash = f"{' ' * indent}- "
    if isinstance(item, str):
        yield from _text(dash, item, indent + 2)
    elif key in ON_ONE_LINE and _fits(line := dash + _flow(item)):
        yield line
    else:
        lines = [line for below, held in item.items() for line in _entry(below, held, indent + 2)]
        yield dash + lines[0][indent + 2 :]
        yield from lines[1:]


def _holds_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _fits(line: str) -> bool:
    return len(line) <= WIDTH and "\n" not in line


def _flow(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_scalar(key)}: {_flow(held)}" for key, held in value.items()) + "}"
        case list():
            return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _text(start: str, value: str, indent: int) -> Iterator[str]:
    """Text where it fits on the line; else folded below, or line by line if it has lines of its own."""
    pad = " " * indent
    if "\n" in value:
        yield f"{start}|"
        yield from (f"{pad}{line}" if line else "" for line in value.split("\n"))
        return
    line = start + _scalar(value, PLAIN_ALONE)
    lines = [] if _fits(line) else _folded(value, WIDTH - indent)
    if len(lines) < 2:
        yield line
        return
    yield f"{start}>-"
    yield from (pad + line for line in lines)


def _folded(value: str, width: int) -> list[str]:
    """The text in lines; broken only at single spaces, because only those come back when it is read."""
    lines: list[str] = []
    for word in FOLD.split(value):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _scalar(value: Any, plain: re.Pattern[str] = PLAIN) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
    return value if _is_plain(value, plain) else _quoted(value)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    said = repr(value)
    # YAML 1.1 reads 1e-07 as text; with a point it is a number.
    return said if "e" not in said or "." in said else said.replace("e", ".0e")


def _is_plain(value: str, plain: re.Pattern[str]) -> bool:
    """Whether text can stand without quotes and be read as text by any reader of YAML."""
    if not plain.fullmatch(value) or value.lower() in ("y", "n"):
        return False
    return bool(_resolver.resolve(yaml.ScalarNode, value, (True, False)) == "tag:yaml.org,2002:str")


def _quoted(value: str) -> str:
    return '"' + "".join(ESCAPED.get(char, char) for char in value) + '"'
