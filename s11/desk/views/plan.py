"""What the pages of a plan share: the audience of a cycle applied to the register, read once."""

from dataclasses import dataclass
from functools import cached_property

from s11.cycles import queries as cycles
from s11.cycles.audience import Audience
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.queries.register import Words, words_in_register
from s11.desk.pages import AudienceView, Planned, audience_view, planned
from s11.desk.pages.audience import Found
from s11.questionnaires.rules import EditionContent


@dataclass(frozen=True)
class Plan:
    """A cycle with its audience, the register it is applied to, and what is asked; each read once."""

    cycle: Cycle

    @cached_property
    def audience(self) -> Audience:
        return Audience.of(self.cycle.audience)

    @cached_property
    def found(self) -> Found:
        return cycles.subjects(self.cycle.partnership_id)

    @cached_property
    def edition(self) -> EditionContent:
        return cycles.content_of(self.cycle)

    @cached_property
    def groups(self) -> list[SubmissionGroup]:
        return cycles.groups(self.cycle.id)

    @cached_property
    def lines(self) -> list[Planned]:
        """Every organisation of the register, with what the audience says of it."""
        asked = cycles.asked_ids(self.cycle.id) | cycles.waiting_ids(self.cycle.id)
        return planned(self.found, self.audience, self.edition, self.groups, asked)

    @property
    def goes_by_own_dates(self) -> bool:
        """Whether the dates of the cycle are anybody's: not where all stand in groups."""
        asked = [one for one in self.lines if one.verdict.asked]
        return not self.groups or not asked or any(one.group is None for one in asked)

    @cached_property
    def words(self) -> Words:
        """What clauses can name."""
        return words_in_register(self.found)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of organisations by ref, for clauses that name a parent."""
        return {subject.ref: subject.name for _, subject in self.found}

    @cached_property
    def view(self) -> AudienceView:
        return audience_view(self.lines, self.audience, self.names)
