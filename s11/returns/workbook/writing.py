"""Writing a return as a workbook: a sheet to begin with, one a standard, and one for further questions.

Everything is written as text, a number or a date, never as a formula, and nothing is hidden.
"""

import io

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.questionnaires.workbook.strings import with_strings
from s11.returns.merging import NOTHING_SAID
from s11.returns.operations.answering import said_by
from s11.returns.workbook import cells, stamps
from s11.returns.workbook.contents import ON_SCREEN, Contents, Question
from s11.returns.workbook.cover import meanings, write_cover
from s11.returns.workbook.filling import Lists, how_to_answer, limit, limit_field, offer, write_entry
from s11.returns.workbook.layout import (
    ANSWER,
    CRITERION,
    NUMBERED,
    QUESTION_COLUMNS,
    QUESTIONS,
    RATING,
    SHOWN_AT_MOST,
    STAMP,
    Column,
    columns_of,
    field_columns,
    rating_choices,
    sheet_titles,
    takes,
)
from s11.returns.workbook.looks import PROTECTION, Looks, growing, row_height
from s11.returns.workbook.printing import printed, stamp_of_field

A3 = 8
HEAD = 2  # the row of the headings, from 0
FILL_IN = " Fill in the yellow cells, and leave the others as they are."
OF_OTHERS = " Not yours to answer: what you write here is not taken."
CLOSED = " This return takes no answers at present."


