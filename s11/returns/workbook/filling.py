"""Cells to be filled in: what stands in them, what can be chosen, and what their drop-downs offer."""

from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from s11.questionnaires.fields import NUMBER_AT_MOST, is_empty
from s11.questionnaires.rules import FieldContent
from s11.returns.rules import COMMENTARY_LONGEST, REASON_LONGEST
from s11.returns.workbook.cells import entry_words, plain
from s11.returns.workbook.layout import COME_BACK, LISTS, SHOWN_AT_MOST
from s11.returns.workbook.looks import PROTECTION, Looks

INLINE_AT_MOST = 255  # characters of a list that stands in the cell's own rule
FIRST_DAY = date(1900, 1, 1)
YES_NO = ("Yes", "No")
LONGEST = {"not_applicable_reason": REASON_LONGEST, "commentary": COMMENTARY_LONGEST,
           "strengths": COMMENTARY_LONGEST, "shortfalls": COMMENTARY_LONGEST}  # fmt: skip
PICK = "Choose one from the list, or leave the cell empty."
HOW = {
    "number": "A number.",
    "date": "A date, for example 31 March 2027.",
    "yes_no": "Choose Yes or No.",
    "choice": "Choose one from the list.",
    "file": "Add the file on screen.",
    "table": "Fill in this table on screen.",
}


def how_to_answer(field: FieldContent) -> str:
    """What somebody reads beside a question."""
    how = HOW.get(field.kind, "")
    if field.kind == "choices":
        how = "Any of these, each on a line of its own: " + "; ".join(field.options)
    return " ".join(part for part in (field.hint, how, "Needed." if field.required else "") if part)


class Lists:
    """Lists too long for a cell's own rule stand on a sheet that everybody can see."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...], name: str) -> Any:
        """What a drop-down takes its choices from."""
        joined = ",".join(choices)
        if len(joined) <= INLINE_AT_MOST and not any("," in one or '"' in one for one in choices):
            return list(choices)
        self.columns.setdefault(choices, name)
        column = xl_col_to_name(list(self.columns).index(choices))
        return f"={LISTS}!${column}$2:${column}${len(choices) + 1}"

    def write(self, book: xlsxwriter.Workbook, looks: Looks) -> None:
        if not self.columns:
            return
        sheet = book.add_worksheet(LISTS)
        for at, (choices, name) in enumerate(self.columns.items()):
            sheet.set_column(at, at, 44)
            sheet.write_string(0, at, f"Choices for: {name}"[:250], looks["heading"])
            for row, choice in enumerate(choices, start=1):
                sheet.write_string(row, at, choice, looks.text("locked", choice))
        sheet.protect("", PROTECTION)


def offer(sheet: Worksheet, row: int, column: int, source: Any, title: str, hint: str = "") -> None:
    """A drop-down."""
    rule = {"validate": "list", "source": source, "error_message": PICK}
    sheet.data_validation(row, column, row, column, {**rule, **titled(title), **hinted(title, hint)})


def titled(title: str) -> dict[str, str]:
    return {"error_title": title[:32]}


def hinted(title: str, hint: str) -> dict[str, str]:
    """What is shown while the cell is chosen."""
    return {"input_title": title[:32], "input_message": hint[:255]} if hint else {}


def limit(sheet: Worksheet, row: int, column: int, part: str, title: str) -> None:
    """What a part of an answer may hold."""
    if part == "come_back":
        offer(sheet, row, column, [COME_BACK], title)
    elif part in LONGEST:
        rule = {
            "validate": "length",
            "criteria": "<=",
            "value": LONGEST[part],
            "error_message": f"Write at most {LONGEST[part]:,} characters here.",
        }
        sheet.data_validation(row, column, row, column, {**rule, **titled(title)})


def limit_field(
    sheet: Worksheet, row: int, column: int, field: FieldContent, lists: Lists, *, hint: str
) -> None:
    """What a field may hold."""
    title = field.label
    if field.kind in ("choice", "yes_no"):
        choices = YES_NO if field.kind == "yes_no" else field.options
        offer(sheet, row, column, lists.source(choices, title), title, hint)
        return
    rules: dict[str, dict[str, Any]] = {
        "date": {
            "validate": "date", "criteria": ">=", "value": FIRST_DAY,
            "error_message": "Write a date that exists, for example 31 March 2027.",
        },
        "number": {
            "validate": "decimal", "criteria": "between", "minimum": -NUMBER_AT_MOST,
            "maximum": NUMBER_AT_MOST, "error_message": "Write a number in figures, for example 12 or 12.5.",
        },
    }  # fmt: skip
    rule = rules.get(field.kind, {"validate": "any"})
    if field.kind in rules or hint:
        rule = {**rule, **(titled(title) if field.kind in rules else {}), **hinted(title, hint)}
        sheet.data_validation(row, column, row, column, rule)


def write_entry(
    sheet: Worksheet, row: int, column: int, field: FieldContent, value: Any, looks: Looks, *, may: bool
) -> str:
    """Write what a field holds, and give it as text."""
    kind = "filled" if may else "locked"
    if field.kind == "number" and not is_empty(value) and float(f"{value:.16G}") == value:
        sheet.write_number(row, column, value, looks[f"{kind} number"])
        return ""
    if field.kind == "date" and not is_empty(value) and date.fromisoformat(value) >= FIRST_DAY:
        sheet.write_datetime(row, column, date.fromisoformat(value), looks[f"{kind} date"])
        return ""
    words = entry_text(field, value)
    if words:
        sheet.write_string(row, column, words, looks.text(kind, words))
    else:
        empty = f"{kind} {field.kind}" if field.kind in ("number", "date") else kind
        sheet.write_blank(row, column, None, looks[empty])
    return words


def entry_text(field: FieldContent, value: Any) -> str:
    if is_empty(value):
        return ""
    if field.kind == "choices":
        return "\n".join(value)
    if field.kind in ("number", "date"):
        return str(value)
    return plain(entry_words(field, value))[:SHOWN_AT_MOST]
