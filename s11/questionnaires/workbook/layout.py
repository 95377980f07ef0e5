"""Which sheets a workbook of a questionnaire has, and which columns they have.

This one table is written from and read by, so that the two cannot disagree. A column's `path` leads to its
value in the part of the questionnaire file that a row of the sheet holds.
"""

from dataclasses import dataclass

from s11.questionnaires.rules import CHANGES, COLOURS, COLUMN_KINDS, FIELD_KINDS, PREFILLS, SOURCES, THEMES

README, EDITION = "Read me", "Edition"
DESCRIPTOR = "Descriptor: "

ONCE, EACH_STANDARD, EACH_CRITERION = "once", "in every standard", "beside every criterion"
IN_STANDARD, BESIDE_CRITERION = "in one standard", "beside one criterion"
ASKED = (ONCE, EACH_STANDARD, EACH_CRITERION, IN_STANDARD, BESIDE_CRITERION)


@dataclass(frozen=True)
class Column:
    """A column of a sheet; on the sheet Edition, a line.

    `kind`: text, name (a number or code that is a name), whole, decimal, yes_no, or items (one on each line).
    """

    title: str
    path: tuple[str, ...]
    kind: str = "text"
    width: int = 20
    about: str = ""
    choices: tuple[str, ...] = ()
    strict: bool = True  # False: the drop-down helps, and something else may be written too

    @property
    def offered(self) -> tuple[str, ...]:
        return ("yes", "no") if self.kind == "yes_no" else self.choices


@dataclass(frozen=True)
class Layout:
    """A sheet with a row for each thing of its kind."""

    title: str
    about: str
    columns: tuple[Column, ...]
    frozen: int = 1  # columns that stay in sight
    has_descriptors: bool = False


EDITION_LINES = (
    Column("Framework code", ("framework", "code"), "name", about="A short code, for example S11."),
    Column("Framework title", ("framework", "title"), about="All editions of a framework share it."),
    Column("Duty", ("framework", "duty"), about="The law it rests on."),
    Column("Edition code", ("edition", "code"), "name", about="Appears in addresses. Not changed here."),
    Column("Year", ("edition", "year"), "whole", about="For example 2027."),
    Column("Title", ("edition", "title")),
    Column("Predecessor", ("predecessor",), "name", about="The code of the edition before, if any."),
    Column("Word for a standard", ("labels", "standard"), about="What you call the parts."),
    Column("Word for standards", ("labels", "standards")),
    Column("Word for a criterion", ("labels", "criterion")),
    Column("Word for criteria", ("labels", "criteria")),
    Column("Introduction", ("introduction",), about="What people read before they begin."),
    Column("Declaration", ("declaration",), about="What the person who submits declares."),
    Column("Approver", ("approver",), about="Asks for a name and role under these words. May be empty."),
    Column("Not applicable allowed", ("not_applicable", "allowed"), "yes_no"),
    Column("Not applicable means", ("not_applicable", "meaning"), about="Printed beside it."),
    Column("Why the scale changed", ("scale_change", "reason"), about="If it is another than before."),
    Column("What changed the scale", ("scale_change", "source"), choices=tuple(SOURCES)),
)

_FIELD = (
    Column("Code", ("code",), "name", 18, "A short name for conditions. Used once in the workbook."),
    Column("Question", ("label",), "text", 40),
    Column("Hint", ("hint",), "text", 40),
    Column("Kind", ("kind",), "text", 12, "Text if empty.", tuple(FIELD_KINDS)),
    Column("Needed", ("required",), "yes_no", 10, "yes if a return cannot be signed without it."),
    Column("Options", ("options",), "items", 26, "For choice and choices: one on each line."),
    Column("Asked only if", ("only_if",), "text", 26, "A condition; everybody if empty."),
    Column("Filled first with", ("prefill",), "text", 20, "What the register knows.", tuple(PREFILLS)),
)

