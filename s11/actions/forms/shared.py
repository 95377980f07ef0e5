"""Fields that the forms of the plan share."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from s11.actions.rules import TEXT_LONGEST, due_fault, end_of_month, yearless_fault
from s11.core import clock
from s11.core.open_ended import OPEN_ENDED
from s11.web.forms import DayField, needed


def plain(value: str | None) -> str | None:
    """What was typed without its outer spaces, and without characters that no keyboard has."""
    if not value:
        return value
    kept = (char for char in value.replace("\r\n", "\n") if char in "\n\t" or ord(char) >= 32)
    return "".join(kept).strip()


def choices(pairs: Iterable[tuple[str, str]] | Mapping[Any, str], *, first: str = "") -> list[SelectChoice]:
    """Options from pairs of value and label; `first` is the label of the empty one, where there is one."""
    listed = pairs.items() if isinstance(pairs, Mapping) else pairs
    empty = [SelectChoice("", first)] if first else []
    return [*empty, *(SelectChoice(str(value), label) for value, label in listed)]


class DueField(DayField):
    """A completion date. A month with its year is its last day, and `understood` says so; "ongoing", "TBC"
    and a month without a year are answered with sentences of their own."""

    understood = ""

    def pre_validate(self, form: Any) -> None:
        typed = self._value()
        if OPEN_ENDED.search(typed):
            raise ValidationError(due_fault(None, since=clock.today(), typed=typed))
        refuse(yearless_fault(typed))
        end = end_of_month(typed)
        if end is None:
            super().pre_validate(form)
            return
        self.day = end
        self.understood = f"“{typed.strip()}” was read as {end.day} {end:%B %Y}."


def longest(count: int) -> Length:
    return Length(max=count, message=f"Use at most {count:,} characters.")


def words(label: str, *, count: int = TEXT_LONGEST, needed_sentence: str = "") -> TextAreaField:
    """A field for several lines, needed when there is a sentence that says so."""
    first = needed(needed_sentence) if needed_sentence else Optional()
    return TextAreaField(label, filters=[plain], validators=[first, longest(count)])


def line(label: str, *, count: int, needed_sentence: str = "") -> StringField:
    """A field for one line; without a sentence it is the form's own checks that may ask for it."""
    first = [needed(needed_sentence)] if needed_sentence else []
    return StringField(label, filters=[plain], validators=[*first, longest(count)])


def refuse(fault: str | None) -> None:
    """Refuse a field with a rule's sentence, where there is one."""
    if fault:
        raise ValidationError(fault)
