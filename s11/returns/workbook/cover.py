"""The first sheet of a return's workbook: what it is, how to fill it, and what the ratings mean."""

from collections.abc import Iterator, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from s11.questionnaires.rules import StandardContent
from s11.returns.workbook.cells import plain
from s11.returns.workbook.contents import ON_SCREEN, Contents
from s11.returns.workbook.layout import NOT_APPLICABLE, QUESTIONS, README, VERSION, level_word
from s11.returns.workbook.looks import PROTECTION, Looks, row_height
from s11.web.filters import day, moment

WIDE = 100
A4 = 9


def write_cover(book: xlsxwriter.Workbook, looks: Looks, contents: Contents, titles: list[str]) -> None:
    sheet = book.add_worksheet(README)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, WIDE)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, contents.cycle, looks["title"])
    where = f"{contents.organisation}, {contents.cycle}. Reference: {contents.ref}."
    sheet.write_string(1, 0, plain(where), looks["line"])
    row = facts(sheet, 3, looks, contents)
    row = part(sheet, row + 1, looks, "How to fill it in", [("", words) for words in how_lines(contents)])
    ratings = list(meanings(contents.standards))
    if contents.edition.not_applicable_allowed and contents.edition.not_applicable_meaning:
        ratings.append((NOT_APPLICABLE, contents.edition.not_applicable_meaning))
    if ratings:
        row = part(sheet, row + 1, looks, "What the ratings mean", ratings)
    links(sheet, row + 1, looks, contents, titles)
    sheet.protect("", PROTECTION)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def facts(sheet: Worksheet, row: int, looks: Looks, contents: Contents) -> int:
    edition = contents.edition
    return part(
        sheet,
        row,
        looks,
        "This workbook",
        [
            ("What it is", f"The return of {contents.organisation} to {contents.cycle}, to fill in here"),
            ("Questionnaire", f"{edition.title} ({edition.code})"),
            ("Due", day(contents.due_on)),
            ("Made", f"{moment(contents.made_at)} by {contents.made_by}"),
        ],
    )


def part(sheet: Worksheet, row: int, looks: Looks, title: str, lines: list[tuple[str, str]]) -> int:
    """A part of the sheet under its heading; gives the next free row."""
    sheet.write_string(row, 0, title, looks["part"])
    for name, words in lines:
        row += 1
        text = plain(words)
        sheet.write_string(row, 0, plain(name), looks.text("bold", name))
        sheet.write_string(row, 1, text, looks.text("words", text))
        sheet.set_row(row, row_height([(text, WIDE), (name, 26)], lowest=17))
    return row + 1


def how_lines(contents: Contents) -> Iterator[str]:
    word = contents.word("standard", "Standard").lower()
    if not contents.is_open:
        yield "This return takes no answers at present, so every cell is locked. You can read and print it."
        return
    yield (
        f"Every {word} has a sheet of its own, which you can also send to a colleague by itself. Fill in the "
        "yellow cells. The others are locked: they only help you, or are answered by somebody else."
    )
    yield (
        "Choose a rating from the list in its cell. Alt and Enter together begin a new line in a cell. Write "
        "no formulas and merge no cells."
    )
    yield (
        "Save the workbook as .xlsx, and send it on the page “Your return as a workbook”. You see every "
        "difference first; nothing is changed until you confirm it. You can do so as often as you like."
    )
    yield (
        "Others may answer on screen meanwhile. Where you and they changed the same, you are shown both and "
        f"choose. The column {VERSION} is how it is noticed: leave it as it is."
    )
    yield (
        "What you empty is emptied in the return. Rows, columns and sheets that you delete change nothing, "
        "and may be moved."
    )
    yield "Evidence and improvement actions are added on screen."
    if any(field.kind in ON_SCREEN for field in contents.every_field):
        yield "Files and tables that are asked for are filled in on screen too."
    if contents.may_grow:
        yield (
            "Some answers lead to further questions. They appear on screen, and in a workbook that you "
            "download afterwards."
        )


def meanings(standards: Sequence[StandardContent]) -> Iterator[tuple[str, str]]:
    """What each level of the scales in use means."""
    scales = {
        criterion.scale.code: criterion.scale
        for standard in standards
        for criterion in standard.criteria
        if criterion.rated
    }
    for scale in scales.values():
        yield from ((level_word(scale, level), level.meaning) for level in scale.printed)


def links(sheet: Worksheet, row: int, looks: Looks, contents: Contents, titles: list[str]) -> None:
    """Every further sheet, with how much of it is to be answered."""
    sheet.write_string(row, 0, "Sheets", looks["part"])
    lines = [
        (title, f"{standard.title}: {to_answer(standard, contents)}")
        for title, standard in zip(titles, contents.standards, strict=True)
    ]
    if contents.questions:
        lines.append((QUESTIONS, "What is asked beside the ratings"))
    for at, (title, words) in enumerate(lines, start=row + 1):
        sheet.write_url(at, 0, f"internal:'{title}'!A1", string=title)
        sheet.write_string(at, 1, plain(words), looks.text("words", words))


def to_answer(standard: StandardContent, contents: Contents) -> str:
    count = len(standard.criteria)
    one, many = contents.word("criterion", "criterion").lower(), contents.word("criteria", "criteria").lower()
    yours = sum(criterion.id in contents.scope.criteria for criterion in standard.criteria)
    said = f"{count} {one if count == 1 else many}"
    if not count:
        return "only further questions"
    if yours == count or not contents.is_open:
        return said
    return f"{said}, {yours} of them yours" if yours else f"{said}, not yours to answer"
