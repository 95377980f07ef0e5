"""Planning a day, its sessions and questions, and recording an outcome."""

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from s11.actions.forms import DueField, longest, refuse, words
from s11.actions.rules import MECHANISM_LABELS, NAME_LONGEST, due_fault, owner_name_fault, owner_role_fault
from s11.challenge.rules import FIRST_START, MINUTES, TEXT_LONGEST, minutes_of
from s11.core import clock
from s11.web.forms import DayField, Form, needed, real_day, strip


class DayForm(Form):
    """A challenge day for a cycle; the cycles are set by the view."""

    cycle = SelectField(
        "Which cycle is it about?", choices=[], default="", validators=[needed("Choose a cycle.")]
    )
    title = StringField(
        "What is the day called?",
        filters=[strip],
        validators=[needed("Enter what the day is called."), longest(200)],
    )
    held_on = DayField("When is it held?", validators=[real_day("Enter the day on which it is held.")])
    place = StringField("Where?", filters=[strip], validators=[Optional(), longest(200)])


class SessionForm(Form):
    """One organisation's turn; the organisations are set by the view."""

    organisation = SelectField(
        "Who presents?", choices=[], default="", validators=[needed("Choose the organisation that presents.")]
    )
    questioner = SelectField("Who asks the questions?", choices=[], default="", validators=[Optional()])
    minutes = IntegerField(
        "Minutes", default=MINUTES, validators=[needed("Enter how many minutes it lasts.")]
    )
    starts_at = StringField("The first session of the day starts at", default=FIRST_START, filters=[strip])

    def validate_starts_at(self, field: StringField) -> None:
        refuse(
            None if minutes_of(field.data or FIRST_START) is not None else "Enter a time, for example 09:30."
        )


class EnquiryForm(Form):
    """A question prepared for the day."""

    about = SelectField(
        "For which organisation?",
        choices=[],
        default="",
        validators=[needed("Choose the organisation to be asked.")],
    )
    standard_key = SelectField("About which standard?", choices=[], default="", validators=[Optional()])
    asked_by = SelectField("Who asks it?", choices=[], default="", validators=[Optional()])
    question = words(
        "The question", count=TEXT_LONGEST, needed_sentence="Write down the question to be asked."
    )
    why = words("Why it is asked", count=TEXT_LONGEST)


class OutcomeForm(Form):
    """What came of a challenge, with an action in the same form when one was agreed."""

    enquiry = SelectField("Which line of enquiry?", choices=[], default="", validators=[Optional()])
    standard_key = SelectField("About which standard?", choices=[], default="", validators=[Optional()])
    challenge = words("What was asked?", needed_sentence="Write down what was asked.")
    answer = words("What was answered?")
    evidence_promised = words("What evidence was promised?")
    agreed_level = SelectField("Rating agreed on the day", choices=[], default="", validators=[Optional()])
    good_practice = words("Good practice to share")
    with_action = BooleanField("An action was agreed")
    # Not optional in WTForms' sense: that would skip the checks below when the field is empty.
    action_text = TextAreaField("What will be done?", filters=[strip], validators=[longest(TEXT_LONGEST)])
    action_outcome = words("What difference will it make for children?")
    action_mechanism = SelectField(
        "How does it make the change?",
        default="",
        choices=[("", "Not chosen"), *((str(m), label) for m, label in MECHANISM_LABELS.items())],
    )
    action_owner_name = StringField(
        "Full name of the owner", filters=[strip], validators=[longest(NAME_LONGEST)]
    )
    action_owner_role = StringField("Role of the owner", filters=[strip], validators=[longest(NAME_LONGEST)])
    action_due_on = DueField("To be done by")

    @property
    def has_action(self) -> bool:
        """An action was agreed when the box says so, or when anything was typed into its fields."""
        typed = (
            self.action_text,
            self.action_outcome,
            self.action_owner_name,
            self.action_owner_role,
            self.action_due_on,
        )
        return bool(self.with_action.data or any((field.data or "").strip() for field in typed))

    def validate_action_text(self, field: Any) -> None:
        self._check(None if (field.data or "").strip() else "Say what will be done.")

    def validate_action_owner_name(self, field: Any) -> None:
        self._check(owner_name_fault(field.data or ""))

    def validate_action_owner_role(self, field: Any) -> None:
        self._check(owner_role_fault(field.data or ""))

    def validate_action_due_on(self, field: DueField) -> None:
        if not field.errors:
            self._check(due_fault(field.day, since=clock.today()))

    def _check(self, fault: str | None) -> None:
        """What an action lacks is refused only where there is an action at all."""
        if self.has_action:
            refuse(fault)
