"""Founding a partnership, inviting a business manager, finding a person."""

from wtforms import EmailField, StringField
from wtforms.validators import Length, Optional

from s11.web.forms import Form, needed, strip

TOO_LONG = "Use at most %(max)d characters."


class ManagerForm(Form):
    """Who is to run a partnership."""

    manager = StringField(
        "Name of the business manager",
        filters=[strip],
        validators=[needed("Enter the name of the business manager."), Length(max=120, message=TOO_LONG)],
    )
    manager_email = EmailField(
        "Their work e-mail address",
        description="The invitation goes there.",
        filters=[strip],
        validators=[needed("Enter their e-mail address."), Length(max=254, message=TOO_LONG)],
    )


class FoundForm(ManagerForm):
    """A new partnership and who is to run it."""

    name = StringField(
        "Name of the partnership",
        filters=[strip],
        validators=[needed("Enter the name of the partnership."), Length(max=200, message=TOO_LONG)],
    )
    code = StringField(
        "Short code",
        description="For commands, such as “northshire”. It cannot be changed later.",
        filters=[strip],
        validators=[needed("Enter a short code."), Length(max=40, message=TOO_LONG)],
    )
    board_word = StringField(
        "What people call it",
        description="“the Board” unless you enter something else.",
        filters=[strip],
        validators=[Optional(), Length(max=60, message=TOO_LONG)],
    )
    office_email = EmailField(
        "Address of its office",
        description="Shown to people who need help.",
        filters=[strip],
        validators=[Optional(), Length(max=254, message=TOO_LONG)],
    )


class FindForm(Form):
    """Somebody's exact address; nobody can be searched for by a part of it."""

    email = EmailField("E-mail address", filters=[strip], validators=[needed("Enter an e-mail address.")])
