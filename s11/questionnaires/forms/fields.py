"""The form of fields: what is asked beside the ratings, a row for each."""

import re

from s11.questionnaires.editing.keys import code_from
from s11.questionnaires.editing.words import all_fields
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import ColumnPart, FieldPart
from s11.questionnaires.forms.typed import Values, clean, lines, one_line
from s11.questionnaires.rules import COLUMN_KINDS

FIELD_NAMES = ("was", "code", "label", "hint", "kind", "required", "options", "only_if", "prefill", "remove")
COLUMN = re.compile(r"^(.*?)\s*\|\s*(\w+)\s*(?::\s*(.*))?$")
BLANK_FIELD: Values = {name: "" for name in FIELD_NAMES} | {"kind": "text"}


def field_rows(fields: list[FieldPart]) -> list[Values]:
    """Fields as the rows of their form."""
    return [
        {
            "was": one.code,
            "code": one.code,
            "label": one.label,
            "hint": one.hint,
            "kind": one.kind,
            "required": "y" if one.required else "",
            "options": "\n".join(_column_line(column) for column in one.columns) or "\n".join(one.options),
            "only_if": one.only_if,
            "prefill": one.prefill,
            "remove": "",
        }
        for one in fields
    ]


def named(rows: list[Values], file: QuestionnaireFile) -> list[tuple[int, Values, str]]:
    """The rows that stay, with their place on the page and their code; one without a question is left out."""
    taken = {one.code for one in all_fields(file)}
    found = []
    for at, row in enumerate(rows):
        if row["remove"] or not (one_line(row["label"]) or row["was"]):
            continue
        code = one_line(row["code"]) or row["was"] or code_from(row["label"], taken)
        taken.add(code)
        found.append((at, row, code))
    return found


def field_parts(rows: list[Values], before: list[FieldPart], file: QuestionnaireFile) -> list[FieldPart]:
    """What was typed as fields."""
    known = {one.code: one for one in before}
    return [_field(row, code, known.get(row["was"])) for _, row, code in named(rows, file)]


def _field(row: Values, code: str, before: FieldPart | None) -> FieldPart:
    table = row["kind"] == "table"
    return FieldPart.model_construct(
        code=code,
        label=one_line(row["label"]),
        hint=clean(row["hint"]),
        kind=row["kind"] or "text",
        required=bool(row["required"]),
        options=[] if table else lines(row["options"]),
        columns=_columns(row["options"], before.columns if before else []) if table else [],
        only_if=one_line(row["only_if"]),
        prefill=one_line(row["prefill"]),
    )


def field_places(rows: list[Values], file: QuestionnaireFile, prefix: str) -> dict[str, str]:
    """The field of the form for each part of these fields; `prefix` is where they stand in the file."""
    places: dict[str, str] = {}
    for at, _, code in named(rows, file):
        places |= {f"{prefix}[{code}].{name}": f"field-{at}-{name}" for name in FIELD_NAMES}
        places |= {
            f"{prefix}[{code}].columns": f"field-{at}-options",
            f"{prefix}[{code}]": f"field-{at}-label",
        }
    return places


def _column_line(column: ColumnPart) -> str:
    """A column in a line: "Age | number", "Outcome | choice: kept; moved"."""
    if column.kind == "text":
        return column.label
    options = f": {'; '.join(column.options)}" if column.options else ""
    return f"{column.label} | {column.kind}{options}"


def _columns(text: str, before: list[ColumnPart]) -> list[ColumnPart]:
    codes = {column.label: column.code for column in before}
    taken = set(codes.values())
    found = []
    for line in lines(text):
        told = COLUMN.match(line)
        label, kind, options = line, "text", ""
        if told and told[2] in COLUMN_KINDS:
            label, kind, options = told[1], told[2], told[3] or ""
        code = codes.get(label) or code_from(label, taken, otherwise="column")
        taken.add(code)
        choices = [one_line(item) for item in options.split(";") if item.strip()]
        found.append(ColumnPart.model_construct(code=code, label=label, kind=kind, options=choices))
    return found
