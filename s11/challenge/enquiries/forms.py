"""Writing a line of enquiry by hand, and changing one."""

from wtforms import SelectField
from wtforms.widgets import HiddenInput

from s11.actions.forms import line, words
from s11.actions.rules import NAME_LONGEST
from s11.challenge.rules import TEXT_LONGEST
from s11.web.forms import Form, NumberField, needed

OPEN_AGAIN = "This page is too old to be saved. Open the question again."


class QuestionForm(Form):
    """What a question says, what it is about and who asks it; the choices are set by the view."""

    question = words(
        "The question", count=TEXT_LONGEST, needed_sentence="Write down the question to be asked."
    )
    why = words("Why it is asked", count=TEXT_LONGEST)
    standard_key = SelectField("About which standard?", choices=[], default="")
    criterion_key = SelectField("About which criterion?", choices=[], default="")
    asked_by = SelectField("Which organisation asks it?", choices=[], default="")
    asker_name = line("Who asks it?", count=NAME_LONGEST)


class NewEnquiryForm(QuestionForm):
    """A question written by hand."""

    about = SelectField(
        "For which organisation?",
        choices=[],
        default="",
        validators=[needed("Choose the organisation to be asked.")],
    )


class ChangeEnquiryForm(QuestionForm):
    """The same for a question that is prepared already: whom it is for stays."""

    version = NumberField("", validators=[needed(OPEN_AGAIN)], widget=HiddenInput())
