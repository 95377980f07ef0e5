"""What an address of figures asks for, where it is typed."""

from wtforms import ValidationError

from s11.core import clock
from s11.web.forms import DayField, Form


class SinceForm(Form):
    """The day with which the plan is compared; read from the address."""

    class Meta:
        csrf = False

    since = DayField("Compare with the end of")

    def validate_since(self, field: DayField) -> None:
        if field.day is not None and field.day >= clock.today():
            raise ValidationError("Enter a day that is over, so that the plan can be compared with it.")
