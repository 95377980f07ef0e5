"""Planning a cycle."""

from typing import TypedDict

from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, Regexp

from s11.web.forms import DayField, Form, needed, real_day


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
    files_at_most = IntegerField(
        "Files a return may show",
        validators=[Optional(), NumberRange(1, 1000, "Enter a number from 1 to 1000, or leave it empty.")],
    )
    megabytes_at_most = IntegerField(
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


class CycleForm(EvidenceForm):
    """A new cycle: which edition is asked, and when."""

    edition = SelectField("Questionnaire", validators=[needed("Choose a questionnaire.")])
    title = StringField(
        "Title",
        validators=[
            needed("Enter a title, as it will stand on every page."),
            Length(max=150, message="Use at most 150 characters."),
        ],
    )
    code = StringField(
        "Short code",
        description="Letters, digits and hyphens, for example S11-2027. Reports and commands use it.",
        validators=[
            needed("Enter a short code, for example S11-2027."),
            Length(max=40, message="Use at most 40 characters."),
            Regexp(r"^[A-Za-z0-9][A-Za-z0-9-]*$", message="Use letters, digits and hyphens only."),
        ],
    )
    opens_on = DayField("Opens on", validators=[real_day("Enter the day it opens.")])
    due_on = DayField("Due on", validators=[real_day("Enter the day returns are due.")])
    letter = TextAreaField("Letter to the organisations", validators=[Length(max=5000)])
