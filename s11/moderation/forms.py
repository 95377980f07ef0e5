"""What a moderator sends from the page of a standard: one choice and one reason a criterion."""

from collections.abc import Mapping
from dataclasses import dataclass

from s11.moderation.models import Moderation
from s11.moderation.rules import Verdict
from s11.questionnaires.rules import CriterionContent, StandardContent

AWAY = "na"


@dataclass(frozen=True)
class Typed:
    """One criterion as it was sent. `was` and `was_reason` are what the page showed when it was opened."""

    criterion: CriterionContent
    choice: str
    reason: str
    version: int
    was: str
    was_reason: str

    @property
    def is_touched(self) -> bool:
        """Whether the moderator changed anything here; what was left alone is not saved again."""
        return (self.choice, self.reason.strip()) != (self.was, self.was_reason.strip())

    @property
    def verdict(self) -> Verdict:
        """The choice as a rating; a code the scale does not know is nothing chosen."""
        if self.choice == AWAY:
            return Verdict(not_applicable=True)
        levels = {level.code: level.id for level in self.criterion.scale.levels}
        return Verdict(levels.get(self.choice))


def name_of(criterion: CriterionContent) -> str:
    """What the fields of a criterion are called: also the id of its first radio button."""
    return f"c{criterion.id}"


def read(form: Mapping[str, str], standard: StandardContent) -> list[Typed]:
    """What was sent for each criterion of a standard, in the order printed."""
    return [_read(form, criterion) for criterion in standard.criteria]


def _read(form: Mapping[str, str], criterion: CriterionContent) -> Typed:
    name = name_of(criterion)
    version = form.get(f"{name}-version", "0")
    return Typed(
        criterion=criterion,
        choice=form.get(name, ""),
        # Browsers send line ends as CR LF; the database holds what was typed.
        reason=form.get(f"{name}-reason", "").replace("\r\n", "\n"),
        version=int(version) if version.isdigit() else 0,
        was=form.get(f"{name}-was", ""),
        was_reason=form.get(f"{name}-was-reason", "").replace("\r\n", "\n"),
    )


def code_of(moderation: Moderation | None) -> str:
    """The choice that stands for a kept rating."""
    if moderation is None:
        return ""
    return AWAY if moderation.level is None else moderation.level.code
