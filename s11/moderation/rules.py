"""The second look: when a reason is needed, and when a return is through."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from s11.core.errors import DomainError
from s11.moderation.marks import Mark
from s11.questionnaires.rules import CriterionContent, EditionContent, StandardContent
from s11.returns.packing import BLANK, NOT_APPLICABLE, NOT_ASKED
from s11.returns.rules import REASON_LONGEST, Stage

WHY_LONGEST = 300
# Why an assignment ended where the office ended it; the trail says who did. Other reasons are a moderator's.
TAKEN_AWAY = "Taken away by the office."
WITHOUT = "The office went on without them: "

# A moderator may still put right what was moderated, until the return is closed.
OPEN = frozenset({Stage.SUBMITTED, Stage.MODERATED})


@dataclass(frozen=True)
class Verdict:
    """A rating by whomever: a level, not applicable, or nothing."""

    level_id: int | None = None
    not_applicable: bool = False

    @property
    def is_given(self) -> bool:
        return self.level_id is not None or self.not_applicable


class SecondLook(NamedTuple):
    """What one moderator made of one criterion."""

    verdict: Verdict
    reason: str = ""
    mark: str = Mark.NONE


@dataclass(frozen=True)
class StandardProgress:
    """How much of a standard has been moderated, and in how much the moderator differs."""

    standard: StandardContent
    done: int
    differing: int

    @property
    def asked(self) -> int:
        return len(self.standard.criteria)

    @property
    def label(self) -> str:
        if self.done == 0:
            return "Not started"
        return "Moderated" if self.done == self.asked else f"{self.done} of {self.asked}"

    @property
    def kind(self) -> str:
        if self.done == 0:
            return "todo"
        return "done" if self.done == self.asked else "doing"


class Said(NamedTuple):
    """What an agency said to a moderated rating, and who said it when."""

    accepts: bool
    text: str
    person_name: str
    at: datetime


class Standing(StrEnum):
    """Where moderation of one return stands."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    READY = "ready"
    FINISHED = "finished"


class ModeratorProgress(NamedTuple):
    """How far one moderator is with a return they were given."""

    person_id: int
    name: str
    rated: int
    due_on: date | None
    declared_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class ReturnProgress:
    """How far moderation of one return is: in numbers, without a rating."""

    return_id: int
    ref: str
    organisation_id: int
    organisation: str
    stage: str
    asked: int
    agreed: int
    moderators: tuple[ModeratorProgress, ...]

    @property
    def finished(self) -> bool:
        """Whether the agreed ratings stand, and the agency sees them."""
        return self.stage != Stage.SUBMITTED and self.agreed == self.asked

    @property
    def standing(self) -> Standing:
        """Rated directly counts as ready: nobody is waited for."""
        if self.stage != Stage.SUBMITTED:
            return Standing.FINISHED
        if self.waits_for:
            return Standing.WAITING
        return Standing.READY if self.moderators or self.agreed else Standing.UNASSIGNED

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The names of the moderators who have not finished their own ratings."""
        return tuple(one.name for one in self.moderators if one.finished_at is None)


class NotModerated(DomainError):
    """Moderation cannot be finished; `numbers` are the criteria that still want a rating."""

    def __init__(self, missing: Sequence[CriterionContent]) -> None:
        self.numbers = tuple(criterion.number for criterion in missing)
        some = ", ".join(self.numbers[:8])
        more = f" and {len(self.numbers) - 8} more" if len(self.numbers) > 8 else ""
        super().__init__(f"Rate {some}{more}, or agree with them, before you finish moderation.")


def own_verdicts(edition: EditionContent, packed: bytes) -> dict[int, Verdict]:
    """The agency's own ratings by criterion id, from the packed ratings of its sealed submission."""
    return {
        criterion.id: _verdict(criterion, packed[criterion.position])
        for criterion in edition.criteria
        if packed[criterion.position] != NOT_ASKED
    }


def asked_count(packed: bytes) -> int:
    """How many rated criteria a return was asked, from the packed ratings of its sealed submission."""
    return len(packed) - packed.count(NOT_ASKED)


