"""What the plan is narrowed to."""

from wtforms import SelectField, StringField

from s11.actions.forms.shared import choices, plain
from s11.actions.rules import SOURCE_LABELS, STATUS_FILTERS
from s11.web.forms import Form

SEARCH_LONGEST = 100


class FilterForm(Form):
    """What the plan is narrowed to; read from the address."""

    class Meta:
        csrf = False

    status = SelectField("Status", default="", choices=choices(STATUS_FILTERS, first="Any status"))
    source = SelectField("Source", default="", choices=choices(SOURCE_LABELS, first="Any source"))
    organisation = SelectField("Organisation", default="", choices=[])
    search = StringField(
        "Search the text or the owner", filters=[plain, lambda value: value and value[:SEARCH_LONGEST]]
    )
