"""The kinds of field: how each is read from a form, and how it is said in words.

A value is kept as JSON: text as text, a number as a number, a date as "2027-03-31", yes and no as true and
false, several choices as a list, a table as a list of rows by column code, a file as the ref of its
revision. None is an empty field.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from s11.core.errors import Invalid
from s11.questionnaires.rules import ColumnContent, FieldContent
from s11.web.filters import day
from s11.web.forms import parse_day

LINE_LONGEST, TEXT_LONGEST, ROWS_AT_MOST = 300, 10_000, 50
NUMBER_AT_MOST = 1_000_000_000
YES_NO = {"yes": True, "no": False}
REAL_DAY = "Enter a date that exists, with day, month and year, for example 31 3 2027."

Asked = FieldContent | ColumnContent
Form = MultiDict[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind: from what was typed to a value (None: nothing), and from the value to words."""

    read: Callable[[str, Asked], Any]
    words: Callable[[Any], str]


def _line(typed: str, field: Asked) -> Any:
    return _text(typed, LINE_LONGEST)


def _long(typed: str, field: Asked) -> Any:
    return _text(typed, TEXT_LONGEST)


def _text(typed: str, most: int) -> str | None:
    if len(typed) > most:
        raise Invalid(f"Shorten this to {most:,} characters; it has {len(typed):,}.")
    return typed or None


def _number(typed: str, field: Asked) -> Any:
    plain = typed.replace(",", "").replace(" ", "")
    try:
        value = float(plain) if plain.isascii() else float("nan")
    except ValueError:
        value = float("nan")
    if not abs(value) <= NUMBER_AT_MOST or "_" in plain:
        raise Invalid("Enter a number in figures, for example 12 or 12.5.")
    return int(value) if value.is_integer() else value


def _date(typed: str, field: Asked) -> Any:
    found = parse_day(typed)
    if found is None:
        raise Invalid(REAL_DAY)
    return found.isoformat()


def _yes_no(typed: str, field: Asked) -> Any:
    if typed.lower() not in YES_NO:
        raise Invalid("Choose yes or no.")
    return YES_NO[typed.lower()]


def _choice(typed: str, field: Asked) -> Any:
    if typed not in field.options:
        raise Invalid("Choose one of the answers offered.")
    return typed


def _said_date(value: Any) -> str:
    return day(date.fromisoformat(value))


KINDS: dict[str, Kind] = {
    "text": Kind(_line, str),
    "long_text": Kind(_long, str),
    "number": Kind(_number, lambda value: f"{value:,}"),
    "date": Kind(_date, _said_date),
    "yes_no": Kind(_yes_no, lambda value: "Yes" if value else "No"),
    "choice": Kind(_choice, str),
}


@dataclass(frozen=True)
class Typed:
    """What was typed into a field: its value, or the sentence that says why it has none."""

    value: Any
    shown: Any  # as typed, to show again
    fault: str = ""


def read(form: Form, name: str, field: FieldContent) -> Typed:
    """A field as posted under `name`; its rows and choices under names that begin with it."""
    if field.kind == "choices":
        chosen = [option for option in field.options if option in form.getlist(name)]
        return Typed(chosen or None, chosen)
    if field.kind == "table":
        return _read_table(form, name, field)
    typed = _plain(form.get(name, ""))
    return _read(typed, field.kind, field)


def _read(typed: str, kind: str, field: Asked) -> Typed:
    if not typed:
        return Typed(None, "")
    try:
        return Typed(KINDS[kind].read(typed, field), typed)
    except Invalid as refusal:
        return Typed(None, typed, refusal.sentence)


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\0", "").strip()


def _read_table(form: Form, name: str, field: FieldContent) -> Typed:
    """The rows that hold something. A fault names its row and column."""
    values, shown, fault = [], [], ""
    for place in range(ROWS_AT_MOST):
        cells = {c.code: _plain(form.get(f"{name}-{place}-{c.code}", "")) for c in field.columns}
        if not any(cells.values()):
            continue
        read_cells = {c.code: _read(cells[c.code], c.kind, c) for c in field.columns}
        shown.append(cells)
        values.append({code: cell.value for code, cell in read_cells.items()})
        for column in field.columns:
            if read_cells[column.code].fault and not fault:
                fault = f"Row {len(shown)}, {column.label}: {read_cells[column.code].fault}"
    return Typed(None if fault else values or None, shown, fault)


def is_empty(value: Any) -> bool:
    """Whether a field holds nothing. No and 0 are something."""
    return value is None or value == "" or value == []


def stamp(version: int, value: Any) -> str:
    """What a page knows a value by: its version, and a short digest by which "not touched" is recognised."""
    packed = json.dumps(None if is_empty(value) else value, sort_keys=True, ensure_ascii=False)
    return f"{version}.{hashlib.sha256(packed.encode()).hexdigest()[:12]}"


def words(field: FieldContent, value: Any) -> str:
    """A value in words; a table row by row."""
    if is_empty(value):
        return ""
    if field.kind == "choices":
        return ", ".join(value)
    if field.kind == "table":
        return "\n".join("; ".join(cell for cell in row if cell) for row in rows(field, value))
    return KINDS[field.kind].words(value) if field.kind in KINDS else str(value)


def rows(field: FieldContent, value: Any) -> tuple[tuple[str, ...], ...]:
    """A table's rows in words, in the order of its columns."""
    return tuple(tuple(cell_words(column, row.get(column.code)) for column in field.columns) for row in value)


def cell_words(column: ColumnContent, value: Any) -> str:
    return "" if is_empty(value) else KINDS[column.kind].words(value)


def typed_again(field: FieldContent, value: Any) -> Any:
    """A kept value as it stands in its box."""
    if is_empty(value):
        return [] if field.kind in ("choices", "table") else ""
    if field.kind == "table":
        return [{c.code: _boxed(c.kind, row.get(c.code)) for c in field.columns} for row in value]
    return value if field.kind == "choices" else _boxed(field.kind, value)


def _boxed(kind: str, value: Any) -> str:
    if is_empty(value):
        return ""
    if kind == "yes_no":
        return "yes" if value else "no"
    if kind == "date":
        found = date.fromisoformat(value)
        return f"{found.day} {found.month} {found.year}"
    return str(value)
