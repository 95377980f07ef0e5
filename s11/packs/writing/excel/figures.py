"""The figure behind a printed text, with the format under which a workbook shows that very text.

"4 of 7" becomes the number 4, "33.3 %" a share, "31 March 2027" a day: they can be added up and sorted, and
read as they are printed everywhere else. A text that is not what its number says stays text.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from s11.packs.document import Cell, Of

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
PERCENT = re.compile(r"(\s?)%")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
WITH_FIGURES = (Of.NUMBER, Of.SHARE, Of.RATINGS)
# As many letters as a format may have, and safely fewer.
LONGEST = 120


@dataclass(frozen=True)
class Figure:
    """What stands in a cell, and how it is shown."""

    value: float | date
    shown: str


def figure(cell: Cell, of: Of) -> Figure | None:
    """The figure of a cell; None where there is none that shows as its text."""
    if len(cell.text) > LONGEST or "\n" in cell.text or '"' in cell.text or "\\" in cell.text:
        return None
    if of == Of.DATE:
        return _day(cell) if cell.date else None
    if cell.number is None or of not in WITH_FIGURES:
        return None
    for found in FIGURE.finditer(cell.text):
        whole, _, part = found[0].replace(",", "").partition(".")
        if float(f"{whole}.{part or 0}") != round(abs(cell.number), len(part)):
            continue
        before, after = cell.text[: found.start()], cell.text[found.end() :]
        minus = before[-1:] in ("-", "\N{MINUS SIGN}")
        if minus != (cell.number < 0 and round(cell.number, len(part)) != 0):
            continue
        digits = ("#,##0" if "," in found[0] else "0") + (f".{'0' * len(part)}" if part else "")
        return _shown(
            cell.number, before[:-1] if minus else before, digits, after, before[-1:] if minus else ""
        )
    return None


def _shown(number: float, before: str, digits: str, after: str, minus: str) -> Figure:
    percent = PERCENT.match(after)
    value = number
    if percent is not None:
        value, digits, after = number / 100, f"{digits}{percent[1]}%", after[percent.end() :]
    shown = f"{_literal(before)}{digits}{_literal(after)}"
    if minus:
        shown = f"{shown};{_literal(before)}{_literal(minus)}{digits}{_literal(after)}"
    return Figure(value, shown)


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _day(cell: Cell) -> Figure | None:
    try:
        on = datetime.fromisoformat(cell.date)
    except ValueError:
        return None
    month = MONTHS[on.month - 1]
    for words, shown in (
        (f"{on.day} {month} {on.year}", "d mmmm yyyy"),
        (f"{on.day} {month[:3]} {on.year}", "d mmm yyyy"),
        (f"{on:%d/%m/%Y}", "dd/mm/yyyy"),
        (f"{on:%Y-%m-%d}", "yyyy-mm-dd"),
    ):
        if words in cell.text:
            before, _, after = cell.text.partition(words)
            return Figure(
                on,
                f"{_literal(before)}[$-809]{shown}{_literal(after)}"
                if before or after
                else f"[$-809]{shown}",
            )
    return None
