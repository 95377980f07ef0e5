"""Reading a workbook as a questionnaire: every fault at once, each with its cell and what to do.

The sheets are put together to the plain values a questionnaire file would hold, and go through the very
same checks; what those say is then said of the cell the value stood in.
"""

from typing import Any

from pydantic import ValidationError

from s11.core.tables import Sheet, sheets_of
from s11.questionnaires.format.checks import complaints
from s11.questionnaires.format.faults import Place
from s11.questionnaires.format.shape import QuestionnaireFile, nearest
from s11.questionnaires.workbook.faults import At, WorkbookFaults, in_cells, sentence_of
from s11.questionnaires.workbook.layout import (
    ASKED,
    BESIDE_CRITERION,
    CRITERIA,
    EACH_CRITERION,
    EACH_STANDARD,
    EDITION,
    FIELDS,
    IN_STANDARD,
    LEVELS,
    ONCE,
    RETIRED,
    SCALES,
    SIGN_OFF,
    STANDARDS,
    TABLE_COLUMNS,
    TITLES,
    VARIANTS,
)
from s11.questionnaires.workbook.sheets import Row, Sheets

AT_THE_TOP = {ONCE: "fields", EACH_STANDARD: "each_standard", EACH_CRITERION: "each_criterion"}
HOMES = {
    (): EDITION,
    ("sign_off",): SIGN_OFF.title,
    ("scale",): SCALES.title,
    ("standards",): STANDARDS.title,
    ("retired",): RETIRED.title,
}


def read_workbook(data: bytes, name: str = "workbook") -> QuestionnaireFile:
    """The questionnaire a workbook holds.

    Raises WorkbookFaults with everything there is to mend, or Invalid where it is no workbook.
    """
    return questionnaire_of(sheets_of(data), name)


def questionnaire_of(found: tuple[Sheet, ...], name: str = "workbook") -> QuestionnaireFile:
    """The questionnaire that sheets hold. Raises WorkbookFaults."""
    sheets = Sheets(found)
    reading = _Reading(sheets)
    file = reading.file()
    blamed = {at for at, _ in sheets.faults}  # the value of such a cell means nothing
    faults = [*sheets.faults, *((at, said) for at, said in reading.faults() if at not in blamed)]
    if faults or file is None:
        raise WorkbookFaults(name, faults)
    return file.tidied()


