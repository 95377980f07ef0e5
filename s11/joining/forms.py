"""Inviting, changing a role, joining."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import (
    EmailField,
    Field,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional

from s11.joining.rules import NAME_LONGEST, ROLE_HINTS, in_order
from s11.people.rules import ROLE_LABELS, Role
from s11.web.forms import DayField, Form, needed, strip

TOO_LONG = "Use at most %(max)d characters."
NO_STEP = ("", "Nobody: they do not sign")


class RoleForm(Form):
    """What somebody is here for."""

    role = RadioField("What are they here for?", validators=[needed("Choose what they are here for.")])
    signs_as = SelectField("Whose signature do they give?", description="For a signatory only.", default="")
    until = DayField(
        "Last day of access",
        description="For an inspector only, at most a year away. For example 31 3 2027.",
        validators=[Optional()],
    )
    job_title = StringField(
        "Job title",
        description="What they are called where they work.",
        filters=[strip],
        validators=[Optional(), Length(max=120, message=TOO_LONG)],
    )

    def __init__(self, *args: Any, roles: Iterable[Role], steps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = in_order(roles)
        self.role.choices = [(str(one), ROLE_LABELS[one], {"hint": ROLE_HINTS[one]}) for one in given]
        self.signs_as.choices = [NO_STEP, *steps.items()]
        # What nobody can be given here is not asked for.
        if Role.SIGNATORY not in given:
            del self.signs_as
        if Role.INSPECTOR not in given:
            del self.until

    @property
    def said(self) -> dict[str, Any]:
        """The fields that passed their checks, as operations take them."""
        return {
            "role": Role(self.role.data),
            "job_title": self.job_title.data or "",
            "signs_as": self.signs_as.data if "signs_as" in self else "",
            "until": self.until.day if "until" in self else None,
        }


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    name = StringField(
        "Name",
        filters=[strip],
        validators=[needed("Enter their name."), Length(max=NAME_LONGEST, message=TOO_LONG)],
    )
    email = EmailField(
        "Work e-mail address",
        description="The invitation goes there, and they will sign in with it.",
        filters=[strip],
        validators=[needed("Enter their e-mail address."), Length(max=254, message=TOO_LONG)],
    )

    def __iter__(self) -> Iterator[Field]:
        """In the order of the page, which asks for the person first."""
        return iter(sorted(super().__iter__(), key=lambda field: field.name not in ("name", "email")))


class JoinForm(Form):
    """A new person's name and password."""

    name = StringField(
        "Your name",
        description="As colleagues know you. It stands beside what you write.",
        filters=[strip],
        validators=[needed("Enter your name."), Length(max=NAME_LONGEST, message=TOO_LONG)],
    )
    password = PasswordField(
        "Choose a password",
        description="At least 12 characters. Three or four words that have nothing to do with each other are "
        "easy to remember and hard to guess.",
        validators=[needed("Choose a password.")],
    )


class PlaceForm(Form):
    """Which of one's partnerships to work in, and where to go then."""

    place = RadioField("Where do you want to work now?", validators=[needed("Choose a partnership.")])
    next = HiddenField()


class ListForm(Form):
    """A list of people to be invited."""

    file = FileField(
        "Your list", description="An Excel workbook (.xlsx) or a CSV file, up to 1 MB and 2,000 rows."
    )
