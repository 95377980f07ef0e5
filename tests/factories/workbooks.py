"""Workbooks of returns, as somebody fills them in with a spreadsheet."""

import io

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from tests.pages import Browser, Page


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def downloaded(browser: Browser, ref: str) -> Workbook:
    answer = browser.client.get(f"/returns/{ref}/workbook.xlsx")
    assert answer.status_code == 200
    return opened(answer.data)


def cell(book: Workbook, number: str, title: str, sheet: str = "") -> Cell:
    """The cell of a criterion under a heading, wherever both stand."""
    for one in [book[sheet]] if sheet else book.worksheets:
        for head in one.iter_rows(max_row=10):
            titles = {str(c.value): c.column for c in head if c.value}
            if "Number" in titles and title in titles:
                for row in range(head[0].row + 1, one.max_row + 1):
                    if str(one.cell(row, titles["Number"]).value or "") == number:
                        return one.cell(row, titles[title])
    raise AssertionError(f"no cell {number} {title}")


def question(book: Workbook, label: str, number: str = "") -> Cell:
    """The answer cell of a further question."""
    sheet = book["Further questions"]
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 3).value == label and str(sheet.cell(row, 1).value or "") == number:
            return sheet.cell(row, 5)
    raise AssertionError(f"no question {label}")


def send(browser: Browser, ref: str, data: bytes, name: str = "return.xlsx", *, status: int = 302) -> Page:
    """Send a workbook on its page; gives the page that shows what it would change."""
    path = f"/returns/{ref}/workbook"
    browser.open(path)
    fields = browser.page.form(path).data(file=(io.BytesIO(data), name))
    return browser.post(path, fields, status=status)


def apply(browser: Browser, *, status: int = 302, **choices: str) -> Page:
    form = next(form for form in browser.page.forms if "/workbook/" in form.action)
    return browser.submit(form.action, status=status, **choices)
