"""A new action."""

from wtforms import SelectField, StringField

from s11.actions.forms.shared import DueField, choices, line, refuse, words
from s11.actions.rules import (
    MECHANISM_LABELS,
    NAME_LONGEST,
    SOURCE_LABELS,
    TITLE_LONGEST,
    Source,
    due_fault,
    owner_name_fault,
    owner_role_fault,
)
from s11.core import clock
from s11.web.forms import Form, needed


class ActionForm(Form):
    """A new action; the places it may belong to are set by the view."""

    place = SelectField(
        "Whose action is it?", choices=[], default="", validators=[needed("Choose whose action it is.")]
    )
    source = SelectField(
        "Where does it come from?",
        default=str(Source.SELF_ASSESSMENT),
        choices=choices(SOURCE_LABELS),
    )
    source_title = line("Name of the review, inspection or audit", count=TITLE_LONGEST)
    recommendation = words("Recommendation or finding it answers")
    text = words("What will be done?", needed_sentence="Say what will be done.")
    outcome = words("What difference will it make for children?")
    evidence_expected = words("What will show that it is done?")
    mechanism = SelectField(
        "How does it make the change?",
        default="",
        choices=choices(MECHANISM_LABELS, first="Not chosen"),
    )
    owner_name = line("Full name of the owner", count=NAME_LONGEST)
    owner_role = line("Role of the owner", count=NAME_LONGEST)
    due_on = DueField("To be done by")

    def validate_owner_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_owner_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if not field.errors:
            refuse(due_fault(field.day, since=clock.today()))
