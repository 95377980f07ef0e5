"""Reading a return's workbook: criteria by their numbers and columns by their headings, wherever they stand.

Nothing is refused as a whole but what is of another return. A cell that cannot be read is named, and the
rest is read.
"""

from collections.abc import Sequence
from typing import Any

from s11.core.errors import Invalid
from s11.core.tables import Sheet
from s11.questionnaires.rules import CriterionContent, FieldContent, StandardContent
from s11.questionnaires.workbook.layout import said
from s11.returns.workbook import cells, stamps
from s11.returns.workbook.contents import ON_SCREEN, Place, Question, questions_of
from s11.returns.workbook.finding import Table, check_reference, tables_of
from s11.returns.workbook.found import AnswerRow, At, Fault, FieldCell, ReadReturn
from s11.returns.workbook.layout import (
    ANSWER,
    FILLED,
    NUMBER,
    QUESTION,
    TITLES,
    VERSION,
    Column,
    field_columns,
    takes,
)

FORMULA = "Write the value here in place of the formula."
MERGED = "Unmerge these cells, and write into each what belongs there."


def read_return(
    sheets: Sequence[Sheet],
    ref: str,
    standards: tuple[StandardContent, ...],
    fields: tuple[FieldContent, ...],
) -> ReadReturn:
    """What a workbook says of the criteria of these standards and of these fields. Raises Invalid."""
    check_reference(sheets, ref)
    tables = list(tables_of(sheets))
    if not tables:
        raise Invalid(
            "No sheet of this workbook has the headings that were downloaded with it: Number, Commentary, "
            "Version. Put the row of headings back, or download the workbook anew.",
            field="file",
        )
    reading = _Reading(standards, fields)
    for table in tables:
        if table.is_of_questions:
            reading.questions(table)
        else:
            reading.criteria(table)
    return reading.result()


