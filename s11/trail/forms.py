"""What the trail is narrowed to; read from the address."""

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from s11.core import clock
from s11.trail.queries import WITHIN, Wanted
from s11.trail.words import ACTS
from s11.web.forms import DayField, Form, strip

NAME_LONGEST = 120
ANY_ORGANISATION = SelectChoice("", "Any organisation")
ACTS_BY_NAME = sorted(
    (SelectChoice(tag, name) for tag, (name, _) in ACTS.items() if tag not in WITHIN),
    key=lambda choice: choice.label,
)


class TrailFilter(Form):
    """The filters of the trail. The organisations are set by the view."""

    class Meta:
        csrf = False

    person = StringField(
        "Person",
        filters=[strip],
        validators=[Length(max=NAME_LONGEST, message="That name is too long.")],
    )
    act = SelectField("What was done", default="", choices=[SelectChoice("", "Anything"), *ACTS_BY_NAME])
    organisation = SelectField("Organisation", default="", choices=[])
    # Not `from`, which Python keeps for itself; the address has the same words as the field.
    since = DayField("From")
    until = DayField("To")

    @property
    def wanted(self) -> Wanted:
        """What is asked for; a field that cannot be read is left aside and says so on the page."""
        since, until = self.since.day, self.until.day
        return Wanted(
            person=(self.person.data or "") if not self.person.errors else "",
            act=(self.act.data or "") if not self.act.errors else "",
            organisation=(self.organisation.data or "") if not self.organisation.errors else "",
            since=clock.start_of(since) if since else None,
            until=clock.end_of(until) if until else None,
        )

    @property
    def address(self) -> dict[str, str]:
        """What was asked, as it goes into the address of another page of the same list."""
        return {field.name: field.data for field in self if field.data and not field.errors}
