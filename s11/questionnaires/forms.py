"""What people send to the pages of questionnaires."""

from wtforms import FileField

from s11.web.forms import Form


class ChangesForm(Form):
    """A questionnaire with changes."""

    file = FileField(
        "The file with your changes",
        description="The workbook (.xlsx) or the questionnaire file (.yaml) that you downloaded and changed.",
    )
