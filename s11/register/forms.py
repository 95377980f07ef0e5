"""Finding, entering and changing organisations, and their contacts."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from s11.organisations.models import Organisation
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind
from s11.register.models import Contact
from s11.register.numbers import NUMBERS
from s11.register.rules import CONTACT_ROLE_LABELS, FACTS, NAME_LONGEST, STANDING_LABELS, Standing
from s11.web.forms import DayField, Form, needed, real_day, strip

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate", "Met", "Not met", "Not yet inspected")
SEARCH_LONGEST = 100


def options(pairs: Iterable[tuple[str, str]], *, first: str = "") -> list[SelectChoice]:
    """What there is to choose; `first` is the label of the empty choice, where there is one."""
    empty = [SelectChoice("", first)] if first else []
    return [*empty, *(SelectChoice(str(value), label) for value, label in pairs)]


def plain(value: Any) -> Any:
    """What was typed without outer blanks, and without characters that no keyboard has."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value.replace("\r\n", "\n") if c in "\n\t" or ord(c) >= 32).strip()


def count_typed(value: Any) -> Any:
    """A number as people type it: 1,204."""
    return plain(value).replace(",", "").replace(" ", "") if isinstance(value, str) else value


def line(label: str, count: int, *, hint: str = "", need: str = "") -> StringField:
    first = needed(need) if need else Optional()
    checks = [first, Length(max=count, message=f"Use at most {count} characters.")]
    return StringField(label, description=hint, filters=[plain], validators=checks)


def number(name: str) -> StringField:
    """A register number; its form is checked where it is stored."""
    return line(NUMBERS[name].label, 20, hint=NUMBERS[name].hint)


def text(label: str, count: int, *, hint: str = "") -> TextAreaField:
    checks = [Optional(), Length(max=count, message=f"Use at most {count:,} characters.")]
    return TextAreaField(label, description=hint, filters=[plain], validators=checks)


def ref_of(value: Any) -> str:
    """The ref of a contact; empty for nobody."""
    return str(getattr(value, "ref", value) or "")


class FilterForm(Form):
    """What the list is narrowed down to; read from the address, and never refused."""

    class Meta:
        csrf = False

    q = StringField(
        "Name, number or postcode", filters=[plain, lambda value: value and value[:SEARCH_LONGEST]]
    )
    kind = SelectField("Kind", default="", choices=[], validate_choice=False)
    phase = SelectField("Phase", default="", choices=[], validate_choice=False)
    district = SelectField("District", default="", choices=[], validate_choice=False)
    parent = SelectField("Trust or group", default="", choices=[], validate_choice=False)
    bound = SelectField(
        "Why it is asked",
        default="",
        choices=options([("statutory", "Bound by section 11"), ("asked", "Asked only")], first="Any"),
        validate_choice=False,
    )
    standing = SelectField(
        "Standing",
        default=str(Standing.HERE),
        choices=options(STANDING_LABELS.items()),
        validate_choice=False,
    )
    unreached = BooleanField("Only those without a lead to write to")


