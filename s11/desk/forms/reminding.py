"""A rule for reminders."""

from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import NumberRange, Optional

from s11.desk.reminding import DAYS_AT_MOST, NewRule
from s11.desk.rules import Whom
from s11.web.forms import Form, NumberField, needed

DAYS = f"Enter a number of days from 0 to {DAYS_AT_MOST}."
PERCENT = "Enter a number from 1 to 100."
BEFORE, ON, AFTER = "before", "on", "after"
WHOM = {
    Whom.EVERYBODY: "Everybody who has not returned",
    Whom.NOT_STARTED: "Those who have not started",
    Whom.UNDER: "Those under a share of what they are asked",
    Whom.AWAITING: "Those who wait for a signature",
    Whom.SENT_BACK: "Those whose return was sent back",
}


class RuleForm(Form):
    """When whom to remind."""

    when = RadioField(
        "When?",
        choices=[
            SelectChoice(BEFORE, "Days before the due day"),
            SelectChoice(ON, "On the due day"),
            SelectChoice(AFTER, "Days after it"),
        ],
        default=BEFORE,
        validators=[needed("Say when the reminder goes.")],
    )
    days = NumberField(
        "How many days",
        validators=[
            Optional(),
            NumberRange(0, DAYS_AT_MOST, DAYS),
        ],
    )
    whom = RadioField(
        "To whom?",
        choices=[SelectChoice(str(whom), label) for whom, label in WHOM.items()],
        default=Whom.EVERYBODY,
        validators=[needed("Say who is reminded.")],
    )
    percent = NumberField(
        "Under how many per cent",
        validators=[Optional(), NumberRange(1, 100, PERCENT)],
    )
    template = RadioField(
        "Which words?",
        choices=[SelectChoice("reminder", "Reminder"), SelectChoice("overdue", "Overdue")],
        default="reminder",
        validators=[needed("Choose which words are used.")],
    )
    copies_senior = BooleanField("A copy to the senior person")

    def validate(self, extra_validators: object = None) -> bool:
        good = super().validate(extra_validators)
        for field, sentence in ((self.days, DAYS), (self.percent, PERCENT)):
            if len(field.errors) > 1:  # what is no number is none in the range either
                field.errors = [sentence]
        if self.when.data != ON and not self.days.errors and not self.days.data:
            self.days.errors = ["Enter how many days."]
            good = False
        if self.whom.data == Whom.UNDER and not self.percent.errors and not self.percent.data:
            self.percent.errors = ["Enter a number from 1 to 100: those under this share are reminded."]
            good = False
        return bool(good)

    @property
    def rule(self) -> NewRule:
        days = 0 if self.when.data == ON else (self.days.data or 0)
        whom = Whom(self.whom.data)
        return NewRule(
            days_before=-days if self.when.data == AFTER else days,
            whom=whom,
            under_percent=self.percent.data if whom is Whom.UNDER else None,
            template=self.template.data,
            copies_senior=bool(self.copies_senior.data),
        )
