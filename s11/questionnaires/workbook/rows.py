"""A questionnaire as rows of sheets: the words alone, without anything that makes them look well."""

from collections.abc import Iterator
from typing import Any

from s11.core.errors import DomainError
from s11.questionnaires.format.shape import QuestionnaireFile
from s11.questionnaires.workbook.layout import (
    ASKED,
    BESIDE_CRITERION,
    CRITERIA,
    EDITION_LINES,
    FIELDS,
    IN_STANDARD,
    LEVELS,
    RETIRED,
    SCALES,
    SIGN_OFF,
    STANDARDS,
    TABLE_COLUMNS,
    VARIANTS,
    Column,
)

Plain = dict[str, Any]
Value = str | float | None
LONGEST_CELL = 32_767  # Excel's own limit
GOES_ON = "  "  # begins a line that belongs to the item above it


def level_codes(file: QuestionnaireFile) -> tuple[str, ...]:
    """The codes of all levels, those of the edition's own scale first, each once."""
    return tuple(dict.fromkeys(level.code for scale in file.scales.values() for level in scale.levels))


def edition_values(file: QuestionnaireFile) -> list[tuple[Column, Value]]:
    """The lines of the sheet Edition with their values."""
    plain = file.model_dump(by_alias=True)
    return [(line, value_of(plain, line)) for line in EDITION_LINES]


def rows_of(file: QuestionnaireFile) -> dict[str, list[Plain]]:
    """The parts each sheet holds, by the sheet's title, in the order of the questionnaire."""
    plain = file.model_dump(by_alias=True)
    scales = [plain["scale"], *plain["other_scales"]]
    fields = list(_fields(plain))
    criteria = [
        {**criterion, "standard": standard["number"]}
        for standard in plain["standards"]
        for criterion in standard["criteria"]
    ]
    return {
        SIGN_OFF.title: plain["sign_off"],
        STANDARDS.title: plain["standards"],
        CRITERIA.title: criteria,
        SCALES.title: scales,
        LEVELS.title: [{**level, "scale": scale["code"]} for scale in scales for level in scale["levels"]],
        FIELDS.title: fields,
        TABLE_COLUMNS.title: [
            {**column, "field": field["code"]} for field in fields for column in field["columns"]
        ],
        VARIANTS.title: [
            {**variant, "criterion": criterion["number"]}
            for criterion in criteria
            for variant in criterion["variants"]
        ],
        RETIRED.title: plain["retired"],
    }


def _fields(plain: Plain) -> Iterator[Plain]:
    """Every field with where it is asked."""
    for asked, key in zip(ASKED, ("fields", "each_standard", "each_criterion"), strict=False):
        yield from ({**field, "asked": asked, "number": ""} for field in plain[key])
    for standard in plain["standards"]:
        for field in standard["fields"]:
            yield {**field, "asked": IN_STANDARD, "number": standard["number"]}
        for criterion in standard["criteria"]:
            for field in criterion["fields"]:
                yield {**field, "asked": BESIDE_CRITERION, "number": criterion["number"]}


def value_of(part: Plain, column: Column) -> Value:
    """What stands in a cell: text, a number, or nothing."""
    value: Any = part
    for step in column.path:
        value = value.get(step) if isinstance(value, dict) else None
    if value is None or value == "" or value == []:
        return None
    if column.kind == "yes_no":
        return "yes" if value else "no"
    if column.kind in ("whole", "decimal"):
        # Sixteen digits are written of a number; one that has more comes back only as text.
        return value if float(f"{value:.16G}") == value else repr(value)
    text = on_lines(value) if column.kind == "items" else str(value)
    # A cell holds so many units of 16 bits, of which some characters need two.
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise DomainError(
            f"“{column.title}” of “{name_of(part)}” is longer than a cell of a workbook can be. Shorten it, "
            "or use the questionnaire file instead."
        )
    return text


def name_of(part: Plain) -> str:
    return str(part.get("number") or part.get("code") or part.get("key") or "the edition")


def on_lines(items: list[str]) -> str:
    """Items below each other; the further lines of one that has several begin with two spaces."""
    return "\n".join(item.replace("\n", f"\n{GOES_ON}") for item in items)


def off_lines(text: str) -> list[str]:
    """The items of a cell, as `on_lines` writes them; empty lines between them are none."""
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(GOES_ON) and items:
            items[-1] += f"\n{line[len(GOES_ON) :]}"
        elif line.strip():
            items.append(line)
    return items
