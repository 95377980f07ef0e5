"""Bringing in a plan: what it is, what its columns mean, and what is mended of a row."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, Field, FileField, RadioField, SelectField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from s11.actions.bringing.numbers import numbers_of
from s11.actions.bringing.shapes import MEANING_LABELS, ROW_KIND_LABELS
from s11.actions.forms import DueField, choices, line, refuse, words
from s11.actions.rules import (
    NAME_LONGEST,
    SOURCE_LABELS,
    TITLE_LONGEST,
    WITH_RECOMMENDATIONS,
    due_fault,
    owner_name_fault,
)
from s11.core import clock
from s11.web.forms import DayField, Form, NumberField

PASTED_LONGEST = 1_000_000
NUMBERS_LONGEST = 120
NO_SUCH = "There is no organisation called “{}” here. Choose one of the list."


class BeginForm(Form):
    """What the plan is, and the plan: as a file, or pasted."""

    kind = RadioField(
        "What does the plan answer?",
        choices=choices({kind: SOURCE_LABELS[kind] for kind in WITH_RECOMMENDATIONS}),
        validate_choice=False,  # its own sentence is said below
    )
    title = line(
        "What is it called?",
        count=TITLE_LONGEST,
        needed_sentence="Enter what the review, inspection or audit is called.",
    )
    dated_on = DayField("When was it published or received?", validators=[Optional()])
    file = FileField("The plan as a file")
    pasted = words("Or paste the tables", count=PASTED_LONGEST)

    def validate_kind(self, field: RadioField) -> None:
        refuse(None if field.data in WITH_RECOMMENDATIONS else "Choose what the plan answers.")

    def validate_dated_on(self, field: DayField) -> None:
        if not field.errors and field.day is not None and field.day > clock.today():
            refuse("This day has not come yet. Check the year.")


class ColumnsForm(Form):
    """What each column means, once for all tables with the same headings; and which tables come in."""


def columns_form(columns: Iterable[str], tables: Mapping[str, str]) -> type[ColumnsForm]:
    """A form with a choice for every column by its name, and a box for every table by its name and label."""
    meanings = choices(MEANING_LABELS)
    fields: dict[str, Any] = {name: SelectField("What it holds", choices=meanings) for name in columns}
    fields |= {name: BooleanField(label) for name, label in tables.items()}
    return type("PlanColumnsForm", (ColumnsForm,), fields)


def held_in(field: Field) -> str:
    """What a field holds, as a page prints it."""
    return field._value() if hasattr(field, "_value") else str(field.data or "")


class RowForm(Form):
    """What is mended of one printed row.

    `organisations` gives the ref of each organisation by its names in small letters, with an empty one for
    the Board itself, and `shown` what the fields held when the page was printed: both are set by the view.
    """

    organisations: Mapping[str, str] = {}
    shown: Mapping[str, str] = {}

    mark = StringField(widget=HiddenInput())
    kind = SelectField("What this row is", choices=choices(ROW_KIND_LABELS))
    numbers = line("Numbers of the recommendations", count=NUMBERS_LONGEST)
    text = words("Text")
    owner_name = line("Full name of the owner", count=NAME_LONGEST)
    owner_role = line("Role of the owner", count=NAME_LONGEST)
    organisation = line("Organisation", count=250)
    due_on = DueField("To be done by", validators=[Optional()])

    @classmethod
    def as_printed(cls, held: Mapping[str, object]) -> dict[str, str]:
        """What the page prints into the fields of a row that holds this."""
        return {field.short_name: held_in(field) for field in cls(None, data=held)}

    def changed(self, name: str) -> bool:
        """Whether a field holds something else than the page printed into it; spaces between words apart."""
        return held_in(self[name]).split() != self.shown.get(name, "").split()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """What was printed in the plan and not touched is no mistake of whoever mends something else."""
        super().validate(*args, **kwargs)
        for field in self:
            if field.errors and field.short_name in self.shown and not self.changed(field.short_name):
                field.errors = []
        return not any(field.errors for field in self)

    @property
    def organisation_ref(self) -> str | None:
        """The organisation that was entered; empty for the Board itself, None for none."""
        return self.organisations.get((self.organisation.data or "").casefold())

    def validate_owner_name(self, field: StringField) -> None:
        if field.data and self.changed("owner_name"):
            refuse(owner_name_fault(field.data))

    def validate_organisation(self, field: StringField) -> None:
        if field.data and self.organisation_ref is None:
            refuse(NO_SUCH.format(field.data))

    def validate_due_on(self, field: DueField) -> None:
        today = clock.today()
        # A plan that was made earlier may hold days that have passed.
        if not field.errors and field.day is not None and field.day > today:
            refuse(due_fault(field.day, since=today))

    def validate_numbers(self, field: StringField) -> None:
        if field.data and not numbers_of(field.data):
            refuse("Enter numbers with a comma between them, for example 5, 8; or All.")


class PostForm(Form):
    """Who a post is, in whatever way it is spelt; `organisations` as in the form of a row."""

    organisations: Mapping[str, str] = {}

    key = StringField(widget=HiddenInput())
    mark = StringField(widget=HiddenInput())
    role = line("Role", count=NAME_LONGEST)
    name = line("Full name", count=NAME_LONGEST)
    organisation = line("Organisation", count=250)

    @property
    def organisation_ref(self) -> str | None:
        return self.organisations.get((self.organisation.data or "").casefold())

    def validate_role(self, field: StringField) -> None:
        refuse(None if field.data else "Enter the role as it is to be written.")

    def validate_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data) if field.data else None)

    def validate_organisation(self, field: StringField) -> None:
        if field.data and self.organisation_ref is None:
            refuse(NO_SUCH.format(field.data))


class BringForm(Form):
    """The last question; `version` is the state the person had before their eyes."""

    version = NumberField(widget=HiddenInput())
