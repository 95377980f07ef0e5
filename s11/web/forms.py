"""The form every form is made from, and the kinds of field that recur."""

import re
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired

from s11.core.errors import DomainError

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAY = re.compile(r"^\s*(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]+)[\s./-]+(\d{4})\s*$")
LARGEST = 2**31  # what a column of numbers holds on every database
ISO_DAY = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})\s*$")


class Form(FlaskForm):
    """A form; `mistakes` are its errors as pairs of sentence and link, for the summary at the top."""

    class Meta(FlaskForm.Meta):
        """How what was sent reaches the fields."""

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            """A file that was sent where words are asked for is no words, and is left out."""
            sent = super().wrap_formdata(form, formdata)
            if not isinstance(sent, CombinedMultiDict):
                return sent
            names = {field.name for field in form if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in names]
            return CombinedMultiDict([MultiDict(files), request.form])

    @property
    def mistakes(self) -> list[tuple[str, str | None]]:
        return [(sentence, f"#{field.id}") for field in self for sentence in field.errors]


def strip(value: Any) -> Any:
    """Text without the blanks around it; a value that is no text stays as it is."""
    return value.strip() if isinstance(value, str) else value


def needed(sentence: str) -> InputRequired:
    """A field that has to be filled, and the sentence that says so."""
    return InputRequired(message=sentence)


def parse_day(text: str) -> date | None:
    """A date as people write it: 21 3 2027, 21/03/2027, 21 March 2027, 2027-03-21. None if it is none."""
    iso = ISO_DAY.match(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        found = DAY.match(text)
        if not found:
            return None
        day, year = int(found[1]), int(found[3])
        month = _month(found[2])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    starts = [name for name in MONTHS if len(text) >= 3 and name.startswith(text.lower())]
    return MONTHS.index(starts[0]) + 1 if starts else 0


class DayField(StringField):
    """A date typed as text; what was typed is kept on the page when it cannot be read."""

    day: date | None = None

    @property
    def real(self) -> date:
        """The date of a field that passed its checks."""
        assert self.day is not None
        return self.day

    def _value(self) -> str:
        if isinstance(self.data, date):
            return f"{self.data.day} {self.data.month} {self.data.year}"
        return self.data or ""

    def pre_validate(self, form: Any) -> None:
        text = self._value()
        self.day = parse_day(text)
        if text.strip() and self.day is None:
            raise ValidationError(
                "Enter a date that exists, with day, month and year, for example 31 3 2027."
            )


class NumberField(IntegerField):
    """A whole number; one too large for any column is none."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) >= LARGEST:
            self.data = None
            raise ValueError("Enter a smaller number.")


def real_day(sentence: str) -> Any:
    """A date has to be there; "ongoing" and "TBC" are no dates."""

    def check(form: Any, field: Field) -> None:
        if not (field._value() or "").strip():
            raise ValidationError(sentence)

    return check


def blame(form: Form, refusal: DomainError, *, otherwise: str) -> None:
    """Put a refusal's sentence at the field it names, or at `otherwise` when it names none of the form's."""
    field = form[refusal.field if refusal.field in form else otherwise]
    field.errors = [*field.errors, refusal.sentence]
