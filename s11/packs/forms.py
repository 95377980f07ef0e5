"""Choosing who is in a pack."""

from wtforms import SelectMultipleField

from s11.web.forms import Form


class PackForm(Form):
    """The agencies of a pack; those whose return is in are set by the view."""

    organisations = SelectMultipleField("Which organisations?", choices=[])
