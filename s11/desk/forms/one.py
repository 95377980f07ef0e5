"""Giving one organisation longer, and exempting or withdrawing it."""

from wtforms import BooleanField, RadioField, SelectChoice, StringField
from wtforms.validators import Length

from s11.cycles.rules import LetOff
from s11.web.forms import DayField, Form, needed, real_day

REASON = Length(max=300, message="Use at most 300 characters.")


class ExtensionForm(Form):
    """More time for one organisation."""

    until = DayField("New date", validators=[real_day("Enter the new date.")])
    reason = StringField(
        "Why",
        id="extension-reason",
        validators=[needed("Say why this organisation is given longer."), REASON],
    )
    tell = BooleanField("Tell its lead by mail", default=True)


class ExemptionForm(Form):
    """An organisation that need not return this time, or is not there any more."""

    as_ = RadioField(
        "What is the case?",
        name="as",
        choices=[
            SelectChoice(LetOff.EXEMPT, "Exempt", {"hint": "It need not return this time."}),
            SelectChoice(
                LetOff.WITHDRAWN,
                "Withdrawn",
                {"hint": "It has closed or left, or was asked by mistake."},
            ),
        ],
        default=LetOff.EXEMPT,
        validators=[needed("Say whether it is exempt or withdrawn.")],
    )
    reason = StringField(
        "Why",
        id="exemption-reason",
        validators=[needed("Say why this organisation need not return."), REASON],
    )

    sure = BooleanField("Let it off all the same. What was answered is kept.")

    @property
    def let_off(self) -> LetOff:
        return LetOff(self.as_.data)
