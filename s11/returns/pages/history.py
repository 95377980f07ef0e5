"""What the history of an answer prints: who wrote what, and what changed word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from s11.questionnaires.changes.marking import Run, marked
from s11.questionnaires.rules import CriterionContent
from s11.returns.copies import COPIED, copied_from
from s11.returns.merging import NOTHING_SAID, PARTS, Said
from s11.returns.models import AnswerVersion
from s11.returns.operations import said_by
from s11.returns.pages.answering import words_of
from s11.returns.shares import ends_sitting

PAGE = 20


@dataclass(frozen=True)
class PartChanged:
    """One part of an answer, with its words before and after woven together."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Told:
    """A piece of work on an answer: who, what they did where they did not write it, when, what it changed."""

    version: int
    name: str
    deed: str
    at: datetime
    parts: tuple[PartChanged, ...]
    is_standing: bool
    is_same: bool  # says what stands now: there is nothing to put back


def history(
    criterion: CriterionContent, versions: Sequence[AnswerVersion], page: int = 1
) -> tuple[list[Told], int]:
    """One page of the pieces of work on an answer, the latest first, and how many pages there are.

    Saves one after the other are one piece. Every version is kept: of a piece the last one is shown, and
    can be put back.
    """
    ends = [
        version
        for version, following in zip(versions, [*versions[1:], None], strict=False)
        if ends_piece(version, following)
    ]
    steps = list(zip([None, *ends], ends, strict=False))[::-1]
    first = (page - 1) * PAGE
    found = [
        told(criterion, before, version, versions[-1]) for before, version in steps[first : first + PAGE]
    ]
    return found, max(1, -(-len(steps) // PAGE))


def ends_piece(version: AnswerVersion, following: AnswerVersion | None) -> bool:
    """Whether a piece of work ends here. What was taken over stands alone: nobody wrote it that day."""
    if following is None or version.carried or following.carried:
        return True
    return ends_sitting(version.person_name, version.at, (following.person_name, following.at))


def deed_of(before: AnswerVersion | None, version: AnswerVersion) -> str:
    """What was done instead of writing, in words; empty where somebody wrote."""
    if not version.carried:
        confirms = before is not None and before.carried and said_by(before) == said_by(version)
        return "confirmed what was taken over" if confirms else ""
    source = copied_from(version.person_name)
    return f"copied this from {source}" if source else "took over last year’s answer"


def told(
    criterion: CriterionContent, before: AnswerVersion | None, version: AnswerVersion, newest: AnswerVersion
) -> Told:
    said = said_by(version)
    return Told(
        version.version,
        version.person_name.partition(COPIED)[0],
        deed_of(before, version),
        version.at,
        changed(criterion, said_by(before) if before else NOTHING_SAID, said),
        is_standing=version is newest,
        is_same=said == said_by(newest),
    )


def changed(criterion: CriterionContent, before: Said, after: Said) -> tuple[PartChanged, ...]:
    """The parts of an answer that differ, each with what was taken out and put in."""
    return tuple(
        PartChanged(
            label.capitalize(), marked(*(in_words(criterion, said, part) for said in (before, after)))
        )
        for part, label in PARTS.items()
        if getattr(before, part) != getattr(after, part)
    )


def in_words(criterion: CriterionContent, said: Said, part: str) -> str:
    """A part in words, and nothing where nothing was written: that was neither put in nor taken out."""
    value = getattr(said, part)
    if value == getattr(NOTHING_SAID, part) and not isinstance(value, bool):
        return ""
    return words_of(criterion, said, part)
