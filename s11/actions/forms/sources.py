"""A review, an inspection or an audit, and what it recommends."""

from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from s11.actions.forms.following import NEWEST_FIRST
from s11.actions.forms.shared import choices, line, longest, plain, words
from s11.actions.rules import SOURCE_LABELS, TITLE_LONGEST, WITH_RECOMMENDATIONS
from s11.web.forms import DayField, Form, NumberField, needed

PASTED_LONGEST = 100_000
HOW_MANY = "Enter how many recommendations it says it makes, as a number from 1 to 999."


def version_field() -> NumberField:
    """The state somebody had before their eyes."""
    return NumberField(
        widget=HiddenInput(), default=1, validators=[NumberRange(min=0, max=2**31 - 1, message=NEWEST_FIRST)]
    )


class SourceForm(Form):
    """A review, an inspection or an audit; whose it may be is set by the view."""

    version = version_field()
    kind = SelectField(
        "What is it?",
        default="",
        choices=choices({kind: SOURCE_LABELS[kind] for kind in WITH_RECOMMENDATIONS}, first="Choose"),
        validators=[needed("Choose what it is.")],
    )
    title = line("Title", count=TITLE_LONGEST, needed_sentence="Enter its title.")
    public_title = line("Title for the public", count=TITLE_LONGEST)
    dated_on = DayField("When it was published or received")
    organisation = SelectField("Whose inspection or audit is it?", default="", choices=[])
    how_many = NumberField(
        "How many recommendations does it make?",
        validators=[Optional(), NumberRange(min=1, max=999, message=HOW_MANY)],
    )
    summary = words("What it is about")


class PastingForm(Form):
    """Recommendations pasted as lines."""

    pasted = TextAreaField(
        "Recommendations",
        filters=[plain],
        validators=[needed("Paste or type at least one recommendation."), longest(PASTED_LONGEST)],
    )


class RecommendationForm(Form):
    """One recommendation; the criteria that can test it are set by the view."""

    version = version_field()
    number = line("Number as printed", count=20)
    text = words("Recommendation", needed_sentence="Enter the words of the recommendation.")
    themes = words("Themes", count=2_000)
    finding = words("What was found")
    context = words("In what circumstances")
    practice_standard = line("Practice standard", count=200)
    response = words("What the Board answered to it")
    not_accepted = words("Not accepted, because")
    tests = SelectMultipleField("Which criteria test it?", choices=[], default=[])
