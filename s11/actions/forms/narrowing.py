"""What the plan is narrowed to, its order and its groups, as the address says."""

from dataclasses import fields
from typing import Any

from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Optional

from s11.actions.forms.shared import choices, plain
from s11.actions.rules import (
    GROUP_LABELS,
    MECHANISM_LABELS,
    PRIORITY_LABELS,
    SORT_LABELS,
    SOURCE_LABELS,
    STATUS_FILTERS,
    Arrangement,
    Group,
    PlanFilter,
    Sort,
)
from s11.web.forms import DayField, Form

SEARCH_LONGEST = 100


def part(label: str) -> StringField:
    """A field for a part of what is looked for."""
    return StringField(label, filters=[plain, lambda value: value and value[:SEARCH_LONGEST]])


class FilterForm(Form):
    """What the plan is narrowed to, read from the address; the view sets choices that hang on the plan."""

    class Meta:
        csrf = False

    search = part("Search")
    status = SelectField("Status", default="", choices=choices(STATUS_FILTERS, first="Any status"))
    organisation = SelectField("Organisation", default="", choices=[])
    mine = SelectField("Whose", default="", choices=choices({"yes": "Mine only"}, first="Everybody’s"))
    source = SelectField("Kind of source", default="", choices=choices(SOURCE_LABELS, first="Any source"))
    of = SelectField("Review, inspection or audit", default="", choices=[])
    theme = SelectField("Theme", default="", choices=[])
    standard = SelectField("Standard", default="", choices=[])
    mechanism = SelectField("Mechanism", default="", choices=choices(MECHANISM_LABELS, first="Any mechanism"))
    priority = SelectField("Priority", default="", choices=choices(PRIORITY_LABELS, first="Any priority"))
    owner = part("Owner’s name or role")
    due_from = DayField("Due from", [Optional()])
    due_to = DayField("Due to", [Optional()])
    sort = SelectField("In order of", default=str(Sort.DUE), choices=choices(SORT_LABELS))
    group = SelectField("Grouped by", default="", choices=choices(GROUP_LABELS, first="Not grouped"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Days are shown as people write them, however the address does."""
        fine = super().validate(extra_validators)
        for field in (self.due_from, self.due_to):
            field.data = field.day or field.data
        return fine

    def validate_due_to(self, field: DayField) -> None:
        first, last = self.due_from.day, field.day
        if first and last and last < first:
            raise ValidationError("The last day lies before the first. Enter a later one.")

    @property
    def wanted(self) -> PlanFilter:
        """What is asked for; a word the address cannot mean is left aside."""
        return PlanFilter(**{name: value for name in NARROWING if (value := self._asked(name))})

    @property
    def arranged(self) -> Arrangement:
        """The order and the groups asked for."""
        sort, group = self._asked("sort"), self._asked("group")
        return Arrangement(Sort(sort) if sort else Sort.DUE, Group(group) if group else None)

    @property
    def narrowed_by(self) -> list[tuple[str, str]]:
        """What the plan is narrowed to, as the name of a field and words: "Status: Overdue"."""
        return [(name, self._said(name)) for name in NARROWING if self._asked(name)]

    @property
    def narrows_further(self) -> bool:
        """Whether something is asked, or wrong, that does not stand in the first row."""
        return any(self._asked(name) or self[name].errors for name in FURTHER)

    @property
    def wrong_days(self) -> list[tuple[str, str | None]]:
        """What is wrong with days, as pairs of sentence and link: other fields can only be chosen."""
        return [(field.errors[0], f"#{field.id}") for field in (self.due_from, self.due_to) if field.errors]

    def _asked(self, name: str) -> str:
        field = self[name]
        if field.errors or not field.data:
            return ""
        if isinstance(field, DayField):
            return field.day.isoformat() if field.day else ""
        return str(field.data)

    def _said(self, name: str) -> str:
        field = self[name]
        if isinstance(field, DayField):
            return f"{field.label.text} {field.real.day} {field.real:%B %Y}"
        if isinstance(field, SelectField):
            chosen = next(choice.label for choice in field.choices if choice.value == field.data)
            return f"{field.label.text}: {chosen}"
        return f"{field.label.text}: “{field.data}”"


NARROWING = tuple(field.name for field in fields(PlanFilter))
FURTHER = (
    "mine",
    "source",
    "of",
    "theme",
    "standard",
    "mechanism",
    "priority",
    "owner",
    "due_from",
    "due_to",
)
