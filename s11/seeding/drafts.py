"""What an organisation is going to answer in a year, criterion by criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.questionnaires.rules import CriterionContent, LevelContent, StandardContent
from s11.returns.operations.answering import AnswerChange
from s11.seeding.material import Body, Material
from s11.seeding.plan import FIRST_YEAR, CyclePlan
from s11.seeding.ratings import MIDDLE, WORST, Circumstances, Rating, does_not_apply, rating
from s11.seeding.words import Narrative, commentary, fill, joined, year_slots

# These texts promise things by a time of {year}; those of schools and settings only look back.
PROMISING = frozenset({"S11"})


@dataclass(frozen=True)
class Draft:
    """One answer, and what a moderator will say to it. `level` is None where the criterion does not apply."""

    criterion: CriterionContent
    level: LevelContent | None
    moderated: LevelContent | None
    text: str
    why_lower: str = ""

    @property
    def key(self) -> str:
        return self.criterion.key

    @property
    def is_worst(self) -> bool:
        return self.level is not None and self.level.code == WORST

    def change(self, version: int = 0) -> AnswerChange:
        """The answer as it is saved."""
        if self.level is None:
            return AnswerChange(
                self.criterion.id, version, not_applicable=True, not_applicable_reason=self.text
            )
        return AnswerChange(self.criterion.id, version, level_id=self.level.id, commentary=self.text)


def drafts(
    material: Material, body: Body, cycle: CyclePlan, standards: Sequence[StandardContent]
) -> list[Draft]:
    """The answers to everything a body is asked, in the order printed."""
    writer = Writer(material, body, cycle)
    return [writer.draft(criterion) for standard in standards for criterion in standard.criteria]


def reconsidered(draft: Draft, material: Material, body: Body, cycle: CyclePlan) -> Draft:
    """The same answer a level lower and with other words: what is sent in again after it was sent back."""
    return Writer(material, body, cycle).rated(draft.criterion, Rating(MIDDLE, MIDDLE))


class Writer:
    """Writes the answers of one body in one year."""

    def __init__(self, material: Material, body: Body, cycle: CyclePlan) -> None:
        self.body = body
        self.cycle = cycle
        self.narratives = material.narratives[cycle.framework]
        self.settled = material.story["settled"].get(str(cycle.year), {}).get(body.key, {})
        self.applies = frozenset(material.story["applies"].get(body.key, ()))
        self.away = frozenset(material.story["does_not_apply"].get(body.key, ()))
        self.slots: Mapping[str, str] = {**body.slots, **year_slots(cycle.year)}
        promised = cycle.promise_year if cycle.framework in PROMISING else cycle.year
        self.promises = {"year": str(promised)}
        self.circumstances = Circumstances(
            organisation=body.key,
            profile=body.profile,
            optimistic=body.optimistic,
            weak_standards=body.weak_standards,
            year=cycle.year - FIRST_YEAR,
        )

    def draft(self, criterion: CriterionContent) -> Draft:
        narrative = self.narratives[criterion.key]
        if self._is_away(criterion, narrative):
            text = joined(fill(narrative.not_applicable, self.slots))
            return Draft(criterion, None, None, text)
        if criterion.key in self.settled:
            return self.rated(criterion, Rating(*self.settled[criterion.key]))
        return self.rated(criterion, rating(self.circumstances, criterion.standard_key, criterion.key))

    def rated(self, criterion: CriterionContent, given: Rating) -> Draft:
        """The answer to a criterion that applies."""
        levels = {level.code: level for level in criterion.scale.levels}
        narrative = self.narratives[criterion.key]
        # Neighbours in the list of organisations, and one organisation's neighbouring years, take turns.
        turn = self.body.place + self.cycle.year + criterion.position
        text = commentary(narrative, given.own, self.slots, turn=turn, promises=self.promises)
        why_lower = joined(fill(narrative.moderated_down, self.slots))
        return Draft(criterion, levels[given.own], levels[given.moderated], text, why_lower)

    def _is_away(self, criterion: CriterionContent, narrative: Narrative) -> bool:
        """Whether the organisation says that a criterion does not apply to it, and may."""
        if not narrative.not_applicable or not criterion.not_applicable_allowed:
            return False
        key = criterion.key
        if key in self.away:
            return True
        if criterion.standard_key in self.body.not_applicable:
            return key not in self.applies
        if self.cycle.framework != "S175":
            return False
        details = self.body.details
        return does_not_apply(
            key, organisation=self.body.key, phase=details["phase"], pupils=details["pupils"]
        )
