"""How a partnership reminds of actions, and how a person wants to be reminded."""

from typing import Any

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, NumberRange, Optional
from wtforms.widgets import HiddenInput

from s11.actions.forms import choices, plain, refuse
from s11.actions.reminding.rules import DAYS_MOST, MONTHS_MOST, numbers_fault, numbers_in
from s11.actions.rules import REMINDERS_LABELS, PlanRules, Reminders
from s11.web.forms import Form, NumberField


class NumbersField(StringField):
    """Several whole numbers in one line: "14, 3"."""

    def __init__(self, label: str, *, what: str, most: int, **kwargs: Any) -> None:
        super().__init__(label, filters=[plain], **kwargs)
        self.what, self.most = what, most

    def pre_validate(self, form: Form) -> None:
        refuse(numbers_fault(self.data or "", what=self.what, most=self.most))

    @property
    def numbers(self) -> tuple[int, ...]:
        return numbers_in(self.data or "") or ()


def days(label: str) -> NumberField:
    """A number of days after the due date, or nothing where nobody is to be told."""
    fault = f"Enter a number of days from 1 to {DAYS_MOST}, or leave it empty."
    return NumberField(label, validators=[Optional(), NumberRange(min=1, max=DAYS_MOST, message=fault)])


class SettingsForm(Form):
    """How a partnership reminds; `version` is the state the person had before their eyes."""

    version = NumberField(widget=HiddenInput(), validators=[NumberRange(min=0, max=2**31 - 1)])
    before = NumbersField("Days before the date", what="days", most=DAYS_MOST)
    after = NumbersField("Days after the date", what="days", most=DAYS_MOST)
    to_lead_after = days("Days overdue until the safeguarding lead is told")
    to_office_after = days("Days overdue until the office is told")
    ask_after_months = NumbersField("Months after it was verified", what="months", most=MONTHS_MOST)

    def validate_to_office_after(self, field: NumberField) -> None:
        lead, office = self.to_lead_after.data, field.data
        if lead is not None and office is not None and office < lead:
            refuse("The office is told after the lead, not before. Enter a larger number of days.")

    @property
    def chosen(self) -> PlanRules:
        return PlanRules(
            before=self.before.numbers,
            after=self.after.numbers,
            to_lead_after=self.to_lead_after.data,
            to_office_after=self.to_office_after.data,
            ask_after_months=self.ask_after_months.numbers,
        )


class HowForm(Form):
    """How somebody wants to be reminded."""

    how = RadioField(
        "When do you want to be reminded?",
        choices=choices(REMINDERS_LABELS),
        validate_choice=False,
        validators=[AnyOf([str(one) for one in Reminders], message="Choose one of the three.")],
    )
