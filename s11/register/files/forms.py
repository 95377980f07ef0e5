"""Bringing a register."""

from collections.abc import Sequence

from wtforms import BooleanField, FileField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from s11.register.files.columns import PLAIN
from s11.web.forms import Form

NOT_THERE = ("", "Not in the file")


class BringForm(Form):
    """A file; what it is, its headings say."""

    file = FileField(
        "Choose the file",
        description="The school register as CSV (or the ZIP it comes in), an early-years list, or a "
        "spreadsheet of organisations as .xlsx or CSV.",
    )


class AuthoritiesForm(Form):
    """Which local authorities of those in the file are the partnership's."""

    authorities = SelectMultipleField(
        "Which are yours?", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class CompleteForm(Form):
    complete = BooleanField("Close what is missing")


class ColumnsForm(Form):
    """Which column of a list is what: a choice for each fact we know."""


def columns_form(headings: Sequence[str], samples: Sequence[str]) -> type[ColumnsForm]:
    """A form with a choice of the columns of this file for every fact."""
    choices = [NOT_THERE] + [
        (str(at), f"{heading or f'Column {at + 1}'}{f' ({sample})' if sample else ''}")
        for at, (heading, sample) in enumerate(zip(headings, [*samples, *[""] * len(headings)], strict=False))
    ]
    fields = {column.key: SelectField(column.label, choices=choices, default="") for column in PLAIN}
    return type("FileColumnsForm", (ColumnsForm,), fields)
