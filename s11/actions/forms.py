"""Adding an action, and saying how one goes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from s11.actions.rules import (
    MECHANISM_LABELS,
    NAME_LONGEST,
    SAID_BY_OWNER,
    SOURCE_LABELS,
    STATUS_FILTERS,
    STATUS_LABELS,
    TEXT_LONGEST,
    TITLE_LONGEST,
    Source,
    due_fault,
    owner_name_fault,
    owner_role_fault,
    update_fault,
)
from s11.core import clock
from s11.core.open_ended import OPEN_ENDED
from s11.web.forms import DayField, Form, NumberField, needed

SEARCH_LONGEST = 100
NEWEST_FIRST = "Open the action again, so that you have its newest state before you, and save then."


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
    """A completion date; "ongoing" and "TBC" are answered with a sentence of their own."""

    def pre_validate(self, form: Any) -> None:
        if OPEN_ENDED.search(self._value()):
            raise ValidationError(due_fault(None, since=clock.today(), typed=self._value()))
        super().pre_validate(form)


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


class ActionForm(Form):
    """A new action; the places it may belong to are set by the view."""

    place = SelectField(
        "Whose action is it?", choices=[], default="", validators=[needed("Choose whose action it is.")]
    )
    source = SelectField(
        "Where does it come from?",
        default=str(Source.SELF_ASSESSMENT),
        choices=choices(SOURCE_LABELS),
    )
    source_title = line("Name of the review, inspection or audit", count=TITLE_LONGEST)
    recommendation = words("Recommendation or finding it answers")
    text = words("What will be done?", needed_sentence="Say what will be done.")
    outcome = words("What difference will it make for children?")
    evidence_expected = words("What will show that it is done?")
    mechanism = SelectField(
        "How does it make the change?",
        default="",
        choices=choices(MECHANISM_LABELS, first="Not chosen"),
    )
    owner_name = line("Full name of the owner", count=NAME_LONGEST)
    owner_role = line("Role of the owner", count=NAME_LONGEST)
    due_on = DueField("To be done by")

    def validate_owner_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_owner_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if not field.errors:
            refuse(due_fault(field.day, since=clock.today()))


class UpdateForm(Form):
    """How an action goes; `version` is the state the person had before their eyes.

    `due_before` is the date the action has, set by the view: only another one needs a reason.
    """

    due_before: date | None = None

    version = NumberField(
        widget=HiddenInput(), validators=[NumberRange(min=0, max=2**31 - 1, message=NEWEST_FIRST)]
    )
    status = RadioField(
        "How does it stand?",
        choices=choices({status: STATUS_LABELS[status] for status in SAID_BY_OWNER}),
        validate_choice=False,  # its own sentence is said below
    )
    text = words(
        "What has been done, and what shows it?",
        needed_sentence="Say what has been done, or what stands in the way.",
    )
    due_on = DueField("New completion date", validators=[Optional()])
    reason = TextAreaField("Why does the date move?", filters=[plain], validators=[longest(500)])

    @property
    def moves(self) -> bool:
        """Whether another completion date was entered."""
        return self.due_on.day is not None and self.due_on.day != self.due_before

    def validate_status(self, field: RadioField) -> None:
        refuse(None if field.data in SAID_BY_OWNER else "Choose how this action stands.")

    def validate_text(self, field: TextAreaField) -> None:
        refuse(update_fault(self.status.data or "", field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if self.moves:
            refuse(due_fault(field.day, since=clock.today()))

    def validate_reason(self, field: TextAreaField) -> None:
        refuse("Say why the completion date moves." if self.moves and not field.data else None)


class FilterForm(Form):
    """What the plan is narrowed to; read from the address."""

    class Meta:
        csrf = False

    status = SelectField("Status", default="", choices=choices(STATUS_FILTERS, first="Any status"))
    source = SelectField("Source", default="", choices=choices(SOURCE_LABELS, first="Any source"))
    organisation = SelectField("Organisation", default="", choices=[])
    search = StringField(
        "Search the text or the owner", filters=[plain, lambda value: value and value[:SEARCH_LONGEST]]
    )


def refuse(fault: str | None) -> None:
    """Refuse a field with a rule's sentence, where there is one."""
    if fault:
        raise ValidationError(fault)
