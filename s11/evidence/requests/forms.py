"""Asking for evidence, asking for more, and saying what it showed."""

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from s11.core import clock
from s11.evidence.requests.rules import (
    OUTCOME_LABELS,
    REASON_LABELS,
    TITLE_LONGEST,
    WORDS_LONGEST,
    Outcome,
)
from s11.web.forms import DayField, Form, needed, real_day

WORDS = Length(max=WORDS_LONGEST, message=f"Use at most {WORDS_LONGEST} characters.")


def later(form: Form, field: DayField) -> None:
    """Whoever answers needs time."""
    if field.day is not None and field.day <= clock.today():
        raise ValidationError("Choose a day after today: they need time to answer.")


class RequestForm(Form):
    """A request to one organisation."""

    title = StringField(
        "What is asked for, in a line",
        description="For example: Training record for supervisors, spring term",
        validators=[
            needed("Say in a line what is asked for."),
            Length(max=TITLE_LONGEST, message=f"Use at most {TITLE_LONGEST} characters."),
        ],
    )
    reason = RadioField(
        "Where does it come from?",
        choices=[SelectChoice(*one) for one in REASON_LABELS.items()],
        validators=[needed("Choose where the request comes from.")],
    )
    why = TextAreaField(
        "Why",
        validators=[needed("Say why it is asked for: it is easier to answer what one understands."), WORDS],
    )
    what = TextAreaField("What would show it", validators=[needed("Say what would show it."), WORDS])
    of = SelectField("Asked of", validators=[])
    due_on = DayField("By when", validators=[real_day("Enter the day by which it is needed."), later])


class MoreForm(Form):
    """What is missing, and until when."""

    text = TextAreaField("What is missing", validators=[needed("Say what is missing."), WORDS])
    due_on = DayField("New day", id="more-due_on", validators=[later])


class OutcomeForm(Form):
    """What became of a request."""

    outcome = RadioField(
        "What did it show?",
        choices=[SelectChoice(*one) for one in OUTCOME_LABELS.items() if one[0] != Outcome.WITHDRAWN],
        validators=[needed("Choose what became of it.")],
    )
    outcome_said = TextAreaField("What was seen, and what follows", validators=[WORDS])


class TakeBackForm(Form):
    """Why a request is taken back."""

    outcome_said = TextAreaField(
        "Why",
        id="take-back-why",
        validators=[needed("Say why, so that it can be understood next year."), WORDS],
    )


class CorrectForm(Form):
    """The words of a request, put right while nobody has answered it."""

    title, why, what = RequestForm.title, RequestForm.why, RequestForm.what
