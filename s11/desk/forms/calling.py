"""A call that was made or taken."""

from datetime import date

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Regexp

from s11.core.refs import ALPHABET, LENGTH
from s11.web.forms import DayField, Form, needed, real_day

# A form that brings the name of the thing it makes makes it once, however often it is sent.
FRESH = Regexp(rf"^[{ALPHABET}]{{{LENGTH}}}$", message="This page is too old. Open it anew.")


class CallForm(Form):
    """Who was spoken to, when, and what was said."""

    on = DayField("When", id="call-on", validators=[real_day("Enter the day of the call.")])
    spoke_to = StringField(
        "Spoke to",
        id="call-spoke-to",
        validators=[Length(max=120, message="Use at most 120 characters.")],
    )
    said = TextAreaField(
        "What was said",
        id="call-said",
        validators=[
            needed("Say in a few words what was said, or that nobody answered."),
            Length(max=2000, message="Use at most 2000 characters."),
        ],
    )
    call_back_on = DayField("Call back on", id="call-back-on")
    token = HiddenField(validators=[FRESH])

    @property
    def back_on(self) -> date | None:
        return self.call_back_on.day
