"""What the office types about mails, and how somebody wants theirs."""

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from s11.notices.placeholders import BODY_LONGEST, SUBJECT_LONGEST
from s11.notices.queries import Filters
from s11.notices.rules import DIGEST_LABELS, KIND_LABELS, STATE_LABELS, Digest, State
from s11.web.forms import Form, strip

TOO_LONG = "Use at most %(max)d characters."
SHOWN = (State.WAITING, State.SENT, State.UNSURE, State.NOT_SENT, State.RETURNED, State.FOLDED)
ALL = SelectChoice("", "All")
STATES = [SelectChoice(state.value, STATE_LABELS[state]) for state in SHOWN]
KINDS = [SelectChoice(kind.value, label) for kind, label in KIND_LABELS.items()]


class WordsForm(Form):
    """The words of one kind of mail."""

    subject = StringField(
        "Subject", filters=[strip], validators=[Length(max=SUBJECT_LONGEST, message=TOO_LONG)]
    )
    body = TextAreaField("Words", validators=[Length(max=BODY_LONGEST, message=TOO_LONG)])
    mark = HiddenField()
    go = HiddenField()


class OutboxFilter(Form):
    """Which mails to show. Read from the address, so it needs no token."""

    class Meta:
        csrf = False

    words = StringField("Address, name or subject", filters=[strip], validators=[Optional(), Length(max=120)])
    state = SelectField("How it stands", default="", choices=[ALL, *STATES])
    kind = SelectField("What for", default="", choices=[ALL, *KINDS])
    about = SelectField("About", default="")

    @property
    def address(self) -> dict[str, str]:
        """What was chosen, for the links of the page."""
        return {field.name: field.data for field in self if field.data and not field.errors}

    def wanted(self, organisation: str) -> Filters:
        return Filters(organisation=organisation, **self.address)


class ChoiceForm(Form):
    """How somebody wants their news."""

    digest = RadioField(
        "How do you want it?",
        choices=[SelectChoice(digest.value, label) for digest, label in DIGEST_LABELS.items()],
        validate_choice=False,
        validators=[AnyOf([digest.value for digest in Digest], message="Choose one of the three.")],
    )
