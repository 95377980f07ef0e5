"""What is filled in when an edition moves on."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from s11.questionnaires.stages import NAME_LONGEST, NOTE_LONGEST, REASON_LONGEST
from s11.web.forms import DayField, Form, needed, real_day, strip


def no_longer_than(count: int) -> Length:
    return Length(max=count, message=f"Use at most {count:,} characters.")


class ReviewForm(Form):
    """Putting an edition in review."""

    note = TextAreaField("Note to the reviewers", filters=[strip], validators=[no_longer_than(NOTE_LONGEST)])
    until = DayField("Comments wanted by")


class ApprovalForm(Form):
    """Recording who approved an edition. `version` is that of the edition as it was read."""

    approved_by = StringField(
        "Who approved it?",
        filters=[strip],
        validators=[
            needed("Enter who approved it: the name of the sub-group or of the person."),
            no_longer_than(NAME_LONGEST),
        ],
    )
    meeting = StringField(
        "At which meeting?",
        filters=[strip],
        validators=[needed("Enter the meeting at which it was approved."), no_longer_than(NAME_LONGEST)],
    )
    approved_on = DayField("When?", validators=[real_day("Enter the day it was approved.")])
    despite = BooleanField("It was approved all the same")
    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """The version of the edition on the page that was sent."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else None


class ReasonForm(Form):
    """Going back to draft."""

    reason = TextAreaField(
        "Why does it go back to draft?", filters=[strip], validators=[no_longer_than(REASON_LONGEST)]
    )
