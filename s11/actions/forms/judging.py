"""What the Board decides about an action, and what difference it made."""

from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from s11.actions.forms.following import VersionedForm
from s11.actions.forms.shared import DueField, choices, longest, plain, refuse, words
from s11.actions.rules import (
    BECAUSE_LABELS,
    DIFFERENCE_LABELS,
    TEXT_LONGEST,
    Because,
    Difference,
    difference_fault,
    due_fault,
    known_fault,
)
from s11.core import clock

ACCEPT, GIVE_BACK = "accept", "give_back"
VERDICTS = {ACCEPT: "It is shown: accept it", GIVE_BACK: "Something is missing: return it"}
DUE_EXAMPLE = "For example 31 3 2027."


class VerdictForm(VersionedForm):
    """Whether it is shown that an action is complete."""

    verdict = RadioField("What does the Board say?", choices=choices(VERDICTS), validate_choice=False)
    reason = words(
        "What shows it, or what is missing?", needed_sentence="Say what shows it, or what is missing."
    )
    due_on = DueField(
        "New date, where you return it",
        validators=[Optional()],
        description=f"Needed when the old one is past. {DUE_EXAMPLE}",
    )

    def validate_verdict(self, field: RadioField) -> None:
        refuse(None if field.data in VERDICTS else "Choose whether it is shown that this action is complete.")


class DifferenceForm(VersionedForm):
    """What difference an action made, and how that is known."""

    difference = RadioField(
        "What can be said by now?", choices=choices(DIFFERENCE_LABELS), validate_choice=False
    )
    # What these still lack depends on the answer: see the checks below.
    what = TextAreaField(
        "What is different for children? Or why is it too early to know, or what did you find?",
        filters=[plain],
        validators=[longest(TEXT_LONGEST)],
    )
    known_by = TextAreaField(
        "How do you know?",
        description="Needed where it made a difference: figures, records looked at, what children said.",
        filters=[plain],
        validators=[longest(TEXT_LONGEST)],
    )

    def validate_difference(self, field: RadioField) -> None:
        refuse(None if field.data in set(Difference) else "Choose what can be said by now.")

    def validate_what(self, field: TextAreaField) -> None:
        refuse(difference_fault(self.difference.data or "", field.data or ""))

    def validate_known_by(self, field: TextAreaField) -> None:
        refuse(known_fault(self.difference.data or "", field.data or ""))


class CloseForm(VersionedForm):
    """Why an action can be closed."""

    reason = words("Why can it be closed?", needed_sentence="Say why it can be closed.")


class ReopenForm(VersionedForm):
    """What showed that an action did not last, and by when it is to be done now."""

    because = RadioField("What showed it?", choices=choices(BECAUSE_LABELS), validate_choice=False)
    reason = words("What did it show?", needed_sentence="Say what showed that it did not last.")
    due_on = DueField("To be done by", description=DUE_EXAMPLE)

    def validate_because(self, field: RadioField) -> None:
        refuse(None if field.data in set(Because) else "Choose what showed that it did not last.")

    def validate_due_on(self, field: DueField) -> None:
        if not field.errors:
            refuse(due_fault(field.day, since=clock.today()))


class SupersedeForm(VersionedForm):
    """Which action takes the place of this one, and why; the actions are set by the view."""

    by = SelectField("Which action takes its place?", choices=[], default="", validate_choice=False)
    reason = words("Why?", needed_sentence="Say why the other action takes the place of this one.")

    def validate_by(self, field: Any) -> None:
        known = {choice.value for choice in self.by.choices}
        refuse(None if field.data and field.data in known else "Choose the action that takes its place.")
