"""Saying the same of several actions at once."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from s11.actions.forms.shared import DueField, choices, longest, plain, refuse, words
from s11.actions.rules import SAID_BY_OWNER, STATUS_LABELS, due_fault, update_fault
from s11.core import clock
from s11.web.forms import Form

AS_IT_STANDS = "as_it_stands"
STATUSES = {AS_IT_STANDS: "Leave each as it stands", **{one: STATUS_LABELS[one] for one in SAID_BY_OWNER}}


class SeveralForm(Form):
    """How several actions go; which they are stands beside it, ticked."""

    status = RadioField(
        "How do they stand?", default=AS_IT_STANDS, choices=choices(STATUSES), validate_choice=False
    )
    text = words(
        "What has been done, and what shows it?",
        needed_sentence="Say what has been done, or what stands in the way.",
    )
    due_on = DueField("New completion date for all of them", validators=[Optional()])
    reason = TextAreaField("Why does the date move?", filters=[plain], validators=[longest(500)])

    @property
    def said_status(self) -> str:
        """The status to set; empty to leave each as it stands."""
        return "" if self.status.data == AS_IT_STANDS else self.status.data or ""

    def validate_status(self, field: RadioField) -> None:
        refuse(None if field.data in STATUSES else "Choose how these actions stand.")

    def validate_text(self, field: TextAreaField) -> None:
        refuse(update_fault(self.said_status, field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if field.day is not None:
            refuse(due_fault(field.day, since=clock.today()))

    def validate_reason(self, field: TextAreaField) -> None:
        refuse("Say why the completion date moves." if self.due_on.day and not field.data else None)
