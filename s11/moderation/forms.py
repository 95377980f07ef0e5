"""What is sent from the pages of moderation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from s11.core import clock
from s11.moderation.models import Moderation, Reply, SecondRating
from s11.moderation.rules import SecondLook, Verdict
from s11.moderation.sharing import EACH_AT_MOST
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.web.forms import DayField, Form, needed, real_day, strip

AWAY = "na"
ACCEPT, OTHERWISE = "accept", "otherwise"


@dataclass(frozen=True)
class Typed:
    """One criterion as it was sent. `was…` is what the page showed when it was opened."""

    criterion: CriterionContent
    choice: str
    reason: str
    mark: str
    version: int
    was: str
    was_reason: str
    was_mark: str

    @property
    def is_touched(self) -> bool:
        """Whether the moderator changed anything here; what was left alone is not saved again."""
        sent = (self.choice, self.reason.strip(), self.mark)
        return sent != (self.was, self.was_reason.strip(), self.was_mark)

    @property
    def verdict(self) -> Verdict:
        """The choice as a rating; a code the scale does not know is nothing chosen."""
        if self.choice == AWAY:
            return Verdict(not_applicable=True)
        levels = {level.code: level.id for level in self.criterion.scale.levels}
        return Verdict(levels.get(self.choice))


@dataclass(frozen=True)
class TypedReply:
    """A reply to one criterion as it was sent. `was…` is what the page showed when it was opened."""

    criterion: CriterionContent
    choice: str
    text: str
    version: int
    was: str
    was_text: str

    @property
    def is_touched(self) -> bool:
        return (self.choice, self.text.strip()) != (self.was, self.was_text.strip())

    @property
    def accepts(self) -> bool | None:
        """None where nothing that can be used was chosen."""
        return {ACCEPT: True, OTHERWISE: False}.get(self.choice)


def name_of(criterion: CriterionContent) -> str:
    """What the fields of a criterion are called: also the id of its first radio button."""
    return f"c{criterion.id}"


def read(form: Mapping[str, str], standard: StandardContent) -> list[Typed]:
    """What was sent for each criterion of a standard, in the order printed."""
    return [_read(form, criterion) for criterion in standard.criteria]


def _read(form: Mapping[str, str], criterion: CriterionContent) -> Typed:
    name = name_of(criterion)
    return Typed(
        criterion=criterion,
        choice=form.get(name, ""),
        reason=_words(form, f"{name}-reason"),
        mark=form.get(f"{name}-mark", ""),
        version=_version(form, name),
        was=form.get(f"{name}-was", ""),
        was_reason=_words(form, f"{name}-was-reason"),
        was_mark=form.get(f"{name}-was-mark", ""),
    )


def read_replies(form: Mapping[str, str], criteria: Iterable[CriterionContent]) -> list[TypedReply]:
    """What was sent to each of these criteria."""
    return [
        TypedReply(
            criterion=criterion,
            choice=form.get(name_of(criterion), ""),
            text=_words(form, f"{name_of(criterion)}-text"),
            version=_version(form, name_of(criterion)),
            was=form.get(f"{name_of(criterion)}-was", ""),
            was_text=_words(form, f"{name_of(criterion)}-was-text"),
        )
        for criterion in criteria
    ]


def _words(form: Mapping[str, str], name: str) -> str:
    """Browsers send line ends as CR LF; the database holds what was typed, without what no keyboard has."""
    text = form.get(name, "").replace("\r\n", "\n")
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 32)


def _version(form: Mapping[str, str], name: str) -> int:
    version = form.get(f"{name}-version", "0")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def code_of(kept: Moderation | SecondRating | None) -> str:
    """The choice that stands for a kept rating."""
    if kept is None:
        return ""
    return AWAY if kept.level is None else kept.level.code


def code_of_reply(kept: Reply | None) -> str:
    """The choice that stands for a kept reply."""
    if kept is None:
        return ""
    return ACCEPT if kept.accepts else OTHERWISE


def code_of_look(look: SecondLook, criterion: CriterionContent) -> str:
    """The choice that stands for what a moderator made of a criterion."""
    if look.verdict.not_applicable:
        return AWAY
    return next((v.code for v in criterion.scale.levels if v.id == look.verdict.level_id), "")


class GiveForm(Form):
    """By when what is given out is to be rated."""

    due_on = DayField("To be rated by", [real_day("Enter the day by which they are to rate.")])

    def validate_due_on(self, field: DayField) -> None:
        if field.day is not None and field.day < clock.today():
            raise ValidationError("Choose a day that is still to come.")


class ShareForm(GiveForm):
    """How the chosen returns go to the chosen moderators."""

    scope = RadioField(
        "Which returns?",
        choices=[
            SelectChoice("ticked", "Those ticked above"),
            SelectChoice("unassigned", "Every one that nobody moderates yet"),
        ],
        default="ticked",
    )
    how = RadioField(
        "How?",
        choices=[
            SelectChoice("share", "Share out evenly"),
            SelectChoice("every", "Every moderator chosen gets every return"),
        ],
        default="share",
    )
    each = SelectField(
        "Moderators for each return, where they are shared out",
        choices=[SelectChoice(str(number), str(number)) for number in range(1, EACH_AT_MOST + 1)],
        default="1",
    )


class DeclineForm(Form):
    """Somebody is too near to what they were given."""

    reason = TextAreaField(
        "In what way are you too near?", [needed("Say in what way you are too near.")], filters=[strip]
    )
    for_good = BooleanField("Do not give me this organisation again")


class WithoutForm(Form):
    """Why the agreed ratings are chosen without somebody."""

    reason = TextAreaField(
        "Why do you go on without them?", [needed("Say why you go on without them.")], filters=[strip]
    )


class InterestForm(Form):
    """An organisation somebody is too near to."""

    organisation = SelectField("Organisation", validators=[needed("Choose the organisation.")])
    why = StringField(
        "In what way are you too near?", [needed("Say in what way you are too near.")], filters=[strip]
    )

    def offer(self, organisations: Iterable[tuple[str, str]]) -> None:
        """Pairs of ref and name."""
        self.organisation.choices = [
            SelectChoice("", "Choose an organisation"),
            *(SelectChoice(ref, name) for ref, name in organisations),
        ]
