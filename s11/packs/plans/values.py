"""The composite plan as papers print it: by source, then by recommendation, then action by action."""

from dataclasses import dataclass
from datetime import date

from s11.actions.rules import DONE, SOURCE_LABELS, Mark, Rag, Source, Status, is_overdue


@dataclass(frozen=True)
class Who:
    """Somebody who owns an action: the first leads. Any part may be empty, not all of them."""

    name: str
    role: str
    organisation: str


@dataclass(frozen=True)
class Step:
    """A milestone."""

    text: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Word:
    """What was said of an action last."""

    on: date
    by: str
    text: str


@dataclass(frozen=True)
class ActionLine:
    """One action. `number` names the recommendations it answers: "2", "5 & 8", "All"."""

    ref: str
    number: str
    text: str
    outcome: str
    steps: tuple[Step, ...]
    evidence: str
    mechanism: str
    owners: tuple[Who, ...]
    holder: str
    due_on: date | None
    first_due_on: date | None
    earlier: tuple[date, ...]
    times_moved: int
    status: Status
    mark: Mark
    word: Word | None
    agreed_on: date

    @property
    def is_done(self) -> bool:
        return self.status in DONE

    def is_late(self, today: date) -> bool:
        return is_overdue(self.status, self.due_on, today)


@dataclass(frozen=True)
class RecommendationBlock:
    """A recommendation, or several that one action answers together, with the actions that answer just it.

    `elsewhere`: what else answers it, by the numbers under which that is printed. `answered`: some action
    does, be it printed here or not. `is_printed`: it stands in its source, not only in the words of an
    action. Without a number and a text: what answers no recommendation.
    """

    number: str
    text: str
    themes: tuple[str, ...]
    not_accepted: str = ""
    actions: tuple[ActionLine, ...] = ()
    elsewhere: tuple[str, ...] = ()
    answered: bool = True
    is_printed: bool = True

    @property
    def is_unanswered(self) -> bool:
        """Whether the Board accepts it, and nothing is done about it. What was superseded does nothing."""
        return not self.answered and not self.not_accepted


@dataclass(frozen=True)
class SourceBlock:
    """A review, an inspection, an audit, or another place actions come from."""

    kind: Source
    title: str
    public_title: str
    dated_on: date | None
    blocks: tuple[RecommendationBlock, ...]

    @property
    def heading(self) -> str:
        """Of which kind it is and what it is called; once, where its title says the kind."""
        label = SOURCE_LABELS[self.kind]
        if label.lower() in self.title.lower():
            return self.title
        return f"{label}: {self.title}" if self.title else label

    @property
    def lines(self) -> tuple[ActionLine, ...]:
        return tuple(line for block in self.blocks for line in block.actions)


@dataclass(frozen=True)
class PlanLines:
    """The plan on a day, as far as it was asked for. `whole`: what has no action is printed too."""

    today: date
    sources: tuple[SourceBlock, ...]
    whole: bool

    @property
    def lines(self) -> tuple[ActionLine, ...]:
        return tuple(line for source in self.sources for line in source.lines)

    @property
    def unanswered(self) -> int:
        return sum(block.is_unanswered for source in self.sources for block in source.blocks)

    def marked(self, mark: Rag) -> int:
        return sum(line.mark.rag == mark for line in self.lines)