class _Reading:
    """Reads table after table, and remembers what it has met."""

    def __init__(self, standards: tuple[StandardContent, ...], fields: tuple[FieldContent, ...]) -> None:
        self.found = ReadReturn()
        self.home = {c.id: standard for standard in standards for c in standard.criteria}
        self.by_number = {c.number: c for standard in standards for c in standard.criteria}
        self.fields = field_columns(standards)
        asked = list(questions_of(standards, fields))
        self.asked = [question for question in asked if question.field.kind not in ON_SCREEN]
        self.on_screen = {said(q.field.label) for q in asked if q.field.kind in ON_SCREEN}

    def fault(
        self,
        table: Table,
        row: int,
        column: int,
        sentence: str,
        about: CriterionContent | Question | None = None,
    ) -> None:
        self.found.faults.append(Fault(At(table.place, row, column, table.name), sentence, about))

    def result(self) -> ReadReturn:
        """Without what stands in the workbook twice: which of the two is meant nobody knows."""
        found = self.found
        places: dict[int, list[AnswerRow]] = {}
        for row in found.answers:
            places.setdefault(row.criterion.id, []).append(row)
        for first, *more in places.values():
            for row in more:
                sentence = f"{row.criterion.number} stands here and at {first.at}. Keep one of the two rows."
                found.faults.append(Fault(row.at, sentence))
        twice = {criterion for criterion, rows in places.items() if len(rows) > 1}
        found.answers = [row for row in found.answers if row.criterion.id not in twice]
        entries: dict[Place, list[FieldCell]] = {}
        for entry in found.entries:
            entries.setdefault(entry.question.place, []).append(entry)
        for one, *others in entries.values():
            if others and not (one.question.criterion and one.question.criterion.id in twice):
                sentence = (
                    f"“{one.question.field.label}” stands here and at {one.at}. Keep one of the two rows."
                )
                found.faults += [Fault(other.at, sentence) for other in others]
        found.entries = [cells_[0] for cells_ in entries.values() if len(cells_) == 1]
        found.faults = sorted(set(found.faults))
        return found

    # The criteria

    def criteria(self, table: Table) -> None:
        columns = {said(c.title): c for c in (*FILLED, *self.fields.values())}
        filled = {place: columns[t] for place, t in table.titles.items() if t in columns}
        for place in table.twice:
            self.fault(table, table.head, place, "Two columns have this heading. Keep one of them.")
        for _, title in table.unknown(TITLES | columns.keys()):
            self.found.notes.append(
                f"The column “{title}” of {table.name} is none of the return’s, and is not read."
            )
        met: list[CriterionContent] = []
        for row in range(table.head + 1, table.height):
            number = table.text(row, table.place_of(NUMBER))
            used = [place for place in filled if table.text(row, place)]
            criterion = self.criterion(table, row) if number else None
            if criterion is not None:
                met.append(criterion)
                self.row(table, row, criterion, filled)
            elif used:
                self.unknown_row(table, row, number, used[0])
        self.note_missing(table, met, tuple(filled.values()))

    def criterion(self, table: Table, row: int) -> CriterionContent | None:
        """The criterion of a row; a spreadsheet may have made 1.1 of 1.10, which is then none of the two."""
        place = table.place_of(NUMBER)
        cell, number = table.cell(row, place), table.text(row, place)
        if isinstance(cell, float):
            alike = [c for n, c in self.by_number.items() if is_number(n) and float(n) == cell]
            return alike[0] if len(alike) == 1 else None
        return self.by_number.get(number)

    def unknown_row(self, table: Table, row: int, number: str, place: int) -> None:
        if not number:
            self.fault(
                table,
                row,
                place,
                "This row has no number, so it belongs to nothing. Write it in the row it belongs to.",
            )
            return
        cell = table.cell(row, table.place_of(NUMBER))
        sentence = (
            f"{number} may be one of several numbers. Format this cell as text and write the number again."
            if isinstance(cell, float) and any(is_number(n) and float(n) == cell for n in self.by_number)
            else f"There is no {number[:40]} in this return. Correct the number, or delete the row."
        )
        self.fault(table, row, table.place_of(NUMBER), sentence)

    def row(self, table: Table, row: int, criterion: CriterionContent, filled: dict[int, Column]) -> None:
        at = At(table.place, row, table.place_of(NUMBER), table.name)
        stamp = stamps.read(table.text(row, table.place_of(VERSION)))
        parts: dict[str, Any] = {}
        read_at: dict[str, At] = {}
        for place, column in filled.items():
            here = At(table.place, row, place, table.name)
            if not takes(criterion, column):
                if table.text(row, place):
                    sentence = f"{criterion.number} does not ask for this. Empty the cell."
                    self.fault(table, row, place, sentence, criterion)
                continue
            field = field_of(criterion, column)
            question = Question(field, self.home[criterion.id], criterion) if field else None
            read, value = self.taken(table, row, place, question or criterion, column.part)
            if read and question is None:
                parts[column.part], read_at[column.part] = value, here
            elif read and question is not None:
                known = stamp.fields.get(question.field.code)
                self.found.entries.append(FieldCell(question, here, known, value))
        self.found.answers.append(AnswerRow(criterion, at, stamp.version, parts, read_at))

    def taken(
        self, table: Table, row: int, place: int, asked: CriterionContent | Question, part: str = ""
    ) -> tuple[bool, Any]:
        if (row, place) in table.merged or (row, place) in table.formulas:
            self.fault(table, row, place, MERGED if (row, place) in table.merged else FORMULA, asked)
            return False, None
        try:
            cell = table.cell(row, place)
            if isinstance(asked, Question):
                return True, cells.entry(asked.field, cell)
            return True, cells.part_of(asked, part, cell)
        except Invalid as refusal:
            self.fault(table, row, place, refusal.sentence, asked)
            return False, None

    def note_missing(self, table: Table, met: list[CriterionContent], filled: tuple[Column, ...]) -> None:
        """Say which columns are gone: what they held stays as it is."""
        for column in (*FILLED, *self.fields.values()):
            if column not in filled and any(takes(criterion, column) for criterion in met):
                self.found.notes.append(
                    f"{table.name} has no column “{column.title}”. What the return says there stays as it is."
                )
        if met and table.place_of(VERSION) < 0:
            self.found.notes.append(
                f"{table.name} has no column “{VERSION}”, so nobody can tell what was changed in the "
                "workbook and what on screen. Each difference is shown for you to choose."
            )

    # Further questions

    def questions(self, table: Table) -> None:
        place = table.place_of(ANSWER)
        for row in range(table.head + 1, table.height):
            number = table.text(row, table.place_of(NUMBER))
            label = table.text(row, table.place_of(QUESTION))
            stamp = stamps.read(table.text(row, table.place_of(VERSION)))
            question = self.question(number, label, stamp)
            if question is None:
                if table.text(row, place) and said(label) not in self.on_screen:
                    sentence = "This question is none of this return’s. Delete the row."
                    self.fault(table, row, place, sentence)
                continue
            read, value = self.taken(table, row, place, question)
            if read:
                here = At(table.place, row, place, table.name)
                known = stamp.fields.get(question.field.code)
                self.found.entries.append(FieldCell(question, here, known, value))

    def question(self, number: str, label: str, stamp: stamps.Stamp) -> Question | None:
        """The question of a row: by its number and the code in its stamp, or the words of the question."""
        here = [question for question in self.asked if said(question.number) == said(number)]
        coded = [question for question in here if question.field.code in stamp.fields]
        named = [question for question in coded or here if said(question.field.label) == said(label)]
        found = named or coded
        return found[0] if len(found) == 1 else None


def field_of(criterion: CriterionContent, column: Column) -> FieldContent | None:
    """The field of a criterion that a column holds; None where it holds a part of the answer."""
    code = column.field.code if column.field else ""
    return next((field for field in criterion.fields if field.code == code), None) if code else None


def is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
