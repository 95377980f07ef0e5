"""Adding an action, and saying how one goes."""

from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from s11.actions.rules import (
    MECHANISM_LABELS,
    NAME_LONGEST,
    OPEN_ENDED,
    SOURCE_LABELS,
    STATUS_FILTERS,
    STATUS_LABELS,
    TEXT_LONGEST,
    TITLE_LONGEST,
    Source,
    due_fault,
    owner_name_fault,
    owner_role_fault,
)
from s11.core import clock
from s11.web.forms import DayField, Form, needed, strip


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
    return TextAreaField(label, filters=[strip], validators=[first, longest(count)])


class ActionForm(Form):
    """A new action; the places it may belong to are set by the view."""

    place = SelectField("Whose action is it?", choices=[], default="")
    source = SelectField(
        "Where does it come from?",
        default=str(Source.SELF_ASSESSMENT),
        choices=[(str(s), label) for s, label in SOURCE_LABELS.items()],
    )
    source_title = StringField(
        "Name of the review, inspection or audit",
        filters=[strip],
        validators=[Optional(), longest(TITLE_LONGEST)],
    )
    recommendation = words("Recommendation or finding it answers")
    text = words("What will be done?", needed_sentence="Say what will be done.")
    outcome = words("What difference will it make for children?")
    evidence_expected = words("What will show that it is done?")
    mechanism = SelectField(
        "How does it make the change?",
        default="",
        choices=[("", "Not chosen"), *((str(m), label) for m, label in MECHANISM_LABELS.items())],
    )
    owner_name = StringField("Full name of the owner", filters=[strip], validators=[longest(NAME_LONGEST)])
    owner_role = StringField("Role of the owner", filters=[strip], validators=[longest(NAME_LONGEST)])
    due_on = DueField("To be done by")

    def validate_owner_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_owner_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if not field.errors:
            refuse(due_fault(field.day, since=clock.today()))


class UpdateForm(Form):
    """How an action goes; `version` is the state the person had before their eyes."""

    version = IntegerField(widget=HiddenInput(), validators=[needed("Open the action again and save then.")])
    status = RadioField(
        "How does it stand?",
        choices=[(str(s), label) for s, label in STATUS_LABELS.items()],
        validators=[needed("Choose how this action stands.")],
    )
    text = words(
        "What has been done, and what shows it?",
        needed_sentence="Say what has been done, or what stands in the way.",
    )
    due_on = DueField("New completion date", validators=[Optional()])
    reason = words("Why does the date move?", count=500)


class FilterForm(Form):
    """What the plan is narrowed to; read from the address."""

    class Meta:
        csrf = False

    status = SelectField("Status", choices=[("", "Any status"), *STATUS_FILTERS.items()])
    source = SelectField(
        "Source", choices=[("", "Any source"), *((str(s), label) for s, label in SOURCE_LABELS.items())]
    )
    organisation = SelectField("Organisation", choices=[("", "Any organisation")])
    search = StringField("Search", filters=[strip])
    page = HiddenField()


def refuse(fault: str | None) -> None:
    """Refuse a field with a rule's sentence, where there is one."""
    if fault:
        raise ValidationError(fault)
