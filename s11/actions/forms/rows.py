"""Parts of a form that repeat: others who have a part in an action, and the steps on its way."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, FormField, StringField
from wtforms import Form as Rowed
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from s11.actions.forms.shared import DueField, line, longest, plain, refuse
from s11.actions.rules import NAME_LONGEST, TEXT_LONGEST, owner_name_fault, owner_role_fault

EMPTY_ROWS = 3
MOST_ROWS = 20
INDEX = re.compile(r"[0-9]{1,3}")
REF_LONGEST = 20


class Rows(FieldList):
    """Rows of fields, some of them empty; one more is asked for with a button, and needs no script."""

    def __init__(self, row: type[Rowed], label: str, **named: Any) -> None:
        super().__init__(FormField(row), label, min_entries=0, max_entries=MOST_ROWS, **named)

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """The numbers of the rows that were sent; what is no number of a row is left aside."""
        begins = len(prefix) + 1
        for name in formdata:
            part = name[begins:].split("-", 1)[0]
            if name.startswith(f"{prefix}-") and INDEX.fullmatch(part):
                yield int(part)

    @property
    def filled(self) -> list[Any]:
        """The rows in which something stands, as their forms."""
        return [entry.form for entry in self.entries if entry.form.is_filled]

    def leave_room(self, more: bool = False) -> None:
        """Let there be empty rows: three in all at least, and three further where `more` are asked for."""
        wanted = len(self.entries) + EMPTY_ROWS if more else max(EMPTY_ROWS, len(self.filled) + 1)
        while len(self.entries) < min(wanted, MOST_ROWS):
            self.append_entry()

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= MOST_ROWS


def row_mistakes(rows: Rows, what: str) -> list[tuple[str, str | None]]:
    """The mistakes of rows as sentences that say in which row, each with its link."""
    return [
        (f"{what} {number}: {sentence}", f"#{part.id}")
        for number, entry in enumerate(rows.entries, 1)
        for part in entry.form
        for sentence in part.errors[:1]
    ]


class OwnerRow(Rowed):
    """Somebody else who has a part in an action."""

    name = line("Full name", count=NAME_LONGEST)
    role = line("Role", count=NAME_LONGEST)
    organisation = line("Organisation", count=250)

    @property
    def is_filled(self) -> bool:
        return bool(self.name.data or self.role.data or self.organisation.data)

    def validate_name(self, field: StringField) -> None:
        if self.is_filled:
            refuse(owner_name_fault(field.data or ""))

    def validate_role(self, field: StringField) -> None:
        if self.is_filled:
            refuse(owner_role_fault(field.data or ""))


class StepRow(Rowed):
    """A step on the way, with its day; `ref` names one that there is already."""

    ref = StringField(widget=HiddenInput(), validators=[Length(max=REF_LONGEST)])
    text = StringField("Step", filters=[plain], validators=[longest(TEXT_LONGEST)])
    due_on = DueField("By")

    @property
    def is_filled(self) -> bool:
        return bool(self.text.data or self.due_on._value().strip())

    def validate_text(self, field: StringField) -> None:
        if self.is_filled:
            refuse(None if field.data else "Say what this step is.")

    def validate_due_on(self, field: DueField) -> None:
        if self.is_filled and not field.errors and field.day is None:
            refuse("Enter the day by which this step is reached, for example 31 3 2027.")
