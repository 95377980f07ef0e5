"""What a cell of a return's workbook holds, as a part of an answer. What cannot be read raises Invalid."""

import re
from typing import Any

from s11.core.errors import Invalid
from s11.core.tables import Cell, Dated
from s11.questionnaires.fields import KINDS, is_empty, words
from s11.questionnaires.rules import CriterionContent, FieldContent, LevelContent
from s11.questionnaires.workbook.layout import said
from s11.questionnaires.workbook.sheets import DATED, YES_NO, text_of
from s11.returns.merging import Rating, Said
from s11.returns.rules import COMMENTARY_LONGEST, REASON_LONGEST
from s11.returns.workbook.layout import COME_BACK, NOT_APPLICABLE, rating_choices

# No workbook can hold these, and nobody sees them.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = {"not_applicable_reason": REASON_LONGEST}
LISTED_AT_MOST = 8
NAMES_OF_NONE = {"notapplicable", "n/a", "na"}


def plain(text: str) -> str:
    """Text as a workbook holds it and gives it back."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()


def shown(cell: Cell) -> str:
    """A cell as a sentence quotes it."""
    text = text_of(cell).strip()
    return f"{text[:40]}…" if len(text) > 40 else text


def unlike(cell: Cell, choices: tuple[str, ...]) -> Invalid:
    if len(choices) > LISTED_AT_MOST:
        return Invalid(f"“{shown(cell)}” is not in the list of this cell. Choose one from it.")
    return Invalid(f"“{shown(cell)}” is not one of {', '.join(choices)}.")


def squeezed(text: str) -> str:
    return said(text).replace(" ", "")


def part_of(criterion: CriterionContent, part: str, cell: Cell) -> Any:
    """One part of an answer."""
    if part == "rating":
        return rating(criterion, cell)
    return come_back(cell) if part == "come_back" else text(part, cell)


def rating(criterion: CriterionContent, cell: Cell) -> Rating:
    """A level by its label or its letter."""
    if not text_of(cell).strip():
        return Rating()
    if isinstance(cell, Dated):
        raise Invalid(DATED)
    wanted = spellings(cell)
    if criterion.not_applicable_allowed and wanted & NAMES_OF_NONE:
        return Rating(not_applicable=True)
    levels = criterion.scale.levels
    found = [level for level in levels if squeezed(level.label) in wanted]
    found = found or [level for level in levels if squeezed(level.letter) in wanted]
    if len(found) != 1:
        raise unlike(cell, rating_choices(criterion))
    return Rating(found[0].id)


def spellings(cell: Cell) -> set[str]:
    """How what stands in a cell may be written as a label: a spreadsheet keeps 75 % as 0.75."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return {text_of(cell), f"{cell:g}%", f"{round(cell * 100, 6):g}%"}
    return {squeezed(text_of(cell))}


def text(part: str, cell: Cell) -> str:
    if isinstance(cell, Dated):
        raise Invalid(DATED)
    read, most = plain(text_of(cell)), LONGEST.get(part, COMMENTARY_LONGEST)
    if len(read) > most:
        raise Invalid(f"Shorten this to {most:,} characters; it has {len(read):,}.")
    return read if read.strip() else ""


def come_back(cell: Cell) -> bool:
    known = {"": False, "x": True, **YES_NO}
    word = said(text_of(cell))
    if word not in known:
        raise Invalid("Write yes here, or leave it empty.")
    return known[word]


def entry(field: FieldContent, cell: Cell) -> Any:
    """What a field holds, as it is kept; None for nothing."""
    read = plain(text_of(cell)).strip()
    if not read:
        return None
    if field.kind == "date" and isinstance(cell, Dated):
        return KINDS["date"].read(str(cell)[:10], field)
    if isinstance(cell, Dated):
        raise Invalid(DATED)
    if field.kind == "choice":
        return option(field, cell)
    if field.kind == "choices":
        chosen = [option(field, line) for line in read.split("\n") if line.strip()]
        return [one for one in field.options if one in chosen] or None
    if field.kind == "date":
        return as_date(field, read)
    return KINDS[field.kind].read(read, field)


def option(field: FieldContent, cell: Cell) -> str:
    found = [one for one in field.options if said(one) == said(text_of(cell))]
    if not found:
        raise unlike(cell, field.options)
    return found[0]


def as_date(field: FieldContent, read: str) -> Any:
    try:
        return KINDS["date"].read(read, field)
    except Invalid:
        raise Invalid("Write a date that exists, for example 31 March 2027.") from None


# The other way round


def level_of(criterion: CriterionContent, rated: Rating) -> LevelContent | None:
    return next((level for level in criterion.scale.levels if level.id == rated.level_id), None)


def cell_of(criterion: CriterionContent, said_: Said, part: str) -> str:
    """A part of an answer as it stands in its cell."""
    value = getattr(said_, part)
    if isinstance(value, Rating):
        level = level_of(criterion, value)
        return NOT_APPLICABLE if value.not_applicable else level.label if level else ""
    if isinstance(value, bool):
        return COME_BACK if value else ""
    return plain(value)


def same(field: FieldContent, one: Any, other: Any) -> bool:
    """Whether two entries of a field say the same. What a workbook cannot hold makes no difference."""
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    if isinstance(one, str) and isinstance(other, str):
        return plain(one).strip() == plain(other).strip()
    return bool(one == other)


def entry_words(field: FieldContent, value: Any) -> str:
    """An entry in words, for reading; a file is named elsewhere."""
    return "" if is_empty(value) or field.kind == "file" else words(field, value)
