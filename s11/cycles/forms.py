"""Planning a cycle."""

from typing import Any, TypedDict

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, Regexp, ValidationError

from s11.cycles.days import Dates
from s11.cycles.letters import unknown_in, unknown_sentence
from s11.cycles.rules import ASKED_AS_LABELS, AskedAs
from s11.web.forms import DayField, Form, NumberField, needed, real_day


class EvidenceRules(TypedDict):
    takes_files: bool
    files_at_most: int | None
    megabytes_at_most: int | None


class EvidenceForm(Form):
    """What evidence a cycle takes. An empty number leaves it at what the service takes."""

    takes_files = RadioField(
        "May organisations add files as evidence?",
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No, only links and where something can be seen"),
        ],
        default="yes",
        validators=[needed("Say whether organisations may add files.")],
    )
    files_at_most = NumberField(
        "Files a return may show",
        validators=[Optional(), NumberRange(1, 1000, "Enter a number from 1 to 1000, or leave it empty.")],
    )
    megabytes_at_most = NumberField(
        "Megabytes they may have together",
        validators=[Optional(), NumberRange(1, 10_000, "Enter a number from 1 to 10000, or leave it empty.")],
    )

    @property
    def rules(self) -> EvidenceRules:
        """The rules as a cycle keeps them."""
        return {
            "takes_files": self.takes_files.data != "no",
            "files_at_most": self.files_at_most.data,
            "megabytes_at_most": self.megabytes_at_most.data,
        }


TELL = "If a date moves, write to the safeguarding leads of those who have not returned"


def not_required(field_label: str) -> DayField:
    """A day that may be left open."""
    return DayField(field_label, validators=[Optional()])


class DatesForm(Form):
    """When something opens, is due and closes."""

    opens_on = DayField("Opens on", validators=[real_day("Enter the day it opens.")])
    due_on = DayField("Due on", validators=[real_day("Enter the day returns are due.")])
    closes_on = not_required("Closes on")

    @property
    def dates(self) -> Dates:
        """The dates of a form that passed its checks."""
        return Dates(self.opens_on.real, self.due_on.real, self.closes_on.day)

    def show(self, dates: Dates) -> None:
        """Fill the form with these dates."""
        for name, day in dates.named().items():
            self[name].data = day


class GroupForm(DatesForm):
    """A submission group: a name, and dates of its own."""

    name = StringField(
        "Name",
        validators=[
            needed("Enter a name for the group, for example Autumn term."),
            Length(max=80, message="Use at most 80 characters."),
        ],
    )
    tell = BooleanField(TELL)


class WordsForm(DatesForm):
    """What of a plan can be changed at any time."""

    title = StringField(
        "Title",
        validators=[
            needed("Enter a title, as it will stand on every page."),
            Length(max=150, message="Use at most 150 characters."),
        ],
    )
    moderation_on = not_required("Moderation finished by")
    challenge_on = not_required("Challenge day")
    every_years = RadioField(
        "How often is it asked?",
        choices=[SelectChoice("1", "Every year"), SelectChoice("2", "Every two years")],
        default="1",
        validators=[needed("Say how often it is asked.")],
    )
    letter = TextAreaField(
        "Letter to the organisations", validators=[Length(max=5000, message="Use at most 5,000 characters.")]
    )
    guidance = TextAreaField(
        "Guidance for whoever answers",
        validators=[Length(max=10_000, message="Use at most 10,000 characters.")],
    )

    @property
    def dates(self) -> Dates:
        return Dates(
            self.opens_on.real,
            self.due_on.real,
            self.closes_on.day,
            self.moderation_on.day,
            self.challenge_on.day,
        )

    @property
    def words(self) -> dict[str, Any]:
        """The columns of a cycle beside its dates."""
        return {
            "title": self.title.data,
            "letter": self.letter.data or "",
            "guidance": self.guidance.data or "",
            "every_years": int(self.every_years.data),
        }

    def validate_letter(self, field: TextAreaField) -> None:
        if wrong := unknown_in(field.data or ""):
            raise ValidationError(unknown_sentence(wrong))


class PlanForm(WordsForm):
    """What of a plan is fixed once organisations are asked."""

    edition = SelectField("Questionnaire", validators=[needed("Choose a questionnaire.")])
    code = StringField(
        "Short code",
        description="Letters, digits and hyphens, for example S11-2027. Reports and commands use it.",
        validators=[
            needed("Enter a short code, for example S11-2027."),
            Length(max=40, message="Use at most 40 characters."),
            Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]*$", message="Use letters, digits and hyphens only."),
        ],
    )
    asked_as = RadioField(
        "How much of it is asked?",
        choices=[SelectChoice(str(one), label) for one, label in ASKED_AS_LABELS.items()],
        default=str(AskedAs.FULL),
        validators=[needed("Say how much of the questionnaire is asked.")],
    )

    @property
    def words(self) -> dict[str, Any]:
        return {**super().words, "code": self.code.data, "asked_as": self.asked_as.data}


class CycleForm(PlanForm, EvidenceForm):
    """A new cycle. `like` is the ref of the one it is planned from."""

    like = HiddenField()


class MovedForm(WordsForm):
    """The plan of a cycle that is issued: its leads may be told of another date."""

    tell = BooleanField(TELL)
