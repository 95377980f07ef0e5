"""Which columns the sheets of a return have. They are written from this and read by it."""

import re
from dataclasses import dataclass

from s11.questionnaires.rules import (
    CriterionContent,
    FieldContent,
    LevelContent,
    ScaleContent,
    StandardContent,
)
from s11.questionnaires.workbook.layout import said
from s11.returns.workbook.contents import in_row

README, QUESTIONS, LISTS = "Read me", "Further questions", "Lists"
NUMBER, VERSION = "Number", "Version"
QUESTION, ANSWER = "Question", "Answer"
NOT_APPLICABLE, COME_BACK = "Not applicable", "yes"
# Stands in the second row of every sheet, so that one that travels alone still says where it belongs.
REFERENCE = re.compile(r"\bReference: ([a-z0-9]{6,40})\b")
SHOWN_AT_MOST = 30_000  # characters of a cell that is only read
TITLE_LONGEST = 31  # Excel's own limit
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Column:
    """A column. `part`: the part of the answer it holds, "field:" and a code, or "" where it is only read."""

    title: str
    width: int
    part: str = ""
    field: FieldContent | None = None


NUMBERED = Column(NUMBER, 8)
CRITERION = Column("What is asked", 42)
GUIDANCE = Column("Guidance", 32)
LOOKS = Column("What each rating looks like", 40)
LAST_RATING = Column("Last year’s rating", 11)
LAST_WORDS = Column("What was said last year", 36)
EVIDENCE = Column("Evidence shown", 20)
RATING = Column("Rating", 15, "rating")
REASON = Column("Why it does not apply", 20, "not_applicable_reason")
COMMENTARY = Column("Commentary", 54, "commentary")
STRENGTHS = Column("Strengths", 25, "strengths")
GAPS = Column("Gaps", 25, "shortfalls")
BACK = Column("Come back to it", 10, "come_back")
STAMP = Column(VERSION, 8)
FILLED = (RATING, REASON, COMMENTARY, STRENGTHS, GAPS, BACK)

HOW = Column("How to answer", 36)
QUESTION_COLUMNS = (
    NUMBERED,
    Column("About", 30),
    Column(QUESTION, 50),
    HOW,
    Column(ANSWER, 60, "answer"),
    STAMP,
)
TITLES = frozenset(
    said(column.title)
    for column in (
        NUMBERED, CRITERION, GUIDANCE, LOOKS, LAST_RATING, LAST_WORDS, EVIDENCE, *FILLED, STAMP,
        *QUESTION_COLUMNS,
    )
)  # fmt: skip


def field_columns(standards: tuple[StandardContent, ...]) -> dict[str, Column]:
    """The columns of the fields that every criterion asks, by code; titles are told apart by the code."""
    fields: dict[str, FieldContent] = {}
    for standard in standards:
        for criterion in standard.criteria:
            fields |= {field.code: field for field in criterion.fields if in_row(field)}
    columns: dict[str, Column] = {}
    taken = set(TITLES)
    for code, field in fields.items():
        title = field.label if said(field.label) not in taken else f"{field.label} ({code})"
        taken.add(said(title))
        width = 34 if field.kind in ("long_text", "choices") else 20
        columns[code] = Column(title, width, f"field:{code}", field)
    return columns


def columns_of(
    standard: StandardContent, fields: dict[str, Column], *, has_last_year: bool
) -> tuple[Column, ...]:
    """The columns of a standard's sheet: only those that something can stand in."""
    criteria = standard.criteria
    rated = any(criterion.rated for criterion in criteria)
    asked = {field.code for criterion in criteria for field in criterion.fields}
    return (
        NUMBERED,
        CRITERION,
        *([GUIDANCE] if any(guidance_of(criterion) for criterion in criteria) else []),
        *([LOOKS] if any(criterion.descriptors for criterion in criteria) else []),
        *([LAST_RATING, LAST_WORDS] if has_last_year else []),
        EVIDENCE,
        *([RATING] if rated else []),
        *([REASON] if any(c.rated and c.not_applicable_allowed for c in criteria) else []),
        COMMENTARY,
        *([STRENGTHS, GAPS] if rated else []),
        *(column for code, column in fields.items() if code in asked),
        BACK,
        STAMP,
    )


def takes(criterion: CriterionContent, column: Column) -> bool:
    """Whether a criterion is asked what a column holds."""
    if column.field is not None:
        return any(field.code == column.field.code for field in criterion.fields)
    if column in (RATING, STRENGTHS, GAPS):
        return criterion.rated
    if column is REASON:
        return criterion.rated and criterion.not_applicable_allowed
    return column in FILLED


def guidance_of(criterion: CriterionContent) -> str:
    """What helps with a criterion, as one text."""
    shown = [f"• {item}" for item in criterion.evidence]
    parts = [
        criterion.guidance,
        "\n".join(["What would show it:", *shown]) if shown else "",
        criterion.source,
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def descriptors_of(criterion: CriterionContent) -> str:
    texts, scale = criterion.descriptors, criterion.scale
    return "\n".join(
        f"{level_word(scale, level)}: {texts[level.id]}" for level in scale.levels if level.id in texts
    )


def level_word(scale: ScaleContent, level: LevelContent) -> str:
    """A level as its meaning is headed: of a scale of steps, the lowest step of a band."""
    return f"From {level.label}" if scale.steps else level.label


def rating_choices(criterion: CriterionContent) -> tuple[str, ...]:
    """What can be chosen as the rating of a criterion."""
    labels = tuple(level.label for level in criterion.scale.levels)
    return (*labels, NOT_APPLICABLE) if criterion.not_applicable_allowed else labels


def sheet_titles(standards: tuple[StandardContent, ...], word: str) -> list[str]:
    """A title for the sheet of each standard: “Standard 3”, cut to what a workbook takes, each once."""
    found: list[str] = []
    taken = {said(title) for title in (README, QUESTIONS, LISTS)}
    for place, standard in enumerate(standards, start=1):
        title = NOT_IN_TITLES.sub(" ", f"{word} {standard.number}").strip()
        if len(title) > TITLE_LONGEST:
            title = NOT_IN_TITLES.sub(" ", standard.number)[:TITLE_LONGEST]
        if said(title) in taken:
            title = f"{title[: TITLE_LONGEST - 6]} ({place})"
        taken.add(said(title))
        found.append(title)
    return found
