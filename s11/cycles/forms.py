"""Planning a cycle, giving longer, letting off."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length, Regexp

from s11.web.forms import DayField, Form, needed, real_day


class CycleForm(Form):
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


class ExtensionForm(Form):
    """More time for one organisation."""

    until = DayField("New date", validators=[real_day("Enter the new date.")])
    reason = StringField(
        "Why",
        id="extension-reason",
        validators=[needed("Say why this organisation is given longer."), Length(max=300)],
    )


class ExemptionForm(Form):
    """An organisation that need not return this time."""

    reason = StringField(
        "Why",
        id="exemption-reason",
        validators=[needed("Say why this organisation need not return."), Length(max=300)],
    )
