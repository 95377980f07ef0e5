"""Saying how an action goes, and talking about it."""

from datetime import date

from wtforms import RadioField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from s11.actions.forms.shared import DueField, choices, longest, plain, refuse, words
from s11.actions.rules import (
    SAID_BY_OWNER,
    STATUS_LABELS,
    WHERE_SEEN_LONGEST,
    due_fault,
    seen_fault,
    update_fault,
)
from s11.core import clock
from s11.web.forms import Form, NumberField

NEWEST_FIRST = "Open the action again, so that you have its newest state before you, and save then."


class VersionedForm(Form):
    """A form about an action; `version` is the state the person had before their eyes."""

    version = NumberField(
        widget=HiddenInput(), validators=[NumberRange(min=0, max=2**31 - 1, message=NEWEST_FIRST)]
    )


class UpdateForm(VersionedForm):
    """How an action goes. `due_before` is the date it has, set by the view: only another needs a reason."""

    due_before: date | None = None

    status = RadioField(
        "How does it stand?",
        choices=choices({status: STATUS_LABELS[status] for status in SAID_BY_OWNER}),
        validate_choice=False,  # its own sentence is said below
    )
    text = words(
        "What has been done, and what shows it?",
        needed_sentence="Say what has been done, or what stands in the way.",
    )
    seen_at = TextAreaField(
        "Where can it be seen, if nothing can be filed?",
        filters=[plain],
        validators=[longest(WHERE_SEEN_LONGEST)],
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

    def validate_seen_at(self, field: TextAreaField) -> None:
        refuse(seen_fault(field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if self.moves:
            refuse(due_fault(field.day, since=clock.today()))

    def validate_reason(self, field: TextAreaField) -> None:
        refuse("Say why the completion date moves." if self.moves and not field.data else None)


class CommentForm(Form):
    """Something said beside an action."""

    comment = words("Your comment", count=2_000, needed_sentence="Write what you want to say.")
