"""Who leads an action, and who has a part in it."""

from wtforms import SelectField, StringField

from s11.actions.forms.following import VersionedForm
from s11.actions.forms.shared import line, refuse, words
from s11.actions.rules import NAME_LONGEST, owner_name_fault, owner_role_fault

PERSON = "A person, by first name and surname."


class OwnerForm(VersionedForm):
    """Somebody who has a part in an action; the organisations to choose from are set by the view."""

    name = line("Full name", count=NAME_LONGEST)
    role = line("Role", count=NAME_LONGEST)
    organisation = SelectField("Organisation", choices=[], default="")

    def validate_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))


class HandOverForm(VersionedForm):
    """Who leads an action from now on, and why."""

    name = line("Full name", count=NAME_LONGEST)
    role = line("Role", count=NAME_LONGEST)
    reason = words("Why?", count=500, needed_sentence="Say why somebody else leads it now.")

    def validate_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))
