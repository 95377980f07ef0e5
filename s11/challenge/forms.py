"""Planning a day, its sessions and questions, and recording an outcome."""

from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from s11.actions.forms import DueField, choices, line, longest, plain, refuse, words
from s11.actions.rules import MECHANISM_LABELS, due_fault, owner_name_fault, owner_role_fault
from s11.challenge.kinds import ATTENDANCE_LABELS, PART_LABELS, Attendance, Part
from s11.challenge.rules import (
    FIRST_START,
    LINK_LONGEST,
    MINUTES,
    NAME_LONGEST,
    NOTE_LONGEST,
    ROLE_LONGEST,
    TEXT_LONGEST,
    WHY_LONGEST,
    link_fault,
    minutes_fault,
    minutes_of,
)
from s11.core import clock
from s11.web.forms import DayField, Form, NumberField, needed, real_day

TITLE_LONGEST = 200


class MinutesField(NumberField):
    """How long something lasts; anything but a number of minutes is answered with our own sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if fault := minutes_fault(self.data):
            raise ValidationError(fault)


class VersionField(NumberField):
    """Which state of the plan somebody had before them; nothing where a form does not say."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None

    def renew(self, version: int) -> None:
        """Let the form be about the state of now: who sends it again has seen that."""
        self.raw_data, self.data = None, version


class DayForm(Form):
    """A challenge day for a cycle; the cycles are set by the view."""

    cycle = SelectField(
        "Which cycle is it about?", choices=[], default="", validators=[needed("Choose a cycle.")]
    )
    title = line(
        "What is the day called?", count=TITLE_LONGEST, needed_sentence="Enter what the day is called."
    )
    held_on = DayField("When is it held?", validators=[real_day("Enter the day on which it is held.")])
    place = line("Where?", count=TITLE_LONGEST)
    link = line("Link to join from afar", count=LINK_LONGEST)

    def validate_link(self, field: StringField) -> None:
        refuse(link_fault(field.data or ""))


class StartForm(Form):
    """When the first session of a day starts."""

    starts_at = StringField("When does the first session start?", default=FIRST_START, filters=[plain])

    def validate_starts_at(self, field: StringField) -> None:
        readable = minutes_of(field.data or FIRST_START) is not None
        refuse(None if readable else "Enter a time, for example 09:30.")


class ChangeDayForm(StartForm):
    """Another name, date, place or start for a day that is planned."""

    title = line(
        "What is the day called?", count=TITLE_LONGEST, needed_sentence="Enter what the day is called."
    )
    held_on = DayField("When is it held?", validators=[real_day("Enter the day on which it is held.")])
    place = line("Where?", count=TITLE_LONGEST)
    link = line("Link to join from afar", count=LINK_LONGEST)
    shares_packs = BooleanField("Partners read each other’s packs from this day on")
    version = VersionField()

    def validate_link(self, field: StringField) -> None:
        refuse(link_fault(field.data or ""))


class SessionForm(StartForm):
    """One organisation's turn; the organisations are set by the view."""

    organisation = SelectField(
        "Who presents?", choices=[], default="", validators=[needed("Choose the organisation that presents.")]
    )
    questioner = SelectField("Who asks the questions?", choices=[], default="")
    minutes = MinutesField("How many minutes does it last?", default=MINUTES)


class ChangeSessionForm(Form):
    """Who asks, how long, and at which place of the agenda; the choices are set by the view."""

    title = line("What is it?", count=TITLE_LONGEST)
    questioner = SelectField("Who asks the questions?", choices=[], default="")
    minutes = MinutesField("How many minutes does it last?")
    place = SelectField("Where in the agenda?", choices=[])
    version = VersionField()


class PartForm(Form):
    """A part of the day that is nobody's turn; the places are set by the view."""

    title = line("What is it?", count=TITLE_LONGEST, needed_sentence="Enter what it is, for example Break.")
    minutes = MinutesField("How many minutes does it last?", default=15)
    place = SelectField("Where in the agenda?", choices=[])
    ref = HiddenField()


class AttendeeForm(Form):
    """Somebody who comes; the organisations are set by the view."""

    organisation = SelectField("For whom do they come?", choices=[], default="")
    name = line("Full name", count=NAME_LONGEST, needed_sentence="Enter the name of who comes.")
    role = line("Post", count=ROLE_LONGEST)
    email = line("E-mail address", count=254)
    sure = BooleanField("The address is right as it stands")
    part = SelectField("What do they come for?", choices=choices(PART_LABELS), default=str(Part.PRESENTS))
    attendance = RadioField(
        "Do they come?",
        choices=choices(ATTENDANCE_LABELS),
        default=str(Attendance.EXPECTED),
    )
    note = line("Note", count=NOTE_LONGEST)
    ref = HiddenField()
    mark = HiddenField()


class SubstituteForm(Form):
    """Who comes in somebody's place."""

    name = line("Full name", count=NAME_LONGEST, needed_sentence="Enter the name of who comes instead.")
    role = line("Post", count=ROLE_LONGEST)
    email = line("E-mail address", count=254)
    sure = BooleanField("The address is right as it stands")
    ref = HiddenField()


class TieForm(Form):
    """Two organisations that are not to question each other; which there are is set by the view."""

    one = SelectField(
        "Organisation", choices=[], default="", validators=[needed("Choose the first organisation.")]
    )
    other = SelectField("and", choices=[], default="", validators=[needed("Choose the second organisation.")])
    why = line(
        "Why?",
        count=WHY_LONGEST,
        needed_sentence="Say why they are not to question each other, for example who commissions whom.",
    )


class EnquiryForm(Form):
    """A question prepared for the day."""

    about = SelectField(
        "For which organisation?",
        choices=[],
        default="",
        validators=[needed("Choose the organisation to be asked.")],
    )
    standard_key = SelectField("About which standard?", choices=[], default="")
    asked_by = SelectField("Who asks it?", choices=[], default="")
    question = words(
        "The question", count=TEXT_LONGEST, needed_sentence="Write down the question to be asked."
    )
    why = words("Why it is asked", count=TEXT_LONGEST)


class OutcomeForm(Form):
    """What came of a challenge, with an action in the same form when one was agreed."""

    enquiry = SelectField("Which line of enquiry?", choices=[], default="")
    standard_key = SelectField("About which standard?", choices=[], default="")
    challenge = words("What was asked?", needed_sentence="Write down what was asked.")
    answer = words("What was answered?")
    evidence_promised = words("What evidence was promised?")
    agreed_level = SelectField("Rating agreed on the day", choices=[], default="")
    good_practice = words("Good practice to share")
    # Not optional in WTForms' sense: that would skip the checks below when the field is empty.
    action_text = TextAreaField("What will be done?", filters=[plain], validators=[longest(TEXT_LONGEST)])
    action_outcome = words("What difference will it make for children?")
    action_evidence_expected = words("What will show that it is done?")
    action_mechanism = SelectField(
        "How does it make the change?", default="", choices=choices(MECHANISM_LABELS, first="Not chosen")
    )
    action_owner_name = line("Full name of the owner", count=NAME_LONGEST)
    action_owner_role = line("Role of the owner", count=NAME_LONGEST)
    action_due_on = DueField("To be done by")

    @property
    def has_action(self) -> bool:
        """An action was agreed when anything is typed into its fields."""
        typed = (
            self.action_text,
            self.action_outcome,
            self.action_evidence_expected,
            self.action_mechanism,
            self.action_owner_name,
            self.action_owner_role,
            self.action_due_on,
        )
        return any((field.data or "").strip() for field in typed)

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
