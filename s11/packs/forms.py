"""Choosing who is in a pack."""

from wtforms import SelectMultipleField

from s11.web.forms import Form


class PackForm(Form):
    """The agencies of a pack; those whose return is in are set by the view."""

    organisations = SelectMultipleField("Which organisations?", choices=[])

    @property
    def options(self) -> list[tuple[str, str]]:
        """The same as pairs, as the checkboxes of a page take them."""
        return [(choice.value, choice.label) for choice in self.organisations.choices]