def write_return(contents: Contents) -> bytes:
    """The workbook, as bytes."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": f"{contents.cycle}: {contents.organisation}"[:200]})
    writer = _Writer(book, contents)
    writer.all()
    book.close()
    return growing(with_strings(written.getvalue(), book.str_table.string_array))


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, contents: Contents) -> None:
        self.book, self.contents = book, contents
        self.looks, self.lists = Looks(book), Lists()
        self.fields = field_columns(contents.standards)

    def all(self) -> None:
        contents = self.contents
        titles = sheet_titles(contents.standards, contents.word("standard", "Standard"))
        write_cover(self.book, self.looks, contents, titles)
        for standard, title in zip(contents.standards, titles, strict=True):
            self.standard(standard, title)
        if contents.questions:
            self.questions()
        self.lists.write(self.book, self.looks)

    def sheet(self, title: str, heading: str, columns: tuple[Column, ...], *, may: bool) -> Worksheet:
        """A sheet with its head, ready for its rows."""
        sheet = self.book.add_worksheet(title)
        sheet.write_string(0, 0, heading, self.looks["title"])
        closing = CLOSED if not self.contents.is_open else FILL_IN if may else OF_OTHERS
        sheet.write_string(1, 0, head_line(self.contents) + closing, self.looks["line"])
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            look = "heading filled" if column.part and may else "heading"
            sheet.write_string(HEAD, at, column.title, self.looks[look])
        sheet.set_row(HEAD, row_height([(column.title, column.width) for column in columns], lowest=30))
        sheet.freeze_panes(HEAD + 1, 2)
        sheet.protect("", PROTECTION)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        whose = f"{self.contents.organisation}, {self.contents.cycle}"[:100].replace("&", "&&")
        sheet.set_footer(f"&L&A&C{whose}&RPage &P of &N")
        return sheet

    # A standard

    def standard(self, standard: StandardContent, title: str) -> None:
        contents = self.contents
        has_last_year = any(contents.before(criterion) for criterion in standard.criteria)
        columns = columns_of(standard, self.fields, has_last_year=has_last_year)
        mine = standard.id in contents.scope.standards
        mine = mine or any(c.id in contents.scope.criteria for c in standard.criteria)
        may = contents.is_open and mine
        heading = f"{standard.number}. {standard.title}"
        sheet = self.sheet(title, heading, columns, may=may)
        row = HEAD + 1
        for row, criterion in enumerate(standard.criteria, start=HEAD + 1):
            self.criterion(sheet, row, criterion, columns)
        self.about(sheet, row + 2, standard)

    def criterion(
        self, sheet: Worksheet, row: int, criterion: CriterionContent, columns: tuple[Column, ...]
    ) -> None:
        contents = self.contents
        may = contents.is_open and criterion.id in contents.scope.criteria
        answer = contents.answers.get(criterion.id)
        said = said_by(answer) if answer else NOTHING_SAID
        shown = printed(contents, criterion, answer)
        heights = []
        for at, column in enumerate(columns):
            if column.field is not None and takes(criterion, column):
                words = self.field(sheet, row, at, criterion, column, may=may)
            elif column.part:
                words = cells.cell_of(criterion, said, column.part) if not column.field else ""
                filled = may and takes(criterion, column)
                self.text(sheet, row, at, words, "filled" if filled else "locked")
                if filled:
                    self.limit(sheet, row, at, criterion, column)
            else:
                words = shown[column.title]
                look = "stamp" if column is STAMP else "locked bold" if column is NUMBERED else "locked"
                self.text(sheet, row, at, words, look)
            heights.append(("" if column is STAMP else words, column.width))
        sheet.set_row(row, row_height(heights))

    def text(self, sheet: Worksheet, row: int, at: int, words: str, look: str) -> None:
        if words:
            sheet.write_string(row, at, words, self.looks.text(look, words))
        else:
            sheet.write_blank(row, at, None, self.looks[look])

    def limit(self, sheet: Worksheet, row: int, at: int, criterion: CriterionContent, column: Column) -> None:
        if column is RATING:
            source = self.lists.source(rating_choices(criterion), f"rating of {criterion.number}")
            offer(sheet, row, at, source, f"Rating of {criterion.number}")
        else:
            limit(sheet, row, at, column.part, column.title)

    def field(
        self, sheet: Worksheet, row: int, at: int, criterion: CriterionContent, column: Column, *, may: bool
    ) -> str:
        field = next(f for f in criterion.fields if column.field and f.code == column.field.code)
        value = self.contents.value((field.id, criterion.id))
        words = write_entry(sheet, row, at, field, value, self.looks, may=may)
        if may:
            limit_field(sheet, row, at, field, self.lists, hint=how_to_answer(field))
        return words

    def about(self, sheet: Worksheet, row: int, standard: StandardContent) -> None:
        """Under the table: what the standard is about, and what its ratings mean."""
        ratings = [f"{name}: {words}" for name, words in meanings([standard])]
        for title, words in (
            ("", standard.question),
            ("", standard.introduction),
            ("What good looks like", standard.good),
            ("What the ratings mean", "\n".join(ratings)),
        ):
            text = cells.plain("\n".join(part for part in (title, words) if words))
            if text:
                sheet.write_string(row, 1, text[:SHOWN_AT_MOST], self.looks.text("locked", text))
                sheet.set_row(row, row_height([(text, CRITERION.width)], lowest=15))
                row += 1

    # Further questions

    def questions(self) -> None:
        contents = self.contents
        may = contents.is_open and any(contents.scope.holds(one) for one in contents.questions)
        sheet = self.sheet(QUESTIONS, QUESTIONS, QUESTION_COLUMNS, may=may)
        for row, question in enumerate(contents.questions, start=HEAD + 1):
            self.question(sheet, row, question)

    def question(self, sheet: Worksheet, row: int, question: Question) -> None:
        contents, field = self.contents, question.field
        on_screen = field.kind in ON_SCREEN
        may = contents.is_open and contents.scope.holds(question) and not on_screen
        how = how_to_answer(field)
        known = {} if on_screen else {field.code: stamp_of_field(contents, question.place)}
        texts = (question.number, about_of(question, contents), field.label, how)
        for at, words in enumerate(texts):
            self.text(sheet, row, at, cells.plain(words), "locked bold" if at == 0 else "locked")
        at = [column.title for column in QUESTION_COLUMNS].index(ANSWER)
        value = contents.value(question.place)
        words = write_entry(sheet, row, at, field, value, self.looks, may=may)
        if may:
            limit_field(sheet, row, at, field, self.lists, hint="")
        self.text(sheet, row, at + 1, stamps.written(None, known), "stamp")
        heights = [(text, column.width) for text, column in zip(texts, QUESTION_COLUMNS, strict=False)]
        sheet.set_row(row, row_height([*heights, (words, QUESTION_COLUMNS[at].width)], lowest=30))


def head_line(contents: Contents) -> str:
    """Where a sheet belongs, in one line; read again when the workbook comes back."""
    return cells.plain(f"{contents.organisation}, {contents.cycle}. Reference: {contents.ref}.")


def about_of(question: Question, contents: Contents) -> str:
    if question.criterion is not None:
        return question.criterion.headline
    return question.standard.title if question.standard else "The whole return"
