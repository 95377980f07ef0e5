"""What an action promises, and where it comes from."""

from collections.abc import Callable

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from s11.actions.forms.following import NEWEST_FIRST
from s11.actions.forms.rows import OwnerRow, Rows, StepRow, row_mistakes
from s11.actions.forms.shared import DueField, choices, line, refuse, words
from s11.actions.rules import (
    MECHANISM_LABELS,
    NAME_LONGEST,
    PRIORITY_LABELS,
    SOURCE_LABELS,
    TITLE_LONGEST,
    WITH_RECOMMENDATIONS,
    OwnerDraft,
    Source,
    due_fault,
    owner_name_fault,
    owner_role_fault,
)
from s11.core import clock
from s11.organisations.models import Organisation
from s11.web.forms import Form, NumberField, needed

# The organisation of this name, if it sits at the table.
Finder = Callable[[str], Organisation | None]
# Buttons that ask for more of the form, and keep what was typed.
MORE_OWNERS, MORE_STEPS, SHOW = "more-owners", "more-steps", "show"


class PromiseForm(Form):
    """What an action promises, whether it is new or changed. `find` is set by the view."""

    find: Finder | None = None

    text = words("What will be done?", needed_sentence="Say what will be done.")
    outcome = words("What difference will it make for children?")
    evidence_expected = words("What will show that it is done?")
    mechanism = SelectField(
        "How does it make the change?",
        default="",
        choices=choices(MECHANISM_LABELS, first="Not chosen"),
    )
    priority = SelectField(
        "How much hangs on it?", default="", choices=choices(PRIORITY_LABELS, first="Not chosen")
    )
    resources = words("What does it need?")
    contingency = words("What if it does not work?")
    theme = line("Theme", count=NAME_LONGEST)
    owner_name = line("Full name of the owner", count=NAME_LONGEST)
    owner_role = line("Role of the owner", count=NAME_LONGEST)
    due_on = DueField("To be done by")
    owners = Rows(OwnerRow, "Others who have a part")
    milestones = Rows(StepRow, "Steps on the way")
    answers = SelectMultipleField("Which of its recommendations does it answer?", choices=[], default=[])
    answers_all = BooleanField("All of them, whatever is ticked above")

    def validate_owners(self, field: Rows) -> None:
        """An organisation that is named has to be one at the table."""
        for row in field.filled:
            named = row.organisation.data or ""
            if named and self.find is not None and self.find(named) is None:
                row.organisation.errors = [
                    *row.organisation.errors,
                    f"No organisation here is called “{named}”. Enter its full name, or leave this empty.",
                ]
        refuse("Check who else has a part." if any(row.errors for row in field.filled) else None)

    def drafts(self) -> list[OwnerDraft]:
        """The others who have a part, as typed."""
        found = []
        for row in self.owners.filled:
            place = self.find(row.organisation.data) if self.find and row.organisation.data else None
            found.append(OwnerDraft(row.name.data or "", row.role.data or "", place.id if place else None))
        return found

    @property
    def understood(self) -> str:
        """What was made of dates that name a month only, to be said once they are kept."""
        fields = [self.due_on, *(row.due_on for row in self.milestones.filled)]
        return " ".join(field.understood for field in fields if field.understood)

    @property
    def mistakes(self) -> list[tuple[str, str | None]]:
        """Its errors in the order of the page, those of rows with the number of their row."""
        found: list[tuple[str, str | None]] = []
        for field in self:
            if field is self.owners:
                found += row_mistakes(self.owners, "Others who have a part, line")
            elif field is self.milestones:
                found += row_mistakes(self.milestones, "Step")
            else:
                found += [(sentence, f"#{field.id}") for sentence in field.errors[:1]]
        return found


class ActionForm(PromiseForm):
    """A new action; the places it may belong to and the reviews it may come from are set by the view."""

    place = SelectField(
        "Whose action is it?", choices=[], default="", validators=[needed("Choose whose action it is.")]
    )
    source = SelectField("Where does it come from?", default=str(Source.SELF_ASSESSMENT), choices=[])
    # The review whose recommendations stand on the page.
    shown = StringField(widget=HiddenInput())
    source_title = line("Name of the review, inspection or audit", count=TITLE_LONGEST)
    recommendation = words("Recommendation or finding it answers")

    def validate_owner_name(self, field: StringField) -> None:
        refuse(owner_name_fault(field.data or ""))

    def validate_owner_role(self, field: StringField) -> None:
        refuse(owner_role_fault(field.data or ""))

    def validate_due_on(self, field: DueField) -> None:
        if not field.errors:
            refuse(due_fault(field.day, since=clock.today()))

    def validate_source_title(self, field: StringField) -> None:
        if self.source.data in WITH_RECOMMENDATIONS and not field.data:
            refuse(f"Enter the name of the {SOURCE_LABELS[Source(self.source.data)].lower()}.")


class ChangeForm(PromiseForm):
    """An action that is corrected. What it must say is judged by the operation: one that was brought in may
    lack what it lacked. `version` is the state the person had before their eyes."""

    version = NumberField(
        widget=HiddenInput(), validators=[NumberRange(min=0, max=2**31 - 1, message=NEWEST_FIRST)]
    )