class FactsForm(Form):
    """What is known of an organisation. A new one is asked for its name and where it belongs too; of one
    that is here these two have pages of their own, because both are kept as history."""

    name = line("Name", 200, need="Enter the name of the organisation.")
    short_name = line("Short name", 60, hint="For tables, where there is little room.")
    parent = SelectField("Trust, council or group it belongs to", default="", choices=[])
    seen = HiddenField()
    kind = SelectField("Kind of organisation", choices=[], validators=[needed("Choose what kind it is.")])
    bound_by_statute = RadioField(
        "Why is it asked?",
        choices=[
            SelectChoice("yes", "Bound by section 11", {"hint": "The Act names it."}),
            SelectChoice("no", "Asked", {"hint": "By another duty, by contract, or by invitation."}),
        ],
        validators=[needed("Choose why it is asked.")],
    )
    phase = SelectField("Phase", default="", choices=options(PHASE_LABELS.items(), first="None"))
    school_type = line("Type", 80, hint="For example Community school, Academy converter, Day nursery.")
    religious_character = line("Religious character", 80)
    pupils = StringField("Pupils or children on roll", filters=[count_typed], validators=[Optional()])
    ofsted_grade = SelectField("Ofsted grade", default="", choices=[])
    works_alone = BooleanField("A childminder who works alone, without assistants")
    residential = BooleanField("Children live or sleep there")
    commissions_services = BooleanField("Commissions services for children or families")
    services = text("What it does for children", 2000)
    address = text("Address", 500, hint="Without the postcode.")
    postcode = line("Postcode", 12)
    telephone = line("Telephone", 40)
    district = line("District", 80)
    local_authority = line("Local authority", 80)
    opened_on = DayField("Opened on", description="For example 1 9 2019.", validators=[Optional()])
    urn = number("urn")
    dfe_number = number("dfe_number")
    ukprn = number("ukprn")
    ofsted_urn = number("ofsted_urn")
    charity_number = number("charity_number")
    ods_code = number("ods_code")

    def __init__(
        self, *args: Any, kinds: Iterable[Kind], organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, obj=organisation, **kwargs)
        if organisation is not None:
            del self.name, self.short_name, self.parent
            if not self.is_submitted():
                self.bound_by_statute.data = "yes" if organisation.bound_by_statute else "no"
        offered = {*kinds} | ({Kind(organisation.kind)} if organisation else set())
        self.kind.choices = [("", "Choose"), *((str(k), KIND_LABELS[k]) for k in KIND_LABELS if k in offered)]
        held = organisation.ofsted_grade if organisation else ""
        grades = [*GRADES] if not held or held in GRADES else [held, *GRADES]
        self.ofsted_grade.choices = [("", "None or not known"), *((grade, grade) for grade in grades)]

    def validate_pupils(self, field: StringField) -> None:
        typed = str(field.data)
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 5):
            raise ValidationError("Enter a number up to 99,999, in digits.")

    @property
    def facts(self) -> dict[str, Any]:
        """The facts that passed their checks, as operations take them."""
        found = {name: self[name].data for name in FACTS}
        found["bound_by_statute"] = self.bound_by_statute.data == "yes"
        found["opened_on"] = self.opened_on.day
        found["pupils"] = int(self.pupils.data) if self.pupils.data else None
        return {
            name: value if value is not None or name in ("pupils", "opened_on") else ""
            for name, value in found.items()
        }


class RenameForm(Form):
    """Another name."""

    name = line("New name", 200, need="Enter the new name.")
    short_name = line("New short name", 60, hint="For tables, where there is little room.")
    on = DayField(
        "From when?", description="For example 1 9 2026.", validators=[real_day("Enter the day it changed.")]
    )


class MoveForm(Form):
    """Where an organisation belongs now."""

    parent = SelectField("Trust, council or group", default="", choices=[])
    on = DayField(
        "From when?", description="For example 1 9 2026.", validators=[real_day("Enter the day it moved.")]
    )


class CloseForm(Form):
    """A closure."""

    on = DayField(
        "Last day", description="For example 31 8 2026.", validators=[real_day("Enter its last day.")]
    )
    successor = line(
        "What it became part of", 200, hint="Name or register number of the one that took it in, if any."
    )
    note = line("Note", 300)


class LeaveForm(Form):
    """Leaving the partnership."""

    on = DayField("Last day", description="For example 31 8 2026.", validators=[real_day("Enter the day.")])
    note = line("Why", 300)


class ContactForm(Form):
    """Somebody to write to or to ring."""

    name = line("Name", NAME_LONGEST, need="Enter their name.")
    role = RadioField(
        "What are they a contact for?",
        choices=options(CONTACT_ROLE_LABELS.items()),
        validators=[needed("Choose what they are a contact for.")],
    )
    substitute_for = SelectField(
        "Whom do they stand in for?",
        description="For a substitute.",
        default="",
        choices=[],
        coerce=ref_of,
    )
    job_title = line("Job title", 120)
    email = EmailField(
        "E-mail address",
        filters=[strip],
        validators=[Optional(), Length(max=254, message="Use at most 254 characters.")],
    )
    sure = BooleanField("The address is right as it is")
    telephone = TelField(
        "Telephone",
        filters=[plain],
        validators=[Optional(), Length(max=40, message="Use at most 40 characters.")],
    )
    note = line("Note", 300, hint="For example: Mondays to Wednesdays only.")

    def __init__(self, *args: Any, others: Iterable[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.substitute_for.data = self.substitute_for.data or ""  # a contact may stand in for nobody
        self.substitute_for.choices = [("", "Nobody in particular"), *((one.ref, one.name) for one in others)]
