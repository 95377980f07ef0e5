"""What is asked before the plan is published."""

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length

from s11.actions.forms.shared import plain
from s11.web.forms import Form

NAMES_LONGEST = 2_000


class PublicForm(Form):
    """Further names to take out, and that somebody has read what was replaced."""

    also = TextAreaField(
        "Other names and words to take out",
        filters=[plain],
        validators=[Length(max=NAMES_LONGEST, message=f"Use at most {NAMES_LONGEST:,} characters.")],
    )
    checked = BooleanField("I have read what was replaced and what was left, and the paper names nobody")
    seen = HiddenField()

    @property
    def names(self) -> list[str]:
        """What was typed, a line each."""
        return [line.strip() for line in (self.also.data or "").splitlines() if line.strip()]
