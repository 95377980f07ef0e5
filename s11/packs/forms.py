"""Choosing what is built for whom, and the words of letters."""

from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField

from s11.actions.forms import choices
from s11.packs.kinds import FORMAT_LABELS, Format
from s11.web.forms import Form, NumberField


class PackForm(Form):
    """A pack: whom it is for is set by the page, and so is whom it can be about."""

    organisations = SelectMultipleField("Which organisations?", choices=[])
    cluster = SelectField("Which schools?", choices=[], default="", validate_choice=True)
    formats = SelectMultipleField(
        "In which formats?",
        choices=choices(FORMAT_LABELS),
        default=[str(one) for one in Format],
    )

    @property
    def options(self) -> list[tuple[str, str]]:
        """The organisations as pairs, as the checkboxes of a page take them."""
        return [(choice.value, choice.label) for choice in self.organisations.choices]

    @property
    def clusters(self) -> list[tuple[str, str]]:
        return [(choice.value, choice.label) for choice in self.cluster.choices]

    @property
    def format_options(self) -> list[tuple[str, str]]:
        return [(str(one), FORMAT_LABELS[one]) for one in Format]


class LetterForm(Form):
    """The words of one letter, and the version they began from."""

    body = TextAreaField("The letter")
    version = NumberField("Version", default=0)


class WordsForm(Form):
    """The words of a day: of its letters, or the foreword of its report; `was` are those before."""

    text = TextAreaField("The words")
    was = HiddenField()


class ReleaseForm(Form):
    """Letters to be released: each as its ref and the version that was read."""

    letters = SelectMultipleField("Which letters?", choices=[], validate_choice=False)