def asked_standards(edition: EditionContent, own: Container[int]) -> tuple[StandardContent, ...]:
    """The standards as they were asked when the return was submitted: those of the `own_verdicts`.

    What the organisation has become since changes nothing in what it has sent.
    """
    asked = (replace(s, criteria=tuple(c for c in s.criteria if c.id in own)) for s in edition.standards)
    return tuple(standard for standard in asked if standard.criteria)


def _verdict(criterion: CriterionContent, byte: int) -> Verdict:
    if byte == NOT_APPLICABLE:
        return Verdict(not_applicable=True)
    if byte == BLANK:
        return Verdict()
    return Verdict(level_id=criterion.scale.levels[byte].id)


def verdict_fault(criterion: CriterionContent, verdict: Verdict, own: Verdict) -> str | None:
    """Why a moderated rating cannot be used, as a sentence, or None."""
    if verdict.is_given and verdict.level_id is None:
        allowed = criterion.not_applicable_allowed or own.not_applicable
        return None if allowed else f"{criterion.number} applies to every organisation. Choose a rating."
    if verdict.not_applicable or verdict.level_id not in {level.id for level in criterion.scale.levels}:
        return f"Choose one of the ratings of {criterion.number}."
    return None


def reason_fault(criterion: CriterionContent, verdict: Verdict, own: Verdict, reason: str) -> str | None:
    """What is wrong with a reason. A rating that differs from the agency's needs one; agreement does not."""
    if verdict != own and not reason.strip():
        return f"Say why your rating of {criterion.number} differs from the agency’s."
    if len(reason) > REASON_LONGEST:
        return f"Shorten your reason for {criterion.number} to {REASON_LONGEST:,} characters."
    return None


def missing(standards: Iterable[StandardContent], moderated: Container[int]) -> list[CriterionContent]:
    """The criteria nobody has moderated yet, in the order printed."""
    return [c for standard in standards for c in standard.criteria if c.id not in moderated]


def mark_of(code: str) -> Mark:
    """The mark of this code; none for what is no mark."""
    return Mark(code) if code in set(Mark) else Mark.NONE


def all_agree(looks: Sequence[SecondLook]) -> SecondLook | None:
    """What moderators rated alike, as the agreed rating; None where they differ, or where nobody rated.

    Its reason is every different reason, one beneath the other. Its mark is the one that somebody gave
    and nobody contradicted.
    """
    if len({look.verdict for look in looks}) != 1:
        return None
    reasons = list(dict.fromkeys(look.reason.strip() for look in looks if look.reason.strip()))
    marks = {look.mark for look in looks if look.mark}
    return SecondLook(
        looks[0].verdict,
        "\n\n".join(reasons)[:REASON_LONGEST],
        marks.pop() if len(marks) == 1 else Mark.NONE,
    )


def why_fault(text: str, *, empty: str, most: int = WHY_LONGEST) -> str | None:
    """What is wrong with a short reason, as a sentence; `empty` is said where there is none."""
    if not text.strip():
        return empty
    if len(text.strip()) > most:
        return f"Shorten this to {most} characters."
    return None


def last_day_to_reply(challenge_on: date | None, closes_on: date | None) -> date | None:
    """The last day on which an agency replies: the one before the challenge day, so that whoever prepares
    the day has all replies; without such a day that on which the cycle closes. None: no last day."""
    return challenge_on - timedelta(days=1) if challenge_on else closes_on


def reply_fault(number: str, accepts: bool | None, text: str) -> tuple[str, str] | None:
    """What is wrong with a reply: the field ("choice" or "text") and the sentence; None where nothing is."""
    if accepts is None:
        return "choice", f"Say whether you accept the rating of {number}."
    if not accepts and not text.strip():
        return "text", f"Say how you see {number}, so that the challenge day can take it up."
    if len(text) > REASON_LONGEST:
        return "text", f"Shorten your reply to {number} to {REASON_LONGEST:,} characters."
    return None


def stood_aside(reason: str) -> bool:
    """Whether an assignment that ended with this reason was ended by the moderator, and not by the office."""
    return bool(reason) and reason != TAKEN_AWAY and not reason.startswith(WITHOUT)
