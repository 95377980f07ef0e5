"""Writing to many: which words, and to whom."""

from collections.abc import Mapping

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length

from s11.desk.forms.calling import FRESH
from s11.desk.operations.composing import Chase
from s11.desk.operations.picking import TO
from s11.desk.queries.reaching import SIGNATORY
from s11.desk.words import OWN, TEMPLATES, USUAL_WORDS, stranger_sentence
from s11.notices.wording import Words
from s11.register.rules import ContactRole
from s11.web.forms import Form, needed


class ChaseForm(Form):
    """What goes out to whom."""

    template = RadioField(
        "Which words?",
        choices=[SelectChoice(key, label) for key, label in TEMPLATES.items()],
        default=USUAL_WORDS,
        validators=[needed("Choose which words are used.")],
    )
    subject = StringField(
        "Subject, if you write your own words",
        validators=[Length(max=200, message="Use at most 200 characters.")],
    )
    body = TextAreaField(
        "Text, if you write your own words",
        validators=[Length(max=5000, message="Use at most 5000 characters.")],
    )
    to = SelectMultipleField(
        "To whom?",
        choices=[SelectChoice(str(role), label) for role, label in TO.items()],
        default=[ContactRole.LEAD, SIGNATORY],
        validate_choice=True,
    )
    token = HiddenField(validators=[FRESH])

    def validate_to(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("Tick to whom the mails go.")

    def validate_subject(self, field: StringField) -> None:
        self._check(field, "Enter a subject.")

    def validate_body(self, field: TextAreaField) -> None:
        self._check(field, "Enter what the mail says.")

    def _check(self, field: StringField, sentence: str) -> None:
        if self.template.data != OWN:
            return
        if not (field.data or "").strip():
            raise ValidationError(sentence)
        if strangers := stranger_sentence(field.data):
            raise ValidationError(strangers)

    def begin_with(self, words: Words) -> None:
        """Own words begin as those that would go out without them, to be changed."""
        self.subject.data, self.body.data = words.subject, words.body

    def chase(self, chosen: frozenset[str]) -> Chase:
        own = Words(self.subject.data or "", self.body.data or "") if self.template.data == OWN else None
        return Chase(self.template.data, frozenset(self.to.data or ()), own, chosen)


def ticked_in(values: list[str]) -> Mapping[str, str]:
    """Which mails were ticked: the seal of what was looked at, by the ref of the organisation."""
    return dict(value.split(".", 1) for value in values if "." in value)
