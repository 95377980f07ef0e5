"""Putting two organisations together."""

from collections.abc import Sequence

from wtforms import RadioField, StringField
from wtforms.validators import Length, Optional

from s11.register.matching.pages import Compared
from s11.register.matching.queries import Pair
from s11.web.forms import Form, needed, strip

SIDES = ("one", "other")


class MergeForm(Form):
    """Which of two stays, and which facts it keeps."""

    stays = RadioField("Which one stays?", validators=[needed("Choose which one stays.")])
    note = StringField(
        "Why they are one",
        description="Kept in the history of both.",
        filters=[strip],
        validators=[Optional(), Length(max=300, message="Use at most %(max)d characters.")],
    )


def merge_form(pair: Pair, facts: Sequence[Compared]) -> MergeForm:
    """The form for this pair, with a choice for every fact in which they differ."""
    choices = {
        f"fact_{one.fact}": RadioField(
            one.label,
            choices=[("one", one.one or "Empty"), ("other", one.other or "Empty")],
            default=one.offered,
        )
        for one in facts
        if one.differs
    }
    form = type("PairForm", (MergeForm,), choices)()
    form.stays.choices = [(pair.one.ref, pair.one.name), (pair.other.ref, pair.other.name)]
    made: MergeForm = form
    return made


def taken_from(form: MergeForm, pair: Pair, facts: Sequence[Compared]) -> list[str]:
    """The facts that are taken from the one that goes."""
    goes = "other" if form.stays.data == pair.one.ref else "one"
    return [one.fact for one in facts if one.differs and form[f"fact_{one.fact}"].data == goes]
