"""The register as a workbook to change and bring back: what goes out says the same when it comes in."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from s11.core.sheets import safe_cell
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS
from s11.questionnaires.workbook.strings import with_strings
from s11.register.files.columns import CONTACT_ROLES, PLAIN
from s11.register.files.known import Held
from s11.register.files.plan import said
from s11.register.files.words import GRADES

SHEET, HELP = "Organisations", "How to fill it in"
SPARE_ROWS = 300
BLUE, LINE = "#1D4F7A", "#C9D3DB"
WIDTHS = {"name": 38, "kind": 26, "parent": 30, "address": 36, "school_type": 26}
YES_NO = ["yes", "no"]
OFFERED: dict[str, list[str]] = {
    "kind": list(KIND_LABELS.values()),
    "phase": list(PHASE_LABELS.values()),
    "ofsted_grade": list(GRADES),
    "bound_by_statute": YES_NO,
    "residential": YES_NO,
    "commissions_services": YES_NO,
    "works_alone": YES_NO,
}
WORDS = (
    "Each row is one organisation. Change what is no longer right, add rows beneath, and bring the file "
    "back: you see what would change before anything does.",
    "An empty cell changes nothing. To close an organisation, write the day under “Closed on”.",
    "An organisation is found again by its URN or another number, and where it has none by its name. To give "
    "one another name, it needs a number.",
    "“Trust or parent” is the name of another organisation in this list.",
    "Columns may be moved or left out, all but “Name”. Keep the headings.",
)


def write_template(register: Iterable[Held]) -> bytes:
    """The open organisations of a register as a workbook."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    open_ones = [held for held in register if held.seated and not held.elsewhere and not held.closed_on]
    headings(book, sheet)
    for row, held in enumerate(open_ones, start=1):
        values = values_of(held)
        for at, column in enumerate(PLAIN):
            if values.get(column.key):
                sheet.write_string(row, at, str(safe_cell(values[column.key])))
    for at, column in enumerate(PLAIN):
        if column.key in OFFERED:
            offer(book, sheet, at, column.key, len(open_ones) + SPARE_ROWS)
    words(book)
    book.close()
    return with_strings(written.getvalue(), book.str_table.string_array)


def headings(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    look = book.add_format({"bold": True, "font_color": "white", "bg_color": BLUE, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(PLAIN):
        sheet.set_column(at, at, WIDTHS.get(column.key, 16), text)
        sheet.write_string(0, at, column.label, look)


def values_of(held: Held) -> dict[str, Any]:
    """A register entry as the cells of its row."""
    values: dict[str, Any] = {fact: said(fact, value) for fact, value in held.facts.items()}
    for flag in ("bound_by_statute", "residential", "commissions_services", "works_alone"):
        values[flag] = "yes" if held.facts.get(flag) else "no"
    values["address"] = ", ".join(str(held.facts.get("address") or "").splitlines())
    for role in CONTACT_ROLES:
        contact = next((one for one in held.contacts if one.role == role), None)
        if contact is not None:
            values |= {f"{role}_{part}": getattr(contact, part) for part in ("name", "email", "telephone")}
    return values


def offer(book: xlsxwriter.Workbook, sheet: Worksheet, at: int, key: str, last: int) -> None:
    """A list to choose from; a list too long for a cell's rule stands on a sheet of its own."""
    words = OFFERED[key]
    if len(",".join(words)) > 250:
        lists = book.get_worksheet_by_name("Lists") or book.add_worksheet("Lists")
        lists.hide()
        for row, word in enumerate(words):
            lists.write_string(row, 0, word)
        source: Any = f"=Lists!$A$1:$A${len(words)}"
    else:
        source = words
    sheet.data_validation(1, at, last, at, {"validate": "list", "source": source, "error_type": "warning"})


def words(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 0, 100)
    look = book.add_format({"text_wrap": True, "valign": "top"})
    for row, sentence in enumerate(WORDS):
        sheet.write_string(row, 0, sentence, look)
