"""The form of each subject of the settings. Each brings back the mark of the values it was made from."""

from collections.abc import Mapping
from typing import Any, Self
from zoneinfo import available_timezones

from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from s11.core.clock import HOME
from s11.partnerships import colours
from s11.partnerships.rules import (
    LARGEST_GROUP,
    LONGEST_YEARS,
    SHORTEST_YEARS,
    SIGNATURE_LONGEST,
    SMALLEST_GROUP,
    Subject,
    mark_of,
)
from s11.people.rules import ROLE_LABELS, Role
from s11.web.forms import Form, NumberField, needed, strip

TOO_LONG = "Use at most %(max)d characters."
AN_ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
# The regions of the world as the list of time zones has them, without its older names.
REGIONS = ("Europe", "Atlantic", "Africa", "America", "Antarctica", "Asia", "Australia", "Indian", "Pacific")


class SettingsForm(Form):
    """What all of them have."""

    began = HiddenField()

    @classmethod
    def showing(cls, values: Mapping[str, Any]) -> Self:
        """The form with what stands now."""
        form = cls()
        form.begin(values)
        for name, value in values.items():
            form.put(name, value)
        return form

    def begin(self, values: Mapping[str, Any]) -> None:
        """From here on the form stands on these values."""
        self.began.data = mark_of(values)

    def put(self, name: str, value: Any) -> None:
        self[name].data = value

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as it is kept."""
        return {field.name: field.data or "" for field in self if field.name not in ("began", "csrf_token")}


class NamesForm(SettingsForm):
    name = StringField(
        "Name of the partnership",
        filters=[strip],
        validators=[DataRequired("Enter the name of the partnership."), Length(max=200, message=TOO_LONG)],
    )
    board_word = StringField(
        "What people call it",
        description="As it stands in the middle of a sentence, for example “the Board” or “the Partnership”.",
        filters=[strip],
        validators=[DataRequired("Enter what people call it."), Length(max=60, message=TOO_LONG)],
    )
    quality_group = StringField(
        "The group that approves the questionnaire and receives the report",
        description="In the middle of a sentence too, for example “quality-assurance sub-group”.",
        filters=[strip],
        validators=[DataRequired("Enter what the group is called."), Length(max=80, message=TOO_LONG)],
    )


class ColourForm(SettingsForm):
    colour = StringField(
        "Colour",
        description="Six digits and letters, for example #1a5c8e. Empty: the colour of this service.",
        filters=[strip],
    )

    def validate_colour(self, field: Any) -> None:
        if not field.data:
            return
        colour = colours.canonical(field.data)
        if colour is None:
            raise ValidationError("Write the colour as # and six digits or letters from a to f: #1a5c8e.")
        fault = colours.fault_of(colour)
        if fault:
            raise ValidationError(fault)

    @property
    def values(self) -> dict[str, Any]:
        return {"colour": colours.canonical(self.colour.data or "") or ""}


class MailForm(SettingsForm):
    mail_signature = TextAreaField(
        "Under every mail",
        description="For example the name of the office, its telephone number and when it is there.",
        filters=[strip],
        validators=[Length(max=SIGNATURE_LONGEST, message=TOO_LONG)],
    )
    office_email = EmailField(
        "Address of the office",
        description="Shown to people who need help.",
        filters=[strip],
        validators=[
            Optional(),
            Length(max=254, message=TOO_LONG),
            Regexp(AN_ADDRESS, message="Enter a whole e-mail address, such as office@northshire.example."),
        ],
    )

    @property
    def values(self) -> dict[str, Any]:
        said = super().values
        return {**said, "mail_signature": said["mail_signature"].replace("\r\n", "\n")}


class ZoneForm(SettingsForm):
    time_zone = SelectField("Time zone", validators=[needed("Choose a time zone.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = zone_choices()


def zone_choices() -> dict[str, list[tuple[str, str]]]:
    """London first, then every zone by region, under the name of its city."""
    found: dict[str, list[tuple[str, str]]] = {"United Kingdom": [(HOME, "London")]}
    for name in sorted(available_timezones()):
        region, _, city = name.partition("/")
        if region in REGIONS and name != HOME:
            found.setdefault(region, []).append((name, city.replace("_", " ").replace("/", ", ")))
    return found


class EvidenceForm(SettingsForm):
    takes_files = RadioField(
        "May organisations add files as evidence?",
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No, only links and where something can be seen"),
        ],
        validators=[needed("Say whether organisations may add files.")],
    )
    files_at_most = NumberField(
        "Files a return may show",
        validators=[Optional(), NumberRange(1, 1000, "Enter a number from 1 to 1000, or leave it empty.")],
    )
    megabytes_at_most = NumberField(
        "Megabytes they may have together",
        validators=[Optional(), NumberRange(1, 10_000, "Enter a number from 1 to 10000, or leave it empty.")],
    )

    def put(self, name: str, value: Any) -> None:
        self[name].data = ("yes" if value else "no") if name == "takes_files" else value

    @property
    def values(self) -> dict[str, Any]:
        return {
            "takes_files": self.takes_files.data != "no",
            "files_at_most": self.files_at_most.data,
            "megabytes_at_most": self.megabytes_at_most.data,
        }


class GroupsForm(SettingsForm):
    small_group = NumberField(
        "Fewest organisations in a group that is shown",
        validators=[
            needed("Enter a number."),
            NumberRange(
                SMALLEST_GROUP, LARGEST_GROUP, f"Enter a number from {SMALLEST_GROUP} to {LARGEST_GROUP}."
            ),
        ],
    )


class SecondStepForm(SettingsForm):
    second_factor_roles = SelectMultipleField("Also needed of", choices=[], validate_choice=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.second_factor_roles.choices = [
            (str(role), ROLE_LABELS[role]) for role in Role if role is not Role.SYSTEM_ADMINISTRATOR
        ]

    def leave_out(self, demanded: frozenset[Role]) -> None:
        """What the installation demands anyway is not here to be chosen."""
        self.second_factor_roles.choices = [
            choice for choice in self.second_factor_roles.choices if Role(choice[0]) not in demanded
        ]

    @property
    def values(self) -> dict[str, Any]:
        return {"second_factor_roles": sorted(self.second_factor_roles.data or [])}


FORMS: dict[Subject, type[SettingsForm]] = {
    Subject.NAMES: NamesForm,
    Subject.COLOUR: ColourForm,
    Subject.MAIL: MailForm,
    Subject.TIME: ZoneForm,
    Subject.EVIDENCE: EvidenceForm,
    Subject.GROUPS: GroupsForm,
    Subject.SECOND_STEP: SecondStepForm,
}


class LogoForm(Form):
    logo = FileField("Logo", description="A PNG or JPEG of at most 1 MB and 4,000 pixels a side.")


class RetentionForm(SettingsForm):
    keep = RadioField(
        "How long are the files of a closed cycle kept?",
        choices=[
            SelectChoice("always", "As long as the record of the return"),
            SelectChoice("years", "For a number of years after the cycle is closed"),
        ],
        validators=[needed("Say how long the files are kept.")],
    )
    years = NumberField(
        "Years", description=f"From {SHORTEST_YEARS} to {LONGEST_YEARS}.", validators=[Optional()]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A number belongs to the choice of years; with the other choice it is left aside."""
        good = super().validate(extra_validators)
        if self.keep.data == "years" and self.years.data is None and not self.years.errors:
            self.years.errors = ["Enter the number of years."]
            return False
        return bool(good)

    @property
    def wanted(self) -> int | None:
        years: int | None = self.years.data
        return years if self.keep.data == "years" else None
