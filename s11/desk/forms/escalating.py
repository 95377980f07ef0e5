"""A letter to a senior person, and what came of it."""

from datetime import date

from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length

from s11.desk.forms.calling import FRESH
from s11.desk.operations.escalating import Letter, Senior
from s11.web.forms import DayField, Form, needed, parse_day, real_day

MAIL, POST = "mail", "post"


class EscalationForm(Form):
    """To whom, and the letter."""

    to_name = StringField(
        "Name",
        validators=[
            needed("Enter the name of the senior person."),
            Length(max=120, message="Use at most 120 characters."),
        ],
    )
    to_role = StringField("Role", validators=[Length(max=120, message="Use at most 120 characters.")])
    to_email = StringField("E-mail address", validators=[Length(max=254)])
    answer_by = DayField("Answer by", validators=[real_day("Enter the day by which you ask for an answer.")])
    subject = StringField(
        "Subject",
        validators=[needed("Enter a subject."), Length(max=200, message="Use at most 200 characters.")],
    )
    letter = TextAreaField(
        "Letter",
        validators=[
            needed("Write the letter."),
            Length(max=10_000, message="Use at most 10,000 characters."),
        ],
    )
    how = RadioField(
        "How does it go?",
        choices=[
            SelectChoice(MAIL, "By mail", {"hint": "It is sent to the address above."}),
            SelectChoice(
                POST, "By post", {"hint": "You download it as a Word document and post it yourself."}
            ),
        ],
        default=MAIL,
        validators=[needed("Say how the letter goes.")],
    )
    # The day that stands in the letter as it was written at first.
    dated = HiddenField()
    token = HiddenField(validators=[FRESH])

    @property
    def senior(self) -> Senior:
        name, role, email = (
            (field.data or "").strip() for field in (self.to_name, self.to_role, self.to_email)
        )
        return Senior(name, role, email)

    @property
    def whole(self) -> Letter:
        text = (self.letter.data or "").replace("\r\n", "\n").strip()
        subject = " ".join((self.subject.data or "").split())
        return Letter(self.senior, subject, text, self.answer_by.day)

    @property
    def dated_on(self) -> date | None:
        return parse_day(self.dated.data or "")


class OutcomeForm(Form):
    """What was answered."""

    outcome = TextAreaField(
        "What was answered, or what is done now",
        validators=[
            needed("Say what was answered, or what is done now."),
            Length(max=2000, message="Use at most 2000 characters."),
        ],
    )