SIGN_OFF = Layout(
    "Sign-off",
    "Who signs. The lead signs first.",
    (
        Column("Step", ("step",), "name", 20, "A short code."),
        Column("Label", ("label",), "text", 40),
        Column("After", ("after",), "name", 20, "The step signed before this one. Empty: in any order."),
    ),
)
STANDARDS = Layout(
    "Standards",
    "The standards in the order they are asked.",
    (
        Column("Number", ("number",), "name", 10, "As printed. Used once."),
        Column("Key", ("key",), "name", 24, "A lasting name in small letters and dashes. Never change it."),
        Column("Title", ("title",), "text", 40),
        Column("Question", ("question",), "text", 40),
        Column("Introduction", ("introduction",), "text", 50),
        Column("What good looks like", ("good",), "text", 50),
        Column("Asked only if", ("only_if",), "text", 26, "A condition; everybody if empty."),
        Column("Signed as", ("sign_off", "step"), "name", 16, "A code, if it is signed by itself."),
        Column("Signed by", ("sign_off", "label"), "text", 26, "Who signs it by itself."),
    ),
    frozen=2,
)
CRITERIA = Layout(
    "Criteria",
    "The criteria in the order they are asked. A new one: insert a row, and give it a key of its own.",
    (
        Column("Standard", ("standard",), "name", 10, "The number of its standard."),
        Column("Number", ("number",), "name", 10, "As printed. Used once."),
        Column("Key", ("key",), "name", 24, "A lasting name in small letters and dashes. Never change it."),
        Column("Group", ("group",), "text", 20, "A heading within the standard."),
        Column("Text", ("text",), "text", 60, "The statement to be rated."),
        Column("Guidance", ("guidance",), "text", 40),
        Column("Evidence", ("evidence",), "items", 40, "What would show it, one on each line."),
        Column("Resources", ("resources",), "items", 30, "One on each line. A link: [words](https://...)"),
        Column("Source", ("source",), "text", 30, "The law or guidance behind it."),
        Column("Statutory", ("must",), "yes_no", 11),
        Column("Weight", ("weight",), "decimal", 9, "1 if empty."),
        Column("Rated", ("rated",), "yes_no", 9, "no for a line that is not rated."),
        Column("May not apply", ("not_applicable",), "yes_no", 10),
        Column("Scale", ("scale",), "name", 12, "Only if it is not rated on the first scale."),
        Column("Asked only if", ("only_if",), "text", 26, "A condition; everybody if empty."),
        Column("Themes", ("themes",), "items", 24, "One on each line.", tuple(THEMES), strict=False),
        Column("Practice standards", ("practice_standards",), "items", 12, "One on each line."),
        Column("References", ("references",), "items", 24, "Where others ask the same, one on each line."),
        Column("Recommendations", ("recommendations",), "items", 24, "Of reviews, one on each line."),
        Column("Change", ("lineage", "change"), "text", 13, "Since the edition before.", tuple(CHANGES)),
        Column("Made from", ("lineage", "from"), "items", 24, "If split or merged: keys, one on each line."),
        Column("Reason for change", ("lineage", "reason"), "text", 40),
        Column("What changed it", ("lineage", "source"), "text", 14, "", tuple(SOURCES)),
    ),
    frozen=2,
    has_descriptors=True,
)
SCALES = Layout(
    "Scales",
    "How criteria are rated. The first one is the edition's own. From, to and by are for a scale of steps.",
    (
        Column("Code", ("code",), "name", 16),
        Column("Title", ("title",), "text", 40),
        Column("From", ("steps", "from"), "decimal", 9),
        Column("To", ("steps", "to"), "decimal", 9),
        Column("By", ("steps", "by"), "decimal", 9),
        Column("Unit", ("steps", "unit"), "text", 9),
    ),
)
LEVELS = Layout(
    "Levels",
    "The levels of each scale. The highest order is the best.",
    (
        Column("Scale", ("scale",), "name", 14, "The code of its scale."),
        Column("Code", ("code",), "name", 16, "A short word that descriptors use."),
        Column("Label", ("label",), "text", 20, "The word printed."),
        Column("Letter", ("letter",), "name", 9, "Up to four characters."),
        Column("Order", ("order",), "whole", 9, "The highest is the best."),
        Column("Value", ("value",), "decimal", 9, "For scores, if the scale has any."),
        Column("Colour", ("colour",), "text", 14, "", COLOURS),
        Column("Meaning", ("meaning",), "text", 60, "Printed wherever it is chosen."),
        Column("Counts", ("counts",), "yes_no", 9, "no for a level left out of every count."),
        Column(
            "Needs", ("needs",), "items", 18, "evidence, action or a field's code, one on each line.",
            ("evidence", "action"), strict=False,
        ),
    ),
    frozen=2,
)  # fmt: skip
FIELDS = Layout(
    "Fields",
    "What is asked beside the ratings.",
    (
        Column("Asked", ("asked",), "text", 22, "Where it is asked.", ASKED),
        Column("Number", ("number",), "name", 10, "Of the one standard or criterion, if it is one."),
        *_FIELD,
    ),
    frozen=3,
)
TABLE_COLUMNS = Layout(
    "Table columns",
    "The columns of fields that are tables.",
    (
        Column("Field", ("field",), "name", 18, "The code of the field."),
        Column("Code", ("code",), "name", 18),
        Column("Label", ("label",), "text", 40),
        Column("Kind", ("kind",), "text", 12, "Text if empty.", COLUMN_KINDS),
        Column("Options", ("options",), "items", 26, "For choice: one on each line."),
    ),
    frozen=2,
)
VARIANTS = Layout(
    "Variants",
    "Other words of a criterion for certain organisations. The first that fits is used.",
    (
        Column("Criterion", ("criterion",), "name", 12, "Its number."),
        Column("For whom", ("only_if",), "text", 30, "A condition."),
        Column("Text", ("text",), "text", 60, "As for all if empty."),
        Column("Guidance", ("guidance",), "text", 40),
    ),
    has_descriptors=True,
)
RETIRED = Layout(
    "Retired",
    "Criteria of the edition before that are gone.",
    (
        Column("Key", ("key",), "name", 28),
        Column("Reason", ("reason",), "text", 60),
        Column("What changed it", ("source",), "text", 16, "", tuple(SOURCES)),
    ),
)
LAYOUTS = (
    SIGN_OFF, STANDARDS, CRITERIA, SCALES, LEVELS, FIELDS, TABLE_COLUMNS, VARIANTS, RETIRED,
)  # fmt: skip
TITLES = (README, EDITION, *(layout.title for layout in LAYOUTS))


def descriptor_columns(codes: tuple[str, ...]) -> tuple[Column, ...]:
    """A column for each level, beside the words it describes."""
    return tuple(
        Column(f"{DESCRIPTOR}{code}", ("descriptors", code), "text", 40, "What this rating looks like here.")
        for code in codes
    )


def columns_of(layout: Layout, codes: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of a sheet as they are written; descriptors stand behind what they describe."""
    if not layout.has_descriptors:
        return layout.columns
    last = max(at for at, column in enumerate(layout.columns) if column.title in ("Guidance", "Evidence"))
    return (*layout.columns[: last + 1], *descriptor_columns(codes), *layout.columns[last + 1 :])


def said(title: object) -> str:
    """A title without case and spare blanks, for comparing."""
    return " ".join(str(title).split()).casefold()


def cell_name(row: int, column: int) -> str:
    """A1 for the first row and column, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