class _Reading:
    """Puts the rows of the sheets together to one questionnaire, and remembers where all of it stood."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.data: dict[str, Any] = {"format": 1}
        self.at: dict[Place, At] = {place: At(TITLES.index(title), 1, 0) for place, title in HOMES.items()}
        self.errors: list[tuple[At, str]] = []
        self.edition()
        self.add_all(SIGN_OFF.title, "sign_off", list(sheets.parts(SIGN_OFF)))
        self.add_all(RETIRED.title, "retired", list(sheets.parts(RETIRED)))
        self.scales()
        self.standards()
        self.fields()

    def file(self) -> QuestionnaireFile | None:
        try:
            return QuestionnaireFile.model_validate(self.data, by_name=False, by_alias=True)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                place = tuple(step for step in found["loc"] if step != "[key]")
                self.errors.append((self.cell(place), sentence_of(found, place)))
            return None

    def faults(self) -> list[tuple[At, str]]:
        said = [(self.cell(place), in_cells(sentence)) for place, sentence in complaints(self.data)]
        return [*self.errors, *said]

    def cell(self, place: Place) -> At:
        """The cell of a value, or of the nearest thing around it that is there."""
        while place and place not in self.at:
            place = place[:-1]
        return self.at[place]

    # Putting together

    def edition(self) -> None:
        row = self.sheets.edition()
        for key in ("framework", "edition", "not_applicable"):
            row.part.setdefault(key, {})
        self.data |= row.part
        self.remember((), row)

    def remember(self, place: Place, row: Row) -> None:
        if place:
            self.at[place] = row.at
        for path, at in row.cells.items():
            self.at[(*place, *path)] = at

    def add_all(self, title: str, key: str, rows: list[Row]) -> None:
        if rows:
            self.data[key] = []
        for row in rows:
            self.add(self.data, (), key, row)

    def add(self, owner: dict[str, Any], place: Place, key: str, row: Row) -> Place:
        """Put a part at the end of a list of its owner."""
        held = owner.setdefault(key, [])
        held.append(row.part)
        here = (*place, key, len(held) - 1)
        self.remember(here, row)
        return here

    def belongs(self, row: Row, key: str, known: dict[str, tuple[Place, Any]], what: str) -> Any:
        """The place and part a row names as its own; None, with a fault, where there is no such."""
        named = row.take(key)
        if named in known:
            return known[named]
        at = row.cells.get((key,), row.at)
        if not named:
            self.errors.append((at, f"Write the {what} it belongs to."))
        else:
            self.errors.append((at, f"Unknown {what} {named[:60]!r}. {nearest(named, tuple(known))}"))
        return None

    def scales(self) -> None:
        known: dict[str, tuple[Place, Any]] = {}
        for at, row in enumerate(self.sheets.parts(SCALES)):
            if "steps" in row.part:
                row.part["steps"].setdefault("unit", "")
            if at == 0:
                place: Place = ("scale",)
                self.data["scale"] = row.part
                self.remember(place, row)
            else:
                place = self.add(self.data, (), "other_scales", row)
            row.part["levels"] = []
            known.setdefault(str(row.part.get("code", "")).strip(), (place, row.part))
        for row in self.sheets.parts(LEVELS):
            if owner := self.belongs(row, "scale", known, "scale"):
                self.add(owner[1], owner[0], "levels", row)

    def standards(self) -> None:
        standards: dict[str, tuple[Place, Any]] = {}
        criteria: dict[str, tuple[Place, Any]] = {}
        for row in self.sheets.parts(STANDARDS):
            row.part["criteria"] = []
            place = self.add(self.data, (), "standards", row)
            standards.setdefault(str(row.part.get("number", "")).strip(), (place, row.part))
        for row in self.sheets.parts(CRITERIA):
            if owner := self.belongs(row, "standard", standards, "standard"):
                place = self.add(owner[1], owner[0], "criteria", row)
                criteria.setdefault(str(row.part.get("number", "")).strip(), (place, row.part))
        for row in self.sheets.parts(VARIANTS):
            if owner := self.belongs(row, "criterion", criteria, "criterion"):
                self.add(owner[1], owner[0], "variants", row)
        self.known = {IN_STANDARD: standards, BESIDE_CRITERION: criteria}

    def fields(self) -> None:
        fields: dict[str, tuple[Place, Any]] = {}
        for row in self.sheets.parts(FIELDS):
            owner = self.owner_of_field(row)
            if owner is not None:
                place = self.add(owner[1], owner[0], owner[2], row)
                fields.setdefault(str(row.part.get("code", "")).strip(), (place, row.part))
        for row in self.sheets.parts(TABLE_COLUMNS):
            if owner := self.belongs(row, "field", fields, "field"):
                self.add(owner[1], owner[0], "columns", row)

    def owner_of_field(self, row: Row) -> tuple[Place, dict[str, Any], str] | None:
        """Where a field is asked: the list of a part, or None with a fault."""
        asked = row.take("asked")
        if asked in self.known:
            what = "standard" if asked == IN_STANDARD else "criterion"
            owner = self.belongs(row, "number", self.known[asked], what)
            return (*owner, "fields") if owner else None
        number = row.take("number")
        if asked not in AT_THE_TOP:
            sentence = (
                f"Unknown place {asked[:60]!r}. {nearest(asked, ASKED)}"
                if asked
                else "Say where it is asked."
            )
            self.errors.append((row.cells.get(("asked",), row.at), sentence))
            return None
        if number:
            self.errors.append((row.cells[("number",)], f"Leave this empty: the field is asked {asked}."))
        return (), self.data, AT_THE_TOP[asked]
