"""Between which days it is asked what changed."""

from datetime import date

from wtforms import ValidationError
from wtforms.validators import Optional

from s11.actions.rules import months_later
from s11.core import clock
from s11.web.forms import DayField, Form

MONTHS_BACK = 3
# Before this year there is no plan to ask about.
EARLIEST = 2000


class SinceForm(Form):
    """Two days, read from the address; without them the last three months."""

    class Meta:
        csrf = False

    since = DayField("From", [Optional()])
    until = DayField("To", [Optional()])

    def validate_since(self, field: DayField) -> None:
        self._check(field.day)

    def validate_until(self, field: DayField) -> None:
        self._check(field.day)
        if field.day and self.since.day and field.day < self.since.day:
            raise ValidationError("The last day lies before the first. Enter a later one.")

    def _check(self, day: date | None) -> None:
        if day and day.year < EARLIEST:
            raise ValidationError(f"Enter a day from {EARLIEST} on.")
        if day and day > clock.today():
            raise ValidationError("This day has not come yet. Enter today’s or an earlier one.")

    def days(self) -> tuple[date, date]:
        """The first and the last day asked about; what was left empty is filled in on the form too."""
        last = self.until.day or clock.today()
        first = self.since.day or months_later(last, -MONTHS_BACK)
        self.since.data, self.until.data = first, last
        return first, last
