"""What is wrong with a workbook: in which cell, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from s11.questionnaires.format.faults import Fault, Faults, Place
from s11.questionnaires.format.reading import SENTENCES
from s11.questionnaires.format.tree import Tree
from s11.questionnaires.workbook.layout import TITLES, cell_name

EMPTY = "Write something here: it is empty."
NEEDED_ROWS = {
    "sign_off": "Write at least one row here: who signs?",
    "scale": "Write at least one scale here.",
    "levels": "Write at least two levels of this scale on the sheet Levels.",
    "standards": "Write at least one standard here.",
    "criteria": "Write at least one criterion of this standard on the sheet Criteria.",
}
WHOLE, NUMBER = "Write a whole number here, for example 3.", "Write a number here, for example 3 or 0.5."
SAID = {
    "string_type": "Write text here.",
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "finite_number": NUMBER,
    "bool_type": "Write yes or no here.",
}
# The checks of the format speak of its keys and signs; a workbook has columns and cells.
IN_A_FILE = (
    (", as in lineage: {change: unchanged}.", ": write unchanged, reworded, new, split or merged."),
    (", in square brackets.", ", each on a line of its own."),
    ("Add from: the", "Write under Made from the"),
    ("Leave 'from' out: it", "Leave Made from empty: it"),
    ("Leave the lineage out, or name", "Leave Change and its reason empty, or name"),
    ("or leave 'retired' out.", "or empty this sheet."),
    ("or leave the key out.", "or leave this empty."),
    ("Add columns: what", "Write its columns on the sheet Table columns: what"),
    ("Leave the columns out, or write kind: table.", "Take its rows out of Table columns, or choose table."),
    ("Leave the options out, or write kind: choice.", "Leave the options empty, or choose the kind choice."),
    ("a field under each_criterion.", "a field asked beside every criterion."),
    ("Ask it once, under fields.", "Ask it once."),
    ("'to'", "To"),
    ("'from'", "From"),
    ("'by'", "By"),
)  # fmt: skip


@dataclass(frozen=True, order=True)
class At:
    """A cell, or a whole sheet with row -1; rows and columns count from 0."""

    sheet: int
    row: int = -1
    column: int = 0
    to: str = ""  # the last cell of a range
    name: str = ""  # of a sheet that is none of ours

    def __str__(self) -> str:
        title = self.name or TITLES[self.sheet]
        if self.row < 0:
            return title
        said = cell_name(self.row, self.column)
        return f"{title}!{said}:{self.to}" if self.to else f"{title}!{said}"


class WorkbookFaults(Faults):
    """Everything that is wrong with a workbook, sheet by sheet and row by row.

    The `path` of a fault is its cell; its `line` only says which comes first.
    """

    def __init__(self, name: str, found: Iterable[tuple[At, str]]) -> None:
        ordered = sorted(set(found))
        super().__init__(
            name, [Fault(line, str(at), sentence) for line, (at, sentence) in enumerate(ordered, start=1)]
        )

    def lines(self) -> list[str]:
        return [f"{self.name}: {fault.path}: {fault.sentence}" for fault in self.faults]


def sentence_of(error: ErrorDetails, place: Place) -> str:
    """What to do about a value that its part does not take."""
    kind, key = error["type"], str(place[-1]) if place else ""
    if kind in ("missing", "too_short"):
        return NEEDED_ROWS.get(key, EMPTY)
    if kind in SAID:
        return SAID[kind]
    if kind in SENTENCES:
        return in_cells(SENTENCES[kind](error, place, Tree()))
    return f"Change this: {error['msg'][:1].lower()}{error['msg'][1:]}."


def in_cells(sentence: str) -> str:
    """A sentence of the format's checks, in the words of a workbook."""
    for written, instead in IN_A_FILE:
        sentence = sentence.replace(written, instead)
    return sentence
