"""Parts of a return: who answers which, how far it has come, who is at work on it. Plain Python."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns.rules import StandardProgress

REMARK_LONGEST = 2_000
# A thread tells by mail of a question at most so often.
BETWEEN_MAILS = timedelta(hours=1)
# Whoever was seen at work longer ago than this is not at work now.
PRESENT_FOR = timedelta(seconds=60)
# Versions that somebody saved one after the other within this are one piece of work.
ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True)
class Thing:
    """What can be given to a contributor: a standard, or one criterion of it."""

    standard: StandardContent
    criterion: CriterionContent | None = None

    @property
    def number(self) -> str:
        return self.criterion.number if self.criterion else self.standard.number

    @property
    def code(self) -> str:
        """How forms and addresses name it: a standard and a criterion may carry the same number."""
        return f"q{self.criterion.number}" if self.criterion else self.standard.number

    @property
    def title(self) -> str:
        if self.criterion:
            return f"{self.criterion.number} {self.criterion.headline}"
        return f"{self.standard.number}. {self.standard.title}"

    @property
    def asked(self) -> StandardContent:
        """The standard with no more in it than was given."""
        return only(self.standard, {self.criterion.id}) if self.criterion else self.standard


def only(standard: StandardContent, criteria: Container[int]) -> StandardContent:
    """A standard with some of its criteria. What is asked of it as a whole goes with the whole."""
    kept = tuple(criterion for criterion in standard.criteria if criterion.id in criteria)
    return replace(standard, criteria=kept, fields=(), sign_off=None)


def part_of(
    standards: Iterable[StandardContent], whole: Container[int], single: Container[int]
) -> tuple[StandardContent, ...]:
    """What somebody answers who was given these standards (as they are) and single criteria, by id."""
    parts = (standard if standard.id in whole else only(standard, single) for standard in standards)
    return tuple(part for part in parts if part.id in whole or part.criteria)


@dataclass(frozen=True)
class PartStanding:
    """How somebody's part stands: in words, with its colour, and whether it is over its day."""

    label: str
    kind: str
    is_late: bool = False


def standing_of_part(
    part: StandardProgress, *, finished: bool, due_on: date | None, today: date
) -> PartStanding:
    """What a lead reads of something given: the word of the contributor, and what is really there."""
    complete = part.kind == "done"
    count = f"{part.done} of {part.asked} answered"
    if finished:
        return PartStanding("Finished", "done") if complete else PartStanding(f"Finished, {count}", "warn")
    if complete:
        return PartStanding("All answered" if part.asked > 1 else "Answered", "good")
    if due_on is not None and due_on < today:
        return PartStanding(f"Late, {count}" if part.asked > 1 else "Late", "alert", is_late=True)
    return PartStanding(count, "doing") if part.done else PartStanding("Not started", "todo")


def tells_by_mail(asked: Sequence[datetime], now: datetime) -> bool:
    """Whether a question asked now is told by mail, after those that the thread had before, oldest first."""
    told: datetime | None = None
    for moment in asked:
        if told is None or moment - told >= BETWEEN_MAILS:
            told = moment
    return told is None or now - told >= BETWEEN_MAILS


def ends_sitting(name: str, at: datetime, following: tuple[str, datetime] | None) -> bool:
    """Whether a version ends a piece of work: nobody, somebody else, or a pause came after it."""
    return following is None or following[0] != name or following[1] - at > ONE_SITTING
