"""Which column of a table is what, guessed from its heading and from what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from s11.questionnaires.pasting.marks import number_of, plain, split_number, tidy
from s11.questionnaires.pasting.scales import level_word
from s11.questionnaires.pasting.tables import Row

LEAVE_OUT = ""
ROLES = {
    "number": "Number",
    "text": "What is asked",
    "standard": "Standard or section",
    "group": "Sub-heading",
    "guidance": "Guidance",
    "evidence": "Evidence expected",
    "source": "Source: law or guidance",
    "resources": "Resources",
    "references": "Where others ask the same",
    "level": "What a rating looks like",
    "field": "Something to fill in beside it",
    LEAVE_OUT: "Leave out",
}
ONCE = ("number", "text", "standard", "group")
# The first that fits a heading is taken, so what is narrow stands before what is wide.
WORDS: tuple[tuple[str, str], ...] = (
    (LEAVE_OUT, r"\b(score|scores|rating|rated|rag|grade|judgement|moderated|compliance|status)\b"),
    ("references", r"\b(health audit|cross[- ]?ref\w*|links? to|mapping|mapped to|health ref\w*)\b"),
    ("field", r"\b(areas? for|improvements?|deadlines?|actions?|by when|by whom|owner)\b"),
    ("field", r"\b(timescales?|progress|dates?|comments?)\b"),
    ("resources", r"\b(resources?|further reading|useful links|links)\b"),
    ("evidence", r"\b(evidence|what would show|examples?)\b"),
    ("source", r"\b(source|legislation|law|statute|statutory basis)\b"),
    ("guidance", r"\b(guidance|notes?|help|prompts?|explanation|considerations?)\b"),
    ("group", r"\b(group|sub-?headings?|topic)\b"),
    ("number", r"^(number|no\.?|nr\.?|ref\.?|reference|item no\.?|#|code|id|criterion (no|number)\.?)$"),
    ("text", r"\b(criteri(on|a)|questions?|items?|statements?|requirements?|indicators?|text)\b"),
    ("standard", r"\b(standards?|section|area|theme|domain|part|category)\b"),
)  # fmt: skip
HEADING_WITHIN = 8


@dataclass(frozen=True)
class Guess:
    """What a table seems to be: the role of each column, and the row of the headings, from 0 (-1: none)."""

    roles: tuple[str, ...]
    heading: int


def guess(rows: Sequence[Row]) -> Guess:
    """The roles of a table's columns; people look it through and correct it."""
    heading = _heading(rows)
    titles = rows[heading] if heading >= 0 else ("",) * len(rows[0])
    body = [row for row in rows[heading + 1 :] if len({cell for cell in row if cell}) > 1]
    columns = [[row[at] for row in body if row[at]] for at in range(len(titles))]
    roles = [_by_heading(title, held) if title else None for title, held in zip(titles, columns, strict=True)]
    _by_content(roles, columns)
    return Guess(tuple(_each_once([role or LEAVE_OUT for role in roles])), heading)


def _heading(rows: Sequence[Row]) -> int:
    """The first row in which at least two cells are words that head columns."""
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        known = {cell for cell in row if cell and len(cell) < 80 and _known(cell)}
        if len(known) > 1 and not any(number_of(cell) for cell in row):
            return at
    return -1


def _known(title: str) -> bool:
    return bool(level_word(title)) or any(re.search(words, tidy(title).lower()) for _, words in WORDS)


def _by_heading(title: str, held: Sequence[str]) -> str | None:
    if level_word(title):
        return "level"
    said = " ".join(title.lower().split())
    role = next((role for role, words in WORDS if re.search(words, said)), None)
    if role == "standard" and held and _are_asked(held):
        return "text"
    if role == "number" and held and not _are_numbers(held):
        return None
    # A column to be filled in is empty: there is evidence beside every answer anyway.
    return LEAVE_OUT if role == "evidence" and not held else role


def _are_asked(held: Sequence[str]) -> bool:
    """Whether cells are statements rather than names of standards: each another, long or numbered."""
    numbered = sum(bool(split_number(cell)[0]) for cell in held)
    lengths = sorted(len(cell) for cell in held)
    return numbered * 2 >= len(held) or (len(set(held)) * 3 > len(held) * 2 and lengths[len(held) // 2] > 60)


def _are_numbers(held: Sequence[str]) -> bool:
    return sum(bool(number_of(cell)) for cell in held) * 2 > len(held)


def _by_content(roles: list[str | None], columns: Sequence[Sequence[str]]) -> None:
    """What no heading said: the column of numbers, and the one with the most words."""
    if "number" not in roles:
        numbers = [at for at, held in enumerate(columns) if held and roles[at] is None and _are_numbers(held)]
        if numbers:
            roles[numbers[0]] = "number"
    if "text" not in roles:
        free = [at for at, role in enumerate(roles) if role is None and columns[at]] or [
            at for at, role in enumerate(roles) if role == "standard"
        ]
        if free:
            roles[max(free, key=lambda at: sum(map(len, columns[at])))] = "text"


def _each_once(roles: list[str]) -> list[str]:
    """Of what there is only once, the first is it."""
    return [
        role if role not in ONCE or role not in roles[:at] else LEAVE_OUT for at, role in enumerate(roles)
    ]


def same(one: Row, other: Row) -> bool:
    """Whether two rows say the same: headings are repeated at the top of each page."""
    return [plain(cell) for cell in one] == [plain(cell) for cell in other]
