"""What people send to the pages of questionnaires."""

from collections.abc import Iterable
from typing import Any

from wtforms import FileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from s11.questionnaires.models import Framework
from s11.web.forms import Form, needed, strip

TOO_LONG = "Use at most %(max)d characters."
CODE = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$"
NO_YEAR = "Write a year, for example 2027."
NO_CODE = "Use letters, digits and dashes, without spaces."


class ChangesForm(Form):
    """A questionnaire with changes."""

    file = FileField(
        "The file with your changes",
        description="The workbook (.xlsx) or the questionnaire file (.yaml) that you downloaded and changed.",
    )


class TableForm(Form):
    """A table from Word or Excel, pasted or sent."""

    table = TextAreaField(
        "Paste the table here",
        description="Select the table in Word or Excel, copy it, and paste it.",
    )
    file = FileField(
        "Or choose a file with the table",
        description="A Word document (.docx), an Excel workbook (.xlsx) or a CSV file.",
    )


class PastedForm(Form):
    """What the questionnaire that a table became is called."""

    framework = SelectField("Which framework is it an edition of?", default="")
    framework_code = StringField(
        "Code of the new framework",
        description="Only for a new one. A short code, for example S11.",
        filters=[strip],
        validators=[Optional(), Length(max=30, message=TOO_LONG), Regexp(CODE, message=NO_CODE)],
    )
    framework_title = StringField(
        "Title of the new framework",
        description="Only for a new one. All its editions share it.",
        filters=[strip],
        validators=[Optional(), Length(max=200, message=TOO_LONG)],
    )
    title = StringField(
        "Title of the questionnaire",
        description="For example Section 11 self-assessment, 2027.",
        filters=[strip],
        validators=[needed("Write a title."), Length(max=200, message=TOO_LONG)],
    )
    code = StringField(
        "Code",
        description="Appears in addresses, for example S11-2027.",
        filters=[strip],
        validators=[
            needed("Write a code."),
            Length(max=40, message=TOO_LONG),
            Regexp(CODE, message=NO_CODE),
        ],
    )
    year = StringField(
        "Year",
        filters=[strip],
        validators=[needed(NO_YEAR), Regexp(r"^(?:199\d|20\d\d)$", message=NO_YEAR)],
    )

    def __init__(self, *args: Any, frameworks: Iterable[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {framework.code: framework for framework in frameworks}
        self.framework.choices = [
            ("", "A new framework"),
            *((code, f"{one.title} ({code})") for code, one in self.known.items()),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """A new framework needs a code and a title of its own."""
        good = super().validate(extra_validators)
        if not self.framework.data:
            for field, sentence in (
                (self.framework_code, "Write a code for the new framework, or choose one from the list."),
                (self.framework_title, "Write a title for the new framework, or choose one from the list."),
            ):
                if not field.data:
                    field.errors = [*field.errors, sentence]
                    good = False
        return good
